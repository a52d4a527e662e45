import type { Db, Tx } from '@sangdo/core/server'
import type { Decision, ReviewId } from '../contract.ts'
import { tables } from '../tables.ts'

/** Writes a line of the log, under the version that the review has after it. */
export async function addDecision(tx: Tx, decision: Decision, version: number): Promise<void> {
  const { reviewId, from, to, ...rest } = decision
  await tables(tx)
    .insertInto('reviews_decision')
    .values({ ...rest, review_id: reviewId, from_status: from, to_status: to, version })
    .execute()
}

/** The logs of these reviews, oldest line first. */
export async function decisionsOf(db: Db, ids: readonly ReviewId[]): Promise<Decision[]> {
  if (ids.length === 0) return []
  return tables(db)
    .selectFrom('reviews_decision')
    .select(['id', 'review_id as reviewId', 'from_status as from', 'to_status as to', 'actor', 'reason', 'note', 'at'])
    .where('review_id', 'in', ids)
    .orderBy('review_id')
    .orderBy('version')
    .execute()
}
