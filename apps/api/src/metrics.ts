import { ShopError } from '@sangdo/core'
import { histogram, metric, type Sample } from './prometheus.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** Upper bounds of how long a request takes, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Route {
  readonly method: string
  readonly route: string
  readonly statuses: Map<number, number>
  readonly counts: number[]
  sum: number
}

interface JobRuns {
  succeededAt: number | null
  seconds: number
  failures: number
}

/** What a process counts of itself. To count costs no more than to find a name in a map. */
export function createMetrics({ clock = () => Date.now() }: { readonly clock?: () => number } = {}) {
  const routes = new Map<string, Route>()
  const jobs = new Map<string, JobRuns>()
  const refusals = new Map<string, number>(['load.too_late', 'load.too_many_requests'].map((code) => [code, 0]))
  const database = { busy: 0, unavailable: 0 }

  /** Counts a request by the pattern of its route, and why there was no answer. */
  function request(method: string, route: string, status: number, ms: number, error?: unknown): void {
    const counted = routeFor(method, route)
    counted.statuses.set(status, (counted.statuses.get(status) ?? 0) + 1)
    const seconds = ms / 1000
    const bucket = bounds.findIndex((bound) => seconds <= bound)
    const at = bucket === -1 ? bounds.length : bucket
    counted.counts[at] = (counted.counts[at] ?? 0) + 1
    counted.sum += seconds
    if (error !== undefined) unavailable(error)
  }

  function routeFor(method: string, route: string): Route {
    const name = `${method} ${route}`
    const known = routes.get(name)
    if (known) return known
    const counts = Array.from({ length: bounds.length + 1 }, () => 0)
    const fresh: Route = { method, route, statuses: new Map(), counts, sum: 0 }
    routes.set(name, fresh)
    return fresh
  }

  /** Counts what a process or its database could not do at the moment. */
  function unavailable(error: unknown): void {
    if (error instanceof AggregateError) for (const one of error.errors) unavailable(one)
    if (!(error instanceof ShopError)) return
    if (error.code === 'core.database_busy') database.busy++
    else if (error.code === 'core.database_unavailable') database.unavailable++
    else if (error.code.startsWith('load.')) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1)
    else unavailable(error.cause)
  }

  /** Says that there is such a job, so that one that has never run is seen. */
  const expectJob = (name: string) => void jobs.set(name, { succeededAt: null, seconds: 0, failures: 0 })

  /** Counts a run of a job, and why it failed. */
  function job(name: string, ms: number, failure?: { readonly error: unknown }): void {
    const known = jobs.get(name) ?? { succeededAt: null, seconds: 0, failures: 0 }
    const run = failure ? { failures: known.failures + 1 } : { succeededAt: clock() }
    jobs.set(name, { ...known, ...run, seconds: ms / 1000 })
    if (failure) unavailable(failure.error)
  }

  const ofJobs = (valueOf: (runs: JobRuns) => number | null): Sample[] =>
    [...jobs].flatMap(([name, runs]) => {
      const value = valueOf(runs)
      return value === null ? [] : [{ labels: { job: name }, value }]
    })

  const ofStatuses = ({ method, route, statuses }: Route): Sample[] =>
    [...statuses].map(([status, value]) => ({ labels: { method, route, status }, value }))

  function requestLines(): string[] {
    const all = [...routes.values()]
    const durations = all.map(({ method, route, counts, sum }) => ({ labels: { method, route }, counts, sum }))
    const refused = [...refusals].map(([code, value]) => ({ labels: { reason: code.slice('load.'.length) }, value }))
    return [
      ...metric('sangdo_requests_total', 'Requests by route and status.', all.flatMap(ofStatuses)),
      ...histogram('sangdo_request_duration_seconds', 'How long requests took.', bounds, durations),
      ...metric('sangdo_requests_refused_total', 'Requests refused for load.', refused),
    ]
  }

  const databaseLines = () => [
    ...metric('sangdo_database_busy_total', 'Times the database was too busy.', [{ value: database.busy }]),
    ...metric('sangdo_database_unavailable_total', 'Times the database was lost, full or read-only.', [
      { value: database.unavailable },
    ]),
  ]

  function jobLines(): string[] {
    const lastSuccess = ofJobs(({ succeededAt }) => succeededAt && succeededAt / 1000)
    const lasted = ofJobs(({ seconds }) => seconds)
    const failed = ofJobs(({ failures }) => failures)
    return [
      ...metric('sangdo_job_last_success_timestamp_seconds', 'When a job last ended well.', lastSuccess),
      ...metric('sangdo_job_duration_seconds', 'How long the last run of a job took.', lasted),
      ...metric('sangdo_job_failures_total', 'Runs of a job that failed.', failed),
    ]
  }

  /** All of it in the text format of Prometheus. */
  const lines = (): string[] => [...requestLines(), ...databaseLines(), ...jobLines()]

  return { request, job, expectJob, lines }
}
