import type { Price, PriceList, UnitPrice } from '../contract.ts'

/** A price with the list it belongs to, if any. */
export interface ListedPrice extends Price {
  readonly list: PriceList | null
}

/** For whom and when a price is looked up. What is not known never matches a condition, and never helps. */
export interface PriceContext {
  readonly currency: string
  readonly market: string
  readonly quantity: number
  readonly at: string
}

/**
 * The price of one piece: of those that match, the one with the most matching conditions; then price lists before base
 * prices, the lower amount, the smaller list id. Null when there is no price in this currency, which is not zero.
 */
export function unitPrice(prices: readonly ListedPrice[], context: PriceContext): UnitPrice | null {
  const [best] = prices.filter((price) => matches(price, context)).toSorted(bySpecificity)
  return best ? { amount: best.amount, compareAt: best.compareAt, priceListId: best.priceListId } : null
}

function matches(
  { amount, minQuantity, list }: ListedPrice,
  { currency, market, quantity, at }: PriceContext,
): boolean {
  if (amount.currency !== currency || quantity < minQuantity) return false
  return list === null || ((list.market === null || list.market === market) && runsAt(list, at))
}

/** Whether an instant lies in [startsAt, endsAt). */
export const runsAt = ({ startsAt, endsAt }: { startsAt: string | null; endsAt: string | null }, at: string): boolean =>
  (startsAt === null || startsAt <= at) && (endsAt === null || at < endsAt)

const conditions = ({ minQuantity, list }: ListedPrice) =>
  Number(minQuantity > 1) +
  Number(Boolean(list?.market)) +
  Number(Boolean(list?.startsAt)) +
  Number(Boolean(list?.endsAt))

function bySpecificity(a: ListedPrice, b: ListedPrice): number {
  return (
    conditions(b) - conditions(a) ||
    Number(b.list !== null) - Number(a.list !== null) ||
    a.amount.minor - b.amount.minor ||
    (a.priceListId ?? '').localeCompare(b.priceListId ?? '') ||
    b.minQuantity - a.minQuantity
  )
}
