/** A clock that stands still until it is moved. */
export interface StillClock {
  /** The clock as services take it. */
  readonly now: () => Date
  /** Moves the clock by so many milliseconds; negative is back. */
  readonly advance: (milliseconds: number) => void
}

/** A clock that stands at `start`: 2026-01-02T03:04:05.678Z unless given. */
export function stillClock(start = '2026-01-02T03:04:05.678Z'): StillClock {
  let time = Date.parse(start)
  return { now: () => new Date(time), advance: (milliseconds) => void (time += milliseconds) }
}
