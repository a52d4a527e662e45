import { Instant } from '@sangdo/core'
import { z } from 'zod'
import { GoodsState, LocationId, Lot, Serial, Sku } from './stock.ts'

/** The pieces of a lot at a location, in one state. */
export const LotLevel = z
  .strictObject({
    sku: Sku,
    lot: Lot,
    expiresAt: Instant.nullable(),
    locationId: LocationId,
    state: GoodsState,
    quantity: z.int(),
  })
  .meta({ id: 'LotLevel' })
export type LotLevel = z.infer<typeof LotLevel>

/** Pieces of a lot that somebody has: a buyer by the reference of the reservation, or a transfer under way by its id. */
export const LotHolder = z.strictObject({ reference: z.string(), quantity: z.int() }).meta({ id: 'LotHolder' })
export type LotHolder = z.infer<typeof LotHolder>

/** Where one piece with a number of its own is: in the house in a state, or out with whoever has the reference. */
export const SerialPiece = z
  .strictObject({
    sku: Sku,
    serial: Serial,
    lot: Lot.nullable(),
    locationId: LocationId.describe('Where it is, or was last'),
    state: GoodsState.nullable().describe('Null when it is not in the house'),
    reference: z.string().nullable(),
  })
  .meta({ id: 'SerialPiece' })
export type SerialPiece = z.infer<typeof SerialPiece>
