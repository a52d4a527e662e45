import { type Lateness, lateness } from './lateness.ts'
import { createGate } from './load.ts'
import { createMetrics } from './metrics.ts'
import { type Tracer, untraced } from './trace.ts'

/** What a process may be told about how it runs; every value has a default that suits a small machine. */
export interface RunningOptions {
  /** How many requests it serves at once, a quarter of which only money may use: 100. */
  readonly maxRequests?: number
  readonly lateness?: Lateness
  /** From how late an event loop browsing is refused, in milliseconds: 1,000. */
  readonly latest?: number
  /** Whether it logs a line for each request: no. */
  readonly logRequests?: boolean
  /** What whoever reads `/metrics` from another machine has to show: nobody may, unless given. */
  readonly metricsToken?: string
  /** Sees requests, jobs and calls of providers: nothing does, unless given. */
  readonly tracer?: Tracer
}

export type Running = ReturnType<typeof createRunning>

/** How one process is doing: whether it is stopping, how late it is, and how much it has taken on. */
export function createRunning({
  maxRequests = 100,
  latest = 1000,
  logRequests = false,
  tracer = untraced,
  ...options
}: RunningOptions = {}) {
  let stopping = false
  const how = { lateness: options.lateness ?? lateness, latest }
  return {
    ...how,
    logRequests,
    tracer,
    metrics: createMetrics(),
    metricsToken: options.metricsToken,
    gate: createGate({ most: maxRequests, kept: Math.floor(maxRequests / 4), ...how }),
    stopping: () => stopping,
    /** From now on this process wants no more requests. */
    stop: () => {
      stopping = true
    },
  }
}
