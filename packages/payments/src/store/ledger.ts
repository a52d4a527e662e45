import { type Instant, integer } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { AttemptId, AttemptStatus, DisputeId, RefundId } from '../contract.ts'
import type { EntryLine } from '../rules.ts'
import { tables } from '../tables.ts'

/** A journal of the ledger: one thing that has happened to money, written once. */
export interface Journal {
  readonly journal: string
  readonly orderId: string
  readonly attemptId: AttemptId
  readonly at: Instant
}

/** Writes a journal. The ledger is only ever added to. */
export async function addEntries(
  tx: Tx,
  { journal, orderId, attemptId, at }: Journal,
  lines: readonly (EntryLine & { id: string })[],
): Promise<void> {
  await tables(tx)
    .insertInto('payments_entry')
    .values(
      lines.map(({ id, account, debit, credit }) => ({
        id,
        journal,
        account,
        debit: debit.minor,
        credit: credit.minor,
        currency: debit.currency,
        order_id: orderId,
        attempt_id: attemptId,
        at,
      })),
    )
    .execute()
}

/** Writes down what a provider has said, and whether it moved the attempt. */
export async function addReport(
  tx: Tx,
  report: {
    id: string
    attemptId: AttemptId
    previous: AttemptStatus
    status: AttemptStatus
    applied: boolean
    at: Instant
  },
): Promise<void> {
  const { id, attemptId, previous, status, applied, at } = report
  await tables(tx)
    .insertInto('payments_report')
    .values({ id, attempt_id: attemptId, previous, status, applied: applied ? 1 : 0, at })
    .execute()
}

/** What a provider has said of an attempt, oldest first; late news is there too, with `applied: false`. */
export async function reportsOf(
  db: Db,
  attemptId: AttemptId,
): Promise<{ status: AttemptStatus; applied: boolean; at: Instant }[]> {
  const rows = await tables(db)
    .selectFrom('payments_report')
    .select(['status', 'applied', 'at'])
    .where('attempt_id', '=', attemptId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, applied: row.applied === 1 }))
}

/** When each of the given attempts was first captured; one that never was is left out. */
export async function capturedAt(db: Db, attempts: readonly AttemptId[]): Promise<Map<AttemptId, Instant>> {
  if (attempts.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('payments_report')
    .select((eb) => ['attempt_id', eb.fn.min('at').as('at')])
    .where('attempt_id', 'in', attempts)
    .where('status', '=', 'captured')
    .where('applied', '=', 1)
    .groupBy('attempt_id')
    .execute()
  return new Map(rows.map((row) => [row.attempt_id, row.at]))
}

/** The journals whose debits and credits differ: always none. */
export async function unbalanced(
  db: Db,
): Promise<{ journal: string; currency: string; debit: number; credit: number }[]> {
  const rows = await tables(db)
    .selectFrom('payments_entry')
    .select((eb) => [
      'journal',
      'currency',
      eb.fn.sum<number>('debit').as('debit'),
      eb.fn.sum<number>('credit').as('credit'),
    ])
    .groupBy(['journal', 'currency'])
    .having((eb) => eb(eb.fn.sum('debit'), '<>', eb.fn.sum('credit')))
    .execute()
  return rows.map((row) => ({ ...row, debit: integer(row.debit), credit: integer(row.credit) }))
}

/** What the ledger says of each account, debits less credits: what providers hold for the shop, and what is owed. */
export async function balances(db: Db): Promise<{ account: string; currency: string; balance: number }[]> {
  const rows = await tables(db)
    .selectFrom('payments_entry')
    .select(['account', 'currency', sql<number>`sum(debit) - sum(credit)`.as('balance')])
    .groupBy(['account', 'currency'])
    .orderBy('account')
    .orderBy('currency')
    .execute()
  return rows.map((row) => ({ ...row, balance: integer(row.balance) }))
}

/** What someone has to look at: refused refunds, open disputes, payments that are not what was asked for, webhooks of nobody. */
export type Problem =
  | { readonly kind: 'refund_failed'; readonly orderId: string; readonly refundId: RefundId }
  | {
      readonly kind: 'disputed'
      readonly orderId: string
      readonly disputeId: DisputeId
      readonly dueAt: Instant | null
    }
  | { readonly kind: 'mismatched'; readonly orderId: string; readonly attemptId: AttemptId }
  | { readonly kind: 'unmatched_webhook'; readonly provider: string; readonly reference: string }

/** What someone has to look at, at most `limit` of each kind, newest first. */
export async function problems(db: Db, limit = 100): Promise<Problem[]> {
  const refunds = await tables(db)
    .selectFrom('payments_refund')
    .innerJoin('payments_payment', 'payments_payment.id', 'payment_id')
    .select(['payments_refund.id as refundId', 'order_id as orderId'])
    .where('status', '=', 'failed')
    .orderBy('payments_refund.id', 'desc')
    .limit(limit)
    .execute()
  const attempts = await tables(db)
    .selectFrom('payments_attempt')
    .innerJoin('payments_payment', 'payments_payment.id', 'payment_id')
    .select(['payments_attempt.id as attemptId', 'order_id as orderId'])
    .where('status', '=', 'mismatched')
    .orderBy('payments_attempt.id', 'desc')
    .limit(limit)
    .execute()
  const disputes = await tables(db)
    .selectFrom('payments_dispute')
    .innerJoin('payments_attempt', 'payments_attempt.id', 'attempt_id')
    .innerJoin('payments_payment', 'payments_payment.id', 'payment_id')
    .select(['payments_dispute.id as disputeId', 'order_id as orderId', 'due_at as dueAt'])
    .where('payments_dispute.status', '=', 'open')
    .orderBy('payments_dispute.id', 'desc')
    .limit(limit)
    .execute()
  const webhooks = await tables(db)
    .selectFrom('payments_inbox')
    .select(['provider', 'reference'])
    .where('status', '=', 'unmatched')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return [
    ...refunds.map((row) => ({ kind: 'refund_failed' as const, ...row })),
    ...disputes.map((row) => ({ kind: 'disputed' as const, ...row })),
    ...attempts.map((row) => ({ kind: 'mismatched' as const, ...row })),
    ...webhooks.map((row) => ({ kind: 'unmatched_webhook' as const, ...row })),
  ]
}
