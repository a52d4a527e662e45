import type { Db } from '@sangdo/core/server'
import { type Order, orderErrors } from '@sangdo/orders'
import {
  type CartLine,
  type CartPromotion,
  CartQuote,
  type DiscountPolicy,
  type PlacedOrder,
  type PromotionId,
  ratesFor,
  type RefundOptions,
  refundPlan,
  type RefundPlan,
  type ReturnedLine,
} from '@sangdo/pricing'
import type { Shop } from '../shop.ts'

interface Question extends Omit<RefundOptions, 'earlier'> {
  readonly lines: readonly ReturnedLine[]
  readonly policy: DiscountPolicy
}

/** What goes back for some pieces of an order, from its frozen quote. Throws `orders.order_not_found`, `pricing.invalid_refund`. */
export async function refundPreview(
  shop: Shop,
  db: Db,
  number: string,
  { lines, ...options }: Question,
): Promise<Mutable<RefundPlan>> {
  const order = await orderCalled(shop, db, number)
  const quote = await quoteOf(shop, db, order)
  const placed = options.policy === 'keep' ? { quote } : { quote, cart: await cartOf(shop, db, order, quote) }
  return structuredClone(refundPlan(placed, lines, options)) as Mutable<RefundPlan>
}

type Mutable<Value> = {
  -readonly [Key in keyof Value]: Value[Key] extends readonly (infer Item)[] ? Mutable<Item>[] : Value[Key]
}

async function orderCalled(shop: Shop, db: Db, number: string): Promise<Order> {
  const { items } = await shop.orders.list(db, { text: number }, { limit: 20 })
  const found = items.find((order) => order.number === number.trim().toUpperCase())
  if (!found) throw orderErrors.order_not_found({ order: number })
  return shop.orders.orderOf(db, found.id)
}

/** The quote as it was frozen. One of an older release says less, and of such a line the catalog knows the tax class. */
async function quoteOf(shop: Shop, db: Db, { quote, currency }: Order): Promise<CartQuote> {
  const facts = await shop.catalog.variantsOf(
    db,
    quote.lines.map(({ sku }) => sku),
  )
  const lines = quote.lines.map((line) => ({
    priceListId: null,
    taxClass: facts[line.sku]?.taxClass ?? 'standard',
    taxFree: false,
    ...line,
  }))
  const unsaid = { currency, gifts: [], shares: [], combination: null, fees: [], taxation: null, due: quote.total }
  const adjustments = quote.adjustments.map((one) => ({ rate: null, wanted: one.amount, units: 0, ...one }))
  return CartQuote.parse({ ...unsaid, ...quote, lines, adjustments, shipping: { taxRate: '0', ...quote.shipping } })
}

/** The cart that the order was, with the promotions that counted as they are kept. Who it was for held then, and holds. */
async function cartOf(shop: Shop, db: Db, order: Order, quote: CartQuote): Promise<NonNullable<PlacedOrder['cart']>> {
  const [facts, market] = [
    await shop.catalog.variantsOf(
      db,
      quote.lines.map(({ sku }) => sku),
    ),
    await shop.pricing.marketOf(db, order.market),
  ]
  const lines: CartLine[] = quote.lines.map(({ id, sku, quantity, unitPrice, compareAt, taxClass }) => ({
    id,
    sku,
    quantity,
    unitPrice,
    compareAt,
    taxClass,
    categoryIds: facts[sku]?.categoryIds ?? [],
  }))
  const promotions = await countedIn(shop, db, quote)
  const tax = market ? { tax: ratesFor(market, { at: order.placedAt, region: regionOf(order) }) } : {}
  return { lines, options: { promotions, shipping: quote.shipping.amount, currency: order.currency, ...tax } }
}

const regionOf = ({ address: { country, region } }: Order) => (region ? `${country}-${region}` : country)

async function countedIn(shop: Shop, db: Db, { adjustments, gifts, shares }: CartQuote): Promise<CartPromotion[]> {
  const counted = new Map([...adjustments, ...gifts, ...shares].map((one) => [`${one.promotionId} ${one.code}`, one]))
  const promotions: CartPromotion[] = []
  for (const { promotionId, code } of counted.values()) {
    const { id, name, rule, priority, exclusive, group, stacksWith } = await shop.pricing.promotionOf(
      db,
      promotionId as PromotionId,
    )
    const { when: _, ...about } = rule
    promotions.push({ ...about, id, name, priority, exclusive, group, stacksWith, ...(code === null ? {} : { code }) })
  }
  return promotions
}
