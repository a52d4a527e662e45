import { type Kysely, PostgresAdapter, type Transaction } from 'kysely'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** A database handle of any table set. Each package narrows it once, in its `tables.ts`. */
// eslint-disable-next-line typescript/no-explicit-any -- table sets are invariant: a shop's handle would fit no package
export type Db = Kysely<any>

/** A handle inside a transaction. A write that must share its caller's transaction asks for this. */
// eslint-disable-next-line typescript/no-explicit-any -- as above
export type Tx = Transaction<any>

/** How a database is opened; every value has a default that is safe for money. */
export interface DbOptions {
  /**
   * How long a write waits for another process (SQLite) or for a connection of the pool (PostgreSQL) before it fails with
   * `core.database_busy`, in milliseconds: 10,000.
   */
  readonly busyTimeout?: number
  /** How many PostgreSQL connections this process may hold: 10. */
  readonly poolSize?: number
}

/**
 * Opens a database: a SQLite file (`shop.db`, `file:…`, `sqlite:…`, or `:memory:`) or a PostgreSQL server
 * (`postgres://…`). Throws `core.database_unavailable` when it cannot be opened or the driver is not installed.
 */
export async function openDb(url: string, options: DbOptions = {}): Promise<Db> {
  return /^postgres(ql)?:\/\//.test(url)
    ? openPostgres(url, options)
    : openSqlite(url.replace(/^(file|sqlite):(\/\/)?/, ''), options)
}

/** Which SQL the handle speaks, for the few statements that the two engines write differently. */
export function dialectOf(db: Db): 'sqlite' | 'postgres' {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}
