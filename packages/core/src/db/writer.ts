import { CompiledQuery, type QueryResult } from 'kysely'
import { coreErrors } from '../errors.ts'
import { abandon, Group, type Member } from './group.ts'
import { type Handle, isBusy } from './handle.ts'

/** Who waits for the writing connection: to join a group, or to have it alone. */
interface Waiting {
  readonly since: number
  readonly refuse: (reason: unknown) => void
}
interface Joining extends Waiting {
  readonly join: (group: Group) => Promise<void> | void
}
interface Alone extends Waiting {
  readonly alone: (handle: Handle) => void
}

// Kysely's own driver sends plain `begin`, with which two writing processes lock each other out.
const begin = CompiledQuery.raw('begin immediate')
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 8))

/** The writing connection. Whoever waits while a group is written goes together with the others who wait: one sync for all. */
export class Writer {
  readonly #handle: () => Handle
  readonly #patience: number
  readonly #queue: (Joining | Alone)[] = []
  #serving = false

  /** Waits for other processes for at most `patience` milliseconds. */
  constructor(handle: () => Handle, patience: number) {
    this.#handle = handle
    this.#patience = patience
  }

  /** Opens a transaction when its turn has come; throws `core.database_busy` when another process does not let it. */
  begin(): Promise<Member> {
    return new Promise((resolve, refuse) => {
      const join = (group: Group) => new Promise<void>((leave) => resolve(group.enter(leave)))
      this.#wait({ since: performance.now(), refuse, join })
    })
  }

  /** Runs one statement as a transaction of its own; resolves once it is on disk. */
  single<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return new Promise((resolve, refuse) => {
      const join = (group: Group) => {
        try {
          const result = group.single<Row>(query)
          group.stored().then(() => resolve(result), refuse)
        } catch (error) {
          void group.settled().then(() => refuse(error))
        }
      }
      this.#wait({ since: performance.now(), refuse, join })
    })
  }

  /** Runs a statement outside any transaction, as `pragma` and `vacuum` want it. */
  alone<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return new Promise((resolve, refuse) => {
      this.#wait({ since: performance.now(), refuse, alone: (handle) => resolve(handle.run<Row>(query)) })
    })
  }

  #wait(waiting: Joining | Alone): void {
    this.#queue.push(waiting)
    if (!this.#serving) void this.#serve()
  }

  async #serve(): Promise<void> {
    this.#serving = true
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await this.#serveFrom(next)
    this.#serving = false
  }

  async #serveFrom(first: Joining | Alone): Promise<void> {
    try {
      if ('join' in first) await this.#serveGroup(first)
      else await this.#patiently(first.since, () => first.alone(this.#handle()))
    } catch (error) {
      first.refuse(error)
    }
  }

  async #serveGroup(first: Joining): Promise<void> {
    const handle = this.#handle()
    abandon(handle)
    await this.#patiently(first.since, () => handle.run(begin))
    const group = new Group(handle)
    for (let next: Joining | undefined = first; next; next = await this.#nextOf(group)) await admit(group, next)
    await group.commit((work) => this.#patiently(performance.now(), work))
    // However many wait: between two groups the rest of the process has its turn.
    await nextTurn()
  }

  /** Who joins next, if the group has room and anybody waits. */
  async #nextOf(group: Group): Promise<Joining | undefined> {
    if (!group.hasRoom) return undefined
    // Requests that came in during the last sync are still with the event loop: one turn, without a timer, lets them in.
    if (this.#queue.length === 0) await nextTurn()
    const [next] = this.#queue
    if (!next || !('join' in next)) return undefined
    this.#queue.shift()
    return next
  }

  /** Runs `work` until the file is not busy with another process; throws `core.database_busy` in the end. */
  async #patiently<Result>(since: number, work: () => Result): Promise<Result> {
    for (;;) {
      try {
        return work()
      } catch (error) {
        if (!isBusy(error)) throw error
        const waitedMs = Math.round(performance.now() - since)
        if (waitedMs > this.#patience) throw coreErrors.database_busy({ waitedMs }, error)
      }
      await pause()
    }
  }
}

async function admit(group: Group, { join, refuse }: Joining): Promise<void> {
  try {
    await join(group)
  } catch (error) {
    refuse(error)
  }
}
