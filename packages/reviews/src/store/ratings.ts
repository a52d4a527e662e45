import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import type { Drift, Histogram, ReviewId } from '../contract.ts'
import { type ReviewTables, tables } from '../tables.ts'

type Row = Omit<Selectable<ReviewTables['reviews_rating']>, 'product_id'>

const columns = ['stars_1', 'stars_2', 'stars_3', 'stars_4', 'stars_5'] as const
const columnOf = (stars: number) => columns[stars - 1] ?? 'stars_1'
const none: Row = { stars_1: 0, stars_2: 0, stars_3: 0, stars_4: 0, stars_5: 0 }
const histogramFrom = (row: Row): Histogram => [row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5]

/** Counts a review in. */
export async function countIn(tx: Tx, productId: string, stars: number): Promise<void> {
  const column = columnOf(stars)
  await tables(tx)
    .insertInto('reviews_rating')
    .values({ product_id: productId, ...none, [column]: 1 })
    .onConflict((conflict) =>
      conflict.column('product_id').doUpdateSet((eb) => ({ [column]: eb(`reviews_rating.${column}`, '+', 1) })),
    )
    .execute()
}

/** Counts a review out; false when none of so many stars was counted. */
export async function countOut(tx: Tx, productId: string, stars: number): Promise<boolean> {
  const column = columnOf(stars)
  const result = await tables(tx)
    .updateTable('reviews_rating')
    .set((eb) => ({ [column]: eb(column, '-', 1) }))
    .where('product_id', '=', productId)
    .where(column, '>', 0)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The stars of these products, as they are kept. */
export async function histogramsOf(db: Db, productIds: readonly string[]): Promise<Map<string, Histogram>> {
  if (productIds.length === 0) return new Map()
  const rows = await tables(db).selectFrom('reviews_rating').selectAll().where('product_id', 'in', productIds).execute()
  return new Map(rows.map(({ product_id, ...row }) => [product_id, histogramFrom(row)]))
}

/** Makes others wait who count reviews of a product, and answers what its approved reviews say. */
export async function recount(tx: Tx, productId: string): Promise<Histogram> {
  await tables(tx)
    .insertInto('reviews_rating')
    .values({ product_id: productId, ...none })
    .onConflict((conflict) => conflict.column('product_id').doUpdateSet({ product_id: productId }))
    .execute()
  return (await counted(tx, productId)).get(productId) ?? histogramFrom(none)
}

/** Sets the counters of a product. */
export async function setHistogram(tx: Tx, productId: string, histogram: Histogram): Promise<void> {
  const [stars_1, stars_2, stars_3, stars_4, stars_5] = histogram
  await tables(tx)
    .updateTable('reviews_rating')
    .set({ stars_1, stars_2, stars_3, stars_4, stars_5 })
    .where('product_id', '=', productId)
    .execute()
}

async function counted(db: Db, productId?: string): Promise<Map<string, Histogram>> {
  let query = tables(db)
    .selectFrom('reviews_review')
    .select((eb) => ['product_id', 'stars', eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'approved')
    .groupBy(['product_id', 'stars'])
  if (productId !== undefined) query = query.where('product_id', '=', productId)
  const products = new Map<string, Row>()
  for (const { product_id, stars, count } of await query.execute())
    products.set(product_id, { ...(products.get(product_id) ?? none), [columnOf(stars)]: Number(count) })
  return new Map([...products].map(([id, row]) => [id, histogramFrom(row)]))
}

/** Counters of stars and of votes that differ from what they count. */
export async function drift(db: Db): Promise<Drift[]> {
  const [rows, actual] = [await tables(db).selectFrom('reviews_rating').selectAll().execute(), await counted(db)]
  const kept = new Map(rows.map(({ product_id, ...row }) => [product_id, histogramFrom(row)]))
  const products = [...new Set([...kept.keys(), ...actual.keys()])].toSorted()
  const ratings = products.map((subject) => ({
    subject,
    kept: kept.get(subject) ?? histogramFrom(none),
    counted: actual.get(subject) ?? histogramFrom(none),
  }))
  return [...ratings, ...(await votes(db))].filter((one) => one.kept.some((count, at) => count !== one.counted[at]))
}

async function votes(db: Db): Promise<Drift[]> {
  const rows = await tables(db)
    .selectFrom('reviews_review as review')
    .leftJoin('reviews_vote as vote', 'vote.review_id', 'review.id')
    .select((eb) => ['review.id', 'review.helpful', eb.fn.count<number>('vote.voter').as('count')])
    .groupBy(['review.id', 'review.helpful'])
    .execute()
  return rows.map(({ id, helpful, count }) => ({ subject: id, kept: [helpful], counted: [Number(count)] }))
}

/** Stores a vote; false when this voter has voted before. */
export async function addVote(tx: Tx, id: ReviewId, voter: string, at: string): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('reviews_vote')
    .values({ review_id: id, voter, at })
    .onConflict((conflict) => conflict.columns(['review_id', 'voter']).doNothing())
    .returning('voter')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes a vote back; false when this voter has none. */
export async function removeVote(tx: Tx, id: ReviewId, voter: string): Promise<boolean> {
  const result = await tables(tx)
    .deleteFrom('reviews_vote')
    .where('review_id', '=', id)
    .where('voter', '=', voter)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Counts a vote in or out of an approved review, and answers how many it has; undefined when it is not approved. */
export async function countVote(tx: Tx, id: ReviewId, change: 0 | 1 | -1): Promise<number | undefined> {
  const row = await tables(tx)
    .updateTable('reviews_review')
    .set((eb) => ({ helpful: eb('helpful', '+', change) }))
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .returning('helpful')
    .executeTakeFirst()
  return row?.helpful
}
