import { defineErrors } from '@sangdo/core'
import type { ReservationStatus } from './reservations.ts'

export const inventoryErrors = defineErrors('inventory', {
  out_of_stock: [
    'conflict',
    (d: { sku: string; wanted: number; available: number }) => `Fewer than ${d.wanted} of ${d.sku} are available`,
  ],
  below_reserved: [
    'conflict',
    (d: { sku: string; onHand: number; reserved: number }) =>
      `${d.reserved} of ${d.sku} are promised; ${d.onHand} would not do`,
  ],
  reference_taken: ['conflict', (d: { reference: string }) => `${d.reference} already reserves other goods`],
  reservation_closed: [
    'conflict',
    (d: { reference: string; status: ReservationStatus }) => `The reservation for ${d.reference} is ${d.status}`,
  ],
  already_extended: [
    'conflict',
    (d: { reference: string; expiresAt: string }) =>
      `The reservation for ${d.reference} was given more time before, until ${d.expiresAt}`,
  ],
  reservation_not_found: ['not_found', (d: { reference: string }) => `Nothing is reserved for ${d.reference}`],
  not_in_transit: [
    'conflict',
    (d: { transferId: string; sku: string; wanted: number; inTransit: number }) =>
      `Only ${d.inTransit} of ${d.sku} are on their way with ${d.transferId}`,
  ],
  not_set_aside: [
    'conflict',
    (d: { sku: string; state: string; wanted: number; there: number }) => `Only ${d.there} of ${d.sku} are ${d.state}`,
  ],
  not_expected: [
    'conflict',
    (d: { deliveryId: string; sku: string; wanted: number }) =>
      `Not as many as ${d.wanted} of ${d.sku} are expected with ${d.deliveryId}`,
  ],
  lot_differs: [
    'conflict',
    (d: { sku: string; lot: string; expiresAt: string | null }) =>
      `Lot ${d.lot} of ${d.sku} is known with another date: ${d.expiresAt ?? 'none'}`,
  ],
  not_in_lot: [
    'conflict',
    (d: { sku: string; lot: string; wanted: number }) => `Fewer than ${d.wanted} of ${d.sku} are of lot ${d.lot} there`,
  ],
  serial_taken: ['conflict', (d: { sku: string; serial: string }) => `${d.serial} of ${d.sku} is in the house already`],
  serial_not_there: ['conflict', (d: { sku: string; serial: string }) => `${d.serial} of ${d.sku} is not there`],
  too_busy: [
    'unavailable',
    (d: { sku: string; waitedMs: number }) => `Too many buyers want ${d.sku} at this moment; ask again in a second`,
  ],
  delivery_not_found: ['not_found', (d: { deliveryId: string }) => `There is no delivery ${d.deliveryId}`],
  transfer_not_found: ['not_found', (d: { transferId: string }) => `There is no transfer ${d.transferId}`],
  location_not_found: ['not_found', (d: { locationId: string }) => `There is no location ${d.locationId}`],
})
