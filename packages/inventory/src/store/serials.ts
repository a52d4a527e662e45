import type { Db, Tx } from '@sangdo/core/server'
import type { GoodsState, Lot, MovementReason, Serial, SerialPiece, Sku } from '../contract/index.ts'
import { tables } from '../tables.ts'
import type { Place } from './buckets.ts'

/** Pieces of one lot (or of none) on a shelf, in one state. */
export interface SerialShelf extends Place {
  readonly lot: Lot | null
  readonly state: GoodsState
}

/** Which of the skus have pieces with numbers. */
export async function skusWithSerials(db: Db, skus: readonly Sku[]): Promise<Set<Sku>> {
  const query = tables(db).selectFrom('inventory_serial').select('sku').distinct().where('sku', 'in', skus)
  return new Set((await query.execute()).map(({ sku }) => sku))
}

/** Pieces with these numbers come in. Answers those that did: not those that are in the house already. */
export async function bringIn(tx: Tx, shelf: SerialShelf, serials: readonly Serial[]): Promise<Serial[]> {
  const here = { location_id: shelf.locationId, lot: shelf.lot, state: shelf.state, reason: null, reference: null }
  const rows = await tables(tx)
    .insertInto('inventory_serial')
    .values(serials.map((serial) => ({ sku: shelf.sku, serial, ...here })))
    .onConflict((conflict) =>
      conflict.columns(['sku', 'serial']).doUpdateSet(here).where('inventory_serial.state', 'is', null),
    )
    .returning('serial')
    .execute()
  return rows.map(({ serial }) => serial)
}

/** As many pieces with numbers as there are leave a shelf, at most so many; the shelf is locked. Answers their numbers. */
export async function giveOut(
  tx: Tx,
  { sku, locationId, lot, state }: SerialShelf,
  quantity: number,
  { reason, reference }: { reason: MovementReason; reference: string | null },
  named?: readonly Serial[],
): Promise<Serial[]> {
  if (named?.length === 0) return []
  const rows = await tables(tx)
    .updateTable('inventory_serial')
    .set({ state: null, reason, reference })
    .where('sku', '=', sku)
    .where('serial', 'in', (eb) => {
      const there = eb
        .selectFrom('inventory_serial as piece')
        .select('piece.serial')
        .where('piece.sku', '=', sku)
        .where('piece.location_id', '=', locationId)
        .where('piece.state', '=', state)
        .where('piece.lot', lot === null ? 'is' : '=', lot)
        .orderBy('piece.serial')
        .limit(quantity)
      return named ? there.where('piece.serial', 'in', named) : there
    })
    .returning('serial')
    .execute()
  return rows.map(({ serial }) => serial)
}

/** Those of the numbered pieces that are on a shelf in a state, and of which lots. */
export async function serialsAt(
  db: Db,
  { sku, locationId, state }: Omit<SerialShelf, 'lot'>,
  serials: readonly Serial[],
): Promise<{ serial: Serial; lot: Lot | null }[]> {
  if (serials.length === 0) return []
  const query = tables(db).selectFrom('inventory_serial').select(['serial', 'lot']).where('sku', '=', sku)
  const there = query.where('location_id', '=', locationId).where('state', '=', state)
  return there.where('serial', 'in', serials).orderBy('serial').execute()
}

/** The numbers of pieces of a lot (or of none) that are out for a reference; where `locationId` is given, that left there. */
export async function serialsOut(
  db: Db,
  { sku, lot, reference, locationId }: { sku: Sku; lot: Lot | null; reference: string; locationId: string | null },
  reason: MovementReason,
  limit: number,
): Promise<Serial[]> {
  let query = tables(db)
    .selectFrom('inventory_serial')
    .select('serial')
    .where('sku', '=', sku)
    .where('reference', '=', reference)
    .where('reason', '=', reason)
    .where('state', 'is', null)
    .where('lot', lot === null ? 'is' : '=', lot)
    .orderBy('serial')
    .limit(limit)
  if (locationId !== null) query = query.where('location_id', '=', locationId as Place['locationId'])
  return (await query.execute()).map(({ serial }) => serial)
}

const pieces = (db: Db) =>
  tables(db)
    .selectFrom('inventory_serial')
    .select(['sku', 'serial', 'lot', 'location_id as locationId', 'state', 'reference'])
    .orderBy('sku')
    .orderBy('serial')

/** The numbered pieces that were given out for the references. */
export async function serialsOf(db: Db, references: readonly string[]): Promise<SerialPiece[]> {
  return references.length === 0
    ? []
    : pieces(db).where('state', 'is', null).where('reference', 'in', references).execute()
}

/** Where the piece with this number is, if there is one. */
export const serialOf = (db: Db, sku: Sku, serial: Serial): Promise<SerialPiece | undefined> =>
  pieces(db).where('sku', '=', sku).where('serial', '=', serial).executeTakeFirst()
