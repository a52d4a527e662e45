import type { Now } from '@sangdo/core'

/** The headers that a signed message carries. */
export const signatureHeader = 'x-sandbox-signature'
export const timestampHeader = 'x-sandbox-timestamp'
export const eventIdHeader = 'x-sandbox-event-id'

const windowSeconds = 300
const bytesOf = (text: string) => new TextEncoder().encode(text)

const keyOf = (secret: string) =>
  crypto.subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])

/** The seconds since 1970, as a signature counts them. */
export const secondsOf = (now: Now): string => String(Math.floor(now().getTime() / 1000))

/** HMAC-SHA256 over `${timestamp}.${content}`, in hexadecimal. */
export async function sign(secret: string, timestamp: string, content: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), bytesOf(`${timestamp}.${content}`))
  return [...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
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
  const given = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const checks = secrets.map(async (secret) =>
    crypto.subtle.verify('HMAC', await keyOf(secret), given, bytesOf(`${timestamp}.${content}`)),
  )
  return (await Promise.all(checks)).some(Boolean)
}
