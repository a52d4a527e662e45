import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import { type Db, dialectOf, sendAlong, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { HotSku, LocationId, Sku, StockLevel } from '../contract/index.ts'
import type { Bucket } from '../rules/index.ts'
import { tables } from '../tables.ts'

/** Where a sku lies at a location. */
export interface Place {
  readonly sku: Sku
  readonly locationId: LocationId
}

/** Whether free pieces may lie in buckets here: SQLite has one writer, whom several rows would only keep longer. */
export const hasBuckets = (db: Db): boolean => dialectOf(db) === 'postgres'

/** Marks a sku as hot. What was heard of it is how many pieces are known to be available. */
export async function addHot(tx: Tx, { sku, buckets }: HotSku, heard: number): Promise<void> {
  await tables(tx)
    .insertInto('inventory_hot')
    .values({ sku, buckets, heard })
    .onConflict((conflict) => conflict.column('sku').doUpdateSet({ buckets }))
    .execute()
}

/** Marks a sku as hot no longer. */
export async function removeHot(tx: Tx, sku: Sku): Promise<void> {
  await tables(tx).deleteFrom('inventory_hot').where('sku', '=', sku).execute()
}

/** The skus that are marked as hot. */
export async function hotSkus(db: Db, { after, limit }: PageQuery): Promise<Page<HotSku>> {
  let query = tables(db)
    .selectFrom('inventory_hot')
    .select(['sku', 'buckets'])
    .orderBy('sku')
    .limit(limit + 1)
  if (after) query = query.where('sku', '>', String(decodeCursor(after, 's')[0]))
  return pageOf(await query.execute(), limit, ({ sku }) => [sku])
}

/** Over how many buckets the free pieces of a sku are spread: none when it is not hot, or where there are no buckets. */
export async function bucketsOf(db: Db, sku: Sku): Promise<number> {
  if (!hasBuckets(db)) return 0
  const row = await tables(db).selectFrom('inventory_hot').select('buckets').where('sku', '=', sku).executeTakeFirst()
  return row?.buckets ?? 0
}

/** Nobody else tells anything of a hot sku before the transaction ends. Answers what was last heard; null when it is hot no longer. */
export async function lockHeard(tx: Tx, sku: Sku): Promise<number | null> {
  const query = tables(tx).updateTable('inventory_hot').where('sku', '=', sku)
  const row = await query
    .set((eb) => ({ heard: eb.ref('heard') }))
    .returning('heard')
    .executeTakeFirst()
  return row?.heard ?? null
}

/** Writes down how many available pieces of a hot sku were last heard of. */
export async function setHeard(tx: Tx, sku: Sku, heard: number): Promise<void> {
  await sendAlong(tx, tables(tx).updateTable('inventory_hot').set({ heard }).where('sku', '=', sku))
}

/** Nobody else changes the row of a shelf before the transaction ends. Answers how it is, with what is in buckets as reserved. */
export async function lockShelf(tx: Tx, { sku, locationId }: Place): Promise<StockLevel | undefined> {
  return tables(tx)
    .selectFrom('inventory_stock')
    .select(['sku', 'location_id as locationId', 'on_hand as onHand', 'reserved', 'safety'])
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .forUpdate()
    .executeTakeFirst()
}

/** Where a sku lies. */
export async function placesOf(db: Db, sku: Sku): Promise<Place[]> {
  return tables(db)
    .selectFrom('inventory_stock')
    .select(['sku', 'location_id as locationId'])
    .where('sku', '=', sku)
    .orderBy('location_id')
    .execute()
}

/**
 * Takes pieces out of one bucket that has them and that nobody else holds just now, the first from a turn of the wheel on. Says
 * whether there was one.
 */
export async function takeFromBucket(
  tx: Tx,
  { sku, locationId }: Place,
  quantity: number,
  turn: number,
): Promise<boolean> {
  const { rows } = await sql`
    update inventory_bucket set free = free - ${quantity}
    where sku = ${sku} and location_id = ${locationId} and bucket = (
      select bucket from inventory_bucket
      where sku = ${sku} and location_id = ${locationId} and free >= ${quantity}
      order by (bucket + ${turn}::integer) % (select buckets from inventory_hot where sku = ${sku}) limit 1
      for update skip locked)
    returning bucket`.execute(tx)
  return rows.length === 1
}

/** Puts pieces into one bucket: one that nobody else holds just now, or else it waits for one. Says whether there are buckets. */
export async function putInBucket(tx: Tx, place: Place, quantity: number, turn: number): Promise<boolean> {
  return (await takeFromBucket(tx, place, -quantity, turn)) || takeAt(tx, place, -quantity, turn)
}

/**
 * Takes pieces out of the bucket at a turn of the wheel, and waits for it. When it has too few, it is let go again: PostgreSQL
 * would keep the lock, and whoever holds one bucket while asking for all of them locks others out.
 */
export async function waitForBucket(tx: Tx, place: Place, quantity: number, turn: number): Promise<boolean> {
  await sql`savepoint inventory_bucket`.execute(tx)
  const taken = await takeAt(tx, place, quantity, turn)
  if (!taken) await sql`rollback to savepoint inventory_bucket`.execute(tx)
  await sql`release savepoint inventory_bucket`.execute(tx)
  return taken
}

async function takeAt(tx: Tx, { sku, locationId }: Place, quantity: number, turn: number): Promise<boolean> {
  const { rows } = await sql`
    update inventory_bucket set free = free - ${quantity}
    where sku = ${sku} and location_id = ${locationId} and free >= ${quantity}
      and bucket = ${turn}::integer % (select buckets from inventory_hot where sku = ${sku})
    returning bucket`.execute(tx)
  return rows.length === 1
}

/** The buckets of a shelf; nobody else changes them before the transaction ends. */
export async function lockBuckets(tx: Tx, { sku, locationId }: Place): Promise<Bucket[]> {
  return tables(tx)
    .selectFrom('inventory_bucket')
    .select(['bucket', 'free'])
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .orderBy('bucket')
    .forUpdate()
    .execute()
}

/** Takes pieces out of a bucket that is locked. */
export async function drain(tx: Tx, { sku, locationId }: Place, { bucket, free }: Bucket): Promise<void> {
  await tables(tx)
    .updateTable('inventory_bucket')
    .set((eb) => ({ free: eb('free', '-', free) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where('bucket', '=', bucket)
    .executeTakeFirstOrThrow()
}

/** Removes the buckets of a shelf, which are locked, and answers how many free pieces were in them; the row still counts those as reserved. */
export async function removeBuckets(tx: Tx, { sku, locationId }: Place): Promise<number> {
  const rows = await tables(tx)
    .deleteFrom('inventory_bucket')
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .returning('free')
    .execute()
  return rows.reduce((pieces, { free }) => pieces + free, 0)
}

/** Makes buckets with so many free pieces each, which the row counts as reserved already. */
export async function addBuckets(tx: Tx, { sku, locationId }: Place, pieces: readonly number[]): Promise<void> {
  const rows = pieces.map((free, bucket) => ({ sku, location_id: locationId, bucket, free }))
  if (rows.length > 0) await tables(tx).insertInto('inventory_bucket').values(rows).execute()
}

/** Moves so many pieces between what the row counts as reserved and what it has free: negative ones become free. */
export async function changeReserved(tx: Tx, { sku, locationId }: Place, quantity: number): Promise<void> {
  await tables(tx)
    .updateTable('inventory_stock')
    .set((eb) => ({ reserved: eb('reserved', '+', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirstOrThrow()
}

/** Hot shelves whose free pieces are not all in buckets, or whose buckets have more than may be sold. */
export async function unsettled(db: Db, skus: readonly Sku[]): Promise<Place[]> {
  if (skus.length === 0 || !hasBuckets(db)) return []
  const { rows } = await sql<Place>`
    select stock.sku, stock.location_id as "locationId"
    from inventory_stock as stock join inventory_hot as hot on hot.sku = stock.sku
    left join inventory_bucket as bucket on bucket.sku = stock.sku and bucket.location_id = stock.location_id
    where stock.sku in (${sql.join(skus)})
    group by stock.sku, stock.location_id
    having count(bucket.bucket) = 0 or stock.on_hand - stock.reserved - stock.safety > 0
      or (stock.on_hand - stock.reserved - stock.safety < 0 and sum(bucket.free) > 0)
    order by stock.sku, stock.location_id`.execute(db)
  return rows
}

/** Shelves whose fullest bucket has many more pieces than the emptiest: more than the quarter of an even share, and one. */
export async function lopsided(db: Db): Promise<Place[]> {
  if (!hasBuckets(db)) return []
  const { rows } = await sql<Place>`
    select sku, location_id as "locationId" from inventory_bucket group by sku, location_id
    having max(free) - min(free) > 1 + sum(free) / count(*) / 4 order by sku, location_id`.execute(db)
  return rows
}
