import type Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { coreErrors } from '../errors.ts'
import type { Db, DbOptions } from './index.ts'

const minimumNodeApi = 10
const keptStatements = 500

/** Opens a SQLite file with one writing connection and a separate reading one; see `openDb`. */
export async function openSqlite(path: string, options: DbOptions): Promise<Db> {
  const open = await loadDriver(path)
  const driver = new SqliteDriver(open, path === ':memory:' || path === '', options.busyTimeout ?? 10_000)
  return new Kysely({
    dialect: {
      createAdapter: () => new ManyConnections(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}

/** Kysely would otherwise queue every query behind an open transaction. */
class ManyConnections extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

type Open = (readonly: boolean) => Handle

async function loadDriver(path: string): Promise<Open> {
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
class Handle {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(db: Database.Database, readonly: boolean) {
    this.#db = db
    // Waiting inside SQLite stops the whole process, so it is short; the long wait is asynchronous, in `patiently`.
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

  run<Row>(query: CompiledQuery): QueryResult<Row> {
    const statement = this.prepare(query.sql)
    if (statement.reader) return { rows: statement.all(...query.parameters) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...query.parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  iterate<Row>(query: CompiledQuery): IterableIterator<Row> {
    return this.#db.prepare(query.sql).iterate(...query.parameters) as IterableIterator<Row>
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  close(): void {
    this.#db.close()
  }
}

/** Gives the writing connection to one user after another. */
class Turnstile {
  #last: Promise<void> = Promise.resolve()

  enter(): Promise<() => void> {
    let leave = () => {}
    const previous = this.#last
    this.#last = new Promise((resolve) => (leave = resolve))
    return previous.then(() => leave)
  }
}

class SqliteDriver implements Driver {
  readonly writing = new Turnstile()
  readonly open: Open
  readonly #inMemory: boolean
  readonly #patience: number
  #writer: Handle | undefined
  #reader: Handle | undefined

  constructor(open: Open, inMemory: boolean, patience: number) {
    this.open = open
    this.#inMemory = inMemory
    this.#patience = patience
  }

  get writer(): Handle {
    return (this.#writer ??= this.open(false))
  }

  /** A memory database belongs to one connection, so there the writer also reads. */
  get reader(): Handle {
    return this.#inMemory ? this.writer : (this.#reader ??= this.open(true))
  }

  /** Runs `work` until the file is not busy with another process; throws `core.database_busy` in the end. */
  async patiently<T>(work: () => T): Promise<T> {
    const start = performance.now()
    for (;;) {
      try {
        return work()
      } catch (error) {
        if (!isBusy(error)) throw error
        const waitedMs = Math.round(performance.now() - start)
        if (waitedMs > this.#patience) throw coreErrors.database_busy({ waitedMs }, error)
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 8))
    }
  }

  async init(): Promise<void> {
    void this.writer
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(this, this.#inMemory)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite has already rolled back by itself after some errors, a full disk among them.
    if (this.writer.inTransaction) await own(connection).executeQuery(CompiledQuery.raw('rollback'))
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw(`savepoint ${quoted(name)}`))
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw(`rollback to ${quoted(name)}`))
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw(`release ${quoted(name)}`))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    own(connection).release()
  }

  async destroy(): Promise<void> {
    this.#reader?.close()
    this.#writer?.close()
  }
}

const own = (connection: DatabaseConnection) => connection as SqliteConnection
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const isBusy = (error: unknown) => String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')

/** A borrowed connection: it reads on the reader, and takes the writer for a transaction or for one statement. */
class SqliteConnection implements DatabaseConnection {
  readonly #driver: SqliteDriver
  readonly #inMemory: boolean
  #leave: (() => void) | undefined

  constructor(driver: SqliteDriver, inMemory: boolean) {
    this.#driver = driver
    this.#inMemory = inMemory
  }

  async begin(): Promise<void> {
    this.#leave = await this.#driver.writing.enter()
    try {
      // Kysely's own driver sends plain `begin`, with which two writing processes lock each other out.
      await this.#driver.patiently(() => this.#driver.writer.run(CompiledQuery.raw('begin immediate')))
    } catch (error) {
      this.release()
      throw error
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#leave) return this.#driver.writer.run(query)
    if (!this.#inMemory && this.#isRead(query)) return this.#driver.reader.run(query)
    const leave = await this.#driver.writing.enter()
    try {
      return await this.#driver.patiently(() => this.#driver.writer.run<Row>(query))
    } finally {
      leave()
    }
  }

  #isRead(query: CompiledQuery): boolean {
    if (query.query.kind !== 'SelectQueryNode' && query.query.kind !== 'RawNode') return false
    try {
      const statement = this.#driver.reader.prepare(query.sql)
      return statement.readonly && statement.reader
    } catch {
      return false // a statement that cannot be prepared is the writer's, which then reports why
    }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    if (this.#leave || this.#inMemory) return yield await this.executeQuery(query)
    // A connection that is being iterated can do nothing else, so a stream has one of its own.
    const handle = this.#driver.open(true)
    try {
      for (const row of handle.iterate<Row>(query)) yield { rows: [row] }
    } finally {
      handle.close()
    }
  }

  release(): void {
    this.#leave?.()
    this.#leave = undefined
  }
}
