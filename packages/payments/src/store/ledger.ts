import { type Instant, integer, type NewId } from '@sangdo/core'
import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { AttemptId, AttemptStatus } from '../contract.ts'
import type { EntryLine } from '../rules.ts'
import { tables } from '../tables.ts'

/** A journal of the ledger: one thing that has happened to money, written once. */
export interface Journal {
  readonly journal: string
  /** Empty, as `attemptId`, where the money is of no order. */
  readonly orderId: string
  readonly attemptId: AttemptId | ''
  readonly at: Instant
}

/** Writes a journal. The ledger is only ever added to. */
export async function addEntries(
  tx: Tx,
  { journal, orderId, attemptId, at }: Journal,
  lines: readonly EntryLine[],
  newId: NewId,
): Promise<void> {
  const rows = lines.map(({ account, debit, credit }) => ({
    id: newId('ent'),
    journal,
    account,
    debit: debit.minor,
    credit: credit.minor,
    currency: debit.currency,
    order_id: orderId,
    attempt_id: attemptId,
    at,
  }))
  await sendAlong(tx, tables(tx).insertInto('payments_entry').values(rows))
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
  const row = { id, attempt_id: attemptId, previous, status, applied: applied ? 1 : 0, at }
  await sendAlong(tx, tables(tx).insertInto('payments_report').values(row))
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
