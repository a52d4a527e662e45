import { sql } from 'kysely'
import { savepoint, sendAlong } from './db/along.ts'
import type { Db, Tx } from './db/index.ts'
import { coreErrors } from './errors.ts'

const attempts = 6

/**
 * Runs `work` in one transaction: all of it is stored, or nothing. Given a transaction it joins that one, so commands
 * nest. A deadlock or serialization failure of PostgreSQL runs `work` again, up to six times in all, so it must await
 * nothing but the database. Throws what `work` throws, or `core.database_busy` when retrying did not help.
 */
export async function atomic<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return work(db as Tx)
  const start = performance.now()
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (!isTransient(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
  throw coreErrors.database_busy({ waitedMs: Math.round(performance.now() - start) })
}

/**
 * Runs `work` within a transaction; when it throws, what it did is undone and nothing else, and `otherwise` is told why. An
 * error that concerns the whole transaction is thrown. Attempts do not nest.
 */
export async function attempt(
  tx: Tx,
  work: () => Promise<unknown>,
  otherwise: (error: unknown) => Promise<unknown>,
): Promise<boolean> {
  await sendAlong(tx, sql.raw(savepoint.set))
  try {
    await work()
    await sql.raw(savepoint.release).execute(tx)
    return true
  } catch (error) {
    if (isTransient(error)) throw error
    // What cannot be undone has failed before the work began, and is no fault of this attempt.
    await sql
      .raw(savepoint.undo)
      .execute(tx)
      .catch(() => Promise.reject(error))
    await sql.raw(savepoint.release).execute(tx)
    await otherwise(error)
    return false
  }
}

// serialization_failure, deadlock_detected, lock_not_available, and a table that has changed under a prepared statement; as it is,
// or as the cause of `core.database_busy`
const transient = new Set(['40001', '40P01', '55P03', '0A000'])
const isTransient = (error: unknown) => {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  return transient.has(String(code)) || transient.has(String(cause?.code))
}
