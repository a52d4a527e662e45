import type { Instant } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import { BankAccount, type Failure, type PaymentId, type Refund, type RefundId, type TaskId } from '../contract.ts'
import { type PaymentTables, tables } from '../tables.ts'
import { type Claim, claimDue, endAsking, keepAsking, newRequest, requestFrom } from './requests.ts'

/** A refund as it is stored, with what is needed to carry it out. */
export interface StoredRefund extends Refund {
  readonly paymentId: PaymentId
  readonly orderId: string
  readonly provider: string
  readonly refundKey: string
  readonly account: BankAccount | null
  /** The task that it resolves. */
  readonly taskId: TaskId | null
  readonly checks: number
}

/** What is known of a refund when it is asked for. */
export type NewRefund = Omit<StoredRefund, 'orderId' | 'provider' | 'checks' | 'failure'>

/** Stores a refund, to be looked at by the sweep at `checkAt`. Its amount is reserved by the caller. */
export async function addRefund(tx: Tx, refund: NewRefund, checkAt: Instant | null): Promise<void> {
  const { paymentId, refundKey, reason, forOrder, account, taskId } = refund
  await tables(tx)
    .insertInto('payments_refund')
    .values({
      ...newRequest(refund, checkAt),
      payment_id: paymentId,
      refund_key: refundKey,
      reason,
      for_order: forOrder ? 1 : 0,
      task_id: taskId,
      account: account && JSON.stringify(account),
    })
    .execute()
}

const selectRefund = (db: Db) =>
  tables(db)
    .selectFrom('payments_refund as refund')
    .innerJoin('payments_payment as payment', 'payment.id', 'refund.payment_id')
    .innerJoin('payments_attempt as attempt', 'attempt.id', 'refund.attempt_id')
    .selectAll('refund')
    .select(['payment.order_id as order_id', 'attempt.provider as provider'])

/** The refund with this id, if there is one. */
export async function refundOf(db: Db, id: RefundId): Promise<StoredRefund | undefined> {
  const row = await selectRefund(db).where('refund.id', '=', id).executeTakeFirst()
  return row && refundFrom(row)
}

/** The refund that was asked for under this key, if there is one. */
export async function refundByKey(db: Db, paymentId: PaymentId, refundKey: string): Promise<StoredRefund | undefined> {
  const row = await selectRefund(db)
    .where('refund.payment_id', '=', paymentId)
    .where('refund.refund_key', '=', refundKey)
    .executeTakeFirst()
  return row && refundFrom(row)
}

/** Every refund of the given payments, oldest first. */
export async function refundsOf(db: Db, payments: readonly PaymentId[]): Promise<StoredRefund[]> {
  if (payments.length === 0) return []
  const rows = await selectRefund(db).where('refund.payment_id', 'in', payments).orderBy('refund.id').execute()
  return rows.map(refundFrom)
}

/** Whether a refund of a task is on its way, or has gone back. */
export async function isReturning(db: Db, taskId: TaskId): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('payments_refund')
    .select('id')
    .where('task_id', '=', taskId)
    .where('status', '<>', 'failed')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes refunds that are to be looked at, longest overdue first, until an instant: nobody else is given them before it. */
export const claimRefunds = (db: Db, claim: Claim): Promise<RefundId[]> => claimDue(db, 'payments_refund', claim)

/** Notes that a refund has no outcome yet; one that has keeps it. */
export const keepWaiting = (
  db: Db,
  id: RefundId,
  status: 'requested' | 'unknown' | 'pending',
  checkAt: Instant,
): Promise<void> => keepAsking(db, 'payments_refund', id, status, checkAt)

/** Ends a refund and forgets the buyer's account; false when it has ended already. */
export const endRefund = (
  tx: Tx,
  id: RefundId,
  status: 'succeeded' | 'failed',
  failure: Failure | null,
): Promise<boolean> => endAsking(tx, 'payments_refund', id, { status, failure }, { account: null })

type RefundRow = Selectable<PaymentTables['payments_refund']> & { order_id: string; provider: string }

const refundFrom = (row: RefundRow): StoredRefund => ({
  ...requestFrom(row),
  paymentId: row.payment_id,
  orderId: row.order_id,
  provider: row.provider,
  refundKey: row.refund_key,
  reason: row.reason,
  forOrder: row.for_order === 1,
  taskId: row.task_id,
  account: row.account === null ? null : BankAccount.parse(JSON.parse(row.account)),
})
