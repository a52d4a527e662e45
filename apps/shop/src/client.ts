import type { App } from '@sangdo/api'
import { hc, type InferResponseType } from 'hono/client'

/** How the shop reaches the API: over HTTP, or, in one process, by a call. */
export type ApiFetch = (request: Request) => Promise<Response>

/** Why the API refused: the problem it answered with. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { field: string; message: string }[]
  readonly details?: unknown
}

/** A refusal by the API, for pages that cannot go on without the answer. */
export class ApiRefusal extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.detail)
    this.refusal = refusal
  }
}

export type Client = ReturnType<typeof createClient>

/** The typed client of the API for one visitor: with their cookies, and from their address. */
export const createClient = (baseUrl: string, fetch: ApiFetch, headers: Record<string, string>) =>
  hc<App>(baseUrl, {
    headers: { origin: baseUrl, ...headers },
    fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(new Request(input, init)),
  })

/** What a call of the typed client answers with. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  json(): Promise<unknown>
}

/** The part of an answer that is not a problem. */
type Content<Reply extends Answer> = Exclude<
  Awaited<ReturnType<Reply['json']>>,
  { type: string; title: string; instance: string }
>

type Attempt<Reply extends Answer> =
  | { content: Content<Reply>; refusal?: undefined }
  | { content?: undefined; refusal: Refusal }

/** The content of an answer, or the refusal in its place; a fault of the API is thrown. */
export async function attempt<Reply extends Answer>(call: Promise<Reply>): Promise<Attempt<Reply>> {
  const response = await call
  const body = response.status === 204 ? null : await response.json()
  if (response.ok) return { content: body as Content<Reply> }
  const refusal = { ...(body as Refusal), status: response.status }
  if (response.status >= 500) throw new ApiRefusal(refusal)
  return { refusal }
}

/** The content of an answer. Throws `ApiRefusal`. */
export async function content<Reply extends Answer>(call: Promise<Reply>): Promise<Content<Reply>> {
  const answer = await attempt(call)
  if (answer.refusal) throw new ApiRefusal(answer.refusal)
  return answer.content
}

/** The ways to pay so much for a delivery to that country, if it is known. Throws `ApiRefusal`. */
export const methodsToPay = (
  api: Client,
  { currency, minor }: { readonly currency: string; readonly minor: number },
  address: { readonly country: string } | null,
) =>
  content(
    api['payment-methods'].$get({
      query: { currency, ...(minor > 0 ? { minor } : {}), ...(address ? { country: address.country } : {}) },
    }),
  )

/** What the API tells of a product in a list, of a product's own page, of a review, a cart, an order, an address. */
export type ProductCard = InferResponseType<Client['products']['$get'], 200>['items'][number]
export type ProductPage = InferResponseType<Client['products'][':slug']['$get'], 200>
export type ReviewPage = InferResponseType<Client['products'][':productId']['reviews']['$get'], 200>
export type PricedCart = InferResponseType<Client['carts'][':cartId']['$get'], 200>
export type OrderView = InferResponseType<Client['orders'][':number']['$get'], 200>
export type OrderSummary = InferResponseType<Client['me']['orders']['$get'], 200>['items'][number]
export type SavedAddress = InferResponseType<Client['me']['addresses']['$get'], 200>[number]
export type Consent = InferResponseType<Client['me']['consents']['$get'], 200>[number]

/** A category and those below it. The client cannot know the type of a tree, so it stands here. */
export interface Shelf {
  readonly id: string
  readonly name: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
  readonly slugs: Readonly<Record<string, string>>
  readonly media: readonly { readonly url: string }[]
  readonly children: readonly Shelf[]
}
