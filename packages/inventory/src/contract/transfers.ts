import { idSchema, Instant } from '@sangdo/core'
import { z } from 'zod'
import { LocationId, Quantities, Quantity, Sku } from './stock.ts'

export const TransferId = idSchema('trf')
export type TransferId = z.infer<typeof TransferId>

/** Goods are sent from one location to another. */
export const Dispatch = z
  .strictObject({
    from: LocationId,
    to: LocationId,
    lines: Quantities,
    expectedAt: Instant.nullable().default(null),
    note: z.string().max(500).nullable().default(null),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'Goods are there already' })
export type Dispatch = z.input<typeof Dispatch>

/** Some goods of a transfer have arrived, or are lost. */
export const TransferStep = z.strictObject({ transferId: TransferId, lines: Quantities })
export type TransferStep = z.infer<typeof TransferStep>

/** Goods on their way between two locations: for sale at neither until they arrive. */
export const Transfer = z
  .strictObject({
    id: TransferId,
    from: LocationId,
    to: LocationId,
    status: z.enum(['in_transit', 'closed']),
    note: z.string().nullable(),
    dispatchedAt: Instant,
    expectedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    lines: z.array(z.strictObject({ sku: Sku, quantity: Quantity, received: z.int(), lost: z.int() })),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof Transfer>

/** Pieces on their way to a location, and when they are expected. */
export const Incoming = z
  .strictObject({ sku: Sku, locationId: LocationId, quantity: Quantity, expectedAt: Instant.nullable() })
  .meta({ id: 'IncomingStock' })
export type Incoming = z.infer<typeof Incoming>
