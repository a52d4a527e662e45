import type { Money, Now } from '@sangdo/core'
import type { PaymentProvider } from '@sangdo/payments'

/** A payment that was begun here, and that PortOne may not have heard of yet. */
export interface BegunPayment {
  readonly amount: Money
  readonly method: PaymentProvider['methods'][number]
  readonly redirectUrl: string
  readonly expiresAt: string
  /** What the buyer's browser has brought back: with it, and only with it, the payment can be confirmed. */
  readonly paymentToken: string | null
  readonly cancelled: boolean
}

/** Where begun payments are kept while buyers pay. Processes that share the work share it. */
export interface BegunPayments {
  find(reference: string): Promise<BegunPayment | null>
  save(reference: string, begun: BegunPayment): Promise<void>
}

const keptMs = 24 * 3_600_000

/**
 * Begun payments in this process. What a restart forgets was not paid and cannot be any more: the buyer is asked to start again.
 */
export function begunInMemory(now: Now): BegunPayments {
  const all = new Map<string, BegunPayment>()
  return {
    find: async (reference) => all.get(reference) ?? null,
    async save(reference, begun) {
      for (const [one, { expiresAt }] of all) if (Date.parse(expiresAt) + keptMs < now().getTime()) all.delete(one)
      all.set(reference, begun)
    },
  }
}
