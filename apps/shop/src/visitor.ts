import { markets } from '@sangdo/api'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type ApiFetch, type Client, createClient, type Shelf } from './client.ts'
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
  /** The cart that this browser carries, and how many pieces were in it when it was last changed. */
  readonly cartId: CartId | null
  readonly cartPieces: number
  /** The customer who has signed in. */
  readonly customer: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly phone: string | null
  } | null
  readonly nonce: string
  /** The address of this page without the language, for links to its other language. */
  readonly path: string
}

/** Where the shop is, and where its stylesheet lies; set once when the shop is made. */
export interface ShopPlace {
  readonly origin: string
  readonly css: string
}

/** The API as one visitor reaches it: their cookies travel along, and so does their address. */
export interface VisitorApi {
  /** The client with the visitor's own cookies, or with those they have just been given. */
  readonly client: (cookie?: string) => Client
  /** Asks for what the typed client does not describe: signing up, in and out. */
  readonly post: (path: string, body: object) => Promise<Response>
}

export interface ShopEnv {
  Variables: {
    visitor: Visitor
    api: VisitorApi
    place: ShopPlace
    shelves: () => Promise<readonly Shelf[]>
    secureHeadersNonce?: string
  }
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}

type CartId = `crt_${string}`

const cartCookie = 'sangdo-cart'
const sessionCookies = ['sangdo.session_token', '__Secure-sangdo.session_token']
const month = 30 * 86_400

/** How this request's visitor reaches the API. */
export function apiFor(
  c: Context<ShopEnv>,
  apiUrl: string,
  fetch: (request: Request, clientIp: string) => Promise<Response>,
): VisitorApi {
  const address = c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1'
  const call: ApiFetch = (request) => fetch(request, address)
  const own = c.req.header('cookie') ?? ''
  const headers = { origin: apiUrl, cookie: own, 'content-type': 'application/json' }
  return {
    client: (cookie = own) => createClient(apiUrl, call, { cookie }),
    post: (path, body) =>
      call(new Request(`${apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })),
  }
}

/** What pages need to know of the visitor. Who they are is asked only when they carry a session. */
export async function visitorOf(c: Context<ShopEnv>, locale: Locale): Promise<Visitor> {
  const market = markets.find((one) => one.locale === locale) ?? markets[0]
  const api = c.var.api.client()
  const carries = sessionCookies.some((name) => getCookie(c, name) !== undefined)
  const me = carries ? await api.me.$get().catch(() => null) : null
  return {
    locale,
    market: market.id,
    currency: market.currency,
    text: messages[locale],
    api,
    ...carriedCart(c),
    customer: me?.ok ? ((await me.json()) as Visitor['customer']) : null,
    nonce: c.get('secureHeadersNonce') ?? '',
    path: c.req.path.replace(/^\/(ko|en)(?=\/|$)/, ''),
  }
}

/** A cookie such as `crt_0198….3`: the cart, and its pieces for the header, so that no page has to ask for them. */
function carriedCart(c: Context<ShopEnv>): { cartId: CartId | null; cartPieces: number } {
  const [, id, pieces] = /^(crt_[\w-]+)\.(\d{1,7})$/.exec(getCookie(c, cartCookie) ?? '') ?? []
  return id === undefined ? { cartId: null, cartPieces: 0 } : { cartId: id as CartId, cartPieces: Number(pieces) }
}

/** Remembers the visitor's cart in their browser, and how many pieces are in it. */
export function rememberCart(
  c: Context<ShopEnv>,
  { id, lines }: { id: string; lines: readonly { quantity: number }[] },
): void {
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  setCookie(c, cartCookie, `${id}.${pieces}`, { ...cookie(c), maxAge: month })
}

/** Forgets the cart of this browser: it has been ordered, or stays with the customer who signs out. */
export const forgetCart = (c: Context<ShopEnv>): void => void deleteCookie(c, cartCookie, cookie(c))

/** Forgets the session of a customer who has left. */
export function forgetSession(c: Context<ShopEnv>): void {
  for (const name of sessionCookies)
    if (getCookie(c, name) !== undefined) deleteCookie(c, name, { path: '/', secure: name.startsWith('__Secure-') })
}

const cookie = (c: Context<ShopEnv>) =>
  ({ httpOnly: true, sameSite: 'Lax', path: '/', secure: c.var.place.origin.startsWith('https:') }) as const
