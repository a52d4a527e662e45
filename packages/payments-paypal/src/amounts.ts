import { fromMajor, type Money, toMajor } from '@sangdo/core'
import { paypalErrors } from './errors.ts'

// https://developer.paypal.com/api/rest/reference/currency-codes/
/** What PayPal takes. */
export const paypalCurrencies =
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(' ')
const withoutDecimals = ['HUF', 'JPY', 'TWD']

/** Money as PayPal writes it: `{ currency_code: 'USD', value: '10.99' }`. */
export interface PayPalAmount {
  readonly currency_code: string
  readonly value: string
}

/**
 * An amount as PayPal writes it. Throws `payments_paypal.currency_not_payable` for a currency that it does not take, such as won,
 * and `payments_paypal.amount_not_payable` for a part of a Taiwan dollar or forint.
 */
export function toPayPal(amount: Money): PayPalAmount {
  const { minor, currency } = amount
  if (!paypalCurrencies.includes(currency)) throw paypalErrors.currency_not_payable({ currency })
  const value = toMajor(amount)
  if (!withoutDecimals.includes(currency)) return { currency_code: currency, value }
  const [whole = '', part = ''] = value.split('.')
  if (/[^0]/.test(part)) throw paypalErrors.amount_not_payable({ minor, currency })
  return { currency_code: currency, value: whole }
}

/** PayPal's amount as ours. Throws `core.invalid_amount` for one that has no whole number of our minor units. */
export const fromPayPal = ({ currency_code, value }: PayPalAmount): Money => fromMajor(value, currency_code)
