import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  type OrderId,
  type Shipment,
  type ShipmentId,
  type ShipmentStatus,
  ShippedLine,
  type Tracking,
  type TrackingEvent,
} from '../contract.ts'
import { tables } from '../tables.ts'

/** Stores a shipment; false when its order has one with this label. */
export async function addShipment(tx: Tx, shipment: Shipment): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('shipping_shipment')
    .values({
      id: shipment.id,
      order_id: shipment.orderId,
      carrier: shipment.carrier,
      tracking_number: shipment.trackingNumber,
      status: shipment.status,
      version: 0,
      lines: JSON.stringify(shipment.lines),
      shipped_at: shipment.shippedAt,
      delivered_at: null,
    })
    .onConflict((conflict) => conflict.columns(['order_id', 'carrier', 'tracking_number']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const heads = (db: Db) =>
  tables(db)
    .selectFrom('shipping_shipment')
    .select(['id', 'order_id as orderId', 'carrier', 'tracking_number as trackingNumber', 'status', 'lines'])
    .select(['shipped_at as shippedAt', 'delivered_at as deliveredAt'])

// Made once: making a schema costs more than parsing with it.
const ShippedLines = z.array(ShippedLine)

type Head = Awaited<ReturnType<ReturnType<typeof heads>['execute']>>[number]

async function withEvents(db: Db, rows: readonly Head[]): Promise<Shipment[]> {
  if (rows.length === 0) return []
  const events = await tables(db)
    .selectFrom('shipping_event')
    .selectAll()
    .where(
      'shipment_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('at')
    .execute()
  const byShipment = Object.groupBy(events, (event) => event.shipment_id)
  return rows.map((row) => ({
    ...row,
    lines: ShippedLines.parse(JSON.parse(row.lines)),
    events: (byShipment[row.id] ?? []).map(({ shipment_id: _, ...event }) => event),
  }))
}

/** The shipment with this id, if there is one. */
export async function shipmentOf(db: Db, id: ShipmentId): Promise<Shipment | undefined> {
  return (await withEvents(db, await heads(db).where('id', '=', id).execute()))[0]
}

/** The shipments of these orders, oldest first. */
export async function shipmentsOf(db: Db, orderIds: readonly OrderId[]): Promise<Shipment[]> {
  if (orderIds.length === 0) return []
  return withEvents(db, await heads(db).where('order_id', 'in', orderIds).orderBy('id').execute())
}

/** Shipments that have not arrived, those that left first first. */
export async function onTheWay(db: Db, { after, limit }: PageQuery): Promise<Page<Shipment>> {
  let query = heads(db)
    .where('delivered_at', 'is', null)
    .orderBy('shipped_at')
    .orderBy('id')
    .limit(limit + 1)
  if (after) {
    const [at, id] = decodeCursor(after, 'ss') as [string, ShipmentId]
    query = query.where((eb) => eb(eb.refTuple('shipped_at', 'id'), '>', eb.tuple(at, id)))
  }
  return pageOf(await withEvents(db, await query.execute()), limit, ({ shippedAt, id }) => [shippedAt, id])
}

/** Makes others wait until this transaction ends, so that events of one shipment are counted one after the other. */
export async function lockShipment(tx: Tx, id: ShipmentId): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('shipping_shipment')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Stores what a carrier has said; false when it has said so before. */
export async function addEvent(tx: Tx, id: ShipmentId, event: TrackingEvent): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('shipping_event')
    .values({ shipment_id: id, ...event })
    .onConflict((conflict) => conflict.columns(['shipment_id', 'at', 'status']).doNothing())
    .returning('shipment_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Moves a shipment from the status it was read with; false when someone was quicker. */
export async function moveShipment(
  tx: Tx,
  shipment: Pick<Shipment, 'id' | 'status'>,
  status: ShipmentStatus,
  deliveredAt: string | null,
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('shipping_shipment')
    .set({ status, delivered_at: deliveredAt })
    .where('id', '=', shipment.id)
    .where('status', '=', shipment.status)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Changes the label of a shipment that no carrier has reported yet; false otherwise, or when its order has that label already. */
export async function relabel(db: Db, shipment: Shipment, { carrier, trackingNumber }: Tracking): Promise<boolean> {
  const result = await tables(db)
    .updateTable('shipping_shipment')
    .set({ carrier, tracking_number: trackingNumber })
    .where('id', '=', shipment.id)
    .where('status', '=', 'shipped')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('shipping_shipment as other')
            .select('other.id')
            .where('other.order_id', '=', shipment.orderId)
            .where('other.carrier', '=', carrier)
            .where('other.tracking_number', '=', trackingNumber)
            .where('other.id', '<>', shipment.id),
        ),
      ),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
