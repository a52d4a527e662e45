import { compare, type Money, money } from '@sangdo/core/money'
import type { PriceEnding } from '../contract/prices.ts'
import type { PriceLimit } from '../contract/proposals.ts'
import { ratioOf, share } from './exact.ts'

/** What a price may become. */
export interface PriceBounds {
  readonly current: Money
  readonly floor?: Money | null | undefined
  readonly ceiling?: Money | null | undefined
  /** By how many percent of the current price it may change. */
  readonly maximumStep?: number | string | null | undefined
  /** How a price should end, where there is such a price within the bounds. */
  readonly ending?: PriceEnding | null | undefined
}

/**
 * A proposed price within its bounds, and which of them limited it. The floor comes before the ceiling, and the ceiling before
 * the maximum step: no price is ever below the floor. An ending is rounded to last, and never crosses a bound. Throws
 * `core.currency_mismatch` for bounds in another currency.
 */
export function boundedPrice(proposed: Money, bounds: PriceBounds): { amount: Money; limitedBy: PriceLimit | null } {
  const { low, high } = rangeOf(proposed, bounds)
  const limit = proposed.minor < low.at ? low : proposed.minor > high.at ? high : null
  const within = limit?.at ?? proposed.minor
  const amount = bounds.ending ? ended(within, low.at, high.at, bounds.ending) : within
  return { amount: money(amount, proposed.currency), limitedBy: limit?.by ?? null }
}

interface Bound {
  readonly at: number
  readonly by: PriceLimit
}

function rangeOf(proposed: Money, { current, floor, ceiling, maximumStep }: PriceBounds): { low: Bound; high: Bound } {
  for (const bound of [current, floor, ceiling]) if (bound) compare(proposed, bound)
  const step = stepOf(current, maximumStep)
  let low: Bound = step < current.minor ? { at: current.minor - step, by: 'maximum_step' } : { at: 0, by: 'floor' }
  let high: Bound = { at: current.minor + step, by: 'maximum_step' }
  if (ceiling) {
    if (ceiling.minor <= high.at) high = { at: ceiling.minor, by: 'ceiling' }
    low = { ...low, at: Math.min(low.at, ceiling.minor) }
  }
  if (floor) {
    if (floor.minor >= low.at) low = { at: floor.minor, by: 'floor' }
    high = { ...high, at: Math.max(high.at, floor.minor) }
  }
  return { low, high }
}

/** By how much a price may change; rounded down, so that it is never more than so many percent. */
function stepOf({ minor }: Money, maximumStep: PriceBounds['maximumStep']): number {
  if (maximumStep === null || maximumStep === undefined) return Number.POSITIVE_INFINITY
  const { n, d } = ratioOf(maximumStep)
  return share(minor, n, d, 'down')
}

/** The price that ends as it should, the closest within the bounds; the price itself where there is none. */
function ended(amount: number, low: number, high: number, { rounding, step, less }: PriceEnding): number {
  if (amount === 0) return 0
  const ending = (steps: number) => Math.max(1, steps) * step - less
  const wanted = ending(share(amount, 1, step, rounding))
  if (wanted >= low && wanted <= high) return wanted
  const closest = wanted > high ? ending(Math.floor((high + less) / step)) : ending(Math.ceil((low + less) / step))
  return closest >= low && closest <= high ? closest : amount
}
