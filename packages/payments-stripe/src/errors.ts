import { defineErrors, ShopError } from '@sangdo/core'
import { paymentErrors } from '@sangdo/payments'
import { Stripe } from 'stripe'
import { StripeFault } from './answers.ts'

/** Everything that this package raises beside `payments.provider_refused` and `payments.provider_unavailable`. */
export const stripeErrors = defineErrors('payments_stripe', {
  variable_missing: ['unavailable', (d: { variable: string }) => `The environment variable ${d.variable} is not set`],
  amount_not_payable: [
    'invalid',
    (d: { minor: number; currency: string; reason: string }) =>
      `Stripe cannot take ${d.minor} minor units of ${d.currency}: ${d.reason}`,
  ],
})

/** Why Stripe said no: its code, and its words. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

const refusing = new Set([400, 402, 404])

/** What a call came to: an answer, or a refusal of what was asked. Anything else rejects, since it says nothing of the money. */
export async function ask<Answer>(call: Promise<Answer>): Promise<{ answer: Answer } | { refusal: Refusal }> {
  try {
    return { answer: await call }
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal) return { refusal }
    throw withoutKeys(error)
  }
}

/** The answer of a call. Throws `payments.provider_refused` when it is refused. */
export async function answerOf<Answer>(call: Promise<Answer>): Promise<Answer> {
  const outcome = await ask(call)
  if ('answer' in outcome) return outcome.answer
  throw refused(outcome.refusal.code)
}

/** The error of a request that Stripe, or this package in its place, says no to. */
export const refused = (code: string) => paymentErrors.provider_refused({ provider: 'stripe', code })

// The same key with other words, a wrong key, too many requests: none of them is a no to what was asked.
function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Stripe.errors.StripeError) || error instanceof Stripe.errors.StripeIdempotencyError)
    return null
  if (!refusing.has(error.statusCode ?? 0)) return null
  const { code, decline_code, message } = StripeFault.parse(error)
  return { code: decline_code ?? code ?? error.type, message: message ?? 'Stripe refused the request' }
}

/** An error of the SDK holds the headers and a part of the key; only its kind goes on. */
function withoutKeys(error: unknown): unknown {
  if (error instanceof ShopError || !(error instanceof Stripe.errors.StripeError)) return error
  const reason = `${error.type}${error.statusCode === undefined ? '' : ` ${error.statusCode}`}`
  return paymentErrors.provider_unavailable({ provider: 'stripe' }, new Error(reason))
}
