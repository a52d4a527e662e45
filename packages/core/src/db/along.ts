import type { CompiledQuery, QueryResult } from 'kysely'
import type { Db } from './index.ts'

const patient = new WeakSet<CompiledQuery>()

/** A statement that can be made of a query. */
interface Write {
  compile(db: Db): CompiledQuery
}

/**
 * Writes something of whose outcome nothing is needed. In a transaction on PostgreSQL it travels with the statement that comes next,
 * or with the commit, instead of making a journey of its own; where it fails, so does that one, with the same error. On SQLite,
 * where there is no journey, and outside a transaction it is executed at once.
 */
export async function sendAlong(db: Db, write: Write): Promise<void> {
  const query = write.compile(db)
  if (db.isTransaction) patient.add(query)
  await db.executeQuery(query)
}

/** Marks where `attempt` goes back to. */
export const savepoint = {
  set: 'savepoint attempt',
  undo: 'rollback to savepoint attempt',
  release: 'release savepoint attempt',
} as const

const begin = 'begin'

type Execute = (query: CompiledQuery) => Promise<QueryResult<unknown>>

const nothing: QueryResult<unknown> = { rows: [] }

/** What waits on one connection for a statement to travel with, in the order in which it is to be executed. */
export class Luggage {
  readonly #waiting: CompiledQuery[] = []

  /** Executes a statement and whatever waits for one, or has it wait too. */
  async run(query: CompiledQuery, execute: Execute): Promise<QueryResult<unknown>> {
    if (patient.has(query) || query.sql === begin) {
      this.#waiting.push(query)
      return nothing
    }
    if (this.#settles(query)) return nothing
    const [first, second = query] = this.#waiting
    // Should a transaction not begin, what came with it is done all the same: for what only reads, that is no harm.
    if (first?.sql === begin && !second.sql.startsWith('select')) await execute(this.#waiting.shift() ?? first)
    return this.#together([...this.#waiting.splice(0), query], execute)
  }

  /** Forgets what has not left: whoever is next on the connection has nothing to do with it. */
  leave(): void {
    this.#waiting.length = 0
  }

  /** Whether a statement need not be sent now: it ends what has not left yet, or waits too. What a rollback would undo is not sent at all. */
  #settles(query: CompiledQuery): boolean {
    const { sql } = query
    if (this.#waiting[0]?.sql === begin && (sql === 'rollback' || (sql === 'commit' && this.#waiting.length === 1))) {
      this.#waiting.length = 0
      return true
    }
    const set = this.#waiting.findLastIndex((one) => one.sql === savepoint.set)
    const isLast = set >= 0 && set === this.#waiting.length - 1
    if (sql === savepoint.release && isLast) this.#waiting.pop()
    // What came before has been answered: there is nothing left that could fail.
    else if (sql === savepoint.release && this.#waiting.length === 0) this.#waiting.push(query)
    else if (sql === savepoint.undo && set >= 0) this.#waiting.length = set + 1
    else {
      if (sql === savepoint.undo || sql === 'rollback') this.#waiting.length = 0
      return false
    }
    return true
  }

  /** The first that fails is why the others do. */
  async #together(queries: readonly CompiledQuery[], execute: Execute): Promise<QueryResult<unknown>> {
    const outcomes = await Promise.allSettled(queries.map(execute))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    const last = outcomes.at(-1)
    return last?.status === 'fulfilled' ? last.value : nothing
  }
}
