import { coreErrors, instant, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import type { z } from 'zod'
import {
  NewShipment,
  type OrderId,
  type Shipment,
  shipmentDelayed,
  shipmentDelivered,
  type ShipmentId,
  shipmentShipped,
  shippingErrors,
  Tracking,
  TrackingEvent,
} from '../contract.ts'
import { carriers, fitsCarrier, inOrder, merged, statusOf } from '../rules/index.ts'
import * as store from '../store/shipments.ts'

/** Parcels on their way. */
export function createShipments({ outbox, now, newId }: { outbox: Announce; now: Now; newId: NewId }) {
  /**
   * Writes down, inside the caller's transaction, that pieces of an order have left. Told twice with the same label and
   * lines it is one shipment. Throws `core.invalid_input` for a number that the carrier does not use,
   * `shipping.tracking_number_taken` for other lines.
   */
  async function ship(tx: Tx, input: NewShipment): Promise<Shipment> {
    const wanted = checked(parse(NewShipment, input))
    const shipment: Shipment = {
      id: newId('shm'),
      ...wanted,
      lines: merged(wanted.lines),
      status: 'shipped',
      shippedAt: instant(now()),
      deliveredAt: null,
      events: [],
    }
    if (!(await store.addShipment(tx, shipment))) return sameShipment(tx, shipment)
    const { id: shipmentId, orderId, carrier, trackingNumber, lines } = shipment
    await outbox.append(tx, shipmentShipped, { shipmentId, orderId, carrier, trackingNumber, lines })
    return shipment
  }

  async function sameShipment(tx: Tx, { orderId, carrier, trackingNumber, lines }: Shipment): Promise<Shipment> {
    const shipments = await store.shipmentsOf(tx, [orderId])
    const known = shipments.find((one) => one.carrier === carrier && one.trackingNumber === trackingNumber)
    if (known && JSON.stringify(known.lines) === JSON.stringify(lines)) return known
    throw shippingErrors.tracking_number_taken({ orderId, trackingNumber })
  }

  /** Puts a mistyped label right. Throws `shipping.already_moving` once the carrier has reported the parcel. */
  async function correctLabel(db: Db, shipmentId: ShipmentId, input: Tracking): Promise<Shipment> {
    const label = checked(parse(Tracking, input))
    return atomic(db, async (tx) => {
      const shipment = await locked(tx, shipmentId)
      const { orderId, status } = shipment
      if (status !== 'shipped') throw shippingErrors.already_moving({ shipmentId, status })
      if (!(await store.relabel(tx, shipment, label)))
        throw shippingErrors.tracking_number_taken({ orderId, trackingNumber: label.trackingNumber })
      return { ...shipment, ...label }
    })
  }

  /**
   * Writes down what a carrier says. Events may come late, twice and in any order: the status is what they lead to in the
   * order in which they happened. Throws `shipping.shipment_not_found`.
   */
  async function addEvent(db: Db, shipmentId: ShipmentId, input: z.input<typeof TrackingEvent>): Promise<Shipment> {
    const event = parse(TrackingEvent, input)
    return atomic(db, async (tx) => {
      const before = await locked(tx, shipmentId)
      if (!(await store.addEvent(tx, shipmentId, event))) return before
      return await follow(tx, before, event)
    })
  }

  async function follow(tx: Tx, before: Shipment, event: TrackingEvent): Promise<Shipment> {
    const events = inOrder([...before.events, event])
    const status = statusOf(events)
    if (status === before.status) return { ...before, events }
    const deliveredAt = status === 'delivered' ? event.at : null
    if (!(await store.moveShipment(tx, before, status, deliveredAt)))
      throw shippingErrors.shipment_not_found({ shipmentId: before.id })
    await tell(tx, { ...before, status }, event)
    return { ...before, status, deliveredAt, events }
  }

  async function tell(tx: Tx, { id: shipmentId, orderId, lines, status }: Shipment, { note }: TrackingEvent) {
    if (status === 'delivered') await outbox.append(tx, shipmentDelivered, { shipmentId, orderId, lines })
    if (status === 'exception') await outbox.append(tx, shipmentDelayed, { shipmentId, orderId, lines, note })
  }

  /** Says that a parcel has arrived, now or at the given instant. Doing it again changes nothing. */
  async function deliver(db: Db, shipmentId: ShipmentId, at = instant(now())): Promise<Shipment> {
    return atomic(db, async (tx) => {
      const shipment = await locked(tx, shipmentId)
      return shipment.status === 'delivered' ? shipment : addEvent(tx, shipmentId, { status: 'delivered', at })
    })
  }

  async function locked(tx: Tx, shipmentId: ShipmentId): Promise<Shipment> {
    if (!(await store.lockShipment(tx, shipmentId))) throw shippingErrors.shipment_not_found({ shipmentId })
    return shipmentOf(tx, shipmentId)
  }

  /** The shipment. Throws `shipping.shipment_not_found`. */
  async function shipmentOf(db: Db, shipmentId: ShipmentId): Promise<Shipment> {
    const shipment = await store.shipmentOf(db, shipmentId)
    if (!shipment) throw shippingErrors.shipment_not_found({ shipmentId })
    return shipment
  }

  /** The shipments of each of these orders, oldest first; none for an order of which nothing has left. */
  async function shipmentsOf(db: Db, orderIds: readonly OrderId[]): Promise<Record<OrderId, Shipment[]>> {
    const shipments = Object.groupBy(await store.shipmentsOf(db, orderIds), ({ orderId }) => orderId)
    return Object.fromEntries(orderIds.map((orderId) => [orderId, shipments[orderId] ?? []]))
  }

  /** Parcels that have not arrived, in pages, those that left first first: what a poller asks carriers about. */
  const onTheWay = (db: Db, page: Partial<PageQuery> = {}): Promise<Page<Shipment>> =>
    store.onTheWay(db, parse(PageQuery, page))

  return { ship, correctLabel, addEvent, deliver, shipmentOf, shipmentsOf, onTheWay }
}

function checked<Label extends Tracking>(label: Label): Label {
  if (fitsCarrier(label)) return label
  const { name, digits } = carriers[label.carrier]
  const message = `A number of ${name['en']} has ${digits}`
  throw coreErrors.invalid_input({ issues: [{ field: 'trackingNumber', message }] })
}
