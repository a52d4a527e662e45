import type { Now } from '@sangdo/core'
import type { RawWebhook, WebhookHint } from '@sangdo/payments'
import type { Stripe } from 'stripe'
import { EventAnswer, NamedIntent } from './answers.ts'
import { answerOf } from './errors.ts'

const toleranceSeconds = 300

/**
 * Which payment a message is about, if one of the secrets has signed it at most 300 seconds ago; null for anything else, and for
 * an event about none of our payments. https://docs.stripe.com/webhooks#verify-official-libraries
 */
export async function verifyEvent(
  api: Stripe,
  secrets: readonly string[],
  { headers, body }: RawWebhook,
  now: Now,
): Promise<WebhookHint | null> {
  const signature = headers['stripe-signature']
  if (!signature) return null
  const events = await Promise.all(secrets.map((secret) => signed(api, body, signature, secret, now)))
  const event = EventAnswer.safeParse(events.find((one) => one !== null))
  if (!event.success) return null
  const reference = await referenceOf(api, event.data.data.object)
  return reference ? { eventId: event.data.id, reference } : null
}

async function signed(
  api: Stripe,
  body: string,
  signature: string,
  secret: string,
  now: Now,
): Promise<Stripe.Event | null> {
  try {
    const at = now().getTime()
    return await api.webhooks.constructEventAsync(body, signature, secret, toleranceSeconds, undefined, at)
  } catch {
    return null
  }
}

/** A session, a PaymentIntent and a refund name our reference; a dispute names its PaymentIntent, which does. */
async function referenceOf(api: Stripe, object: EventAnswer['data']['object']): Promise<string | null> {
  const named = object.client_reference_id ?? object.metadata?.['reference']
  if (named || typeof object.payment_intent !== 'string') return named ?? null
  const intent = NamedIntent.parse(await answerOf(api.paymentIntents.retrieve(object.payment_intent)))
  return intent.metadata['reference'] ?? null
}
