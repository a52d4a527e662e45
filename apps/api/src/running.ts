import { type Lateness, lateness } from './lateness.ts'

/** What a process may be told about how it runs; every value has a default that suits a small machine. */
export interface RunningOptions {
  readonly lateness?: Lateness
  /** From how late an event loop browsing is refused, in milliseconds: 500. */
  readonly latest?: number
}

export type Running = ReturnType<typeof createRunning>

/** How one process is doing: whether it is stopping, and how late it is. */
export function createRunning({ latest = 500, ...options }: RunningOptions = {}) {
  let stopping = false
  return {
    lateness: options.lateness ?? lateness,
    latest,
    stopping: () => stopping,
    /** From now on this process wants no more requests. */
    stop: () => {
      stopping = true
    },
  }
}
