import { digitsOf, type Money, money } from '@sangdo/core'
import { stripeErrors } from './errors.ts'

// https://docs.stripe.com/currencies#zero-decimal; ISK and UGX have none either, but are written with two.
const zeroDecimal = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ')
// https://docs.stripe.com/currencies#three-decimal
const threeDecimal = 'BHD JOD KWD OMR TND'.split(' ')

/** How many decimals Stripe writes a currency with, which for some is not how many it has. */
export function stripeDigits(currency: string): number {
  if (zeroDecimal.includes(currency)) return 0
  return threeDecimal.includes(currency) ? 3 : 2
}

/**
 * An amount in Stripe's units and lower-case currency. Throws `payments_stripe.amount_not_payable` for one that Stripe cannot
 * write: a part of its smallest unit, or a last digit other than 0 where there are three decimals.
 */
export function toStripe({ minor, currency }: Money): { amount: number; currency: string } {
  const shift = stripeDigits(currency) - digitsOf(currency)
  const amount = shift < 0 ? minor / 10 ** -shift : minor * 10 ** shift
  const no = (reason: string) => stripeErrors.amount_not_payable({ minor, currency, reason })
  if (!Number.isSafeInteger(amount)) throw no('it is no whole number of units there')
  if (threeDecimal.includes(currency) && amount % 10 !== 0) throw no('the last of three decimals has to be 0')
  return { amount, currency: currency.toLowerCase() }
}

/** Stripe's amount as ours. Throws `core.invalid_amount` for one that has no whole number of our minor units. */
export function fromStripe(amount: number, currency: string): Money {
  const ours = currency.toUpperCase()
  const shift = stripeDigits(ours) - digitsOf(ours)
  return money(shift < 0 ? amount * 10 ** -shift : amount / 10 ** shift, ours)
}
