import {
  compareMatches,
  isMet,
  isReplaced,
  listConditions,
  type ListedPrice,
  type PriceCondition,
  type PriceContext,
  winnerOf,
} from '../rules/prices.ts'

/** Why a price is not the one: `known` is what the caller knows of the condition, null for nothing. */
export type LostPrice =
  | {
      readonly reason:
        | 'other_currency'
        | 'not_yet'
        | 'over'
        | 'replaced'
        | 'less_specific'
        | 'base_price'
        | 'dearer'
        | 'later_list'
        | 'smaller_quantity'
    }
  | {
      readonly reason: 'condition'
      readonly condition: PriceCondition
      readonly wanted: string
      readonly known: string | null
    }

/** A price that was looked at: which of its conditions hold, and why it is not the one; null for the one that is. */
export interface ConsideredPrice {
  readonly price: ListedPrice
  readonly matched: readonly PriceCondition[]
  readonly lost: LostPrice | null
}

/** Every price that `unitPrice` looks at, the one that won first, each of the others with the reason why it did not. */
export function whyPrice(prices: readonly ListedPrice[], context: PriceContext): ConsideredPrice[] {
  const winner = winnerOf(prices, context)
  const considered = prices.map((price): ConsideredPrice => {
    const matched = matchedBy(price, context)
    if (price === winner) return { price, matched, lost: null }
    const lost = mismatch(price, context) ?? (isReplaced(price, prices, context.at) ? { reason: 'replaced' } : null)
    return { price, matched, lost: lost ?? beatenBy(price, matched.length, winner, context) }
  })
  return considered.toSorted(
    (a, b) =>
      Number(a.lost !== null) - Number(b.lost !== null) ||
      Number(isMatch(b.lost)) - Number(isMatch(a.lost)) ||
      compareMatches(a.price, a.matched.length, b.price, b.matched.length),
  )
}

const mismatches = new Set(['other_currency', 'not_yet', 'over', 'condition', 'replaced'])
const isMatch = (lost: LostPrice | null) => lost !== null && !mismatches.has(lost.reason)

function matchedBy({ minQuantity, list }: ListedPrice, context: PriceContext): PriceCondition[] {
  const ofList = listConditions.filter(({ wanted, known }) => {
    const value = list && wanted(list)
    return value !== null && isMet(value, known(context))
  })
  const byQuantity = minQuantity > 1 && context.quantity >= minQuantity
  return [...ofList.map(({ condition }) => condition), ...(byQuantity ? (['quantity'] as const) : [])]
}

/** Why a price does not match at all; null when it does. */
function mismatch({ amount, minQuantity, startsAt, list }: ListedPrice, context: PriceContext): LostPrice | null {
  if (amount.currency !== context.currency) return { reason: 'other_currency' }
  const starts = [startsAt, list?.startsAt ?? null]
  if (starts.some((start) => start !== null && start > context.at)) return { reason: 'not_yet' }
  if (list && list.endsAt !== null && list.endsAt <= context.at) return { reason: 'over' }
  if (context.quantity < minQuantity)
    return { reason: 'condition', condition: 'quantity', wanted: String(minQuantity), known: String(context.quantity) }
  return list && unmet(list, context)
}

function unmet(list: NonNullable<ListedPrice['list']>, context: PriceContext): LostPrice | null {
  for (const { condition, wanted, known } of listConditions) {
    const value = wanted(list)
    if (value === null || isMet(value, known(context))) continue
    const found = known(context) ?? []
    const named = typeof found === 'string' ? found : found.join(', ')
    return { reason: 'condition', condition, wanted: value, known: named || null }
  }
  return null
}

/** What tipped the scales between two prices that match. */
function beatenBy(price: ListedPrice, met: number, winner: ListedPrice | null, context: PriceContext): LostPrice {
  if (winner === null || matchedBy(winner, context).length > met) return { reason: 'less_specific' }
  if (winner.list !== null && price.list === null) return { reason: 'base_price' }
  if (winner.amount.minor < price.amount.minor) return { reason: 'dearer' }
  return { reason: winner.priceListId === price.priceListId ? 'smaller_quantity' : 'later_list' }
}
