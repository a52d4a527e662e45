import { digitsOf, type Money, money } from '@sangdo/core/money'
import type { Exchange, UnitPrice } from '../contract/prices.ts'
import { like, oneOf, whole } from './check.ts'
import { share } from './exact.ts'
import { checkAmount, checkFigure, exchangeRate } from './figures.ts'
import { type ListedPrice, type PriceContext, unitPrice } from './prices.ts'

/** An amount in another currency, and how it came to be: from what, at which rate, rounded how. */
export interface Exchanged {
  readonly amount: Money
  readonly exchangedFrom: Money
  readonly exchangeRate: string
  readonly rounding: string
}

/** At which rate an amount is exchanged into another currency, and how it ends. */
export type ExchangeRate = Pick<Exchange, 'to' | 'rate'> & { readonly ending?: Exchange['ending'] | undefined }

const plain = { rounding: 'half_up', step: 1, less: 0 } as const
const rateForm = like(exchangeRate, 'a plain decimal above zero')
const roundings = oneOf('half_up', 'half_even', 'down', 'up')

/**
 * An amount in the currency of the exchange, exact until it is rounded once to the exchange's ending. A price above zero stays
 * above zero: it is at least one step, less what an ending takes away. It is rounded half up unless there is an ending. Throws
 * `pricing.invalid_price`, which names the field, for an amount below zero, and for a rate or an ending that is none.
 */
export function exchanged(amount: Money, { to, rate, ending = plain }: ExchangeRate): Exchanged {
  checkAmount('amount', amount)
  checkFigure('rate', rate, rateForm)
  checkEnding(ending)
  const { rounding, step, less } = ending
  const { n, d } = exactRatio(rate, digitsOf(to) - digitsOf(amount.currency))
  const steps = share(amount.minor, n, d * BigInt(step), rounding)
  const minor = amount.minor > 0 ? Math.max(1, steps) * step - less : 0
  return {
    amount: money(minor, to),
    exchangedFrom: amount,
    exchangeRate: rate,
    rounding: nameOf(ending),
  }
}

function checkEnding({ rounding, step, less }: Exchange['ending']): void {
  checkFigure('ending.rounding', rounding, roundings)
  checkFigure('ending.step', step, whole(1, 1e9))
  checkFigure('ending.less', less, whole(0, step - 1))
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
