import type { Market, RegionalRate } from '../contract/prices.ts'
import type { TaxOptions, TaxRate } from './model.ts'
import { runsAt } from './prices.ts'

/**
 * How a cart is taxed in a region at an instant. The rates of the region come before the market's own: those of `US-CA` before
 * those of `US` before those of no region, and of these the latest to have started. What prices were made with (`homeRates`)
 * are the market's rates at that time without any region.
 */
export function ratesFor(market: Market, { region = null, at }: { region?: string | null; at: string }): TaxOptions {
  const home = ratesWithin(market, null, at)
  return {
    pricesInclude: market.pricesInclude,
    rates: region === null ? home : ratesWithin(market, region, at),
    homeRates: home,
    rounding: market.taxRounding,
    level: market.taxLevel,
    constant: market.constant,
  }
}

function ratesWithin({ rates, regionalRates }: Market, region: string | null, at: string): Record<string, TaxRate> {
  if (regionalRates.length === 0) return rates
  const held = regionalRates
    .filter((rate) => runsAt(rate, at) && contains(rate.region, region))
    .toSorted((a, b) => size(a) - size(b) || compareStarts(a, b))
  // The last of a class wins, so the closest come last.
  return { ...rates, ...Object.fromEntries(held.map(({ taxClass, rate }) => [taxClass, rate])) }
}

const contains = (outer: string | null, region: string | null) =>
  outer === null || (region !== null && (region === outer || region.startsWith(`${outer}-`)))

const size = ({ region }: RegionalRate) => region?.length ?? 0

function compareStarts(a: RegionalRate, b: RegionalRate): number {
  const [first, second] = [a.startsAt ?? '', b.startsAt ?? '']
  return first < second ? -1 : Number(first > second)
}
