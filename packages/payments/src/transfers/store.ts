import { type Instant, integer, type Money, money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import { type AttemptId, BankAccount, type RefundId } from '../contract.ts'
import { type PaymentTables, tables } from '../tables.ts'
import type { DepositId, MatchedBy, PayOut, ReceivedDeposit } from './contract.ts'
import { type Candidate, payerOf, referencesIn } from './rules.ts'

/** A transfer as it is stored. */
export interface StoredTransfer {
  readonly attemptId: AttemptId
  readonly provider: string
  readonly reference: string
  readonly payer: string | null
  readonly amount: Money
  readonly received: Money
  readonly refunded: Money
  readonly cancelled: boolean
  readonly dueAt: Instant
}

/** Stores a transfer that a buyer is asked for; false when it is there, or its reference is another's. */
export async function addTransfer(
  db: Db,
  transfer: Pick<StoredTransfer, 'attemptId' | 'provider' | 'reference' | 'payer' | 'amount' | 'dueAt'>,
  at: Instant,
): Promise<boolean> {
  const { attemptId, provider, reference, payer, amount, dueAt } = transfer
  const row = await tables(db)
    .insertInto('payments_transfer')
    .values({
      attempt_id: attemptId,
      provider,
      reference,
      payer,
      amount: amount.minor,
      currency: amount.currency,
      received: 0,
      refunded: 0,
      cancelled: 0,
      due_at: dueAt,
      created_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('attempt_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The transfer of an attempt, if there is one. */
export async function transferOf(db: Db, attemptId: string): Promise<StoredTransfer | undefined> {
  const row = await tables(db)
    .selectFrom('payments_transfer')
    .selectAll()
    .where('attempt_id', '=', attemptId as AttemptId)
    .executeTakeFirst()
  return (
    row && {
      attemptId: row.attempt_id,
      provider: row.provider,
      reference: row.reference,
      payer: row.payer,
      amount: money(integer(row.amount), row.currency),
      received: money(integer(row.received), row.currency),
      refunded: money(integer(row.refunded), row.currency),
      cancelled: row.cancelled === 1,
      dueAt: row.due_at,
    }
  )
}

/** Ends a transfer, unless money has come in. */
export async function cancelTransfer(db: Db, attemptId: string): Promise<void> {
  await tables(db)
    .updateTable('payments_transfer')
    .set({ cancelled: 1 })
    .where('attempt_id', '=', attemptId as AttemptId)
    .where('received', '=', sql.lit(0))
    .execute()
}

/** The transfers that a deposit names, and those that wait for its amount from its payer. */
export async function candidatesOf(
  db: Db,
  { provider, amount, payer, text }: Pick<ReceivedDeposit, 'provider' | 'amount' | 'payer' | 'text'>,
  at: Instant,
): Promise<Candidate<AttemptId>[]> {
  const references = [...new Set([...referencesIn(text), ...referencesIn(payer)])]
  const ofProvider = tables(db)
    .selectFrom('payments_transfer')
    .select('attempt_id as id')
    .where('provider', '=', provider)
    .where('currency', '=', amount.currency)
  const named = references.length > 0 ? await ofProvider.where('reference', 'in', references).execute() : []
  const likely = await ofProvider
    .where('payer', '=', payerOf(payer))
    .where('amount', '=', amount.minor)
    .where('received', '=', sql.lit(0))
    .where('cancelled', '=', sql.lit(0))
    .where('due_at', '>=', at)
    .limit(2)
    .execute()
  return [
    ...named.map(({ id }) => ({ id, by: 'reference' as const })),
    ...likely.map(({ id }) => ({ id, by: 'payer' as const })),
  ]
}

/** Counts money that came in for a transfer; false when it cannot be for it, or, by its payer, when other money was quicker. */
export async function receive(
  tx: Tx,
  attemptId: AttemptId,
  { provider, amount }: Pick<ReceivedDeposit, 'provider' | 'amount'>,
  by: MatchedBy,
): Promise<boolean> {
  let query = tables(tx)
    .updateTable('payments_transfer')
    .set((eb) => ({ received: eb('received', '+', amount.minor) }))
    .where('attempt_id', '=', attemptId)
    .where('provider', '=', provider)
    .where('currency', '=', amount.currency)
  if (by === 'payer') query = query.where('received', '=', sql.lit(0)).where('cancelled', '=', sql.lit(0))
  return (await query.executeTakeFirst()).numUpdatedRows === 1n
}

/** Lets an attempt be looked at by the next sweep, whatever becomes of this process. */
export async function askSoon(tx: Tx, attemptId: AttemptId, at: Instant): Promise<void> {
  await tables(tx).updateTable('payments_attempt').set({ check_at: at }).where('id', '=', attemptId).execute()
}

/** Stores a deposit in suspense, once for each row of the bank; false when it is there. */
export async function addDeposit(tx: Tx, deposit: ReceivedDeposit): Promise<boolean> {
  const { id, provider, rowId, date, amount, payer, text, status, attemptId, matchedBy, receivedAt } = deposit
  const row = await tables(tx)
    .insertInto('payments_deposit')
    .values({
      id,
      provider,
      row_id: rowId,
      date,
      amount: amount.minor,
      currency: amount.currency,
      payer,
      text,
      status,
      attempt_id: attemptId,
      matched_by: matchedBy,
      received_at: receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'row_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The deposit with this id, if there is one. */
export async function depositOf(db: Db, id: DepositId): Promise<ReceivedDeposit | undefined> {
  const row = await tables(db).selectFrom('payments_deposit').selectAll().where('id', '=', id).executeTakeFirst()
  return row && depositFrom(row)
}

/** The given deposits; one that does not exist is left out. */
export async function depositsOf(db: Db, ids: readonly string[]): Promise<ReceivedDeposit[]> {
  if (ids.length === 0) return []
  const query = tables(db).selectFrom('payments_deposit').selectAll()
  return (await query.where('id', 'in', ids as DepositId[]).execute()).map(depositFrom)
}

/** The deposit of a row of the bank, if it was read. */
export async function depositByRow(db: Db, provider: string, rowId: string): Promise<ReceivedDeposit | undefined> {
  const row = await tables(db)
    .selectFrom('payments_deposit')
    .selectAll()
    .where('provider', '=', provider)
    .where('row_id', '=', rowId)
    .executeTakeFirst()
  return row && depositFrom(row)
}

/** Takes a deposit out of suspense; false when it is not there any more. */
export async function settleDeposit(
  tx: Tx,
  id: DepositId,
  to: { status: 'returned' } | { status: 'matched'; attemptId: AttemptId; matchedBy: MatchedBy },
): Promise<boolean> {
  const change =
    to.status === 'returned' ? to : { status: to.status, attempt_id: to.attemptId, matched_by: to.matchedBy }
  const result = await tables(tx)
    .updateTable('payments_deposit')
    .set(change)
    .where('id', '=', id)
    .where('status', '=', 'suspended')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

const depositFrom = (row: Selectable<PaymentTables['payments_deposit']>): ReceivedDeposit => ({
  id: row.id,
  provider: row.provider,
  rowId: row.row_id,
  date: row.date,
  amount: money(integer(row.amount), row.currency),
  payer: row.payer,
  text: row.text,
  status: row.status,
  attemptId: row.attempt_id,
  matchedBy: row.matched_by,
  receivedAt: row.received_at,
})

/** Reserves what came in for a transfer to go back; false when so much is not there. */
export async function reservePayOut(tx: Tx, attemptId: string, { minor, currency }: Money): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_transfer')
    .set((eb) => ({ refunded: eb('refunded', '+', minor) }))
    .where('attempt_id', '=', attemptId as AttemptId)
    .where('currency', '=', currency)
    .where((eb) => eb(eb('refunded', '+', minor), '<=', eb.ref('received')))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes what could not be sent back refundable again. */
export async function releasePayOut(tx: Tx, attemptId: AttemptId, { minor }: Money): Promise<void> {
  await tables(tx)
    .updateTable('payments_transfer')
    .set((eb) => ({ refunded: eb('refunded', '-', minor) }))
    .where('attempt_id', '=', attemptId)
    .executeTakeFirstOrThrow()
}

/** A refund by hand as it is stored. */
export interface StoredPayOut extends Omit<PayOut, 'account'> {
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly account: BankAccount | null
  readonly code: string | null
}

/** Stores a refund by hand; false when it is there. */
export async function addPayOut(tx: Tx, payOut: StoredPayOut): Promise<boolean> {
  const { refundId, attemptId, status, amount, reason, account, code } = payOut
  const row = await tables(tx)
    .insertInto('payments_pay_out')
    .values({
      refund_id: refundId,
      attempt_id: attemptId,
      status,
      amount: amount.minor,
      currency: amount.currency,
      reason,
      account: account && JSON.stringify(account),
      code,
    })
    .onConflict((conflict) => conflict.column('refund_id').doNothing())
    .returning('refund_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The refund by hand with this id, if there is one. */
export async function payOutOf(db: Db, refundId: string): Promise<StoredPayOut | undefined> {
  const row = await tables(db)
    .selectFrom('payments_pay_out')
    .selectAll()
    .where('refund_id', '=', refundId as RefundId)
    .executeTakeFirst()
  return row && payOutFrom(row)
}

/** Refunds that a person is to send, oldest first. */
export async function pendingPayOuts(db: Db, limit: number, after: string | null): Promise<StoredPayOut[]> {
  let query = tables(db)
    .selectFrom('payments_pay_out')
    .selectAll()
    .where('status', '=', sql.lit('pending'))
    .orderBy('refund_id')
    .limit(limit)
  if (after !== null) query = query.where('refund_id', '>', after as RefundId)
  return (await query.execute()).map(payOutFrom)
}

/** Ends a refund by hand and forgets the account; false when it has ended already. */
export async function endPayOut(tx: Tx, refundId: RefundId, code: string | null): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_pay_out')
    .set({ status: code === null ? 'succeeded' : 'failed', code, account: null })
    .where('refund_id', '=', refundId)
    .where('status', '=', sql.lit('pending'))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

const payOutFrom = (row: Selectable<PaymentTables['payments_pay_out']>): StoredPayOut => ({
  refundId: row.refund_id,
  attemptId: row.attempt_id,
  status: row.status,
  amount: money(integer(row.amount), row.currency),
  reason: row.reason,
  account: row.account === null ? null : BankAccount.parse(JSON.parse(row.account)),
  code: row.code,
})
