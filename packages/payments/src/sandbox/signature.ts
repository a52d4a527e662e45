import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Now } from '@sangdo/core'

/** The headers that a signed message carries. */
export const signatureHeader = 'x-sandbox-signature'
export const timestampHeader = 'x-sandbox-timestamp'
export const eventIdHeader = 'x-sandbox-event-id'

const windowSeconds = 300

/** The seconds since 1970, as a signature counts them. */
export const secondsOf = (now: Now): string => String(Math.floor(now().getTime() / 1000))

const hmac = (secret: string, timestamp: string, content: string) =>
  createHmac('sha256', secret).update(`${timestamp}.${content}`)

/** HMAC-SHA256 over `${timestamp}.${content}`, in hexadecimal. */
export async function sign(secret: string, timestamp: string, content: string): Promise<string> {
  return hmac(secret, timestamp, content).digest('hex')
}

/** Whether one of the secrets has signed the content at most 300 seconds ago (or ahead). Several secrets serve while one is replaced. */
export async function isSigned(
  secrets: readonly string[],
  {
    timestamp = '',
    signature = '',
    content,
  }: { timestamp?: string | undefined; signature?: string | undefined; content: string },
  now: Now,
): Promise<boolean> {
  const age = Math.abs(Number(secondsOf(now)) - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || age > windowSeconds || !/^[0-9a-f]{64}$/.test(signature)) return false
  const given = Buffer.from(signature, 'hex')
  return secrets.map((secret) => timingSafeEqual(hmac(secret, timestamp, content).digest(), given)).some(Boolean)
}
