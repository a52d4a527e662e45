import { defineErrors } from '@sangdo/core'
import { paymentErrors } from '@sangdo/payments'

/** Everything that this package raises beside `payments.provider_refused` and `payments.provider_unavailable`. */
export const portoneErrors = defineErrors('payments_portone', {
  variable_missing: ['unavailable', (d: { variable: string }) => `The environment variable ${d.variable} is not set`],
  amount_not_payable: [
    'invalid',
    (d: { minor: number; currency: string }) => `PortOne cannot write ${d.minor} minor units of ${d.currency}`,
  ],
})

/** The error of a request that PortOne, or this package in its place, says no to. */
export const refused = (code: string) => paymentErrors.provider_refused({ provider: 'portone', code })

/** The error of a call that says nothing about what became of the money. */
export const unanswered = (why: unknown) => paymentErrors.provider_unavailable({ provider: 'portone' }, why)
