import type { Visitor } from './visitor.ts'

/** A price as the API writes it. */
export interface Amount {
  readonly minor: number
  readonly currency: string
}

interface Priced {
  readonly cart: { readonly version: number }
  readonly quoteHash: string
  readonly shippingOptions: readonly { readonly method: string }[]
}

interface Bought {
  readonly order: { readonly number: string; readonly status: string; readonly total: Amount }
  readonly payment: { readonly attempts: readonly { readonly id: string }[] }
}

const address = { name: '김하늘', phone: '010-0000-0000', country: 'KR', postcode: '04524', line1: '세종대로 110' }

/** All that a buyer asks for, from an empty cart to a paid order: ten requests. `approve` is what they do at the provider. */
export async function buy(
  { get }: Pick<Visitor, 'get'>,
  sku: string,
  approve: (reference: string) => unknown,
): Promise<Bought> {
  const { id } = await get<{ id: string }>('POST', '/carts', { currency: 'KRW', market: 'kr', locale: 'en' })
  await get('POST', `/carts/${id}/lines`, { sku, quantity: 1 })
  await get('PUT', `/carts/${id}/delivery`, { email: 'sky@example.com', address })
  const { shippingOptions } = await get<Priced>('GET', `/carts/${id}`)
  await get('PUT', `/carts/${id}/delivery`, { shippingMethod: shippingOptions[0]?.method })
  const { cart, quoteHash } = await get<Priced>('GET', `/carts/${id}`)
  const accepted = { cartId: id, version: cart.version, quoteHash, method: 'card', returnUrl: 'http://127.0.0.1/back' }
  const { order, token } = await get<Bought & { token: string }>('POST', '/checkout', accepted)
  const page = `/orders/${order.number}?token=${token}`
  const reference = (await get<Bought>('GET', page)).payment.attempts.at(-1)?.id ?? ''
  approve(reference)
  await get('POST', `/payments/${reference}/order`)
  return get<Bought>('GET', page)
}
