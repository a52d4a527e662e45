import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Correction, LocationId, Movement, Sku } from '../contract/index.ts'
import { tables } from '../tables.ts'

/** Writes lines of the ledger. */
export async function addMovements(tx: Tx, movements: readonly Movement[]): Promise<void> {
  const rows = movements.map(({ locationId, ...movement }) => ({ ...movement, location_id: locationId }))
  await sendAlong(tx, tables(tx).insertInto('inventory_movement').values(rows))
}

/** The ledger of one sku, newest first. */
export async function movementsOf(db: Db, sku: Sku, { after, limit }: PageQuery): Promise<Page<Movement>> {
  let query = tables(db)
    .selectFrom('inventory_movement')
    .select(['id', 'sku', 'location_id as locationId', 'state', 'lot', 'quantity', 'reason', 'reference', 'note', 'at'])
    .where('sku', '=', sku)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as Movement['id'])
  return pageOf(await query.execute(), limit, (movement) => [movement.id])
}

/** The counts of a sku at a location, and what the ledger and the open reservations say they should be. */
export interface Drift {
  readonly sku: Sku
  readonly locationId: LocationId
  readonly onHand: number
  readonly moved: number
  readonly reserved: number
  readonly promised: number
}

/** Counts and what the ledgers say they should be, per sku and location, wherever the two differ: one statement, so one moment. */
export async function drift(db: Db): Promise<Drift[]> {
  const { rows } = await sql<Drift>`
    select sku, location_id as "locationId", sum(on_hand) as "onHand", sum(moved) as moved,
      sum(reserved) as reserved, sum(promised) as promised
    from (
      select sku, location_id, on_hand, reserved, 0 as moved, 0 as promised from inventory_stock union all
      select sku, location_id, 0, -free, 0, 0 from inventory_bucket union all
      select sku, location_id, 0, 0, quantity, 0 from inventory_movement where state = 'sellable' union all
      select sku, location_id, 0, 0, 0, quantity
      from inventory_reservation_line join inventory_reservation as head on head.id = reservation_id
      where head.status = 'open'
    ) as shelf
    group by sku, location_id having sum(on_hand) <> sum(moved) or sum(reserved) <> sum(promised)
    order by sku, location_id`.execute(db)
  return rows
}

/** Sets counts to what the ledgers say, unless they have changed since the two were compared; the row counts `inBuckets` as reserved. */
export async function setCounts(
  tx: Tx,
  { sku, locationId, onHand, moved, reserved, promised }: Drift,
  inBuckets: number,
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_stock')
    .set({ on_hand: moved, reserved: promised })
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where('on_hand', '=', onHand)
    .where('reserved', '=', reserved + inBuckets)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Writes down that counts were set to what the ledgers say. */
export async function addCorrection(tx: Tx, { locationId, ...correction }: Correction): Promise<void> {
  const { onHand, moved, reserved, promised, ...row } = correction
  await tables(tx)
    .insertInto('inventory_correction')
    .values({
      ...row,
      location_id: locationId,
      on_hand_before: onHand,
      on_hand: moved,
      reserved_before: reserved,
      reserved: promised,
    })
    .execute()
}

/** The corrections that were made, newest first. */
export async function corrections(db: Db, { after, limit }: PageQuery): Promise<Page<Correction>> {
  let query = tables(db)
    .selectFrom('inventory_correction')
    .select([
      'id',
      'sku',
      'location_id as locationId',
      'state',
      'lot',
      'on_hand_before as onHand',
      'on_hand as moved',
      'at',
    ])
    .select(['reserved_before as reserved', 'reserved as promised'])
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as Correction['id'])
  return pageOf(await query.execute(), limit, (correction) => [correction.id])
}
