import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type {
  Backorder,
  BackorderAllowance,
  LocationId,
  Reservation,
  Sku,
  WaitingBackorder,
} from '../contract/index.ts'
import { tables } from '../tables.ts'

/** An allowance, and how many pieces are promised under it and have not come in. */
export interface Allowance extends BackorderAllowance {
  readonly promised: number
}

/** Stores how many pieces may be promised beyond the stock; what is promised already stays promised. */
export async function setAllowance(tx: Tx, allowance: BackorderAllowance): Promise<void> {
  const { sku, locationId, limit, ...row } = allowance
  const terms = { most: limit, kind: row.kind, until: row.until, expected_at: row.expectedAt }
  await tables(tx)
    .insertInto('inventory_allowance')
    .values({ sku, location_id: locationId, promised: 0, ...terms })
    .onConflict((conflict) => conflict.columns(['sku', 'location_id']).doUpdateSet(terms))
    .execute()
}

const allowances = (db: Db) =>
  tables(db)
    .selectFrom('inventory_allowance as allowance')
    .innerJoin('inventory_location', 'inventory_location.id', 'allowance.location_id')
    .select([
      'sku',
      'location_id as locationId',
      'most as limit',
      'kind',
      'until',
      'expected_at as expectedAt',
      'promised',
    ])
    .orderBy('sku')
    .orderBy('priority')
    .orderBy('location_id')

/** What may be promised of the given skus beyond their stock, in the order in which locations are asked. */
export async function allowancesOf(db: Db, skus: readonly Sku[]): Promise<Allowance[]> {
  return skus.length === 0 ? [] : allowances(db).where('sku', 'in', skus).execute()
}

/** The allowances for the skus of a reservation. */
export async function allowancesFor(db: Db, reference: string): Promise<Allowance[]> {
  const held = (table: 'inventory_reservation_line' | 'inventory_backorder') =>
    tables(db)
      .selectFrom(table)
      .innerJoin('inventory_reservation as head', 'head.id', 'reservation_id')
      .select('sku')
      .where('head.reference', '=', reference)
  return allowances(db)
    .where('sku', 'in', held('inventory_reservation_line').union(held('inventory_backorder')))
    .execute()
}

/** Nobody else promises, fills or ends what is promised under an allowance before the transaction ends. */
export async function lockAllowance(tx: Tx, { sku, locationId }: Allowance): Promise<void> {
  await tables(tx)
    .updateTable('inventory_allowance')
    .set((eb) => ({ promised: eb.ref('promised') }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .execute()
}

/** Promises pieces beyond the stock, in one guarded statement. Says whether the allowance had room for them and still holds. */
export async function takeAllowance(
  tx: Tx,
  { sku, locationId }: Pick<Allowance, 'sku' | 'locationId'>,
  quantity: number,
  at: string,
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_allowance')
    .set((eb) => ({ promised: eb('promised', '+', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where((eb) => eb(eb('most', '-', eb.ref('promised')), '>=', quantity))
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** So many pieces are no longer promised beyond the stock: they came in, or nobody wants them. */
export async function giveAllowanceBack(tx: Tx, sku: Sku, locationId: LocationId, quantity: number): Promise<void> {
  await tables(tx)
    .updateTable('inventory_allowance')
    .set((eb) => ({ promised: eb('promised', '-', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirstOrThrow()
}

/** Stores what a reservation waits for. */
export async function addBackorders(tx: Tx, id: Reservation['id'], backorders: readonly Backorder[], at: string) {
  const rows = backorders.map((backorder) => ({
    id: backorder.id,
    reservation_id: id,
    sku: backorder.sku,
    location_id: backorder.locationId,
    quantity: backorder.quantity,
    filled: backorder.filled,
    status: backorder.status,
    expected_at: backorder.expectedAt,
    created_at: at,
  }))
  if (rows.length > 0) await tables(tx).insertInto('inventory_backorder').values(rows).execute()
}

const columns = [
  'inventory_backorder.id',
  'sku',
  'location_id as locationId',
  'quantity',
  'filled',
  'inventory_backorder.status',
  'expected_at as expectedAt',
] as const

/** What a reservation waits or waited for. */
export async function backordersOf(db: Db, id: Reservation['id']): Promise<Backorder[]> {
  return tables(db)
    .selectFrom('inventory_backorder')
    .select(columns)
    .where('reservation_id', '=', id)
    .orderBy('inventory_backorder.id')
    .execute()
}

/** A backorder, and the reservation it belongs to. */
export interface OwnedBackorder extends WaitingBackorder {
  readonly reservationId: Reservation['id']
}

/** The backorders of a sku that wait for pieces at a location, oldest first, with whose they are. */
export async function waitingAt(db: Db, sku: Sku, locationId: LocationId, limit: number): Promise<OwnedBackorder[]> {
  return (
    tables(db)
      .selectFrom('inventory_backorder')
      .innerJoin('inventory_reservation as head', 'head.id', 'reservation_id')
      .select([...columns, 'head.reference', 'head.id as reservationId'])
      .where('inventory_backorder.status', '=', sql.lit('waiting'))
      .where('sku', '=', sku)
      .where('location_id', '=', locationId)
      .orderBy('inventory_backorder.created_at')
      // Of promises of one moment the older reservation: what is owed since a count was written newest first.
      .orderBy('head.id')
      .orderBy('inventory_backorder.id')
      .limit(limit)
      .execute()
  )
}

/** All backorders that wait, in pages, oldest first. */
export async function waitingBackorders(db: Db, { after, limit }: PageQuery): Promise<Page<WaitingBackorder>> {
  let query = tables(db)
    .selectFrom('inventory_backorder')
    .innerJoin('inventory_reservation as head', 'head.id', 'reservation_id')
    .select([...columns, 'head.reference'])
    .where('inventory_backorder.status', '=', sql.lit('waiting'))
    .orderBy('inventory_backorder.id')
    .limit(limit + 1)
  if (after) query = query.where('inventory_backorder.id', '>', decodeCursor(after, 's')[0] as Backorder['id'])
  return pageOf(await query.execute(), limit, (backorder) => [backorder.id])
}

/** So many more pieces of a backorder have come in; the last ones fill it. */
export async function fillBackorder(tx: Tx, { id, filled }: Backorder, quantity: number): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_backorder')
    .set((eb) => ({
      filled: filled + quantity,
      status: eb
        .case()
        .when('quantity', '=', filled + quantity)
        .then('filled' as const)
        .else('waiting' as const)
        .end(),
    }))
    .where('id', '=', id)
    .where('status', '=', sql.lit('waiting'))
    .where('filled', '=', filled)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Gives up what a reservation still waits for; answers how many pieces of what. */
export async function cancelBackorders(tx: Tx, id: Reservation['id']) {
  const rows = await tables(tx)
    .updateTable('inventory_backorder')
    .set({ status: 'cancelled' })
    .where('reservation_id', '=', id)
    .where('status', '=', sql.lit('waiting'))
    .returning(['sku', 'location_id as locationId', 'quantity', 'filled'])
    .execute()
  return rows.map(({ sku, locationId, quantity, filled }) => ({ sku, locationId, quantity: quantity - filled }))
}

/** What an open reservation holds at a location. */
export interface OpenLine extends Pick<Backorder, 'sku' | 'locationId' | 'quantity'> {
  readonly reservationId: Reservation['id']
  readonly reference: string
  readonly createdAt: string
}

/** What open reservations hold of a sku at a location, newest first: at most so many of them. */
export async function openLinesAt(db: Db, sku: Sku, locationId: LocationId, limit: number): Promise<OpenLine[]> {
  return tables(db)
    .selectFrom('inventory_reservation_line')
    .innerJoin('inventory_reservation as head', 'head.id', 'reservation_id')
    .select(['sku', 'location_id as locationId', 'quantity', 'head.id as reservationId', 'head.reference'])
    .select('head.created_at as createdAt')
    .where('head.status', '=', 'open')
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .orderBy('head.created_at', 'desc')
    .orderBy('head.id', 'desc')
    .limit(limit)
    .execute()
}

/** Pieces that a reservation held are waited for instead, since the reservation was made: older promises come first. */
export async function owe(tx: Tx, line: OpenLine, quantity: number, id: Backorder['id']): Promise<void> {
  const { reservationId, sku, locationId, createdAt } = line
  await tables(tx)
    .insertInto('inventory_allowance')
    .values({
      sku,
      location_id: locationId,
      most: 0,
      promised: quantity,
      kind: 'backorder',
      until: null,
      expected_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['sku', 'location_id'])
        .doUpdateSet((eb) => ({ promised: eb('inventory_allowance.promised', '+', quantity) })),
    )
    .execute()
  const row = { id, reservation_id: reservationId, sku, location_id: locationId, quantity, filled: 0 }
  await tables(tx)
    .insertInto('inventory_backorder')
    .values({ ...row, status: 'waiting', expected_at: null, created_at: createdAt })
    .onConflict((conflict) =>
      conflict
        .columns(['reservation_id', 'sku', 'location_id'])
        .doUpdateSet((eb) => ({ quantity: eb('inventory_backorder.quantity', '+', quantity), status: 'waiting' })),
    )
    .execute()
}
