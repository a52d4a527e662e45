import type { Instant } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
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

/** The webhooks that are to be acted upon, oldest first. */
export async function dueWebhooks(db: Db, at: Instant, limit: number): Promise<StoredWebhook[]> {
  return tables(db)
    .selectFrom('payments_inbox')
    .select(['id', 'provider', 'reference', 'received_at as receivedAt', 'checks'])
    .where('check_at', '<=', at)
    .orderBy('check_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Marks a webhook as done, in the transaction of its effect. */
export async function finishWebhook(tx: Tx, id: string): Promise<void> {
  await tables(tx).updateTable('payments_inbox').set({ status: 'done', check_at: null }).where('id', '=', id).execute()
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
