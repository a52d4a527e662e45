import type { Db, Tx } from '@sangdo/core/server'
import type { BatchId, PromotionId, StoredBatch, UsedCoupon } from '../contract/index.ts'
import { tables } from '../tables.ts'
import { couponFrom } from './coupons.ts'

/** Stores a batch that has no codes yet. */
export async function addBatch(db: Db, batch: StoredBatch): Promise<void> {
  const { id, promotionId, prefix, count, made, limitPerBuyer, createdAt } = batch
  await tables(db)
    .insertInto('pricing_batch')
    .values({
      id,
      promotion_id: promotionId,
      prefix,
      wanted: count,
      made,
      buyer_limit: limitPerBuyer,
      created_at: createdAt,
    })
    .execute()
}

const batchRows = (db: Db) =>
  tables(db)
    .selectFrom('pricing_batch')
    .select(['id', 'promotion_id as promotionId', 'prefix', 'wanted as count', 'made'])
    .select(['buyer_limit as limitPerBuyer', 'created_at as createdAt'])

/** The batch with this id, if there is one. */
export async function batchOf(db: Db, id: BatchId): Promise<StoredBatch | undefined> {
  return batchRows(db).where('id', '=', id).executeTakeFirst()
}

/** Some batches whose codes have not all been made, oldest first. */
export async function unfinishedBatches(db: Db, limit: number): Promise<StoredBatch[]> {
  return batchRows(db).whereRef('made', '<', 'wanted').orderBy('id').limit(limit).execute()
}

/** The batches of a promotion, newest first. */
export async function batchesOf(db: Db, promotionId: PromotionId): Promise<StoredBatch[]> {
  return batchRows(db).where('promotion_id', '=', promotionId).orderBy('id', 'desc').execute()
}

/** Counts codes as made if that is not more than are wanted; says whether it did. Until the end nobody else can. */
export async function countMade(tx: Tx, id: BatchId, codes: number): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('pricing_batch')
    .set((eb) => ({ made: eb('made', '+', codes) }))
    .where('id', '=', id)
    .where((eb) => eb(eb('made', '+', codes), '<=', eb.ref('wanted')))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Stores codes of a batch, each good for one use; answers how many of them were new. */
export async function addCodes(tx: Tx, batch: StoredBatch, codes: readonly string[]): Promise<number> {
  const common = { promotion_id: batch.promotionId, batch_id: batch.id, use_limit: 1, uses: 0 }
  const limit = batch.limitPerBuyer === null ? {} : { buyer_limit: batch.limitPerBuyer }
  const result = await tables(tx)
    .insertInto('pricing_coupon')
    .values(codes.map((code) => ({ code, ...common, ...limit })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows)
}

/** Some codes of a batch, in order, after the given one. */
export async function codesAfter(db: Db, id: BatchId, after: string, limit: number): Promise<UsedCoupon[]> {
  const rows = await tables(db)
    .selectFrom('pricing_coupon')
    .select(['code', 'promotion_id', 'use_limit', 'buyer_limit', 'uses'])
    .where('batch_id', '=', id)
    .where('code', '>', after)
    .orderBy('code')
    .limit(limit)
    .execute()
  return rows.map(couponFrom)
}
