import {
  type BinaryOperationNode,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type LimitNode,
  type OperationNode,
  OperatorNode,
  type QueryResult,
  type RawNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely'
import type { Member } from './group.ts'
import { type Handle, loadDriver, type Open } from './handle.ts'
import type { Db, DbOptions } from './index.ts'
import { Writer } from './writer.ts'

/** Opens a SQLite file with one writing connection and a separate reading one; see `openDb`. */
export async function openSqlite(path: string, options: DbOptions): Promise<Db> {
  const open = await loadDriver(path)
  const driver = new SqliteDriver(open, path === ':memory:' || path === '', options.busyTimeout ?? 10_000)
  return new Kysely({
    dialect: {
      createAdapter: () => new ManyConnections(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new StableCompiler(),
    },
  })
}

/**
 * Writes `= +?` for `= ?`, which means the same, and limits as they are. For a bare `?` in these places SQLite 3.54 prepares a
 * statement anew each time it is run, in case the value makes another plan better: twenty times the cost of running it. A partial
 * index is found by a literal (`sql.lit`), which needs no look at values, and which PostgreSQL needs for its prepared statements
 * just the same.
 */
class StableCompiler extends SqliteQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { leftOperand, operator, rightOperand } = node
    const equals = OperatorNode.is(operator) && operator.operator === '='
    if (!equals || !isParameter(rightOperand)) return super.visitBinaryOperation(node)
    this.visitNode(leftOperand)
    this.append(' = +')
    this.visitNode(rightOperand)
  }

  protected override visitLimit({ limit }: LimitNode): void {
    this.append('limit ')
    this.#visitLimited(limit)
  }

  protected override visitRaw({ sqlFragments, parameters }: RawNode): void {
    for (const [index, fragment] of sqlFragments.entries()) {
      this.append(fragment)
      const parameter = parameters[index]
      if (!parameter) return
      if (/\blimit\s+$/i.test(fragment)) this.#visitLimited(parameter)
      else {
        if (isParameter(parameter) && /[^<>!=]=\s*$/.test(fragment)) this.append('+')
        this.visitNode(parameter)
      }
    }
  }

  #visitLimited(limit: OperationNode): void {
    if (isParameter(limit) && Number.isSafeInteger(limit.value)) this.append(String(limit.value))
    else this.visitNode(limit)
  }
}

const isParameter = (node: OperationNode): node is ValueNode => ValueNode.is(node) && !node.immediate

/** Kysely would otherwise queue every query behind an open transaction. */
class ManyConnections extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class SqliteDriver implements Driver {
  readonly open: Open
  readonly writer: Writer
  readonly inMemory: boolean
  #writing: Handle | undefined
  #reading: Handle | undefined

  constructor(open: Open, inMemory: boolean, patience: number) {
    this.open = open
    this.inMemory = inMemory
    this.writer = new Writer(() => (this.#writing ??= open(false)), patience)
  }

  get reader(): Handle {
    return (this.#reading ??= this.open(true))
  }

  async init(): Promise<void> {
    this.#writing ??= this.open(false)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(this)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).commit()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).rollback()
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw(`savepoint ${inner(name)}`))
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw(`rollback to ${inner(name)}`))
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await own(connection).executeQuery(CompiledQuery.raw(`release ${inner(name)}`))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await own(connection).rollback()
  }

  async destroy(): Promise<void> {
    this.#reading?.close()
    this.#writing?.close()
  }
}

const own = (connection: DatabaseConnection) => connection as SqliteConnection

/** The name of a savepoint inside a transaction, which is never the name of the savepoint that the transaction itself is. */
const inner = (name: string) => `"inner ${name.replaceAll('"', '""')}"`

/** What SQLite runs inside a transaction; the rest (`pragma`, `vacuum`, …) wants the connection to itself. */
const joins = /^\s*(insert|update|delete|replace|with|select|values|create|alter|drop)\b/i

/** What would end the transactions of others together with one's own. */
const endsAll = /^\s*(begin|commit|end|rollback(?!\s+(transaction\s+)?to\b))\b/i

/** A borrowed connection: it reads on the reader, and takes its turn on the writer for a transaction or one statement. */
class SqliteConnection implements DatabaseConnection {
  readonly #driver: SqliteDriver
  #member: Member | undefined
  #ending = false

  constructor(driver: SqliteDriver) {
    this.#driver = driver
  }

  async begin(): Promise<void> {
    this.#member = await this.#driver.writer.begin()
  }

  async commit(): Promise<void> {
    await this.#end((member) => member.commit())
  }

  /** Undoes the transaction, unless it has been ended. */
  async rollback(): Promise<void> {
    await this.#end((member) => member.rollback())
  }

  async #end(how: (member: Member) => Promise<void>): Promise<void> {
    const member = this.#member
    if (!member) return
    this.#member = undefined
    this.#ending = true
    try {
      await how(member)
    } finally {
      this.#ending = false
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { writer, inMemory } = this.#driver
    if (this.#ending) throw new Error('This transaction is at its end: await every statement inside it')
    if (endsAll.test(query.sql)) throw new Error(`Use db.transaction() in place of "${query.sql}"`)
    if (this.#member) return this.#member.run(query)
    if (!inMemory && this.#isRead(query)) return this.#driver.reader.run(query)
    return joins.test(query.sql) ? writer.single(query) : writer.alone(query)
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
    if (this.#member || this.#driver.inMemory) return yield await this.executeQuery(query)
    // A connection that is being iterated can do nothing else, so a stream has one of its own.
    const handle = this.#driver.open(true)
    try {
      for (const row of handle.iterate<Row>(query)) yield { rows: [row] }
    } finally {
      handle.close()
    }
  }
}
