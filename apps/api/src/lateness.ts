import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolution = 10
const windowMs = 500

/** How late the event loop is, in milliseconds. */
export type Lateness = () => number

const alarming = 200

let watched: Lateness | undefined
let lateHalves = 0

/** In how many half seconds the event loop was more than 200 ms late. */
export const lateWindows = (): number => lateHalves

/**
 * How late the event loop of this process was over the last half second: the wait that something meets which happens at any
 * moment, so that one long stop counts for as long as it lasted. There is one event loop, so it is watched once.
 */
export const lateness: Lateness = () => (watched ??= watch())()

function watch(): Lateness {
  const delays = monitorEventLoopDelay({ resolution })
  delays.enable()
  let latest = 0
  const read = () => {
    latest = expected(delays)
    delays.reset()
    if (latest > alarming) lateHalves += 1
  }
  setInterval(read, windowMs).unref()
  return () => latest
}

/** A moment falls into a long delay more often than into a short one: the mean of the squares by the mean. */
export function expected({ count, mean, stddev }: { count: number; mean: number; stddev: number }): number {
  if (count === 0) return 0
  return Math.max(0, (mean + stddev ** 2 / mean) / 1e6 - resolution)
}
