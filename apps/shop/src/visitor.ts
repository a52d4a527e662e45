import { markets } from '@sangdo/api'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type ApiFetch, type Client, createClient } from './client.ts'
import type { ShopPlace } from './page.tsx'
import { type Messages, messages } from './text/index.ts'

/** The languages of the shop; each has its market and currency. */
export const locales = ['ko', 'en'] as const
export type Locale = (typeof locales)[number]

/** Who looks at a page, in which language and market, and how the API is asked on their behalf. */
export interface Visitor {
  readonly locale: Locale
  readonly market: string
  readonly currency: string
  readonly text: Messages
  readonly api: Client
  readonly cartId: string | null
  /** The name of the customer who has signed in, as the shop greets them. */
  readonly customer: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly nonce: string
  /** The address of this page without the language, for links to its other language. */
  readonly path: string
}

export interface ShopEnv {
  Variables: { visitor: Visitor; client: Client; place: ShopPlace; secureHeadersNonce?: string }
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}

const cartCookie = 'sangdo-cart'
const month = 30 * 86_400

/** The client for one request: the visitor's cookies travel along, and so does their address. */
export const clientFor = (c: Context<ShopEnv>, apiUrl: string, fetch: (request: Request, clientIp: string) => Promise<Response>): Client => {
  const address = c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1'
  const call: ApiFetch = (request) => fetch(request, address)
  return createClient(apiUrl, call, { cookie: c.req.header('cookie') ?? '' })
}

/** What pages need to know of the visitor. Who they are is asked only when they carry a session. */
export async function visitorOf(c: Context<ShopEnv>, locale: Locale): Promise<Visitor> {
  const market = markets.find((one) => one.locale === locale) ?? markets[0]
  const signedIn = getCookie(c, 'sangdo.session_token') !== undefined
  const me = signedIn ? await c.var.client.me.$get() : null
  return {
    locale,
    market: market.id,
    currency: market.currency,
    text: messages[locale],
    api: c.var.client,
    cartId: getCookie(c, cartCookie) ?? null,
    customer: me?.ok ? ((await me.json()) as Visitor['customer']) : null,
    nonce: c.get('secureHeadersNonce') ?? '',
    path: c.req.path.replace(/^\/(ko|en)(?=\/|$)/, ''),
  }
}

/** Remembers the visitor's cart in their browser. */
export function rememberCart(c: Context<ShopEnv>, cartId: string): void {
  setCookie(c, cartCookie, cartId, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: month })
}
