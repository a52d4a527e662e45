import { type Instant, integer, money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import type { AttemptId, Dispute, DisputeId, PaymentId } from '../contract.ts'
import { type PaymentTables, tables } from '../tables.ts'

/** A dispute as it is stored, with the payment it is of. */
export interface StoredDispute extends Dispute {
  readonly paymentId: PaymentId
}

/** Stores a dispute that was opened; false for one that is known by its provider's `reference`. */
export async function addDispute(
  tx: Tx,
  { id, attemptId, amount, reason, dueAt, openedAt }: Omit<Dispute, 'status' | 'closedAt'>,
  reference: string,
): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('payments_dispute')
    .values({
      id,
      attempt_id: attemptId,
      reference,
      status: 'open',
      amount: amount.minor,
      currency: amount.currency,
      reason,
      due_at: dueAt,
      opened_at: openedAt,
      closed_at: null,
    })
    .onConflict((conflict) => conflict.columns(['attempt_id', 'reference']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const selectDispute = (db: Db) =>
  tables(db)
    .selectFrom('payments_dispute as dispute')
    .innerJoin('payments_attempt as attempt', 'attempt.id', 'dispute.attempt_id')
    .selectAll('dispute')
    .select('attempt.payment_id as payment_id')

/** The dispute of an attempt that its provider knows by this reference. */
export async function disputeBy(db: Db, attemptId: AttemptId, reference: string): Promise<StoredDispute | undefined> {
  const row = await selectDispute(db)
    .where('dispute.attempt_id', '=', attemptId)
    .where('dispute.reference', '=', reference)
    .executeTakeFirst()
  return row && disputeFrom(row)
}

/** Every dispute of the given payments, oldest first. */
export async function disputesOf(db: Db, payments: readonly PaymentId[]): Promise<StoredDispute[]> {
  if (payments.length === 0) return []
  const rows = await selectDispute(db).where('attempt.payment_id', 'in', payments).orderBy('dispute.id').execute()
  return rows.map(disputeFrom)
}

/** Whether a dispute about an attempt is open. */
export async function hasOpenDispute(db: Db, attemptId: AttemptId): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('payments_dispute')
    .select('id')
    .where('attempt_id', '=', attemptId)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return row !== undefined
}

/** Closes a dispute; false for one that is closed already. */
export async function endDispute(tx: Tx, id: DisputeId, status: 'won' | 'lost', at: Instant): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_dispute')
    .set({ status, closed_at: at })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

type DisputeRow = Selectable<PaymentTables['payments_dispute']> & { payment_id: PaymentId }

const disputeFrom = (row: DisputeRow): StoredDispute => ({
  id: row.id,
  paymentId: row.payment_id,
  attemptId: row.attempt_id,
  status: row.status,
  amount: money(integer(row.amount), row.currency),
  reason: row.reason,
  dueAt: row.due_at,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
})
