import type { Now } from '@sangdo/core'
import type { RawWebhook, WebhookHint } from '@sangdo/payments'
import { Message } from './answers.ts'

const toleranceSeconds = 300
const prefix = 'whsec_'
const hmac = { name: 'HMAC', hash: 'SHA-256' }

/**
 * Which payment a message is about, if one of the secrets has signed it at most 300 seconds ago; null for anything else. Signed are
 * its id, its time and its body: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function verifyMessage(
  { headers, body }: RawWebhook,
  { secrets, storeId, now }: { secrets: readonly string[]; storeId: string; now: Now },
): Promise<WebhookHint | null> {
  const { 'webhook-id': id, 'webhook-timestamp': time = '', 'webhook-signature': given = '' } = headers
  const age = Math.abs(Math.floor(now().getTime() / 1000) - Number(time))
  if (!id || id.length > 200 || !/^\d{1,12}$/.test(time) || age > toleranceSeconds) return null
  const signed = await Promise.all(secrets.map((secret) => isSigned(secret, `${id}.${time}.${body}`, given)))
  if (!signed.some(Boolean)) return null
  const message = Message.safeParse(json(body))
  if (!message.success || (message.data.data.storeId ?? storeId) !== storeId) return null
  return { eventId: id, reference: message.data.data.paymentId }
}

/** Whether one of the signatures, each `v1,` and base64, is the secret's. */
async function isSigned(secret: string, content: string, given: string): Promise<boolean> {
  const raw = bytesOf(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret)
  if (!raw?.length) return false
  const key = await crypto.subtle.importKey('raw', raw, hmac, false, ['verify'])
  const text = new TextEncoder().encode(content)
  const signatures = given.split(' ').flatMap((one) => (one.startsWith('v1,') ? (bytesOf(one.slice(3)) ?? []) : []))
  return (await Promise.all(signatures.map((one) => crypto.subtle.verify('HMAC', key, one, text)))).some(Boolean)
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
