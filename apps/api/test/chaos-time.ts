import type { StillClock } from '@sangdo/core/testing'

/** Time that passes only when everybody waits, and then as far as the next who wakes: a week takes as long as what is done in it. */
export function createVirtualTime(clock: StillClock) {
  const sleepers: { readonly until: number; readonly wake: () => void }[] = []
  const strands = { busy: 0 }
  let idle: () => void = () => {}

  /** One who does something: while they do, time stands still. */
  async function strand<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    strands.busy += 1
    try {
      return await work()
    } finally {
      leave()
    }
  }

  function leave(): void {
    strands.busy -= 1
    if (strands.busy === 0) idle()
  }

  /** Waits, as everybody who is not a strand does: a provider, or a message on its way. */
  const sleep = (milliseconds: number) =>
    new Promise<void>((wake) => {
      const until = clock.now().getTime() + milliseconds
      // Those who wake at the same time wake in the order in which they went to sleep.
      let at = sleepers.length
      while (at > 0 && (sleepers[at - 1]?.until ?? 0) > until) at -= 1
      sleepers.splice(at, 0, { until, wake })
    })

  /** Lets a strand wait for something that is not its own doing. */
  async function outside<Answer>(waiting: Promise<Answer>): Promise<Answer> {
    leave()
    try {
      return await waiting
    } finally {
      strands.busy += 1
    }
  }

  /** Lets a strand rest. */
  const rest = (milliseconds: number) => outside(sleep(milliseconds))

  /** Lets a strand ask someone who may take too long to answer. */
  const within = <Answer>(milliseconds: number, ask: () => Promise<Answer>): Promise<Answer> => {
    const late = sleep(milliseconds).then(() => {
      throw new Error(`No answer within ${milliseconds} ms`)
    })
    late.catch(() => {})
    return outside(Promise.race([ask(), late]))
  }

  const turn = () => new Promise((resolve) => setImmediate(resolve))

  /** Waits until nobody does anything, whoever was woken by whom. */
  async function quiet(): Promise<void> {
    do {
      if (strands.busy > 0) await new Promise<void>((resolve) => (idle = resolve))
      await turn()
      await turn()
    } while (strands.busy > 0)
  }

  /** Lets time pass until something is done. */
  async function pass(work: Promise<unknown>): Promise<void> {
    const state = { done: false }
    const end = work.finally(() => (state.done = true))
    end.catch(() => {})
    for (await quiet(); !state.done; await quiet()) {
      const next = sleepers.shift()
      if (!next) break
      clock.advance(Math.max(0, next.until - clock.now().getTime()))
      next.wake()
    }
    await end
  }

  return { strand, sleep, rest, within, pass }
}
