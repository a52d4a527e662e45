import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { ExpressionBuilder, Selectable } from 'kysely'
import type { CustomerId, ReviewId, ReviewQuery, ReviewRecord, ReviewSort, ReviewStatus } from '../contract.ts'
import { type ReviewTables, tables } from '../tables.ts'

type Row = Selectable<ReviewTables['reviews_review']>

/** A review as it is stored: with the version that grows with every change. */
export interface StoredReview extends ReviewRecord {
  readonly version: number
}

/** Stores a review; false when its order line has one. */
export async function addReview(tx: Tx, review: StoredReview): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('reviews_review')
    .values({
      id: review.id,
      product_id: review.productId,
      line_id: review.lineId,
      order_id: review.orderId,
      customer_id: review.customerId,
      status: review.status,
      version: review.version,
      stars: review.stars,
      title: review.title,
      text: review.text,
      locale: review.locale,
      author: review.author,
      rewarded: review.rewarded ? 1 : 0,
      helpful: 0,
      created_at: review.createdAt,
      edited_at: null,
      reply_text: null,
      reply_at: null,
    })
    .onConflict((conflict) => conflict.column('line_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const reviewFrom = (row: Row): StoredReview => ({
  id: row.id,
  productId: row.product_id,
  lineId: row.line_id,
  orderId: row.order_id,
  customerId: row.customer_id,
  status: row.status,
  version: row.version,
  stars: row.stars,
  title: row.title,
  text: row.text,
  locale: row.locale,
  author: row.author,
  rewarded: row.rewarded === 1,
  helpful: row.helpful,
  createdAt: row.created_at,
  editedAt: row.edited_at,
  reply: row.reply_text === null || row.reply_at === null ? null : { text: row.reply_text, at: row.reply_at },
})

/** The review with this id, if there is one. */
export async function reviewOf(db: Db, id: ReviewId): Promise<StoredReview | undefined> {
  const row = await tables(db).selectFrom('reviews_review').selectAll().where('id', '=', id).executeTakeFirst()
  return row && reviewFrom(row)
}

/** Which of these order lines have a review, and which it is. */
export async function reviewedLines(db: Db, lineIds: readonly string[]): Promise<{ lineId: string; id: ReviewId }[]> {
  if (lineIds.length === 0) return []
  return tables(db)
    .selectFrom('reviews_review')
    .select(['line_id as lineId', 'id'])
    .where('line_id', 'in', lineIds)
    .execute()
}

/** What is changed beside the status. */
export type ReviewChange = Partial<Pick<ReviewRecord, 'stars' | 'title' | 'text'>> & { readonly editedAt?: string }

/** Moves a review from the status and version it was read with, and changes it; false when someone was quicker. */
export async function moveReview(
  tx: Tx,
  { id, status: from, version }: Pick<StoredReview, 'id' | 'status' | 'version'>,
  status: ReviewStatus,
  { editedAt, ...change }: ReviewChange = {},
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('reviews_review')
    .set({ status, version: version + 1, ...change, ...(editedAt === undefined ? {} : { edited_at: editedAt }) })
    .where('id', '=', id)
    .where('status', '=', from)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes a customer and their name off their reviews. */
export async function forgetAuthor(tx: Tx, customerId: CustomerId): Promise<void> {
  await tables(tx)
    .updateTable('reviews_review')
    .set({ customer_id: null, author: '*' })
    .where('customer_id', '=', customerId)
    .execute()
}

/** Stores what the shop answers, or takes it away; false when there is no such review. */
export async function setReply(db: Db, id: ReviewId, reply: ReviewRecord['reply']): Promise<boolean> {
  const result = await tables(db)
    .updateTable('reviews_review')
    .set({ reply_text: reply?.text ?? null, reply_at: reply?.at ?? null })
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

const keys = {
  newest: null,
  helpful: { column: 'helpful', direction: 'desc' },
  highest: { column: 'stars', direction: 'desc' },
  lowest: { column: 'stars', direction: 'asc' },
} as const satisfies Record<ReviewSort, { column: 'helpful' | 'stars'; direction: 'asc' | 'desc' } | null>

const older = (eb: ExpressionBuilder<ReviewTables, 'reviews_review'>, at: string, id: ReviewId) =>
  eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(at, id))

/** Approved reviews of a product in one of the orders; of two alike the newer comes first. */
export async function list(
  db: Db,
  productId: string,
  { sort, stars }: ReviewQuery,
  { after, limit }: PageQuery,
): Promise<Page<StoredReview>> {
  const key = keys[sort]
  let query = tables(db)
    .selectFrom('reviews_review')
    .selectAll()
    .where('product_id', '=', productId)
    .where('status', '=', 'approved')
    .limit(limit + 1)
  if (stars !== undefined) query = query.where('stars', '=', stars)
  if (key) query = query.orderBy(key.column, key.direction)
  query = query.orderBy('created_at', 'desc').orderBy('id', 'desc')
  if (after && key) {
    const [value, at, id] = decodeCursor(after, 'nss') as [number, string, ReviewId]
    const beyond = key.direction === 'desc' ? '<' : '>'
    // The first condition follows from the second; by it the index is entered where the page begins.
    query = query
      .where(key.column, `${beyond}=`, value)
      .where((eb) => eb.or([eb(key.column, beyond, value), older(eb, at, id)]))
  } else if (after) {
    const [at, id] = decodeCursor(after, 'ss') as [string, ReviewId]
    query = query.where((eb) => older(eb, at, id))
  }
  const rows = (await query.execute()).map(reviewFrom)
  return pageOf(rows, limit, (row) => [...(key ? [row[key.column]] : []), row.createdAt, row.id])
}

/** Reviews with a status, the oldest first, so that none waits forever. */
export async function byStatus(db: Db, status: ReviewStatus, { after, limit }: PageQuery): Promise<Page<StoredReview>> {
  let query = tables(db)
    .selectFrom('reviews_review')
    .selectAll()
    .where('status', '=', status)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit + 1)
  if (after) {
    const [at, id] = decodeCursor(after, 'ss') as [string, ReviewId]
    query = query.where((eb) => eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(at, id)))
  }
  return pageOf((await query.execute()).map(reviewFrom), limit, ({ createdAt, id }) => [createdAt, id])
}

/** What a customer has written, newest first, whatever became of it. */
export async function byCustomer(
  db: Db,
  customerId: CustomerId,
  { after, limit }: PageQuery,
): Promise<Page<StoredReview>> {
  let query = tables(db)
    .selectFrom('reviews_review')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) {
    const [at, id] = decodeCursor(after, 'ss') as [string, ReviewId]
    query = query.where((eb) => older(eb, at, id))
  }
  return pageOf((await query.execute()).map(reviewFrom), limit, ({ createdAt, id }) => [createdAt, id])
}
