import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import { coreErrors } from '../errors.ts'
import { integer } from '../money.ts'
import { Luggage } from './along.ts'
import type { Db, DbOptions } from './index.ts'
import { isOutdated, preparing } from './prepared.ts'

/** Opens a pool of PostgreSQL connections with limits on every wait; see `openDb`. */
export async function openPostgres(url: string, options: DbOptions): Promise<Db> {
  const { default: driver } = await loadDriver()
  const pool = new driver.Pool({
    connectionString: url,
    Client: preparing(driver.Client),
    max: options.poolSize ?? 10,
    pipeline: true,
    connectionTimeoutMillis: options.busyTimeout ?? 10_000,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser: (type, format) => parserOf(driver, type, format) },
  })
  // Without a listener, on idle connections and on those in use, a server restart ends the process. The pool replaces the
  // connection by itself, and whoever uses it is told by the statement.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  await connectOnce(pool)
  return new Kysely({ dialect: new TypedDialect({ pool }) })
}

async function loadDriver() {
  try {
    return await import('pg')
  } catch (error) {
    throw coreErrors.database_unavailable({ reason: 'PostgreSQL needs the package pg: npm install pg' }, error)
  }
}

async function connectOnce(pool: pg.Pool): Promise<void> {
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    await pool.end()
    throw coreErrors.database_unavailable(
      { reason: `PostgreSQL: ${(error as Error).message || 'no connection'}` },
      error,
    )
  }
}

class TypedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): PostgresDriver {
    return new TypedDriver(this.#config)
  }
}

type Connection = Parameters<PostgresDriver['releaseConnection']>[0]

/** A driver whose waits end in `core.database_busy` and whose losses end in `core.database_unavailable`. */
class TypedDriver extends PostgresDriver {
  readonly #luggage = new WeakMap<DatabaseConnection, Luggage>()
  readonly #doubtful = new WeakSet<DatabaseConnection>()

  override async acquireConnection(
    ...options: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await typed(() => super.acquireConnection(...options))
    if (!this.#luggage.has(connection)) this.#type(connection)
    return connection
  }

  /** In place, as Kysely finds what belongs to a connection by the object. */
  #type(connection: DatabaseConnection): void {
    const [execute, luggage] = [connection.executeQuery.bind(connection), new Luggage()]
    connection.executeQuery = async <Row>(query: CompiledQuery) => {
      try {
        return (await typed(() => luggage.run(query, execute))) as QueryResult<Row>
      } catch (error) {
        if (coreErrors.database_unavailable.match(error)) this.#doubtful.add(connection)
        throw error
      }
    }
    this.#luggage.set(connection, luggage)
  }

  override async releaseConnection(connection: Connection): Promise<void> {
    this.#luggage.get(connection)?.leave()
    // A connection without a server fails here once more, and is then thrown away; the next user would only find it dead.
    if (this.#doubtful.delete(connection)) await this.rollbackTransaction(connection).catch(() => {})
    await super.releaseConnection(connection)
  }
}

async function typed<Result>(work: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  try {
    return await work()
  } catch (error) {
    if (isBusy(error)) throw coreErrors.database_busy({ waitedMs: Math.round(performance.now() - start) }, error)
    throw isLost(error) ? coreErrors.database_unavailable({ reason: (error as Error).message }, error) : error
  }
}

const codeOf = (error: unknown) => String((error as { code?: unknown }).code)
const messageOf = (error: unknown) => String((error as { message?: unknown }).message)

// serialization_failure, deadlock_detected, lock_not_available, query_canceled (a statement that took too long)
const busy = new Set(['40001', '40P01', '55P03', '57014'])
const isBusy = (error: unknown) =>
  busy.has(codeOf(error)) || isOutdated(error) || messageOf(error).startsWith('timeout exceeded when')

// Connection exceptions, no resources (a full disk among them), shutdown, trouble of the operating system, a damaged
// page, a server that only reads, a transaction that idled too long; and the same as seen by the socket.
const lost = /^(08...|53...|57P0.|58...|XX00[12]|25006|25P03|ECONN[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/
const isLost = (error: unknown) =>
  lost.test(codeOf(error)) || /^(Connection terminated|Client has encountered)/.test(messageOf(error))

const int8 = 20
const numeric = 1700

/** Counts and sums arrive as numbers, as on SQLite; one that a double cannot hold is an error, never a wrong figure. */
function parserOf(driver: typeof pg, type: number, format: 'text' | 'binary' | undefined) {
  if (type === int8) return (value: string) => integer(value)
  if (type === numeric) return (value: string) => Number(value)
  return driver.types.getTypeParser(type, format ?? 'text')
}
