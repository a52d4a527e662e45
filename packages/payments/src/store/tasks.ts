import { type Instant, integer, type Money, money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import type { AttemptId, Task, TaskId, TaskKind } from '../contract.ts'
import { type PaymentTables, tables } from '../tables.ts'

/** Kinds of tasks that hold money in suspense: they are resolved by giving it back. */
export const suspenseKinds = ['wrong_amount', 'paid_twice', 'surplus'] as const satisfies TaskKind[]

/** Kinds of tasks that are resolved by what is done with their money, never by a word alone. */
export const moneyKinds = [...suspenseKinds, 'unmatched_deposit', 'pay_out'] as const satisfies TaskKind[]

/** Stores a task, once for each kind and subject; one that is there already stays as it is. */
export async function addTask(tx: Tx, task: Omit<Task, 'resolvedAt' | 'resolution'>): Promise<void> {
  const { id, kind, subject, orderId, attemptId, amount, since } = task
  await tables(tx)
    .insertInto('payments_task')
    .values({
      id,
      kind,
      subject,
      order_id: orderId,
      attempt_id: attemptId,
      amount: amount?.minor ?? null,
      currency: amount?.currency ?? null,
      since,
      resolved_at: null,
      resolution: null,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'subject']).doNothing())
    .execute()
}

/** The task with this id, if there is one. */
export async function taskOf(db: Db, id: TaskId): Promise<Task | undefined> {
  const row = await tables(db).selectFrom('payments_task').selectAll().where('id', '=', id).executeTakeFirst()
  return row && taskFrom(row)
}

/** Tasks that are open, or that are resolved, newest first. */
export async function listTasks(db: Db, resolved: boolean, limit: number, before: string | null): Promise<Task[]> {
  let query = tables(db)
    .selectFrom('payments_task')
    .selectAll()
    .where('resolved_at', resolved ? 'is not' : 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
  if (before !== null) query = query.where('id', '<', before as TaskId)
  return (await query.execute()).map(taskFrom)
}

const resolving = (tx: Tx, at: Instant, resolution: string) =>
  tables(tx).updateTable('payments_task').set({ resolved_at: at, resolution }).where('resolved_at', 'is', null)

/** Resolves a task; false when it was resolved already. */
export async function resolveTask(tx: Tx, id: TaskId, at: Instant, resolution: string): Promise<boolean> {
  const result = await resolving(tx, at, resolution).where('id', '=', id).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Resolves the task of this kind about this subject, if there is one. */
export async function resolveSubject(
  tx: Tx,
  kind: TaskKind,
  subject: string,
  at: Instant,
  resolution: string,
): Promise<void> {
  await resolving(tx, at, resolution).where('kind', '=', kind).where('subject', '=', subject).execute()
}

/** Resolves the tasks that hold money of an attempt in suspense: all of them, or those over an amount. */
export async function resolveSuspense(
  tx: Tx,
  attemptId: AttemptId,
  at: Instant,
  resolution: string,
  amount?: Money,
): Promise<void> {
  let query = resolving(tx, at, resolution).where('attempt_id', '=', attemptId).where('kind', 'in', suspenseKinds)
  if (amount) query = query.where('amount', '=', amount.minor)
  await query.execute()
}

const taskFrom = (row: Selectable<PaymentTables['payments_task']>): Task => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  orderId: row.order_id,
  attemptId: row.attempt_id,
  amount: row.amount === null || row.currency === null ? null : money(integer(row.amount), row.currency),
  since: row.since,
  resolvedAt: row.resolved_at,
  resolution: row.resolution,
})
