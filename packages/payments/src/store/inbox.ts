import type { Instant } from '@sangdo/core'
import { type Db, dialectOf, sendAlong, type Tx } from '@sangdo/core/server'
import { tables } from '../tables.ts'

/** A webhook that was received and may still have to be acted upon. */
export interface StoredWebhook {
  readonly id: string
  readonly provider: string
  readonly reference: string
  readonly receivedAt: Instant
  readonly checks: number
}

/** Stores a webhook, once for each event of a provider. */
export async function addWebhook(db: Db, webhook: Omit<StoredWebhook, 'checks'>, eventId: string): Promise<void> {
  const { id, provider, reference, receivedAt } = webhook
  await tables(db)
    .insertInto('payments_inbox')
    .values({
      id,
      provider,
      event_id: eventId,
      reference,
      status: 'received',
      received_at: receivedAt,
      checks: 0,
      check_at: receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'event_id']).doNothing())
    .execute()
}

/** Whether there is a webhook to be acted upon. */
export async function isWebhookDue(db: Db, at: Instant): Promise<boolean> {
  const due = await tables(db).selectFrom('payments_inbox').select('id').where('check_at', '<=', at).limit(1).execute()
  return due.length > 0
}

/**
 * Takes the oldest webhooks that are to be acted upon, until an instant: nobody else is given them before it, and everybody after
 * it, should whoever took them have died. Two who ask at once are given different ones; on PostgreSQL neither waits.
 */
export async function claimWebhooks(db: Db, at: Instant, until: Instant, limit: number): Promise<StoredWebhook[]> {
  const claimed = await tables(db)
    .with('due', (from) => {
      const due = from.selectFrom('payments_inbox').select('id').where('check_at', '<=', at)
      const oldest = due.orderBy('check_at').orderBy('id').limit(limit)
      return dialectOf(db) === 'postgres' ? oldest.forUpdate().skipLocked() : oldest
    })
    .updateTable('payments_inbox')
    .set({ check_at: until })
    .where('id', 'in', (eb) => eb.selectFrom('due').select('id'))
    .where('check_at', '<=', at)
    .returning(['id', 'provider', 'reference', 'received_at as receivedAt', 'checks'])
    .execute()
  return claimed.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

/** Gives webhooks back before their time, to be tried again: only by whoever still has them. */
export async function returnWebhooks(db: Db, ids: readonly string[], until: Instant, checkAt: Instant): Promise<void> {
  await tables(db)
    .updateTable('payments_inbox')
    .set((eb) => ({ checks: eb('checks', '+', 1), check_at: checkAt }))
    .where('id', 'in', ids)
    .where('check_at', '=', until)
    .execute()
}

/** Marks webhooks as done, in the transaction of their effect. */
export async function finishWebhooks(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sendAlong(
    tx,
    tables(tx).updateTable('payments_inbox').set({ status: 'done', check_at: null }).where('id', 'in', ids),
  )
}

/** Keeps a webhook for later, or, with null, for someone to look at. */
export async function keepWebhook(
  db: Db,
  id: string,
  status: 'received' | 'unmatched',
  checkAt: Instant | null,
): Promise<void> {
  await tables(db)
    .updateTable('payments_inbox')
    .set((eb) => ({ status, checks: eb('checks', '+', 1), check_at: checkAt }))
    .where('id', '=', id)
    .where('status', '!=', 'done')
    .execute()
}
