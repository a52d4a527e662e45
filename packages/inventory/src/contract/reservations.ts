import { idSchema, Instant } from '@sangdo/core'
import { z } from 'zod'
import { LocationId, Position, Quantities, Quantity, Sku } from './stock.ts'

export const ReservationId = idSchema('rsv')
export type ReservationId = z.infer<typeof ReservationId>

/** What one piece of each bundle is made of, by the bundle's sku. Components are no bundles themselves. */
export const Bundles = z.record(Sku, Quantities)
export type Bundles = z.infer<typeof Bundles>

/**
 * Which locations serve a buyer. Whatever it is, a line goes in one parcel if some location has all of it.
 * `priority`: the lowest priority first. `most_stock`: where most pieces are, so that shelves empty evenly.
 * `fewest_parcels`: as few locations as possible over all lines. `nearest`: the shortest way to the destination first.
 */
export const SourcingStrategy = z.enum(['priority', 'most_stock', 'fewest_parcels', 'nearest'])
export type SourcingStrategy = z.infer<typeof SourcingStrategy>

/** How goods are reserved: for how many seconds (for good unless given), from where, and what bundles among them are made of. */
export const ReserveOptions = z.strictObject({
  seconds: z.number().optional(),
  sourcing: SourcingStrategy.optional(),
  destination: Position.optional(),
  bundles: Bundles.optional(),
})
export type ReserveOptions = z.infer<typeof ReserveOptions>

/** How many pieces may be promised at a location beyond what lies there; each promise is a backorder. */
export const BackorderAllowance = z
  .strictObject({
    sku: Sku,
    locationId: LocationId,
    limit: z.int().min(0).max(1_000_000).describe('How many pieces may wait at a time'),
    kind: z.enum(['backorder', 'preorder']).default('backorder').describe('Sold out, or not yet out'),
    until: Instant.nullable().default(null).describe('No promises from then on'),
    expectedAt: Instant.nullable().default(null).describe('When the pieces are expected'),
  })
  .meta({ id: 'BackorderAllowance' })
export type BackorderAllowance = z.infer<typeof BackorderAllowance>
/** As an allowance is given: at the main location unless it says where. */
export type BackorderTerms = Omit<z.input<typeof BackorderAllowance>, 'locationId'> & { locationId?: LocationId }

/** What a buyer can have of a sku: now, and later. */
export const Promisable = z
  .strictObject({ available: z.int(), beyond: z.int(), expectedAt: Instant.nullable() })
  .meta({ id: 'PromisableStock' })
export type Promisable = z.infer<typeof Promisable>

/** Pieces that a reservation waits for: promised beyond the stock, and so many of them come in since. */
export const Backorder = z
  .strictObject({
    id: idSchema('bko'),
    sku: Sku,
    locationId: LocationId,
    quantity: Quantity,
    filled: z.int(),
    status: z.enum(['waiting', 'filled', 'cancelled']),
    expectedAt: Instant.nullable(),
  })
  .meta({ id: 'Backorder' })
export type Backorder = z.infer<typeof Backorder>

/** A backorder that waits, and for whom. */
export const WaitingBackorder = Backorder.extend({ reference: z.string() }).meta({ id: 'WaitingBackorder' })
export type WaitingBackorder = z.infer<typeof WaitingBackorder>

/** The end of a reservation is one of three, and final. */
export const ReservationStatus = z.enum(['open', 'converted', 'released', 'expired'])
export type ReservationStatus = z.infer<typeof ReservationStatus>

/** Goods kept aside under a reference, such as an order's id, and where they lie. */
export const Reservation = z
  .strictObject({
    id: ReservationId,
    reference: z.string(),
    status: ReservationStatus,
    expiresAt: Instant.nullable(),
    extendedAt: Instant.nullable(),
    lines: z.array(z.strictObject({ sku: Sku, locationId: LocationId, quantity: Quantity })),
    backorders: z.array(Backorder),
  })
  .meta({ id: 'Reservation' })
export type Reservation = z.infer<typeof Reservation>
