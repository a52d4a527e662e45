import { instantAfter } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { onBehalfOf, report } from './log.ts'
import { createRunning, type Running } from './running.ts'
import type { Shop } from './shop.ts'

/** Work that is done again and again, so many milliseconds after it was last finished. */
export interface Job {
  readonly name: string
  readonly pause: number
  readonly run: (stopping: AbortSignal) => Promise<unknown>
}

const second = 1000
const hour = 3_600_000

/** The jobs of one process. Every process runs all of them: what two do at once is done by one of them. */
export const jobsOf = (shop: Shop, db: Db): Job[] => [
  { name: 'outbox', pause: second / 2, run: (stopping) => deliver(shop, db, stopping) },
  { name: 'webhooks', pause: second / 2, run: () => shop.payments.processInbox(db) },
  { name: 'payments', pause: 2 * second, run: () => shop.payments.sweep(db) },
  { name: 'overdue orders', pause: 5 * second, run: () => shop.orders.expireOverdue(db) },
  { name: 'expired reservations', pause: 30 * second, run: () => shop.inventory.releaseExpired(db) },
  { name: 'hot goods', pause: 5 * second, run: () => shop.inventory.rebalance(db) },
  { name: 'expired lots', pause: 60 * second, run: () => shop.inventory.expireLots(db) },
  { name: 'coupon codes', pause: second / 5, run: () => makeCodes(shop, db) },
  { name: 'scheduled prices', pause: 60 * second, run: () => shop.pricing.announceDue(db) },
  { name: 'soundness', pause: 600 * second, run: () => shop.watch.checkSince(db, lastNight(shop.now())) },
  { name: 'old events', pause: hour, run: () => shop.outbox.prune(db) },
  { name: 'old answers', pause: hour, run: () => shop.idempotency.prune(db) },
  { name: 'old carts', pause: hour, run: () => shop.orders.carts.forget(db) },
  { name: 'old counts of buyers', pause: hour, run: () => shop.risk.prune(db) },
]

/** Delivers what is due a hundred events at a time, so that a long backlog does not keep a process from stopping. */
async function deliver({ outbox, subscriptions }: Shop, db: Db, stopping: AbortSignal): Promise<void> {
  for (let due = true; due && !stopping.aborted;) {
    const { delivered, failed } = await outbox.deliver(db, subscriptions)
    due = delivered + failed > 0
  }
}

/** The last three o'clock in the morning in Korea, which has no summer time: 18:00 UTC. */
function lastNight(now: Date): string {
  const night = new Date(now)
  night.setUTCHours(18, 0, 0, 0)
  return instantAfter(night, night > now ? -24 * hour : 0)
}

const codesAtOnce = 5_000

/** Makes some codes of every batch that was asked for or interrupted, so that none waits for the end of another. */
async function makeCodes({ pricing }: Shop, db: Db): Promise<void> {
  const onProgress = () => new Promise((resolve) => setImmediate(resolve))
  for (const { id } of await pricing.unfinishedBatches(db))
    await pricing.continueCodes(db, id, { onProgress, most: codesAtOnce })
}

/** Starts the background jobs. The answer stops them: no new run begins, and it waits for those under way. */
export function startJobs(shop: Shop, db: Db, watched: Watched = createRunning()): () => Promise<void> {
  const stopping = new AbortController()
  const running = jobsOf(shop, db).map((job) => repeat(job, watched, stopping.signal))
  return async () => {
    stopping.abort()
    await Promise.all(running)
  }
}

async function repeat(job: Job, watched: Watched, signal: AbortSignal): Promise<void> {
  watched.metrics.expectJob(job.name)
  while (!signal.aborted) {
    await runOnce(job, watched, signal)
    await sleep(job.pause, signal)
  }
}

/** Who wants to know how jobs are doing. */
type Watched = Pick<Running, 'metrics' | 'tracer'>

/** Runs a job once. A run that fails is logged, counted and tried again after its pause; it never ends the loop. */
export async function runOnce({ name, run }: Job, { metrics, tracer }: Watched, signal: AbortSignal): Promise<void> {
  const begun = performance.now()
  const work = tracer({ kind: 'job', name }, ({ trace }) =>
    onBehalfOf({ job: name, ...(trace ? { trace } : {}) }, async () => {
      // Where it is still known on whose behalf.
      await run(signal).catch((error: unknown) => (report(`job: ${name}`, error), Promise.reject(error)))
    }),
  )
  await work.then(
    () => metrics.job(name, performance.now() - begun),
    (error: unknown) => metrics.job(name, performance.now() - begun, { error }),
  )
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
