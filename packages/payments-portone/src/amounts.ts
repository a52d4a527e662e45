import { digitsOf, type Money, money } from '@sangdo/core'
import { portoneErrors } from './errors.ts'

// ISO 4217, which the scale of PortOne follows: https://developers.portone.io/api/rest-v2/type-def#Currency
const decimals: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

/** How many decimals PortOne's whole amounts of a currency stand for. */
export const portoneDigits = (currency: string): number =>
  decimals.find(([, currencies]) => currencies.split(' ').includes(currency))?.[0] ?? 2

/** An amount in PortOne's units. Throws `payments_portone.amount_not_payable` for a part of one. */
export function toPortOne({ minor, currency }: Money): number {
  const shift = portoneDigits(currency) - digitsOf(currency)
  const amount = shift < 0 ? minor / 10 ** -shift : minor * 10 ** shift
  if (!Number.isSafeInteger(amount)) throw portoneErrors.amount_not_payable({ minor, currency })
  return amount
}

/** PortOne's amount as ours. Throws `core.invalid_amount` for one that has no whole number of our minor units. */
export function fromPortOne(amount: number, currency: string): Money {
  const shift = portoneDigits(currency) - digitsOf(currency)
  return money(shift < 0 ? amount * 10 ** -shift : amount / 10 ** shift, currency)
}
