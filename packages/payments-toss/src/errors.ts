import { defineErrors, type Money } from '@sangdo/core'
import { paymentErrors } from '@sangdo/payments'

/** Everything that this package raises beside `payments.provider_refused` and `payments.provider_unavailable`. */
export const tossErrors = defineErrors('payments_toss', {
  variable_missing: ['unavailable', (d: { variable: string }) => `The environment variable ${d.variable} is not set`],
  currency_not_payable: ['invalid', (d: { currency: string }) => `Toss Payments takes won, not ${d.currency}`],
})

/** The error of a request that Toss Payments, or this package in its place, says no to. */
export const refused = (code: string) => paymentErrors.provider_refused({ provider: 'toss', code })

/** The error of a call that says nothing about what became of the money. */
export const unanswered = (why: unknown) => paymentErrors.provider_unavailable({ provider: 'toss' }, why)

/** Won as Toss Payments writes them. Throws `payments_toss.currency_not_payable` for any other currency. */
export function toToss({ minor, currency }: Money): number {
  if (currency !== 'KRW') throw tossErrors.currency_not_payable({ currency })
  return minor
}
