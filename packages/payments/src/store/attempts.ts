import { type Instant, integer, type Money, money } from '@sangdo/core'
import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import {
  type Attempt,
  type AttemptId,
  type AttemptStatus,
  Card,
  Deposit,
  Evidence,
  type Failure,
  type PaymentId,
} from '../contract.ts'
import { isOpen, openStatuses } from '../rules.ts'
import { type PaymentTables, tables } from '../tables.ts'
import { type Claim, claimDue, failureFrom } from './requests.ts'

/** An attempt as it is stored, with what its payment says of it. */
export interface StoredAttempt extends Omit<Attempt, 'status'> {
  readonly status: AttemptStatus
  readonly paymentId: PaymentId
  readonly orderId: string
  /** What has gone back, or is reserved to. */
  readonly refunded: Money
  /** What is in dispute, or was lost in one. */
  readonly disputed: Money
  /** What is nobody's and not on its way back. */
  readonly suspended: Money
  readonly cancelWanted: boolean
  readonly captureLater: boolean
  /** What was asked to be taken of money that was promised for later. */
  readonly claimed: Money
  readonly expiresAt: Instant
  readonly checks: number
  /** The attempt whose money is the order's, once there is one. */
  readonly paidBy: AttemptId | null
}

/** Stores the payment of an order; one that is there already stays as it is. Answers with its id. */
export async function addPayment(tx: Tx, id: PaymentId, orderId: string, at: Instant): Promise<PaymentId> {
  const added = await tables(tx)
    .insertInto('payments_payment')
    .values({ id, order_id: orderId, captured_attempt_id: null, created_at: at })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) return added.id
  const row = await tables(tx)
    .selectFrom('payments_payment')
    .select('id')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  return row.id
}

/** What is known of an attempt before anybody is asked. */
export type NewAttempt = Pick<
  StoredAttempt,
  'id' | 'paymentId' | 'orderId' | 'provider' | 'method' | 'amount' | 'captureLater' | 'expiresAt' | 'createdAt'
>

/** Stores an attempt that is about to be requested; undefined while another one of its payment is open. */
export async function addAttempt(tx: Tx, attempt: NewAttempt, checkAt: Instant): Promise<StoredAttempt | undefined> {
  const { id, orderId, provider, method, amount } = attempt
  const row = await tables(tx)
    .insertInto('payments_attempt')
    .values({
      id,
      payment_id: attempt.paymentId,
      provider,
      method,
      status: 'requesting',
      amount: amount.minor,
      currency: amount.currency,
      captured: 0,
      captured_currency: amount.currency,
      refunded: 0,
      reversed: 0,
      disputed: 0,
      suspended: 0,
      capture_later: attempt.captureLater ? 1 : 0,
      claimed: 0,
      redirect_url: null,
      deposit: null,
      card: null,
      evidence: null,
      failure: null,
      cancel_wanted: 0,
      expires_at: attempt.expiresAt,
      checks: 0,
      check_at: checkAt,
      created_at: attempt.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && attemptFrom({ ...row, order_id: orderId, paid_by: null })
}

const selectAttempt = (db: Db) =>
  tables(db)
    .selectFrom('payments_attempt as attempt')
    .innerJoin('payments_payment as payment', 'payment.id', 'attempt.payment_id')
    .selectAll('attempt')
    .select(['payment.order_id as order_id', 'payment.captured_attempt_id as paid_by'])

/** The attempt with this id, if there is one. */
export async function attemptOf(db: Db, id: AttemptId): Promise<StoredAttempt | undefined> {
  const row = await selectAttempt(db).where('attempt.id', '=', id).executeTakeFirst()
  return row && attemptFrom(row)
}

/** Every attempt to pay the given orders, oldest first. */
export async function attemptsOfOrders(db: Db, orderIds: readonly string[]): Promise<WatchedAttempt[]> {
  if (orderIds.length === 0) return []
  const rows = await selectWatched(db).where('payment.order_id', 'in', orderIds).orderBy('attempt.id').execute()
  return rows.map(watchedFrom)
}

/** An attempt, and what has come of it later. */
export interface WatchedAttempt extends StoredAttempt {
  /** When it was first captured, if it was. */
  readonly capturedAt: Instant | null
  /** Whether there are refunds of its payment, whatever became of them. */
  readonly hasRefunds: boolean
  /** Whether it is, or was, disputed. */
  readonly hasDisputes: boolean
}

/** In one statement, as every look at an order asks it, and most orders have neither refund nor dispute. */
const selectWatched = (db: Db) =>
  selectAttempt(db).select([
    sql<Instant | null>`(select min(report.at) from payments_report as report
      where report.attempt_id = attempt.id and report.status = 'captured' and report.applied = 1)`.as('captured_at'),
    sql<number>`case when exists (select 1 from payments_refund as refund where refund.payment_id = payment.id)
      then 1 else 0 end`.as('has_refunds'),
    sql<number>`case when exists (select 1 from payments_dispute as dispute where dispute.attempt_id = attempt.id)
      then 1 else 0 end`.as('has_disputes'),
  ])

type WatchedRow = AttemptRow & { captured_at: Instant | null; has_refunds: number; has_disputes: number }

const watchedFrom = (row: WatchedRow): WatchedAttempt => ({
  ...attemptFrom(row),
  capturedAt: row.captured_at,
  hasRefunds: row.has_refunds === 1,
  hasDisputes: row.has_disputes === 1,
})

/** Every attempt of the payment with this id, or of the one of which the attempt with this id is, oldest first. */
export async function attemptsAround(db: Db, id: PaymentId | AttemptId): Promise<WatchedAttempt[]> {
  const rows = await selectWatched(db)
    .where((eb) =>
      eb(
        'attempt.payment_id',
        '=',
        eb.fn.coalesce(
          eb
            .selectFrom('payments_attempt as known')
            .select('known.payment_id')
            .where('known.id', '=', id as AttemptId),
          eb.val(id as PaymentId),
        ),
      ),
    )
    .orderBy('attempt.id')
    .execute()
  return rows.map(watchedFrom)
}

/** The attempt that has paid an order, or else the open one that nobody wants cancelled. */
export async function liveAttempt(db: Db, orderId: string): Promise<StoredAttempt | undefined> {
  const rows = await selectAttempt(db)
    .where('payment.order_id', '=', orderId)
    .where((eb) =>
      eb.or([
        eb('attempt.id', '=', eb.ref('payment.captured_attempt_id')),
        eb.and([eb('attempt.status', 'in', openStatuses), eb('attempt.cancel_wanted', '=', 0)]),
      ]),
    )
    .execute()
  const attempts = rows.map(attemptFrom)
  return attempts.find((attempt) => attempt.id === attempt.paidBy) ?? attempts[0]
}

/** The open attempts of an order. */
export async function openAttempts(db: Db, orderId: string): Promise<StoredAttempt[]> {
  const rows = await selectAttempt(db)
    .where('payment.order_id', '=', orderId)
    .where('attempt.status', 'in', openStatuses)
    .execute()
  return rows.map(attemptFrom)
}

/** Takes attempts that are to be looked at, longest overdue first, until an instant: nobody else is given them before it. */
export const claimAttempts = (db: Db, claim: Claim): Promise<AttemptId[]> => claimDue(db, 'payments_attempt', claim)

/** What a move changes besides the status. */
export interface AttemptChange {
  readonly redirectUrl: string | null
  readonly deposit: Deposit | null
  readonly card: Card | null
  readonly evidence: Evidence | null
  readonly failure: Failure | null
  readonly checkAt: Instant | null
}

/** Moves an attempt that is still in `from`; false when other news was quicker. */
export async function moveAttempt(
  tx: Tx,
  id: AttemptId,
  from: AttemptStatus,
  to: AttemptStatus,
  change: AttemptChange,
): Promise<boolean> {
  const text = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const result = await tables(tx)
    .updateTable('payments_attempt')
    .set({
      status: to,
      redirect_url: change.redirectUrl,
      deposit: text(change.deposit),
      card: text(change.card),
      evidence: text(change.evidence),
      failure: text(change.failure),
      checks: 0,
      check_at: change.checkAt,
    })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Says when an attempt that is due, or was claimed until `claimed`, is looked at again, if ever. One that is asked about earlier keeps
 * its time.
 */
export async function postponeAttempt(
  db: Db,
  id: AttemptId,
  { at, claimed = at }: { at: Instant; claimed?: Instant | undefined },
  checkAt: Instant | null,
): Promise<void> {
  await tables(db)
    .updateTable('payments_attempt')
    .set((eb) => ({ checks: eb('checks', '+', 1), check_at: checkAt }))
    .where('id', '=', id)
    .where((eb) => eb.or([eb('check_at', '<=', at), eb('check_at', '=', claimed)]))
    .execute()
}

/** Marks the open attempts of an order as unwanted, to be cancelled at once: all, only one, or all but one. */
export async function wantCancelled(
  db: Db,
  orderId: string,
  at: Instant,
  { only, but }: { only?: AttemptId; but?: AttemptId } = {},
): Promise<void> {
  let query = tables(db)
    .updateTable('payments_attempt')
    .set({ cancel_wanted: 1, check_at: at })
    .where('status', 'in', openStatuses)
    .where('payment_id', 'in', (eb) =>
      eb.selectFrom('payments_payment').select('payments_payment.id').where('order_id', '=', orderId),
    )
  if (only) query = query.where('id', '=', only)
  if (but) query = query.where('id', '<>', but)
  await sendAlong(db, query)
}

/** Counts what the provider has taken, if nobody else has meanwhile. */
export async function raiseCaptured(tx: Tx, attempt: StoredAttempt, captured: Money): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_attempt')
    .set({ captured: captured.minor, captured_currency: captured.currency })
    .where('id', '=', attempt.id)
    .where('captured', '=', attempt.captured.minor)
    .where('captured', '<', captured.minor)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes an attempt's money the order's; false when another attempt has paid it already. */
export async function payOrder(tx: Tx, paymentId: PaymentId, attemptId: AttemptId): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_payment')
    .set({ captured_attempt_id: attemptId })
    .where('id', '=', paymentId)
    .where('captured_attempt_id', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes an order whose money was taken back unpaid again; false when it is another attempt that has paid it. */
export async function unpayOrder(tx: Tx, paymentId: PaymentId, attemptId: AttemptId): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_payment')
    .set({ captured_attempt_id: null })
    .where('id', '=', paymentId)
    .where('captured_attempt_id', '=', attemptId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts more (or, negative, less) of an attempt's money as taken back by the bank, in dispute, or in suspense. */
export async function countAway(
  tx: Tx,
  id: AttemptId,
  column: 'reversed' | 'disputed' | 'suspended',
  minor: number,
): Promise<void> {
  await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ [column]: eb(column, '+', minor) }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/**
 * One guarded statement, so that refunds never exceed what was taken and is neither in dispute, nor taken back, nor nobody's.
 * Says whether so much was left.
 */
export async function reserveRefund(tx: Tx, id: AttemptId, { minor, currency }: Money): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ refunded: eb('refunded', '+', minor) }))
    .where('id', '=', id)
    .where('captured_currency', '=', currency)
    .where(sql<boolean>`refunded + reversed + disputed + suspended + ${minor} <= captured`)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Reserves money in suspense for a refund by one guarded statement. Says whether so much was there. */
export async function reserveSuspended(tx: Tx, id: AttemptId, { minor }: Money): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ refunded: eb('refunded', '+', minor), suspended: eb('suspended', '-', minor) }))
    .where('id', '=', id)
    .where('suspended', '>=', minor)
    .where(sql<boolean>`refunded + reversed + disputed + ${minor} <= captured`)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts what a provider has given back already, whatever is in dispute; false for more than was taken. */
export async function countRefunded(tx: Tx, id: AttemptId, amount: Money): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ refunded: eb('refunded', '+', amount.minor) }))
    .where('id', '=', id)
    .where('captured_currency', '=', amount.currency)
    .where((eb) => eb(eb('refunded', '+', amount.minor), '<=', eb.ref('captured')))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes what was reserved for a refund refundable again. */
export async function releaseRefund(tx: Tx, id: AttemptId, amount: Money): Promise<void> {
  await tables(tx)
    .updateTable('payments_attempt')
    .set((eb) => ({ refunded: eb('refunded', '-', amount.minor) }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

type AttemptRow = Selectable<PaymentTables['payments_attempt']> & { order_id: string; paid_by: AttemptId | null }

function attemptFrom(row: AttemptRow): StoredAttempt {
  return {
    id: row.id,
    paymentId: row.payment_id,
    orderId: row.order_id,
    paidBy: row.paid_by,
    provider: row.provider,
    method: row.method,
    status: row.status,
    amount: money(integer(row.amount), row.currency),
    captured: money(integer(row.captured), row.captured_currency),
    refunded: money(integer(row.refunded), row.captured_currency),
    reversed: money(integer(row.reversed), row.captured_currency),
    disputed: money(integer(row.disputed), row.captured_currency),
    // An attempt that is over leads nowhere any more.
    redirectUrl: isOpen(row.status) ? row.redirect_url : null,
    deposit: row.deposit === null ? null : Deposit.parse(JSON.parse(row.deposit)),
    card: row.card === null ? null : Card.parse(JSON.parse(row.card)),
    evidence: row.evidence === null ? null : Evidence.parse(JSON.parse(row.evidence)),
    failure: failureFrom(row.failure),
    suspended: money(integer(row.suspended), row.captured_currency),
    cancelWanted: row.cancel_wanted === 1,
    captureLater: row.capture_later === 1,
    claimed: money(integer(row.claimed), row.currency),
    expiresAt: row.expires_at,
    checks: row.checks,
    createdAt: row.created_at,
  }
}
