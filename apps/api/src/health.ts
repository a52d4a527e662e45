import { defineErrors } from '@sangdo/core'
import { createTable, type Db, dialectOf, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Lateness } from './lateness.ts'
import { report } from './log.ts'

/** Why a process does not want requests now. */
export type Reason = 'stopping' | 'database' | 'event_loop'

export const healthErrors = defineErrors('health', {
  not_ready: [
    'unavailable',
    (d: { reasons: readonly Reason[] }) => `This process is not ready: ${d.reasons.join(', ')}`,
  ],
})

export const healthMigrations: Migrations = {
  package: 'api',
  steps: {
    '0001_probe': {
      async up(db) {
        await createTable(db, 'api_probe')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('content', 'text', (column) => column.notNull())
          .execute()
      },
    },
  },
}

/** What the readiness of a process is judged by. */
export interface HealthOptions {
  readonly db: Db
  readonly stopping: () => boolean
  readonly lateness: Lateness
  /** From how late an event loop is not ready, in milliseconds. */
  readonly latest: number
  /** How long the database is given to answer, in milliseconds: 2,000. */
  readonly patience?: number
}

const keptMs = 1000

/** Tells a balancer whether to send requests here. However often it is asked, the database is asked once a second. */
export function createHealth({ db, stopping, lateness, latest, patience = 2000 }: HealthOptions) {
  let asked = { at: -Infinity, answer: Promise.resolve(true) }

  function answers(): Promise<boolean> {
    const at = performance.now()
    if (at - asked.at > keptMs) asked = { at, answer: within(patience, probe(db)) }
    return asked.answer
  }

  /** Resolves when this process can serve. Throws `health.not_ready` with the reasons. */
  async function ready(): Promise<void> {
    const reasons: Reason[] = []
    if (stopping()) reasons.push('stopping')
    if (lateness() > latest) reasons.push('event_loop')
    if (!(await answers())) reasons.push('database')
    if (reasons.length > 0) throw healthErrors.not_ready({ reasons })
  }

  return { ready, answers }
}

export type Health = ReturnType<typeof createHealth>

/** False when the database refuses, or does not answer in time. */
async function within(patience: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The database did not answer within ${patience} ms`)), patience)
  })
  return Promise.race([work, late])
    .then(() => true)
    .catch((error: unknown) => (report('health', error), false))
    .finally(() => clearTimeout(timer))
}

/** More than a page, so that a database which is full refuses it. */
const content = 'x'.repeat(8192)

/** Reads, and writes where this is not a replica: a row that comes and goes in one transaction. */
async function probe(db: Db): Promise<void> {
  if (await isReplica(db)) return
  const id = crypto.randomUUID()
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('api_probe').values({ id, content }).execute()
    await tx.deleteFrom('api_probe').where('id', '=', id).execute()
  })
}

async function isReplica(db: Db): Promise<boolean> {
  if (dialectOf(db) === 'sqlite') return (await sql`select 1`.execute(db), false)
  const { rows } = await sql<{ replica: boolean }>`select pg_is_in_recovery() as replica`.execute(db)
  return rows[0]?.replica === true
}
