import type { Money } from '@sangdo/core/money'
import type { StoredProposal } from '../contract/proposals.ts'
import type { ListedPrice } from './prices.ts'

/** Which price a proposal is for, whenever it began. */
export interface ProposedFor {
  readonly sku: string
  readonly currency: string
  readonly priceListId: string | null
  readonly minQuantity: number
}

/** The price that stands at an instant: of all that have started, the one that started last. */
export function standingPrice(
  prices: readonly ListedPrice[],
  { sku, currency, priceListId, minQuantity }: ProposedFor,
  at: string,
): ListedPrice | null {
  const started = prices.filter(
    (price) =>
      price.sku === sku &&
      price.amount.currency === currency &&
      price.priceListId === priceListId &&
      price.minQuantity === minQuantity &&
      (price.startsAt ?? '') <= at,
  )
  return started.reduce<ListedPrice | null>(
    (last, price) => (last === null || (price.startsAt ?? '') >= (last.startsAt ?? '') ? price : last),
    null,
  )
}

/** The price that a proposal was made for. */
export const formerPrice = ({ current, compareAt }: StoredProposal): PriceTag => ({ amount: current, compareAt })

/** The price that a proposal comes to. What it is compared with stays as long as that is more. */
export const proposedPrice = ({ bounded, compareAt }: StoredProposal): PriceTag => ({
  amount: bounded,
  compareAt: compareAt && compareAt.minor > bounded.minor ? compareAt : null,
})

/** What a price says, whichever it is. */
export interface PriceTag {
  readonly amount: Money
  readonly compareAt: Money | null
}

/** Whether a price still says what it said. */
export const isSamePrice = (now: PriceTag | null, then: PriceTag): boolean =>
  now?.amount.minor === then.amount.minor && now.compareAt?.minor === then.compareAt?.minor
