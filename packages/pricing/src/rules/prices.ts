import { pricingErrors } from '../contract/errors.ts'
import type { Price, PriceList, UnitPrice } from '../contract/prices.ts'
import { compareTexts } from './lines.ts'

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
  readonly channel?: string | undefined
  readonly customerGroups?: readonly string[] | undefined
  readonly companyId?: string | null | undefined
  readonly customerId?: string | null | undefined
}

/** What a price may ask for. When it holds is no condition: a price is not more specific for being on sale. */
export type PriceCondition = 'market' | 'channel' | 'customer' | 'company' | 'customer_group' | 'quantity'

/** What a condition of a list asks for, and what the context knows of it. */
interface ListCondition {
  readonly condition: Exclude<PriceCondition, 'quantity'>
  readonly wanted: (list: PriceList) => string | null
  readonly known: (context: PriceContext) => readonly string[] | string | null | undefined
}

export const listConditions: readonly ListCondition[] = [
  { condition: 'market', wanted: (list) => list.market, known: (context) => context.market },
  { condition: 'channel', wanted: (list) => list.channel, known: (context) => context.channel },
  { condition: 'customer', wanted: (list) => list.customerId, known: (context) => context.customerId },
  { condition: 'company', wanted: (list) => list.companyId, known: (context) => context.companyId },
  { condition: 'customer_group', wanted: (list) => list.customerGroup, known: (context) => context.customerGroups },
]

/** Whether what is known is what a condition wants: the same, or one of several. */
export const isMet = (wanted: string, known: readonly string[] | string | null | undefined): boolean =>
  typeof known === 'string' ? known === wanted : (known?.includes(wanted) ?? false)

/**
 * The price of one piece of a sku, of all its prices: of those that match, the one with the most matching conditions; then
 * price lists before base prices, the lower amount, the smaller list id. A scheduled price takes the place of the one before
 * it once it has started. Null when there is no price in this currency, which is not zero. Throws `pricing.invalid_context`,
 * which names the field, for an instant or a quantity that is none.
 */
export function unitPrice(prices: readonly ListedPrice[], context: PriceContext): UnitPrice | null {
  const best = winnerOf(prices, context)
  return best && { amount: best.amount, compareAt: best.compareAt, priceListId: best.priceListId }
}

// Every line of a cart is priced at one instant, which need not be read again for each.
let lastInstant = ''

/**
 * Instants are compared as they are written, so there is one way to write one: as `toISOString` does. Throws
 * `pricing.invalid_context`, which names the field.
 */
export function checkInstant(value: string, field: string): void {
  if (value === lastInstant) return
  if (typeof value !== 'string' || value.length !== 24 || new Date(value).toJSON() !== value)
    throw pricingErrors.invalid_context({ field, reason: 'an instant such as 2026-01-02T03:04:05.678Z' })
  lastInstant = value
}

/** Prices are asked for a whole quantity at an instant. Throws `pricing.invalid_context`, which names the field. */
export function checkContext({ quantity, at }: Pick<PriceContext, 'quantity' | 'at'>, field = 'at'): void {
  checkInstant(at, field)
  if (!Number.isSafeInteger(quantity) || quantity < 1)
    throw pricingErrors.invalid_context({ field: 'quantity', reason: 'a whole number from 1' })
}

/** The price that `unitPrice` answers with, as it is stored. Throws `pricing.invalid_context`. */
export function winnerOf(prices: readonly ListedPrice[], context: PriceContext): ListedPrice | null {
  checkContext(context)
  let best: ListedPrice | null = null
  let most = -1
  for (const price of prices) {
    const met = conditionsMet(price, context)
    const beaten = met < 0 || (best !== null && compareMatches(price, met, best, most) > 0)
    if (beaten || isReplaced(price, prices, context.at)) continue
    best = price
    most = met
  }
  return best
}

/** How many conditions of a price hold; less than zero when one of them does not, or when it is not the time. */
function conditionsMet({ amount, minQuantity, startsAt, list }: ListedPrice, context: PriceContext): number {
  if (amount.currency !== context.currency || context.quantity < minQuantity) return -1
  if (startsAt !== null && startsAt > context.at) return -1
  let met = minQuantity > 1 ? 1 : 0
  if (list === null) return met
  if (!runsAt(list, context.at)) return -1
  for (const { wanted, known } of listConditions) {
    const value = wanted(list)
    if (value === null) continue
    if (!isMet(value, known(context))) return -1
    met++
  }
  return met
}

/** Whether an instant lies in [startsAt, endsAt). */
export const runsAt = ({ startsAt, endsAt }: { startsAt: string | null; endsAt: string | null }, at: string): boolean =>
  (startsAt === null || startsAt <= at) && (endsAt === null || at < endsAt)

/** Which of two prices that match comes first, as for `Array.sort`; with how many of their conditions hold. */
export function compareMatches(a: ListedPrice, metOfA: number, b: ListedPrice, metOfB: number): number {
  return (
    metOfB - metOfA ||
    Number(b.list !== null) - Number(a.list !== null) ||
    a.amount.minor - b.amount.minor ||
    compareTexts(a.priceListId ?? '', b.priceListId ?? '') ||
    b.minQuantity - a.minQuantity
  )
}

/** Whether another price of the same list, sku, currency and quantity has started since. */
export function isReplaced(price: ListedPrice, prices: readonly ListedPrice[], at: string): boolean {
  for (const other of prices)
    if (
      other.startsAt !== null &&
      other.startsAt <= at &&
      other.startsAt > (price.startsAt ?? '') &&
      other.priceListId === price.priceListId &&
      other.minQuantity === price.minQuantity &&
      other.amount.currency === price.amount.currency &&
      other.sku === price.sku
    )
      return true
  return false
}
