import { type Money, money, ShopError } from '@sangdo/core/money'
import { pricingErrors } from '../contract/errors.ts'
import type { CartQuote, RefusalReason } from '../contract/quote.ts'
import { priceLines } from './cart.ts'
import { amount, orNull } from './check.ts'
import type { CartContext, CartLine, CartPromotion, TaxOptions } from './model.ts'

/** An order of the past: what was bought, at which prices, and what it cost the shop, where that is known. */
export interface PastOrder {
  readonly id: string
  readonly lines: readonly (CartLine & { readonly cost?: Money | null | undefined })[]
  readonly shipping?: Money | null | undefined
  readonly context?: CartContext | undefined
}

export interface SimulationOptions {
  /** What is tried out. */
  readonly drafts: readonly CartPromotion[]
  /** What runs anyway. */
  readonly promotions?: readonly CartPromotion[] | undefined
  readonly tax?: TaxOptions | undefined
}

/** What a promotion would have done to orders of the past. Margins are without tax, of the lines whose cost is known. */
export interface Simulation {
  readonly orders: number
  readonly lines: number
  /** Orders in which a draft counted. */
  readonly touched: number
  /** What the buyers would have saved, shipping included. */
  readonly cost: Money
  readonly before: SimulatedSums
  readonly after: SimulatedSums
  /** What goes to creators and causes. */
  readonly shares: Money
  /** Pieces of gifts by sku. */
  readonly gifts: Readonly<Record<string, number>>
  /** Why the drafts did not count, by reason. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>
  /** Orders that could not be priced, and the first of them with its reason. */
  readonly skipped: number
  readonly firstSkipped: { readonly id: string; readonly reason: string } | null
}

export interface SimulatedSums {
  readonly total: Money
  readonly goods: Money
  readonly margin: Money
}

/** An order of the past may be larger than a cart that somebody sends. */
const mostLines = 100_000

interface Sums {
  total: number
  goods: number
  margin: number
}

/** Tries promotions out on one order after the other; it keeps sums and no orders, so any number of them will do. */
export function createSimulation({ drafts, promotions = [], tax }: SimulationOptions, currency: string) {
  const [before, after]: [Sums, Sums] = [noSums(), noSums()]
  const counts = { orders: 0, lines: 0, touched: 0, skipped: 0, shares: 0 }
  const gifts = new Map<string, number>()
  const refused: Partial<Record<RefusalReason, number>> = {}
  let firstSkipped: Simulation['firstSkipped'] = null
  const named = drafts.map((draft, index) => ({ ...draft, id: draft.id ?? draft.code ?? `draft-${index + 1}` }))
  const ids = new Set(named.map(({ id }) => id))

  function quotesOf({ lines, shipping, context }: PastOrder): [CartQuote, CartQuote] {
    const goods = lines.map(({ cost: _, ...line }) => line)
    const options = { shipping, context, tax, currency }
    return [
      priceLines(goods, { ...options, promotions }, mostLines),
      priceLines(goods, { ...options, promotions: [...promotions, ...named] }, mostLines),
    ]
  }

  /** Prices an order as it is and with the drafts; one that cannot be priced is counted and named, and changes no sum. */
  function add(order: PastOrder): void {
    try {
      checkCosts(order, currency)
      const [as, would] = quotesOf(order)
      counts.orders += 1
      counts.lines += order.lines.length
      addTo(before, as, order)
      addTo(after, would, order)
      note(would)
    } catch (error) {
      if (!(error instanceof ShopError)) throw error
      counts.skipped += 1
      firstSkipped ??= { id: order.id, reason: error.message }
    }
  }

  function note(quote: CartQuote): void {
    const counted = [...quote.adjustments, ...quote.gifts, ...quote.shares].filter((one) => ids.has(one.promotionId))
    if (counted.length > 0) counts.touched += 1
    for (const share of quote.shares) if (ids.has(share.promotionId)) counts.shares += share.amount.minor
    for (const gift of quote.gifts)
      if (ids.has(gift.promotionId)) gifts.set(gift.sku, (gifts.get(gift.sku) ?? 0) + gift.quantity)
    for (const { promotionId, reason } of quote.refused)
      if (promotionId !== null && ids.has(promotionId)) refused[reason] = (refused[reason] ?? 0) + 1
  }

  /** What has been found so far. */
  function result(): Simulation {
    const { shares, ...figures } = counts
    return {
      ...figures,
      cost: money(before.total - after.total, currency),
      before: shownSums(before, currency),
      after: shownSums(after, currency),
      shares: money(shares, currency),
      gifts: Object.fromEntries(gifts),
      refused: { ...refused },
      firstSkipped,
    }
  }

  return { add, result }
}

const cost = orNull(amount)

/** An order without lines, or with a cost that is none, is refused as a cart would be. */
function checkCosts({ lines }: PastOrder, currency: string): void {
  if (!Array.isArray(lines)) throw pricingErrors.invalid_cart({ field: 'lines', reason: 'a list of lines' })
  for (const [index, line] of lines.entries()) {
    if (typeof line !== 'object' || line === null)
      throw pricingErrors.invalid_cart({ field: `lines.${index}`, reason: 'an object' })
    const problem = line.cost === undefined ? null : cost(line.cost, currency)
    if (problem) throw pricingErrors.invalid_cart({ ...problem, field: `lines.${index}.cost.${problem.field}` })
  }
}

const noSums = (): Sums => ({ total: 0, goods: 0, margin: 0 })

function addTo(sums: Sums, quote: CartQuote, { lines }: PastOrder): void {
  const included = quote.taxation?.pricesInclude === 'tax'
  sums.total += quote.total.minor
  for (const [index, line] of quote.lines.entries()) {
    sums.goods += line.total.minor
    const cost = lines[index]?.cost
    if (!cost) continue
    sums.margin += line.total.minor - (included ? line.tax.minor : 0) - cost.minor * line.quantity
  }
}

const shownSums = ({ total, goods, margin }: Sums, currency: string): SimulatedSums => ({
  total: money(total, currency),
  goods: money(goods, currency),
  margin: money(margin, currency),
})
