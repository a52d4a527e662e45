import { defineErrors } from '@sangdo/core'
import { paymentErrors } from '@sangdo/payments'

/** Everything that this package raises beside `payments.provider_refused` and `payments.provider_unavailable`. */
export const paypalErrors = defineErrors('payments_paypal', {
  variable_missing: ['unavailable', (d: { variable: string }) => `The environment variable ${d.variable} is not set`],
  currency_not_payable: ['invalid', (d: { currency: string }) => `PayPal does not take ${d.currency}`],
  amount_not_payable: [
    'invalid',
    (d: { minor: number; currency: string }) =>
      `PayPal takes no decimals of ${d.currency}, and ${d.minor} minor units have some`,
  ],
})

/** The error of a request that PayPal, or this package in its place, says no to. */
export const refused = (code: string) => paymentErrors.provider_refused({ provider: 'paypal', code })

/** The error of a call that says nothing about what became of the money. */
export const unanswered = (why: unknown) => paymentErrors.provider_unavailable({ provider: 'paypal' }, why)
