import type { Now } from '@sangdo/core'
import type { RawWebhook, WebhookHint } from '@sangdo/payments'
import { Message, type TossPayment } from './answers.ts'

/** What it takes to believe a message that carries no signature. */
export interface WebhookChecks {
  /** Given, a message has to come with one of them. */
  readonly tokens: readonly string[] | null
  readonly now: Now
  readonly find: (orderId: string) => Promise<TossPayment | null>
}

/** The headers of every message: https://docs.tosspayments.com/reference/using-api/webhook-events#웹훅-헤더 */
const sentHeader = 'tosspayments-webhook-transmission-time'
const idHeader = 'tosspayments-webhook-transmission-id'
/** Where the shop hands on the token of the address that it was called at. */
export const tokenHeader = 'x-webhook-token'

const toleranceMs = 300_000
const maximumLength = 256 * 1024

/**
 * Which payment a message is about; null unless it names, beside our reference, the payment key, or the secret of the virtual
 * account, that Toss Payments itself says belong to it. Messages about payments are not signed, so they are asked about.
 */
export async function verifyMessage(
  { headers, body }: RawWebhook,
  { tokens, now, find }: WebhookChecks,
): Promise<WebhookHint | null> {
  const eventId = headers[idHeader]
  const age = Math.abs(now().getTime() - Date.parse(headers[sentHeader] ?? ''))
  if (!eventId || eventId.length > 200 || !(age <= toleranceMs) || body.length > maximumLength) return null
  if (tokens && !(await isAny(headers[tokenHeader] ?? '', tokens))) return null
  const message = Message.safeParse(json(body))
  return message.success ? asked(message.data, eventId, find) : null
}

async function asked(message: Message, eventId: string, find: WebhookChecks['find']): Promise<WebhookHint | null> {
  const deposit = message.secret !== undefined
  const { orderId: reference } = deposit ? message : message.data
  const payment = await find(reference)
  const [said, known] = deposit ? [message.secret, payment?.secret] : [message.data.paymentKey, payment?.paymentKey]
  return known && (await isAny(said, [known])) ? { eventId, reference } : null
}

/** Compares digests, so that the time it takes tells nothing of how much was right. */
async function isAny(given: string, secrets: readonly string[]): Promise<boolean> {
  const [digest, ...known] = await Promise.all([given, ...secrets].map(digestOf))
  return known.map((one) => equal(one, digest ?? new Uint8Array())).some(Boolean)
}

const digestOf = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

const equal = (left: Uint8Array, right: Uint8Array) =>
  left.length === right.length && left.reduce((bits, byte, index) => bits | (byte ^ (right[index] ?? 0)), 0) === 0

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
