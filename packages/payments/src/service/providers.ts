import { paymentErrors, type PaymentMethod } from '../contract.ts'
import type { PaymentProvider } from '../ports.ts'

export type Providers = ReturnType<typeof createProviders>

/** The providers of a shop, each call of them limited in time. */
export function createProviders(providers: readonly PaymentProvider[], timeoutMs: number) {
  /** The provider with this id. Throws `payments.provider_not_found`. */
  function of(id: string): PaymentProvider {
    const provider = providers.find((one) => one.id === id)
    if (!provider) throw paymentErrors.provider_not_found({ provider: id })
    return provider
  }

  /** The provider that takes a method, and later if it must: the wanted one, or the first. Throws `payments.method_unavailable`. */
  function taking(method: PaymentMethod, wanted: string | undefined, later = false): PaymentProvider {
    const provider = providers.find(
      (one) => one.methods.includes(method) && (wanted === undefined || one.id === wanted) && (!later || one.capture),
    )
    if (!provider) throw paymentErrors.method_unavailable({ method })
    return provider
  }

  /** Asks a provider. Throws `payments.provider_unavailable` for anything but an answer in time: what became of it is unknown. */
  async function ask<Answer>(id: string, question: (provider: PaymentProvider) => Promise<Answer>): Promise<Answer> {
    const provider = of(id)
    try {
      return await inTime(question(provider), timeoutMs)
    } catch (error) {
      throw paymentErrors.provider_unavailable({ provider: id }, error)
    }
  }

  /** Every way to pay, with the provider that takes it. */
  const methods = () => providers.flatMap(({ id, methods }) => methods.map((method) => ({ method, provider: id })))

  return { of, taking, ask, methods }
}

/** An answer, or an error when there is none in so many milliseconds. */
export async function inTime<Answer>(answer: Promise<Answer>, timeoutMs: number): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
