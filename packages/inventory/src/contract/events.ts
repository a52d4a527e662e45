import { defineEvent, Instant } from '@sangdo/core'
import { z } from 'zod'
import { Correction, LocationId, Quantities, Quantity, Sku } from './stock.ts'
import { TransferId } from './transfers.ts'

const Promised = z.object({ reference: z.string(), lines: Quantities })
const Levels = z.object({ levels: z.array(z.object({ sku: Sku, available: z.int() })).min(1) })

/** Goods are kept aside. */
export const stockReserved = defineEvent('inventory.reserved', Promised)
/** Goods that were kept aside may be sold again. */
export const stockReleased = defineEvent('inventory.released', Promised)
/**
 * Few are left to sell of these skus, or none: said when a count falls to the threshold of the sku, and again when it falls to zero:
 * then it is sold out.
 */
export const stockRanLow = defineEvent('inventory.ran_low', Levels)
/** Something may be sold again of these skus, which were sold out. */
export const stockCameBack = defineEvent('inventory.back_in_stock', Levels)
/** More than a few may be sold again of these skus, of which few were left: said when a count rises above the threshold of the sku. */
export const stockRecovered = defineEvent('inventory.recovered', Levels)
/** Counts had drifted from their ledgers, and were set right: somebody should ask how that came about. */
export const stockCorrected = defineEvent('inventory.corrected', z.object({ corrections: z.array(Correction).min(1) }))
/** Goods have left one location for another. */
export const stockDispatched = defineEvent(
  'inventory.dispatched',
  z.object({ transferId: TransferId, from: LocationId, to: LocationId, lines: Quantities }),
)
/** All goods of a transfer have arrived or are lost; `lost` names those. */
export const transferClosed = defineEvent(
  'inventory.transfer_closed',
  z.object({ transferId: TransferId, lost: z.array(z.object({ sku: Sku, quantity: Quantity })) }),
)
/** Pieces that were kept aside are not there after all: those reservations wait for them now. Somebody should look into it. */
export const stockFellShort = defineEvent(
  'inventory.fell_short',
  z.object({
    shortfalls: z
      .array(z.object({ reference: z.string(), sku: Sku, locationId: LocationId, quantity: Quantity }))
      .min(1),
  }),
)
/** Pieces are promised that are not there yet. */
export const stockBackordered = defineEvent(
  'inventory.backordered',
  z.object({
    reference: z.string(),
    lines: z.array(z.object({ sku: Sku, quantity: Quantity, expectedAt: Instant.nullable() })).min(1),
  }),
)
/** Pieces that somebody waited for have come in and are kept aside for them, or, once sold, have left the stock. */
export const backorderFilled = defineEvent(
  'inventory.backorder_filled',
  z.object({ reference: z.string(), sku: Sku, quantity: Quantity }),
)
