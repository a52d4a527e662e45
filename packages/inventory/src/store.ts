import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Location, LocationId, Movement, Reservation, ReservationStatus, Sku, StockLevel } from './contract.ts'
import { tables } from './tables.ts'

/** Stores a location; one with the same id is left as it is. */
export async function addLocation(db: Db, location: Location): Promise<void> {
  await tables(db)
    .insertInto('inventory_location')
    .values(location)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** All locations in the order in which goods are taken from them. */
export async function allLocations(db: Db): Promise<Location[]> {
  return tables(db).selectFrom('inventory_location').selectAll().orderBy('priority').orderBy('id').execute()
}

/** The stock of the given skus, one row per location, in the order in which goods are taken. */
export async function levelsOf(db: Db, skus: readonly Sku[]): Promise<StockLevel[]> {
  if (skus.length === 0) return []
  return tables(db)
    .selectFrom('inventory_stock')
    .innerJoin('inventory_location', 'inventory_location.id', 'inventory_stock.location_id')
    .select(['sku', 'location_id as locationId', 'on_hand as onHand', 'reserved', 'safety'])
    .where('sku', 'in', skus)
    .orderBy('sku')
    .orderBy('priority')
    .orderBy('location_id')
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

/** One guarded statement, so two buyers can never take the last piece. Says whether the pieces were there. */
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

/** Makes promised pieces available again. */
export async function giveBack(tx: Tx, sku: Sku, locationId: LocationId, quantity: number): Promise<void> {
  await tables(tx)
    .updateTable('inventory_stock')
    .set((eb) => ({ reserved: eb('reserved', '-', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirstOrThrow()
}

/** Takes promised pieces out of the house. */
export async function takeOut(tx: Tx, sku: Sku, locationId: LocationId, quantity: number): Promise<void> {
  await tables(tx)
    .updateTable('inventory_stock')
    .set((eb) => ({ reserved: eb('reserved', '-', quantity), on_hand: eb('on_hand', '-', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirstOrThrow()
}

/** Writes lines of the ledger. */
export async function addMovements(tx: Tx, movements: readonly Movement[]): Promise<void> {
  const rows = movements.map(({ locationId, ...movement }) => ({ ...movement, location_id: locationId }))
  await tables(tx).insertInto('inventory_movement').values(rows).execute()
}

/** The ledger of one sku, newest first. */
export async function movementsOf(db: Db, sku: Sku, { after, limit }: PageQuery): Promise<Page<Movement>> {
  let query = tables(db)
    .selectFrom('inventory_movement')
    .select(['id', 'sku', 'location_id as locationId', 'quantity', 'reason', 'reference', 'note', 'at'])
    .where('sku', '=', sku)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as Movement['id'])
  return pageOf(await query.execute(), limit, (movement) => [movement.id])
}

/** Stores the head of a reservation; false when its reference is taken. */
export async function addReservation(
  tx: Tx,
  { lines: _, ...reservation }: Reservation,
  createdAt: string,
): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('inventory_reservation')
    .values({
      id: reservation.id,
      reference: reservation.reference,
      status: reservation.status,
      created_at: createdAt,
      expires_at: reservation.expiresAt,
      closed_at: null,
      restocked_at: null,
    })
    .onConflict((conflict) => conflict.column('reference').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Stores where the goods of a reservation lie. */
export async function addReservationLines(tx: Tx, { id, lines }: Pick<Reservation, 'id' | 'lines'>): Promise<void> {
  const rows = lines.map((line) => ({
    reservation_id: id,
    sku: line.sku,
    location_id: line.locationId,
    quantity: line.quantity,
  }))
  await tables(tx).insertInto('inventory_reservation_line').values(rows).execute()
}

/** The reservation with this reference, if there is one. */
export async function reservationOf(db: Db, reference: string): Promise<Reservation | undefined> {
  const head = await tables(db)
    .selectFrom('inventory_reservation')
    .select(['id', 'reference', 'status', 'expires_at as expiresAt'])
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (!head) return undefined
  const lines = await tables(db)
    .selectFrom('inventory_reservation_line')
    .select(['sku', 'location_id as locationId', 'quantity'])
    .where('reservation_id', '=', head.id)
    .orderBy('sku')
    .orderBy('location_id')
    .execute()
  return { ...head, lines }
}

/** Ends an open reservation; false when it has ended already. */
export async function closeReservation(
  tx: Tx,
  id: Reservation['id'],
  status: ReservationStatus,
  at: string,
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_reservation')
    .set({ status, closed_at: at })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Moves the end of an open reservation; false when it has ended already. */
export async function moveExpiry(tx: Tx, reference: string, expiresAt: string | null): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_reservation')
    .set({ expires_at: expiresAt })
    .where('reference', '=', reference)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Marks a converted reservation as put back on the shelf; false when it is not converted, or was put back before. */
export async function markRestocked(tx: Tx, id: Reservation['id'], at: string): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_reservation')
    .set({ restocked_at: at })
    .where('id', '=', id)
    .where('status', '=', 'converted')
    .where('restocked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The references of open reservations whose time is over, oldest first. */
export async function expiredReferences(db: Db, at: string, limit: number): Promise<string[]> {
  const rows = await tables(db)
    .selectFrom('inventory_reservation')
    .select('reference')
    .where('status', '=', 'open')
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.reference)
}

/** Counts and what the ledgers say they should be, per sku and location, wherever the two differ. */
export async function drift(
  db: Db,
): Promise<{ sku: Sku; locationId: LocationId; onHand: number; moved: number; reserved: number; promised: number }[]> {
  const rows = await tables(db)
    .selectFrom('inventory_stock as stock')
    .select((eb) => [
      'stock.sku',
      'stock.location_id as locationId',
      'stock.on_hand as onHand',
      'stock.reserved',
      eb
        .selectFrom('inventory_movement as movement')
        .select((inner) => inner.fn.sum<number>('movement.quantity').as('sum'))
        .whereRef('movement.sku', '=', 'stock.sku')
        .whereRef('movement.location_id', '=', 'stock.location_id')
        .as('moved'),
      eb
        .selectFrom('inventory_reservation_line as line')
        .innerJoin('inventory_reservation as head', 'head.id', 'line.reservation_id')
        .select((inner) => inner.fn.sum<number>('line.quantity').as('sum'))
        .where('head.status', '=', 'open')
        .whereRef('line.sku', '=', 'stock.sku')
        .whereRef('line.location_id', '=', 'stock.location_id')
        .as('promised'),
    ])
    .execute()
  return rows
    .map((row) => ({ ...row, moved: Number(row.moved ?? 0), promised: Number(row.promised ?? 0) }))
    .filter((row) => row.onHand !== row.moved || row.reserved !== row.promised)
}
