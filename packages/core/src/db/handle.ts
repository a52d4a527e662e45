import type Database from 'better-sqlite3'
import type { CompiledQuery, QueryResult } from 'kysely'
import { coreErrors } from '../errors.ts'

const minimumNodeApi = 10
const keptStatements = 500

/** Opens one more connection to the same file. */
export type Open = (readonly: boolean) => Handle

/** Loads better-sqlite3 and tries the file; throws `core.database_unavailable` when either cannot be used. */
export async function loadDriver(path: string): Promise<Open> {
  // better-sqlite3 13 ends the process without a word on an older Node, so the check comes before the import.
  if (Number(process.versions.napi) < minimumNodeApi) {
    throw coreErrors.database_unavailable({ reason: `Node 22.14 or newer is needed, this is ${process.version}` })
  }
  try {
    const { default: Sqlite } = await import('better-sqlite3')
    const open: Open = (readonly) => new Handle(new Sqlite(path, { readonly }), readonly)
    open(false).close()
    return open
  } catch (error) {
    throw coreErrors.database_unavailable({ reason: `${path}: ${(error as Error).message}` }, error)
  }
}

/** One better-sqlite3 connection with the settings that money needs, and its prepared statements. */
export class Handle {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(db: Database.Database, readonly: boolean) {
    this.#db = db
    // Waiting inside SQLite stops the whole process, so it is short; the long wait is asynchronous, in `Writer`.
    db.pragma('busy_timeout = 1000')
    if (!readonly) db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma('busy_timeout = 5')
  }

  prepare(sql: string): Database.Statement {
    const kept = this.#statements.get(sql)
    if (kept) return kept
    const statement = this.#db.prepare(sql)
    if (this.#statements.size >= keptStatements) this.#statements.clear()
    this.#statements.set(sql, statement)
    return statement
  }

  /** Runs a statement; throws `core.database_unavailable` where the disk is at fault, not the statement. */
  run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    try {
      const statement = this.prepare(sql)
      if (statement.reader) return { rows: statement.all(...parameters) as Row[] }
      const { changes, lastInsertRowid } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    } catch (error) {
      throw isUnusable(error) ? coreErrors.database_unavailable({ reason: (error as Error).message }, error) : error
    }
  }

  iterate<Row>({ sql, parameters }: CompiledQuery): IterableIterator<Row> {
    return this.#db.prepare(sql).iterate(...parameters) as IterableIterator<Row>
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  close(): void {
    this.#db.close()
  }
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | undefined)?.code)
const isUnusable = (error: unknown) =>
  /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/.test(codeOf(error))

/** Whether another process holds the file just now. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY')
