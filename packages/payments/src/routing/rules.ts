import type { Money } from '@sangdo/core'
import type { Failure, MethodQuery, PaymentMethod } from '../contract.ts'
import type { PaymentProvider, ProviderLimits } from '../ports.ts'

/** What is asked of a provider, as far as it decides whether the provider is asked at all. */
export interface Wanted extends MethodQuery {
  readonly method: PaymentMethod
  readonly later?: boolean
}

type Offer = Pick<PaymentProvider, 'id' | 'methods' | 'limits' | 'authenticates' | 'capture'>

/**
 * Whether a provider takes a payment, within its own limits and those of the shop. What nobody has said rules nothing out. Where the
 * risk is more than `allow`, a card is taken only by a provider that has its buyer authenticated (3-D Secure), and `deny` is nobody's.
 */
export function takes(provider: Offer, wanted: Wanted, limits?: ProviderLimits): boolean {
  const { method, risk = 'allow', later = false } = wanted
  if (!provider.methods.includes(method) || (later && !provider.capture) || risk === 'deny') return false
  if (method === 'card' && risk !== 'allow' && !provider.authenticates) return false
  return [provider.limits, limits].every((one) => one === undefined || isWithin(one, wanted))
}

function isWithin({ currencies, countries, minimum, maximum }: ProviderLimits, wanted: MethodQuery): boolean {
  const { amount, currency = amount?.currency, country } = wanted
  if (currencies && currency !== undefined && !currencies.includes(currency)) return false
  if (countries && country !== undefined && !countries.includes(country)) return false
  const edge = (edges: readonly Money[] = []) => edges.find((one) => one.currency === amount?.currency)?.minor
  const [least, most] = [edge(minimum), edge(maximum)]
  return !amount || (amount.minor >= (least ?? 0) && amount.minor <= (most ?? Infinity))
}

/** Those that are asked in turn: the first, and whoever may take the place of another; one that has failed this order is last. */
export function inTurn<Provider extends Pick<PaymentProvider, 'id' | 'substitute'>>(
  offering: readonly Provider[],
  failed: readonly string[],
): Provider[] {
  const choices = offering.filter(({ substitute = true }, index) => index === 0 || substitute)
  const tried = ({ id }: Provider) => failed.includes(id)
  return [...choices.filter((one) => !tried(one)), ...choices.filter(tried)]
}

/** Why an attempt failed that has never begun: so surely nothing is taken of it that another provider may be asked. */
export const neverBegan = { lost: 'not_received', refused: 'not_started' } as const

/** Whether an attempt came to its end before it had begun at the provider. */
export const hasNeverBegun = (failure: Failure | null): boolean =>
  failure?.code === neverBegan.lost || failure?.code === neverBegan.refused

/** When a provider is left alone, and for how long. */
export interface CircuitRule {
  /** So many questions without an answer: 5, */
  readonly failures: number
  /** within so many milliseconds: 60,000. */
  readonly withinMs: number
  /** Then new payments go elsewhere for so long, before one asks again: 60,000. */
  readonly restMs: number
}

export const usualCircuit: CircuitRule = { failures: 5, withinMs: 60_000, restMs: 60_000 }

/** What is remembered of a provider: when it did not answer, and since when it is left alone. Milliseconds since 1970. */
export interface Circuit {
  readonly failures: readonly number[]
  readonly openedAt: number | null
}

export const closedCircuit: Circuit = { failures: [], openedAt: null }

/** `open`: left alone. `half_open`: that was long enough for a look whether it answers again. */
export function circuitState(
  { openedAt }: Circuit,
  now: number,
  { restMs }: CircuitRule,
): 'closed' | 'open' | 'half_open' {
  if (openedAt === null) return 'closed'
  return now - openedAt < restMs ? 'open' : 'half_open'
}

/** A question had no answer: too many of them within its time open the circuit, and one that is half open opens anew. */
export function afterSilence(circuit: Circuit, now: number, rule: CircuitRule): Circuit {
  switch (circuitState(circuit, now, rule)) {
    case 'open':
      return circuit
    case 'half_open':
      return { ...circuit, openedAt: now }
    case 'closed': {
      const failures = [...circuit.failures.filter((at) => now - at < rule.withinMs), now].slice(-rule.failures)
      return { failures, openedAt: failures.length >= rule.failures ? now : null }
    }
  }
}

/** A question was answered. That closes a half-open circuit; a payment that could be begun also forgets earlier silence. */
export function afterAnswer(circuit: Circuit, now: number, rule: CircuitRule, begun: boolean): Circuit {
  switch (circuitState(circuit, now, rule)) {
    case 'open':
      return circuit
    case 'half_open':
      return closedCircuit
    case 'closed':
      return begun && circuit.failures.length > 0 ? closedCircuit : circuit
  }
}
