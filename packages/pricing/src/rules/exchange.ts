import { digitsOf, type Money, money } from '@sangdo/core/money'
import type { Exchange, UnitPrice } from '../contract/prices.ts'
import { share } from './exact.ts'
import { type ListedPrice, type PriceContext, unitPrice } from './prices.ts'

/** An amount in another currency, and how it came to be: from what, at which rate, rounded how. */
export interface Exchanged {
  readonly amount: Money
  readonly exchangedFrom: Money
  readonly exchangeRate: string
  readonly rounding: string
}

/**
 * An amount in the currency of the exchange, exact until it is rounded once to the exchange's ending. A price above zero stays
 * above zero: it is at least one step, less what an ending takes away.
 */
export function exchanged(amount: Money, exchange: Pick<Exchange, 'to' | 'rate' | 'ending'>): Exchanged {
  const { to } = exchange
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

/** The price of one piece, as `unitPrice` has it; where there is none in the currency, the one that the market exchanges. */
export function priceWith(
  prices: readonly ListedPrice[],
  context: PriceContext,
  exchange: Exchange | null,
): UnitPrice | null {
  const own = unitPrice(prices, context)
  if (own || exchange?.to !== context.currency || exchange.from === context.currency) return own
  const foreign = unitPrice(prices, { ...context, currency: exchange.from })
  if (!foreign) return null
  const { amount, exchangedFrom, exchangeRate } = exchanged(foreign.amount, exchange)
  const compareAt = foreign.compareAt && exchanged(foreign.compareAt, exchange).amount
  return { amount, compareAt, priceListId: foreign.priceListId, exchangedFrom, exchangeRate }
}
