import type { PaymentProvider } from '@sangdo/payments/server'

/** Work that somebody may want to see in the course of time, and under what it is to be seen. */
export interface Work {
  readonly kind: 'request' | 'job' | 'provider'
  /** `GET /orders/:number`, the name of a job, `toss.confirm`. */
  readonly name: string
  /** What whoever asked sent as W3C `traceparent`, if it is well-formed. */
  readonly traceparent?: string
}

/** What the work that is traced may say of itself. */
export interface Span {
  /** The id of its trace, which is carried into the logs. */
  readonly trace?: string
  readonly note: (facts: Readonly<Record<string, string | number>>) => void
}

/** Is there when work starts and when it ends or fails: the one thing that a tracing SDK has to be. */
export type Tracer = <Result>(work: Work, run: (span: Span) => Promise<Result>) => Promise<Result>

const unseen: Span = { note: () => {} }

/** Looks at nothing. */
export const untraced: Tracer = (_work, run) => run(unseen)

const form = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(-.*)?$/

/** The trace that a W3C `traceparent` names; nothing when it is not well-formed. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const found = traceparent === undefined ? null : form.exec(traceparent)
  // Only versions to come may have more parts.
  return found && !(traceparent?.startsWith('00') && found[2] !== undefined) ? found[1] : undefined
}

const calls = ['start', 'confirm', 'find', 'capture', 'findCapture', 'cancel', 'refund', 'findRefund', 'verify']

/** A payment provider each call of which is traced. */
export function traced(provider: PaymentProvider, tracer: Tracer | undefined): PaymentProvider {
  if (!tracer) return provider
  const members = Object.entries(provider).map(([name, member]: [string, unknown]) => {
    if (!calls.includes(name) || typeof member !== 'function') return [name, member]
    const call = (...given: unknown[]) =>
      tracer({ kind: 'provider', name: `${provider.id}.${name}` }, () => member.apply(provider, given))
    return [name, call]
  })
  return Object.fromEntries(members) as PaymentProvider
}
