import type { Now } from '@sangdo/core'
import type { RawWebhook, WebhookHint } from '@sangdo/payments'
import { Capture, Event, Verification } from './answers.ts'
import type { Client } from './client.ts'

const toleranceMs = 300_000
const maximumLength = 256 * 1024
const headerNames = {
  auth_algo: 'paypal-auth-algo',
  cert_url: 'paypal-cert-url',
  transmission_id: 'paypal-transmission-id',
  transmission_sig: 'paypal-transmission-sig',
  transmission_time: 'paypal-transmission-time',
} as const

/**
 * Which payment a message is about, if PayPal says that it has signed it and it is at most 300 seconds old; null otherwise. PayPal
 * is asked, since its certificates are X.509, which no runtime but Node can check without more code than this package has; that
 * answer knows no age, so it is checked here. https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post
 */
export async function verifyMessage(
  client: Client,
  webhookIds: readonly string[],
  { headers, body }: RawWebhook,
  now: Now,
): Promise<WebhookHint | null> {
  const told = Object.entries(headerNames).map(([field, name]) => [field, headers[name]] as const)
  const age = Math.abs(now().getTime() - Date.parse(headers[headerNames.transmission_time] ?? ''))
  if (told.some(([, value]) => !value || value.length > 1000) || !(age <= toleranceMs)) return null
  if (body.length > maximumLength || !isPayPals(headers[headerNames.cert_url] ?? '')) return null
  const event = Event.safeParse(json(body))
  if (!event.success) return null
  for (const webhookId of webhookIds)
    if (await isSigned(client, { ...Object.fromEntries(told), webhook_id: webhookId }, body)) {
      const reference = await referenceOf(client, event.data)
      return reference ? { eventId: event.data.id, reference } : null
    }
  return null
}

/** The body goes on as it came, since parsed and written again it would not be what was signed. */
async function isSigned({ ask }: Client, told: object, body: string): Promise<boolean> {
  const question = `${JSON.stringify(told).slice(0, -1)},"webhook_event":${body}}`
  const outcome = await ask({ method: 'POST', path: '/v1/notifications/verify-webhook-signature', json: question })
  return 'answer' in outcome && Verification.parse(outcome.answer).verification_status === 'SUCCESS'
}

async function referenceOf({ ask }: Client, { resource }: Event): Promise<string | null> {
  const [disputed] = resource.disputed_transactions ?? []
  const named = resource.custom_id ?? resource.purchase_units?.[0]?.custom_id ?? disputed?.custom
  if (named || !disputed?.seller_transaction_id) return named ?? null
  const path = `/v2/payments/captures/${encodeURIComponent(disputed.seller_transaction_id)}`
  const outcome = await ask({ method: 'GET', path })
  return 'answer' in outcome ? (Capture.parse(outcome.answer).custom_id ?? null) : null
}

function isPayPals(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' && /(^|\.)paypal\.com$/.test(hostname)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
