import type { Kysely } from 'kysely'
import type { Db } from './db/index.ts'

/** The rows of core's own tables. Instants are ISO text; payloads and answers are JSON text. */
export interface CoreTables {
  core_outbox: {
    id: string
    name: string
    payload: string
    occurred_at: string
    due_at: string
    delivered_at: string | null
  }
  core_receipt: {
    event_id: string
    subscriber: string
    delivered_at: string | null
    attempts: number
    error: string | null
    retry_at: string | null
  }
  core_idempotency: {
    scope: string
    key: string
    fingerprint: string
    answer: string | null
    run: string
    lease_until: string
    expires_at: string
  }
  /** One row: when the invariants were last looked after, and what was found. */
  core_check: {
    one: 1
    begun_at: string | null
    checked_at: string | null
    /** JSON */ broken: string | null
  }
}

/** Views a handle through core's tables. */
export const tables = (db: Db) => db as Kysely<CoreTables>
