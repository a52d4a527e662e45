import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Location, LocationId, Sku, StockLevel } from '../contract/index.ts'
import { tables } from '../tables.ts'
import { hasBuckets } from './buckets.ts'

/** Stores a location; one with the same id is left as it is. */
export async function addLocation(db: Db, location: Location): Promise<void> {
  await tables(db)
    .insertInto('inventory_location')
    .values(locationRow(location))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Stores the location where goods lie when nobody says where, unless it is there. */
export const addMainLocation = (db: Db, id: LocationId): Promise<void> =>
  addLocation(db, { id, name: 'Main', priority: 0, position: null })

/** Stores what a location is now; false when there is none with its id. */
export async function changeLocation(db: Db, location: Location): Promise<boolean> {
  const { id, ...row } = locationRow(location)
  const result = await tables(db).updateTable('inventory_location').set(row).where('id', '=', id).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** All locations in the order in which goods are taken from them. */
export async function allLocations(db: Db): Promise<Location[]> {
  const rows = await tables(db).selectFrom('inventory_location').selectAll().orderBy('priority').orderBy('id').execute()
  return rows.map(({ latitude_micro: latitude, longitude_micro: longitude, ...row }) => ({
    ...row,
    position: latitude === null || longitude === null ? null : { latitude: latitude / 1e6, longitude: longitude / 1e6 },
  }))
}

const locationRow = ({ position, ...location }: Location) => ({
  ...location,
  latitude_micro: position && Math.round(position.latitude * 1e6),
  longitude_micro: position && Math.round(position.longitude * 1e6),
})

/** What the row of a shelf counts as reserved and is free in buckets. */
const inBuckets = sql`coalesce((select sum(free) from inventory_bucket as bucket
  where bucket.sku = inventory_stock.sku and bucket.location_id = inventory_stock.location_id), 0)`

/** What has expired by an instant and still lies on a shelf. */
const expiredBy = (at: string) => sql`coalesce((select sum(shelf.quantity) from inventory_lot_stock as shelf
  join inventory_lot as lot on lot.sku = shelf.sku and lot.lot = shelf.lot
  where shelf.sku = inventory_stock.sku and shelf.location_id = inventory_stock.location_id
    and shelf.state = 'sellable' and lot.expires_at <= ${at}), 0)`

/**
 * The stock of the given skus, one row per location, in the order in which goods are taken; with `at`, without what has expired by
 * then and was not taken off the shelf yet.
 */
export async function levelsOf(db: Db, skus: readonly Sku[], at?: string): Promise<StockLevel[]> {
  return skus.length === 0 ? [] : levels(db, skus, at).execute()
}

const levels = (db: Db, skus: readonly Sku[], at?: string) =>
  tables(db)
    .selectFrom('inventory_stock')
    .innerJoin('inventory_location', 'inventory_location.id', 'inventory_stock.location_id')
    .select(['inventory_stock.sku', 'location_id as locationId', 'safety'])
    .select((at === undefined ? sql<number>`on_hand` : sql<number>`on_hand - ${expiredBy(at)}`).as('onHand'))
    .select(sql<number>`reserved - ${inBuckets}`.as('reserved'))
    .where('inventory_stock.sku', 'in', skus)
    .orderBy('inventory_stock.sku')
    .orderBy('priority')
    .orderBy('location_id')

/** A level, and what else there is to its sku, as 0 or 1. */
export interface SurveyedLevel extends StockLevel {
  /** Whether pieces may be promised beyond the stock, or some are in lots, which may expire. */
  readonly special: number
  /** Whether its free pieces are in buckets. */
  readonly hot: number
}

/** As `levelsOf`, with what else is to be known before pieces are taken: in one statement, as every buyer asks it. */
export async function surveyOf(db: Db, skus: readonly Sku[]): Promise<SurveyedLevel[]> {
  if (skus.length === 0) return []
  return levels(db, skus)
    .select([
      sql<number>`case when exists (select 1 from inventory_allowance as allowance where allowance.sku = inventory_stock.sku)
        or exists (select 1 from inventory_lot_stock as shelf where shelf.sku = inventory_stock.sku) then 1 else 0 end`.as(
        'special',
      ),
      sql<number>`case when exists (select 1 from inventory_bucket as bucket where bucket.sku = inventory_stock.sku
        and bucket.location_id = inventory_stock.location_id) then 1 else 0 end`.as('hot'),
    ])
    .execute()
}

/** A level, and what is to be known of its sku before something is said of it: its own threshold, and what was last heard while it is hot. */
export interface ToldLevel extends StockLevel {
  readonly lowAt: number | null
  readonly heard: number | null
}

/** As `levelsOf` at an instant, with what is to be known to say something of it; where there are no buckets nothing was heard. */
export async function toldLevelsOf(db: Db, skus: readonly Sku[], at: string): Promise<ToldLevel[]> {
  if (skus.length === 0) return []
  return levels(db, skus, at)
    .leftJoin('inventory_reorder as point', 'point.sku', 'inventory_stock.sku')
    .leftJoin('inventory_hot as hot', 'hot.sku', 'inventory_stock.sku')
    .select('point.low_at as lowAt')
    .select((hasBuckets(db) ? sql<number | null>`hot.heard` : sql<number | null>`null`).as('heard'))
    .execute()
}

/** Adds pieces to locations, which need not have held the skus before: one line for each sku and location, in the order of the skus. */
export async function addOnHand(
  tx: Tx,
  lines: readonly { sku: Sku; locationId: LocationId; quantity: number }[],
): Promise<void> {
  const rows = lines.map(({ sku, locationId, quantity }) => rowOf(sku, locationId, quantity))
  await tables(tx)
    .insertInto('inventory_stock')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['sku', 'location_id'])
        .doUpdateSet((eb) => ({ on_hand: eb('inventory_stock.on_hand', '+', eb.ref('excluded.on_hand')) })),
    )
    .execute()
}

/** Sets the counted pieces of each level whose count covers what is promised; answers with those levels. */
export async function setOnHand(
  tx: Tx,
  levels: readonly { sku: Sku; locationId: LocationId; onHand: number }[],
): Promise<{ sku: Sku; locationId: LocationId }[]> {
  const rows = levels.map(({ sku, locationId, onHand }) => rowOf(sku, locationId, onHand))
  return tables(tx)
    .insertInto('inventory_stock')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['sku', 'location_id'])
        .doUpdateSet((eb) => ({ on_hand: eb.ref('excluded.on_hand') }))
        .whereRef('inventory_stock.reserved', '<=', 'excluded.on_hand'),
    )
    .returning(['sku', 'location_id as locationId'])
    .execute()
}

const rowOf = (sku: Sku, locationId: LocationId, onHand: number) => ({
  sku,
  location_id: locationId,
  on_hand: onHand,
  reserved: 0,
  safety: 0,
})

/** Keeps pieces back from sale at one location. */
export async function setSafety(db: Db, sku: Sku, locationId: LocationId, safety: number): Promise<boolean> {
  const result = await tables(db)
    .updateTable('inventory_stock')
    .set({ safety })
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes pieces that are free in the row of a shelf, in one guarded statement. Says whether they were there. */
export async function takeAvailable(tx: Tx, sku: Sku, locationId: LocationId, quantity: number): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_stock')
    .set((eb) => ({ reserved: eb('reserved', '+', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where((eb) => eb(eb(eb('on_hand', '-', eb.ref('reserved')), '-', eb.ref('safety')), '>=', quantity))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes promised pieces out of the house. */
export async function takeOut(tx: Tx, sku: Sku, locationId: LocationId, quantity: number): Promise<void> {
  await sendAlong(
    tx,
    tables(tx)
      .updateTable('inventory_stock')
      .set((eb) => ({ reserved: eb('reserved', '-', quantity), on_hand: eb('on_hand', '-', quantity) }))
      .where('sku', '=', sku)
      .where('location_id', '=', locationId),
  )
}
