import { digitsOf, type Money, money } from '@sangdo/core/money'
import type { Exchange } from '../contract/prices.ts'
import { share } from './exact.ts'

/** An amount in another currency, and how it came to be: from what, at which rate, rounded how. */
export interface Exchanged {
  readonly amount: Money
  readonly exchangedFrom: Money
  readonly exchangeRate: string
  readonly rounding: string
}

/**
 * An amount in the currency `to`, at the exchange's rate, exact until it is rounded once to the exchange's ending. A price
 * above zero stays above zero: it is at least one step, less what an ending takes away.
 */
export function exchanged(amount: Money, to: string, exchange: Pick<Exchange, 'rate' | 'ending'>): Exchanged {
  const { rounding, step, less } = exchange.ending
  const { n, d } = exactRatio(exchange.rate, digitsOf(to) - digitsOf(amount.currency))
  const steps = share(Math.max(0, amount.minor), n, d * BigInt(step), rounding)
  const minor = amount.minor > 0 ? Math.max(1, steps) * step - less : 0
  return {
    amount: money(minor, to),
    exchangedFrom: amount,
    exchangeRate: exchange.rate,
    rounding: nameOf(exchange.ending),
  }
}

/** A plain decimal, times a power of ten, as a quotient of whole numbers. */
function exactRatio(decimal: string, shift: number): { n: bigint; d: bigint } {
  const [whole = '0', decimals = ''] = decimal.split('.')
  const places = decimals.length - shift
  const digits = BigInt(whole + decimals)
  return places >= 0 ? { n: digits, d: 10n ** BigInt(places) } : { n: digits * 10n ** BigInt(-places), d: 1n }
}

/** How a trace names the rounding: `half_up`, `half_up to 1000 less 100`. */
const nameOf = ({ rounding, step, less }: Exchange['ending']) =>
  rounding + (step > 1 ? ` to ${step}` : '') + (less > 0 ? ` less ${less}` : '')
