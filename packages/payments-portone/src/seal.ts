import { PageRequest } from './answers.ts'

/**
 * A request as a part of an address that nobody else can read or change: AES-256-GCM, its nonce the HMAC of what it seals, so that
 * the same request has the same address and no nonce is used for two.
 */
export async function seal(secret: string, request: PageRequest): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(request))
  const { cipher, mac } = await keysOf(secret)
  const nonce = new Uint8Array(await crypto.subtle.sign('HMAC', mac, plain)).slice(0, 12)
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, cipher, plain))
  return encode([...nonce, ...sealed])
}

/** The request of an address; null unless it was sealed with this secret. */
export async function unseal(secret: string, text: string): Promise<PageRequest | null> {
  try {
    const bytes = decode(text)
    const { cipher } = await keysOf(secret)
    const iv = bytes.slice(0, 12)
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, cipher, bytes.slice(12))
    return PageRequest.safeParse(JSON.parse(new TextDecoder().decode(plain))).data ?? null
  } catch {
    return null
  }
}

async function keysOf(secret: string) {
  const digest = async (use: string) =>
    crypto.subtle.digest('SHA-256', new TextEncoder().encode(`sangdo pay page ${use} ${secret}`))
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  return {
    cipher: await crypto.subtle.importKey('raw', await digest('cipher'), 'AES-GCM', false, ['encrypt', 'decrypt']),
    mac: await crypto.subtle.importKey('raw', await digest('mac'), hmac, false, ['sign']),
  }
}

const encode = (bytes: readonly number[]) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const decode = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
