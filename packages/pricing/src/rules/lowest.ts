import type { Money } from '@sangdo/core/money'
import type { PriceList } from '../contract/prices.ts'
import { checkContext, type ListedPrice, type PriceContext, winnerOf } from './prices.ts'

/** A price as it was set, or (without an amount) taken away, at `recordedAt`. */
export interface PriceChange extends Omit<ListedPrice, 'amount' | 'compareAt' | 'list'> {
  readonly currency: string
  readonly amount: Money | null
  readonly compareAt: Money | null
  readonly recordedAt: string
}

/** A price list as it was from `recordedAt` on. */
export type ListChange = PriceList & { readonly recordedAt: string }

/** All that was ever said of the prices of one sku, oldest first. */
export interface PriceHistory {
  readonly prices: readonly PriceChange[]
  readonly lists: readonly ListChange[]
}

/** What a piece cost from an instant on; null is no price. */
export interface PriceStep {
  readonly from: string
  readonly amount: Money | null
}

const thirtyDays = 30 * 86_400_000

/**
 * The lowest price of the 30 days before a reduction that began at `before`: the prior price that EU directive 98/6/EC asks
 * for in article 6a, as amended by directive (EU) 2019/2161. It is what the context would have paid at any instant of
 * [`before` − 30 days, `before`), at every change, start and end that was known then. Null when nothing is recorded.
 * Throws `pricing.invalid_context`, which names the field, for an instant or a quantity that is none.
 */
export function lowestBefore(history: PriceHistory, context: Omit<PriceContext, 'at'>, before: string): Money | null {
  checkContext({ ...context, at: before }, 'before')
  const since = new Date(Date.parse(before) - thirtyDays).toISOString()
  const amounts = priceSteps(history, context, since, before).flatMap(({ amount }) => amount ?? [])
  return amounts.reduce<Money | null>((least, amount) => (least && least.minor <= amount.minor ? least : amount), null)
}

/** The instant since which the price has been what it is at `at`, without a break; null when there is no price. Throws as `lowestBefore`. */
export function presentSince(history: PriceHistory, context: Omit<PriceContext, 'at'>, at: string): string | null {
  checkContext({ ...context, at })
  const steps = priceSteps(history, context, '', at, true)
  const present = steps.at(-1)?.amount
  if (!present) return null
  const other = steps.findLastIndex(({ amount }) => amount?.minor !== present.minor)
  return steps[other + 1]?.from ?? null
}

/** What the context paid from `since` on, step by step, before `until` (and at it, if asked). */
function priceSteps(
  history: PriceHistory,
  context: Omit<PriceContext, 'at'>,
  since: string,
  until: string,
  inclusive = false,
): PriceStep[] {
  const within = (instant: string) => instant > since && (instant < until || (inclusive && instant === until))
  const instants = [...(since ? [since] : []), ...boundariesOf(history).filter(within)]
  const replay = createReplay(history)
  return instants.map((at) => ({ from: at, amount: winnerOf(replay(at), { ...context, at })?.amount ?? null }))
}

/** Every instant at which a price may have changed, in order. */
function boundariesOf({ prices, lists }: PriceHistory): string[] {
  const all = [
    ...prices.flatMap(({ recordedAt, startsAt }) => [recordedAt, startsAt]),
    ...lists.flatMap(({ recordedAt, startsAt, endsAt }) => [recordedAt, startsAt, endsAt]),
  ]
  return [...new Set(all.filter((instant) => instant !== null))].toSorted()
}

/** Gives the prices as they stood at one instant after another, in rising order. */
function createReplay(history: PriceHistory): (at: string) => ListedPrice[] {
  const changes = history.prices.toSorted(byRecord)
  const listChanges = history.lists.toSorted(byRecord)
  const prices = new Map<string, PriceChange>()
  const lists = new Map<string, PriceList>()
  let [nextPrice, nextList] = [0, 0]
  return (at) => {
    for (let change = changes[nextPrice]; change && change.recordedAt <= at; change = changes[++nextPrice])
      applyChange(prices, change)
    for (let list = listChanges[nextList]; list && list.recordedAt <= at; list = listChanges[++nextList])
      lists.set(list.id, list)
    return [...prices.values()].flatMap((price) => listed(price, lists))
  }
}

const byRecord = (a: { recordedAt: string }, b: { recordedAt: string }) =>
  a.recordedAt < b.recordedAt ? -1 : Number(a.recordedAt > b.recordedAt)

/** As the store does it: a price that holds at once ends those of its kind that have started. */
function applyChange(prices: Map<string, PriceChange>, change: PriceChange): void {
  const kind = JSON.stringify([change.sku, change.currency, change.priceListId, change.minQuantity])
  if (change.startsAt === null && change.amount !== null)
    for (const [key, { startsAt }] of prices)
      if (key.startsWith(kind) && startsAt !== null && startsAt <= change.recordedAt) prices.delete(key)
  if (change.amount === null) prices.delete(kind + (change.startsAt ?? ''))
  else prices.set(kind + (change.startsAt ?? ''), change)
}

/** A price of a list that was not known yet is no price. */
function listed(change: PriceChange, lists: ReadonlyMap<string, PriceList>): ListedPrice[] {
  const { amount, priceListId } = change
  const list = priceListId === null ? null : lists.get(priceListId)
  return amount === null || list === undefined ? [] : [{ ...change, amount, list }]
}
