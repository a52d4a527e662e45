import { type Instant, integer, money, type Money } from '@sangdo/core'
import { type Db, dialectOf, type Tx } from '@sangdo/core/server'
import { type AttemptId, type CaptureId, Failure, type RefundId } from '../contract.ts'
import { type PaymentTables, tables } from '../tables.ts'

/** What is followed until its end is known. */
type Followed = 'payments_attempt' | 'payments_capture' | 'payments_refund'
/** What is asked of a provider once, about an attempt, and has one outcome. */
type Asked = 'payments_capture' | 'payments_refund'

/**
 * Takes what is to be carried out or asked about, longest overdue first, until an instant: nobody else is given it before, and anybody
 * after, should whoever took it have died. Two who ask at once are given different ones; on PostgreSQL neither waits.
 */
export async function claimDue<Table extends Followed>(
  db: Db,
  table: Table,
  { at, until, limit }: Claim,
): Promise<PaymentTables[Table]['id'][]> {
  const due = tables(db)
    .selectFrom<Followed>(table)
    .select('id')
    .where('check_at', '<=', at)
    .orderBy('check_at')
    .orderBy('id')
    .limit(limit)
  // A look first, since most of the time nothing is due and a look locks nothing.
  if ((await due.limit(1).execute()).length === 0) return []
  const claimed = await tables(db)
    .with('due', () => (dialectOf(db) === 'postgres' ? due.forUpdate().skipLocked() : due))
    .updateTable(table as 'payments_attempt')
    .set({ check_at: until })
    .where('id', 'in', (eb) => eb.selectFrom('due').select('id' as never))
    .where('check_at', '<=', at)
    .returning('id')
    .execute()
  return claimed.map((row) => row.id)
}

/** What is claimed: so many that are due at an instant, until another. */
export interface Claim {
  readonly at: Instant
  readonly until: Instant
  readonly limit: number
}

const waiting = ['requested', 'unknown', 'pending'] as const

/** Those of one table that still wait for their outcome: both tables have these columns. */
const unanswered = (db: Db, table: Asked, id: CaptureId | RefundId) =>
  tables(db)
    .updateTable(table as 'payments_refund')
    .where('id', '=', id as RefundId)
    .where('status', 'in', waiting)

/** Notes that there is no outcome yet, and when to ask again; what has one keeps it. */
export async function keepAsking(
  db: Db,
  table: Asked,
  id: CaptureId | RefundId,
  status: (typeof waiting)[number],
  checkAt: Instant,
): Promise<void> {
  await unanswered(db, table, id)
    .set((eb) => ({ status, checks: eb('checks', '+', 1), check_at: checkAt }))
    .execute()
}

/** Notes the outcome, and forgets what was needed for it; false when there is one already. */
export async function endAsking(
  tx: Tx,
  table: Asked,
  id: CaptureId | RefundId,
  { status, failure }: { status: 'succeeded' | 'failed'; failure: Failure | null },
  forgotten: { account?: null } = {},
): Promise<boolean> {
  const result = await unanswered(tx, table, id)
    .set({ status, failure: failure && JSON.stringify(failure), check_at: null, ...forgotten })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What captures and refunds have in common. */
interface Request<Id, Status> {
  readonly id: Id
  readonly attemptId: AttemptId
  readonly status: Status
  readonly amount: Money
  readonly createdAt: Instant
}

/** The columns of a request that is about to be made, to be looked at by the sweep at `checkAt`. */
export const newRequest = <Id, Status>(
  { id, attemptId, status, amount, createdAt }: Request<Id, Status>,
  checkAt: Instant | null,
) => ({
  id,
  attempt_id: attemptId,
  status,
  amount: amount.minor,
  currency: amount.currency,
  failure: null,
  checks: 0,
  check_at: checkAt,
  created_at: createdAt,
})

type RequestRow<Id, Status> = Omit<ReturnType<typeof newRequest<Id, Status>>, 'failure'> & {
  readonly failure: string | null
}

/** A request as it is read back. */
export const requestFrom = <Id, Status>(row: RequestRow<Id, Status>) => ({
  id: row.id,
  attemptId: row.attempt_id,
  status: row.status,
  amount: money(integer(row.amount), row.currency),
  failure: failureFrom(row.failure),
  checks: row.checks,
  createdAt: row.created_at,
})

/** Why something failed, as it is stored. */
export const failureFrom = (text: string | null): Failure | null =>
  text === null ? null : Failure.parse(JSON.parse(text))
