import { CompiledQuery, type QueryResult } from 'kysely'
import type { Handle } from './handle.ts'

// Each pays a fiftieth of a sync. More members would save little of what is left, and leave more to be refused when the disk is
// full.
const mostMembers = 50
// A few syncs, so that they are a small part of what a busy shop waits for; nobody waits where few write, as a group ends when
// nobody else comes. Another process that wants the file gets it after so long. A transaction that has begun is never cut off;
// none begins after this.
const longestMs = 25

const member = '"member"'
const command = (sql: string) => CompiledQuery.raw(sql)
const commands = {
  commit: command('commit'),
  rollback: command('rollback'),
  enter: command(`savepoint ${member}`),
  undo: command(`rollback to ${member}`),
  leave: command(`release ${member}`),
}

/** A transaction of the process in its turn: alone on the connection from its first statement to its last. */
export interface Member {
  readonly run: <Row>(query: CompiledQuery) => QueryResult<Row>
  /** Ends the turn. Resolves once the group is on disk; rejects, with nothing of it stored, when that fails. */
  readonly commit: () => Promise<void>
  /** Undoes what this transaction did, and nothing of what others did, and ends the turn. Resolves as `settled` does. */
  readonly rollback: () => Promise<void>
}

/**
 * Transactions that are committed together, one after another within one transaction of SQLite. A later one sees what the
 * earlier ones wrote: that is sound because they are stored together or not at all. SQLite checks a deferred foreign key at
 * the commit, so one that is broken refuses the whole group; the packages have none.
 */
export class Group {
  readonly #handle: Handle
  readonly #began = performance.now()
  readonly #waiting: { resolve: () => void; reject: (reason: unknown) => void }[] = []
  #size = 0
  #lost: { readonly reason: unknown } | undefined

  /** Takes a connection on which `begin immediate` has been run. */
  constructor(handle: Handle) {
    this.#handle = handle
  }

  /** Whether one more may join. */
  get hasRoom(): boolean {
    return !this.#lost && this.#size < mostMembers && performance.now() - this.#began < longestMs
  }

  /** Gives the turn to a transaction, as a savepoint; `leave` is called when the turn is over. */
  enter(leave: () => void): Member {
    this.run(commands.enter)
    this.#size++
    return {
      run: (query) => this.run(query),
      commit: async () => {
        this.#end([commands.leave], leave)
        await this.stored()
      },
      rollback: async () => {
        this.#end(this.#lost ? [] : [commands.undo, commands.leave], leave)
        await this.settled()
      },
    }
  }

  /** Runs one statement. It is all done or not at all, so as a whole transaction it needs no savepoint. */
  single<Row>(query: CompiledQuery): QueryResult<Row> {
    this.#size++
    return this.run<Row>(query)
  }

  /** Runs a statement in the turn of whoever asks. After some errors, a full disk among them, SQLite undoes everything. */
  run<Row>(query: CompiledQuery): QueryResult<Row> {
    if (this.#lost) throw this.#lost.reason
    try {
      return this.#handle.run<Row>(query)
    } catch (error) {
      if (!this.#handle.inTransaction) this.#lose(error)
      throw error
    }
  }

  /** Resolves once the group is on disk, and rejects when it never will be. */
  stored(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  /**
   * Resolves once the members before are stored or undone. A refusal may be due to what they wrote, such as a name that is
   * taken, and whoever is refused may look for it: it is told when there is something to be seen.
   */
  settled(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ resolve, reject: () => resolve() }))
  }

  /** Syncs the group to disk and tells its members, of success or of failure; never throws. */
  async commit(patiently: <Result>(work: () => Result) => Promise<Result>): Promise<void> {
    if (this.#lost) return
    try {
      await patiently(() => this.#handle.run(commands.commit))
      for (const { resolve } of this.#waiting) resolve()
    } catch (error) {
      this.#lose(error)
    }
  }

  /** Ends the turn of a member. When that fails, nobody knows what belongs to whom, so the group is lost. */
  #end(queries: readonly CompiledQuery[], leave: () => void): void {
    try {
      for (const query of queries) this.run(query)
    } catch (error) {
      this.#lose(error)
      throw error
    } finally {
      leave()
    }
  }

  #lose(reason: unknown): void {
    this.#lost ??= { reason }
    for (const { reject } of this.#waiting.splice(0)) reject(reason)
    abandon(this.#handle)
  }
}

/** Leaves the connection without an open transaction, if it can. */
export function abandon(handle: Handle): void {
  try {
    if (handle.inTransaction) handle.run(commands.rollback)
  } catch {
    // What cannot be rolled back cannot be committed either; the next group tries again before it begins.
  }
}
