import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { coreErrors } from '../errors.ts'
import { integer } from '../money.ts'
import type { Db, DbOptions } from './index.ts'

/** Opens a pool of PostgreSQL connections with limits on every wait; see `openDb`. */
export async function openPostgres(url: string, options: DbOptions): Promise<Db> {
  const { default: driver } = await loadDriver()
  const pool = new driver.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser: (type, format) => parserOf(driver, type, format) },
  })
  // Without a listener a server restart ends the process; the pool itself replaces the connection.
  pool.on('error', () => {})
  await connectOnce(pool)
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
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

const int8 = 20
const numeric = 1700

/** Counts and sums arrive as numbers, as on SQLite; one that a double cannot hold is an error, never a wrong figure. */
function parserOf(driver: typeof pg, type: number, format: 'text' | 'binary' | undefined) {
  if (type === int8) return (value: string) => integer(value)
  if (type === numeric) return (value: string) => Number(value)
  return driver.types.getTypeParser(type, format ?? 'text')
}
