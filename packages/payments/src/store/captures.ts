import type { Instant, Money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import type { AttemptId, Capture, CaptureId, Failure, PaymentId } from '../contract.ts'
import { type PaymentTables, tables } from '../tables.ts'
import { type Claim, claimDue, endAsking, keepAsking, newRequest, requestFrom } from './requests.ts'

/** A capture as it is stored, with what is needed to carry it out. */
export interface StoredCapture extends Capture {
  readonly paymentId: PaymentId
  readonly provider: string
  readonly captureKey: string
  readonly checks: number
}

/** One guarded statement, so that no more is taken than was promised, and nothing of what is let go. Says whether so much was left. */
export async function claimCapture(tx: Tx, id: AttemptId, { minor, currency }: Money): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ claimed: eb('claimed', '+', minor) }))
    .where('id', '=', id)
    .where('status', '=', 'authorized')
    .where('cancel_wanted', '=', 0)
    .where('currency', '=', currency)
    .where(sql<boolean>`claimed + ${minor} <= amount`)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes what was claimed for a capture that came to nothing capturable again. */
export async function releaseClaim(tx: Tx, id: AttemptId, { minor }: Money): Promise<void> {
  await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ claimed: eb('claimed', '-', minor) }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Stores a capture, to be looked at by the sweep at `checkAt`. Its amount is claimed by the caller. */
export async function addCapture(
  tx: Tx,
  capture: Pick<StoredCapture, 'id' | 'attemptId' | 'captureKey' | 'amount' | 'createdAt'>,
  checkAt: Instant,
): Promise<void> {
  await tables(tx)
    .insertInto('payments_capture')
    .values({ ...newRequest({ ...capture, status: 'requested' as const }, checkAt), capture_key: capture.captureKey })
    .execute()
}

const selectCapture = (db: Db) =>
  tables(db)
    .selectFrom('payments_capture as capture')
    .innerJoin('payments_attempt as attempt', 'attempt.id', 'capture.attempt_id')
    .selectAll('capture')
    .select(['attempt.payment_id as payment_id', 'attempt.provider as provider'])

/** The capture with this id, if there is one. */
export async function captureOf(db: Db, id: CaptureId): Promise<StoredCapture | undefined> {
  const row = await selectCapture(db).where('capture.id', '=', id).executeTakeFirst()
  return row && captureFrom(row)
}

/** The capture that was asked for under this key, if there is one. */
export async function captureByKey(
  db: Db,
  attemptId: AttemptId,
  captureKey: string,
): Promise<StoredCapture | undefined> {
  const row = await selectCapture(db)
    .where('capture.attempt_id', '=', attemptId)
    .where('capture.capture_key', '=', captureKey)
    .executeTakeFirst()
  return row && captureFrom(row)
}

/** Every capture of the given payments, oldest first. */
export async function capturesOf(db: Db, payments: readonly PaymentId[]): Promise<StoredCapture[]> {
  if (payments.length === 0) return []
  const rows = await selectCapture(db).where('attempt.payment_id', 'in', payments).orderBy('capture.id').execute()
  return rows.map(captureFrom)
}

/** Takes captures that are to be looked at, longest overdue first, until an instant: nobody else is given them before it. */
export const claimCaptures = (db: Db, claim: Claim): Promise<CaptureId[]> => claimDue(db, 'payments_capture', claim)

/** Notes that what became of a capture is unknown; one that has ended stays as it is. */
export const keepUnknown = (db: Db, id: CaptureId, checkAt: Instant): Promise<void> =>
  keepAsking(db, 'payments_capture', id, 'unknown', checkAt)

/** Ends a capture; false when it has ended already. */
export const endCapture = (
  tx: Tx,
  id: CaptureId,
  status: 'succeeded' | 'failed',
  failure: Failure | null,
): Promise<boolean> => endAsking(tx, 'payments_capture', id, { status, failure })

type CaptureRow = Selectable<PaymentTables['payments_capture']> & { payment_id: PaymentId; provider: string }

const captureFrom = (row: CaptureRow): StoredCapture => ({
  ...requestFrom(row),
  paymentId: row.payment_id,
  provider: row.provider,
  captureKey: row.capture_key,
})
