import { type Now, ShopError } from '@sangdo/core'
import { type MethodQuery, paymentErrors, type StartPayment } from '../contract.ts'
import type { PaymentProvider, ProviderLimits } from '../ports.ts'
import {
  afterAnswer,
  afterSilence,
  type Circuit,
  type CircuitRule,
  circuitState,
  closedCircuit,
  takes,
  usualCircuit,
} from '../routing/rules.ts'

export type Providers = ReturnType<typeof createProviders>

interface ProvidersOptions {
  readonly timeoutMs: number
  readonly now: Now
  /** The shop's own limits, by the provider's id. */
  readonly limits?: Readonly<Record<string, ProviderLimits>> | undefined
  readonly circuit?: Partial<CircuitRule> | undefined
}

// Somebody waits for the answer, and there is another provider.
const lookMs = 3_000

/** The providers of a shop, each call of them limited in time; this process remembers which of them do not answer. */
export function createProviders(providers: readonly PaymentProvider[], options: ProvidersOptions) {
  const { timeoutMs, now, limits = {} } = options
  const rule = { ...usualCircuit, ...options.circuit }
  const circuits = new Map<string, Circuit>()
  const circuitOf = (id: string) => circuits.get(id) ?? closedCircuit

  /** The provider with this id. Throws `payments.provider_not_found`. */
  function of(id: string): PaymentProvider {
    const provider = providers.find((one) => one.id === id)
    if (!provider) throw paymentErrors.provider_not_found({ provider: id })
    return provider
  }

  /** Those that take a payment, the preferred one first; only the wanted one, if there is one. Throws `payments.method_unavailable`. */
  function offering(request: StartPayment): [PaymentProvider, ...PaymentProvider[]] {
    const { method, amount, country, risk, capture, provider: wanted } = request
    const asked = { method, amount, country, risk, later: capture === 'later' }
    const [first, ...others] = providers.filter(
      (one) => (wanted === undefined || one.id === wanted) && takes(one, asked, limits[one.id]),
    )
    if (!first) throw paymentErrors.method_unavailable({ method })
    return [first, ...others]
  }

  /**
   * The first of these that can be expected to answer; the first at all if none can. One that has been left alone for long enough is
   * looked at by a question about a payment that nobody has, so that no buyer has to try it out.
   */
  async function answering(
    choices: readonly [PaymentProvider, ...PaymentProvider[]],
    reference: string,
  ): Promise<PaymentProvider> {
    for (const one of choices) if (await isUp(one, reference)) return one
    return choices[0]
  }

  async function isUp({ id }: PaymentProvider, reference: string): Promise<boolean> {
    switch (circuitState(circuitOf(id), now().getTime(), rule)) {
      case 'closed':
        return true
      case 'open':
        return false
      case 'half_open': {
        const look = ask(id, (provider) => inTime(provider.find(reference), Math.min(lookMs, timeoutMs)))
        return look.then(
          () => true,
          () => false,
        )
      }
    }
  }

  /** Asks a provider. Throws `payments.provider_unavailable` for anything but an answer in time: what became of it is unknown. */
  async function ask<Answer>(
    id: string,
    question: (provider: PaymentProvider) => Promise<Answer>,
    begins = false,
  ): Promise<Answer> {
    try {
      const answer = await inTime(question(of(id)), timeoutMs)
      circuits.set(id, afterAnswer(circuitOf(id), now().getTime(), rule, begins))
      return answer
    } catch (error) {
      const heard = isNo(error) ? afterAnswer : afterSilence
      circuits.set(id, heard(circuitOf(id), now().getTime(), rule, begins))
      throw paymentErrors.provider_unavailable({ provider: id }, error)
    }
  }

  /** Every way to pay that is open to a buyer, with the provider that takes it. */
  const methods = (query: MethodQuery = {}) =>
    providers.flatMap((one) =>
      one.methods
        .filter((method) => takes(one, { ...query, method }, limits[one.id]))
        .map((method) => ({ method, provider: one.id })),
    )

  return { of, offering, answering, ask, methods }
}

/** A provider's no, or an adapter's in its place, before or after asking; anything else is no answer. */
export const isNo = (error: unknown): error is ShopError =>
  error instanceof ShopError && (error.kind === 'invalid' || paymentErrors.provider_refused.match(error))

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
