import type { Db } from '@sangdo/core/server'
import type { CustomerId, Order } from '@sangdo/orders'
import { type Buyer, type CartPromotion, type Conditions, type Market, runsAt } from '@sangdo/pricing'
import type { PastOrder } from '@sangdo/pricing/simulate'
import type { Shop } from '../shop.ts'
import { paidStatuses } from './buyers.ts'
import { guardsIn } from './guards.ts'

/** Which orders of the past: of one market, placed from an instant on and before another. */
export interface Past {
  readonly market: string
  readonly currency: string
  readonly from: string
  readonly to: string
}

const atOnce = 50

/**
 * The paid orders of a time, newest first, as a promotion can be tried on them: what was bought at the prices of then, and what
 * it costs the shop. Fifty are in memory at a time; between two pages others get their turn.
 */
export async function* pastOrders(
  shop: Shop,
  db: Db,
  past: Past,
  conditions: Conditions = {},
): AsyncGenerator<PastOrder, void, undefined> {
  const market = await shop.pricing.marketOf(db, past.market)
  for (let after: string | undefined; ;) {
    const { items, next } = await shop.orders.list(db, {}, { limit: atOnce, ...(after ? { after } : {}) })
    const wanted = items.filter(
      ({ status, placedAt }) => paidStatuses.has(status) && placedAt >= past.from && placedAt < past.to,
    )
    const orders = await Promise.all(wanted.map(({ id }) => shop.orders.orderOf(db, id)))
    const own = orders.filter(({ market, currency }) => market === past.market && currency === past.currency)
    for (const order of await asCarts(shop, db, own, market, conditions)) yield order
    if (next === null || (items.at(-1)?.placedAt ?? '') < past.from) return
    after = next
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function asCarts(
  shop: Shop,
  db: Db,
  orders: readonly Order[],
  market: Market | undefined,
  conditions: Conditions,
): Promise<PastOrder[]> {
  const skus = [...new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)))]
  const facts = await shop.catalog.variantsOf(db, skus)
  const currency = orders[0]?.currency ?? ''
  const guardOf = await guardsIn(shop, db, skus, { market, currency, facts })
  const ways = conditions.paymentMethods
    ? await shop.payments.paymentsOf(
        db,
        orders.map(({ id }) => id),
      )
    : {}
  const carts: PastOrder[] = []
  for (const order of orders) {
    const buyer = await buyerThen(shop, db, order, conditions)
    const paymentMethod = ways[order.id]?.method
    carts.push({
      id: order.number,
      lines: order.quote.lines.map(({ id, sku, quantity, unitPrice, compareAt }) => ({
        id,
        sku,
        quantity,
        unitPrice,
        compareAt,
        ...guardOf(sku),
        taxClass: facts[sku]?.taxClass,
        categoryIds: facts[sku]?.categoryIds,
      })),
      shipping: order.quote.shipping.amount,
      context: { at: order.placedAt, timeZone: market?.timeZone ?? 'UTC', market: order.market, paymentMethod, buyer },
    })
  }
  return carts
}

/** What was known of the buyer when they ordered, as far as the conditions ask for it. */
async function buyerThen(shop: Shop, db: Db, order: Order, conditions: Conditions): Promise<Buyer> {
  const { customerId } = order
  if (customerId === null) return {}
  const known = conditions.newWithinDays ? (await shop.crm.customersOf(db, [customerId]))[customerId] : undefined
  const nth = conditions.orderNumber
  return {
    ...(known ? { registeredAt: known.createdAt } : {}),
    ...(nth ? { orderNumber: (await paidBefore(shop, db, customerId, order.placedAt, nth)) + 1 } : {}),
  }
}

/** How many orders a customer had paid before an instant; nobody counts beyond `enough`. */
async function paidBefore(shop: Shop, db: Db, customerId: CustomerId, at: string, enough: number): Promise<number> {
  let count = 0
  for (let after: string | undefined; count <= enough;) {
    const page = await shop.orders.list(db, { customerId }, { limit: 100, ...(after ? { after } : {}) })
    count += page.items.filter(({ status, placedAt }) => paidStatuses.has(status) && placedAt < at).length
    if (page.next === null) break
    after = page.next
  }
  return count
}

/** The promotions that run by themselves now, but the one that is tried out. */
export async function running(
  shop: Shop,
  db: Db,
  currency: string,
  draftId: string | undefined,
): Promise<CartPromotion[]> {
  const found: CartPromotion[] = []
  const at = shop.now().toISOString()
  for (let after: string | undefined; ;) {
    const page = await shop.pricing.promotions(db, { limit: 100, ...(after ? { after } : {}) })
    for (const { id, name, rule, priority, exclusive, group, stacksWith, best, ...state } of page.items) {
      const runs = state.active && !state.needsCode && runsAt(state, at) && id !== draftId
      if (runs && inCurrency(rule, currency))
        found.push({ ...rule, id, name, priority, exclusive, group, stacksWith, best })
    }
    if (page.next === null) return found
    after = page.next
  }
}

/** Whether every amount that a rule names is in a currency. */
const inCurrency = (rule: object, currency: string): boolean =>
  Object.entries(rule).every(([key, value]) =>
    key === 'currency'
      ? value === currency
      : typeof value !== 'object' || value === null || inCurrency(value, currency),
  )

/** What the last so many days were, up to now. */
export function lastDays(now: Date, days: number): { from: string; to: string } {
  return { from: new Date(now.getTime() - days * 86_400_000).toISOString(), to: now.toISOString() }
}
