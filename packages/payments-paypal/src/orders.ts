import { Product } from './answers.ts'
import type { Client } from './client.ts'
import { refused } from './errors.ts'

/** The PayPal order of one of our references, and whether we have cancelled it. */
export interface KnownOrder {
  readonly orderId: string
  readonly cancelled: boolean
}

/** Where it is kept which order a reference has. `save` never changes the order of a reference, only that it is cancelled. */
export interface OrderIndex {
  find(reference: string): Promise<KnownOrder | null>
  save(reference: string, known: KnownOrder): Promise<void>
}

const pathOf = (reference: string) => `/v1/catalogs/products/${encodeURIComponent(reference)}`
const written = ({ orderId, cancelled }: KnownOrder) => (cancelled ? `${orderId} cancelled` : orderId)

/**
 * An index at PayPal itself: orders cannot be looked up by anything of ours, but a catalog product can have an id of ours, and
 * its description names the order. https://developer.paypal.com/docs/api/catalog-products/v1/
 */
export function catalogIndex({ ask }: Client): OrderIndex {
  async function find(reference: string): Promise<KnownOrder | null> {
    const outcome = await ask({ method: 'GET', path: pathOf(reference) })
    if ('refusal' in outcome) {
      if (outcome.refusal.code === 'INVALID_RESOURCE_ID' || outcome.refusal.code === 'RESOURCE_NOT_FOUND') return null
      throw refused(outcome.refusal.code)
    }
    const [orderId, cancelled] = (Product.parse(outcome.answer).description ?? '').split(' ')
    return orderId ? { orderId, cancelled: cancelled === 'cancelled' } : null
  }

  async function save(reference: string, known: KnownOrder): Promise<void> {
    const description = written(known)
    const outcome = await ask(
      known.cancelled
        ? {
            method: 'PATCH',
            path: pathOf(reference),
            json: JSON.stringify([{ op: 'replace', path: '/description', value: description }]),
          }
        : {
            method: 'POST',
            path: '/v1/catalogs/products',
            json: JSON.stringify({ id: reference, name: reference, description, type: 'PHYSICAL' }),
          },
    )
    if ('answer' in outcome) return
    // Refused because another of us has written the same.
    const kept = await find(reference)
    if (!kept || written(kept) !== description) throw refused(outcome.refusal.code)
  }

  return { find, save }
}
