import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Reservation, ReservationStatus } from '../contract/index.ts'
import { tables } from '../tables.ts'
import { backordersOf } from './backorders.ts'

/** Stores the head of a reservation; false when its reference is taken. */
export async function addReservation(tx: Tx, reservation: Reservation, createdAt: string): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('inventory_reservation')
    .values({
      id: reservation.id,
      reference: reservation.reference,
      status: reservation.status,
      created_at: createdAt,
      expires_at: reservation.expiresAt,
      extended_at: reservation.extendedAt,
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
  if (rows.length > 0) await sendAlong(tx, tables(tx).insertInto('inventory_reservation_line').values(rows))
}

/** Adds pieces to what a reservation holds at a location, which need not have held any before. */
export async function growLine(tx: Tx, id: Reservation['id'], line: Reservation['lines'][number]): Promise<void> {
  await tables(tx)
    .insertInto('inventory_reservation_line')
    .values({ reservation_id: id, sku: line.sku, location_id: line.locationId, quantity: line.quantity })
    .onConflict((conflict) =>
      conflict
        .columns(['reservation_id', 'sku', 'location_id'])
        .doUpdateSet((eb) => ({ quantity: eb('inventory_reservation_line.quantity', '+', line.quantity) })),
    )
    .execute()
}

/** Takes pieces off what a reservation holds at a location. */
export async function shrinkLine(tx: Tx, id: Reservation['id'], line: Reservation['lines'][number]): Promise<void> {
  const { sku, locationId, quantity } = line
  const whole = await tables(tx)
    .deleteFrom('inventory_reservation_line')
    .where('reservation_id', '=', id)
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where('quantity', '=', quantity)
    .executeTakeFirst()
  if (whole.numDeletedRows === 1n) return
  await tables(tx)
    .updateTable('inventory_reservation_line')
    .set((eb) => ({ quantity: eb('quantity', '-', quantity) }))
    .where('reservation_id', '=', id)
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirstOrThrow()
}

/** The reservation with this reference, if there is one. */
export async function reservationOf(db: Db, reference: string): Promise<Reservation | undefined> {
  const head = await tables(db)
    .selectFrom('inventory_reservation')
    .select(['id', 'reference', 'status', 'expires_at as expiresAt', 'extended_at as extendedAt'])
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (!head) return undefined
  return { ...head, lines: await linesOf(db, head.id), backorders: await backordersOf(db, head.id) }
}

/** What a reservation holds, and where. */
export async function linesOf(db: Db, id: Reservation['id']): Promise<Reservation['lines']> {
  return tables(db)
    .selectFrom('inventory_reservation_line')
    .select(['sku', 'location_id as locationId', 'quantity'])
    .where('reservation_id', '=', id)
    .orderBy('sku')
    .orderBy('location_id')
    .execute()
}

/** Ends an open reservation, and answers its id; undefined when it has ended already, or there is none. */
export async function closeReservation(
  tx: Tx,
  reference: string,
  status: ReservationStatus,
  at: string,
): Promise<Reservation['id'] | undefined> {
  const closed = openReservation(tx, reference).set({ status, closed_at: at }).returning('id')
  return (await closed.executeTakeFirst())?.id
}

/** Ends an open reservation if its time is over; false when it has ended already, or was given more time. */
export async function expireReservation(tx: Tx, reference: string, at: string): Promise<boolean> {
  const result = await openReservation(tx, reference)
    .set({ status: 'expired', closed_at: at })
    .where('expires_at', '<=', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Moves the end of an open reservation to later, once; false when it has ended, was moved before or ends later anyway. */
export async function moveExpiry(tx: Tx, reference: string, expiresAt: string, at: string): Promise<boolean> {
  const result = await openReservation(tx, reference)
    .set({ expires_at: expiresAt, extended_at: at })
    .where('extended_at', 'is', null)
    .where('expires_at', '<', expiresAt)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes an open reservation hold without end; false when it has ended. */
export async function moveExpiryAway(tx: Tx, reference: string): Promise<boolean> {
  const result = await openReservation(tx, reference).set({ expires_at: null }).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What has become of a reservation; nobody ends it, or puts its goods back, before the transaction ends. */
export async function lockReservation(tx: Tx, reference: string): Promise<ReservationStatus | 'restocked'> {
  const row = await tables(tx)
    .updateTable('inventory_reservation')
    .set((eb) => ({ status: eb.ref('status') }))
    .where('reference', '=', reference)
    .returning(['status', 'restocked_at'])
    .executeTakeFirstOrThrow()
  return row.restocked_at === null ? row.status : 'restocked'
}

const openReservation = (tx: Tx, reference: string) =>
  tables(tx)
    .updateTable('inventory_reservation')
    .where('reference', '=', reference)
    .where('status', '=', sql.lit('open'))

/** Marks a converted reservation as put back on the shelf; false when it is not converted, or was put back before. */
export async function markRestocked(tx: Tx, reference: string, at: string): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_reservation')
    .set({ restocked_at: at })
    .where('reference', '=', reference)
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
    .where('status', '=', sql.lit('open'))
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.reference)
}
