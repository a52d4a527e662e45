import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { GoodsState, Lot, LotHolder, LotLevel, MovementReason, Sku } from '../contract/index.ts'
import { tables } from '../tables.ts'
import type { Place } from './buckets.ts'

/** Stores a lot unless it is known; answers the date it has. */
export async function knowLot(tx: Tx, sku: Sku, lot: Lot, expiresAt: string | null): Promise<string | null> {
  await tables(tx)
    .insertInto('inventory_lot')
    .values({ sku, lot, expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['sku', 'lot']).doNothing())
    .execute()
  const known = tables(tx).selectFrom('inventory_lot').select('expires_at').where('sku', '=', sku)
  return (await known.where('lot', '=', lot).executeTakeFirstOrThrow()).expires_at
}

const levels = (db: Db) =>
  tables(db)
    .selectFrom('inventory_lot_stock as shelf')
    .innerJoin('inventory_lot', (join) =>
      join.onRef('inventory_lot.sku', '=', 'shelf.sku').onRef('inventory_lot.lot', '=', 'shelf.lot'),
    )
    .select(['shelf.sku', 'shelf.lot', 'expires_at as expiresAt', 'location_id as locationId', 'state', 'quantity'])
    .where('quantity', '>', 0)
    .orderBy('shelf.sku')
    .orderBy('shelf.lot')
    .orderBy('location_id')
    .orderBy('state')

/** Where the lots of the given skus are. */
export async function lotsOf(db: Db, skus: readonly Sku[]): Promise<LotLevel[]> {
  return skus.length === 0 ? [] : levels(db).where('shelf.sku', 'in', skus).execute()
}

/** Where pieces of a lot are in the house. */
export const levelsOfLot = (db: Db, sku: Sku, lot: Lot): Promise<LotLevel[]> =>
  levels(db).where('shelf.sku', '=', sku).where('shelf.lot', '=', lot).execute()

const due = (db: Db, at: string) => levels(db).where('state', '=', 'sellable').where('expires_at', '<=', at)

/** What of the given skus counts as sellable although its date has come. */
export async function dueOf(db: Db, skus: readonly Sku[], at: string): Promise<LotLevel[]> {
  return skus.length === 0 ? [] : due(db, at).where('shelf.sku', 'in', skus).execute()
}

/** Whether there is more to the skus of a reservation than their stock: pieces may be promised beyond it, or are in lots. */
export async function isMoreThanStock(db: Db, reference: string): Promise<boolean> {
  const { rows } = await sql<{ more: number }>`
    with held as (
      select line.sku from inventory_reservation_line as line
      join inventory_reservation as head on head.id = line.reservation_id where head.reference = ${reference}
      union all
      select waiting.sku from inventory_backorder as waiting
      join inventory_reservation as head on head.id = waiting.reservation_id where head.reference = ${reference}
    )
    select case when exists (select 1 from held join inventory_allowance as allowance on allowance.sku = held.sku)
      or exists (select 1 from held join inventory_lot_stock as shelf on shelf.sku = held.sku) then 1 else 0 end as more`.execute(
    db,
  )
  return rows[0]?.more === 1
}

/** Whether pieces of any of the skus are in lots, or have numbers. */
export async function areTraced(db: Db, skus: readonly Sku[]): Promise<boolean> {
  const { rows } = await sql<{ traced: number }>`
    select case when exists (select 1 from inventory_lot_stock where sku in (${sql.join(skus)}) and quantity > 0)
      or exists (select 1 from inventory_serial where sku in (${sql.join(skus)})) then 1 else 0 end as traced`.execute(
    db,
  )
  return rows[0]?.traced === 1
}

/** As `dueOf`, of the skus that a reservation holds. */
export async function dueFor(db: Db, reference: string, at: string): Promise<LotLevel[]> {
  const held = tables(db)
    .selectFrom('inventory_reservation_line')
    .innerJoin('inventory_reservation as head', 'head.id', 'reservation_id')
    .select('inventory_reservation_line.sku')
    .where('head.reference', '=', reference)
  return due(db, at).where('shelf.sku', 'in', held).execute()
}

/** Skus of which something counts as sellable although its date has come: at most so many. */
export async function dueSkus(db: Db, at: string, limit: number): Promise<Sku[]> {
  const rows = await tables(db)
    .selectFrom(due(db, at).as('due'))
    .select('sku')
    .distinct()
    .orderBy('sku')
    .limit(limit)
    .execute()
  return rows.map(({ sku }) => sku)
}

/** Pieces of a lot come to a shelf (or, negative, leave it), in one guarded statement. Says whether there were as many. */
export async function changeLot(
  tx: Tx,
  { sku, lot, locationId, state, quantity }: Omit<LotLevel, 'expiresAt'>,
): Promise<boolean> {
  const row = { sku, lot, location_id: locationId, state }
  const statement = tables(tx)
  if (quantity > 0)
    await statement
      .insertInto('inventory_lot_stock')
      .values({ ...row, quantity })
      .onConflict((conflict) =>
        conflict
          .columns(['sku', 'lot', 'location_id', 'state'])
          .doUpdateSet((eb) => ({ quantity: eb('inventory_lot_stock.quantity', '+', quantity) })),
      )
      .execute()
  if (quantity >= 0) return true
  const result = await statement
    .updateTable('inventory_lot_stock')
    .set((eb) => ({ quantity: eb('quantity', '+', quantity) }))
    .where('sku', '=', sku)
    .where('lot', '=', lot)
    .where('location_id', '=', locationId)
    .where('state', '=', state)
    .where('quantity', '>=', -quantity)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Pieces leave the shelf that nobody was promised; the row is locked. */
export async function takeUnpromised(tx: Tx, { sku, locationId }: Place, quantity: number): Promise<void> {
  await tables(tx)
    .updateTable('inventory_stock')
    .set((eb) => ({ on_hand: eb('on_hand', '-', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirstOrThrow()
}

/** What left for a reference by one reason and has not come back by another, by lot; where `locationId` is given, what left there. */
export async function outOf(
  db: Db,
  { sku, reference, locationId }: { sku: Sku; reference: string; locationId: string | null },
  [left, back]: readonly [MovementReason, MovementReason],
) {
  const { rows } = await sql<{ lot: Lot; expiresAt: string | null; quantity: number }>`
    select movement.lot, expires_at as "expiresAt", -sum(quantity) as quantity
    from inventory_movement as movement
    join inventory_lot as lot on lot.sku = movement.sku and lot.lot = movement.lot
    where reference = ${reference} and movement.sku = ${sku} and reason in (${left}, ${back})
      and (${locationId === null ? 1 : 0} = 1 or location_id = ${locationId ?? ''})
    group by movement.lot, expires_at having sum(quantity) < 0`.execute(db)
  return rows
}

/** Who has pieces of a lot that left by one of two reasons and did not come back by the other, by reference. */
export async function holdersOf(
  db: Db,
  { sku, lot }: { sku: Sku; lot: Lot },
  reasons: readonly MovementReason[],
  { after, limit }: PageQuery,
): Promise<Page<LotHolder>> {
  let query = tables(db)
    .selectFrom('inventory_movement')
    .select((eb) => ['reference', sql<number>`-${eb.fn.sum('quantity')}`.as('quantity')])
    .where('sku', '=', sku)
    .where('lot', '=', lot)
    .where('reason', 'in', reasons)
    .where('reference', 'is not', null)
    .groupBy('reference')
    .having((eb) => eb(eb.fn.sum('quantity'), '<', 0))
    .orderBy('reference')
    .limit(limit + 1)
  if (after) query = query.where('reference', '>', String(decodeCursor(after, 's')[0]))
  const rows = (await query.execute()).map(({ reference, quantity }) => ({ reference: reference ?? '', quantity }))
  return pageOf(rows, limit, (holder) => [holder.reference])
}

/** The pieces of a lot on a shelf, and what the ledger says they should be. */
export interface LotDrift extends Place {
  readonly lot: Lot
  readonly state: GoodsState
  readonly counted: number
  readonly moved: number
}

/** Lots whose count is not what the ledger says. */
export async function lotDrift(db: Db): Promise<LotDrift[]> {
  const { rows } = await sql<LotDrift>`
    select sku, lot, location_id as "locationId", state, sum(kept) as counted, sum(moved) as moved from (
      select sku, lot, location_id, state, quantity as kept, 0 as moved from inventory_lot_stock union all
      select sku, lot, location_id, state, 0, quantity from inventory_movement where lot is not null
    ) as shelf
    group by sku, lot, location_id, state having sum(kept) <> sum(moved)
    order by sku, lot, location_id, state`.execute(db)
  return rows
}
