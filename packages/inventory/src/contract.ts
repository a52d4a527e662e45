import { defineErrors, defineEvent, idSchema, Instant } from '@sangdo/core'
import { z } from 'zod'

/** What a piece of stock is counted by; the variant's own code. */
export const Sku = z.string().trim().min(1).max(100)
export type Sku = z.infer<typeof Sku>

/** A whole number of pieces from one to a million. */
export const Quantity = z.int().min(1).max(1_000_000)

export const LocationId = idSchema('loc')
export type LocationId = z.infer<typeof LocationId>
export const ReservationId = idSchema('rsv')
export type ReservationId = z.infer<typeof ReservationId>

/** A point on the Earth, in degrees as maps give them (WGS 84), kept to a millionth. */
export const Position = z
  .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .meta({ id: 'Position' })
export type Position = z.infer<typeof Position>

/** A place that holds stock. Goods are taken from the lowest `priority` first. */
export const Location = z
  .strictObject({
    id: LocationId,
    name: z.string().min(1).max(200),
    priority: z.int().min(0).max(1000),
    position: Position.nullable().default(null),
  })
  .meta({ id: 'Location' })
export type Location = z.infer<typeof Location>

/** So many pieces of each sku. A sku on two lines counts as the sum of both. */
export const Quantities = z
  .array(z.strictObject({ sku: Sku, quantity: Quantity }))
  .min(1)
  .max(200)
export type Quantities = z.infer<typeof Quantities>

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

/** The pieces of a sku at one location: there, promised to someone, and kept back from sale. */
export const StockLevel = z
  .strictObject({ sku: Sku, locationId: LocationId, onHand: z.int(), reserved: z.int(), safety: z.int() })
  .meta({ id: 'StockLevel' })
export type StockLevel = z.infer<typeof StockLevel>

/** The pieces of a sku over all locations; `available` is what may be sold now. */
export const Stock = z.strictObject({ onHand: z.int(), reserved: z.int(), available: z.int() }).meta({ id: 'Stock' })
export type Stock = z.infer<typeof Stock>

/** Why stock has moved. Positive quantities come in, negative ones go out. */
export const MovementReason = z.enum([
  'received',
  'sold',
  'restocked',
  'counted',
  'damaged',
  'corrected',
  'dispatched',
  'arrived',
  'lost',
  'quarantined',
  'inspected',
  'written_off',
])
export type MovementReason = z.infer<typeof MovementReason>

/** In what state goods are. Only sellable ones count as on hand; the others are counted by themselves. */
export const GoodsState = z.enum(['sellable', 'damaged', 'quarantined'])
export type GoodsState = z.infer<typeof GoodsState>

/** One line of the ledger from which every count can be rebuilt. */
export const Movement = z
  .strictObject({
    id: idSchema('mov'),
    sku: Sku,
    locationId: LocationId,
    state: GoodsState,
    quantity: z.int(),
    reason: MovementReason,
    reference: z.string().nullable(),
    note: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'Movement' })
export type Movement = z.infer<typeof Movement>

/** The counts of a sku at a location were not what the ledger and the open reservations say, and were set to that. */
export const Correction = z
  .strictObject({
    id: idSchema('cor'),
    sku: Sku,
    locationId: LocationId,
    onHand: z.int().describe('What the count was'),
    moved: z.int().describe('What the ledger says, and the count is now'),
    reserved: z.int().describe('What was counted as reserved'),
    promised: z.int().describe('What open reservations hold, and the count is now'),
    at: Instant,
  })
  .meta({ id: 'StockCorrection' })
export type Correction = z.infer<typeof Correction>

export const DeliveryId = idSchema('dlv')
export type DeliveryId = z.infer<typeof DeliveryId>

/** Goods are expected from a supplier. */
export const ExpectedDelivery = z.strictObject({
  sku: Sku,
  quantity: Quantity,
  locationId: LocationId.optional(),
  expectedAt: Instant.optional(),
  reference: z.string().max(200).optional(),
})
export type ExpectedDelivery = z.infer<typeof ExpectedDelivery>

/** Goods have come in, of an expected delivery or by themselves. */
export const Receipt = z.strictObject({
  deliveryId: DeliveryId.optional(),
  sku: Sku,
  quantity: Quantity,
  locationId: LocationId.optional(),
  reference: z.string().max(200).optional(),
  note: z.string().max(500).optional(),
})
export type Receipt = z.infer<typeof Receipt>

/** Goods that are not for sale: which, how many, in what state and where. */
export const SetAside = z.strictObject({
  sku: Sku,
  quantity: Quantity,
  state: GoodsState.exclude(['sellable']),
  locationId: LocationId.optional(),
  reference: z.string().max(200).optional(),
  note: z.string().max(500).optional(),
})
export type SetAside = z.infer<typeof SetAside>

/** Goods of a sku that are at a location and not for sale. */
export const AsideLevel = z
  .strictObject({ sku: Sku, locationId: LocationId, state: SetAside.shape.state, quantity: z.int() })
  .meta({ id: 'AsideLevel' })
export type AsideLevel = z.infer<typeof AsideLevel>

/** The shelf was counted: this many pieces are there. */
export const Count = z.strictObject({
  sku: Sku,
  onHand: z.int().min(0).max(1_000_000),
  locationId: LocationId.optional(),
  reason: MovementReason.extract(['counted', 'damaged', 'corrected']).default('counted'),
  shortfall: z
    .enum(['refuse', 'record'])
    .default('refuse')
    .describe('What to do when fewer are there than are promised: refuse the count, or let the newest promises wait'),
  note: z.string().max(500).optional(),
})
export type Count = z.input<typeof Count>

/** Many counts at once. */
export const Counts = z.strictObject({ counts: z.array(Count).min(1).max(1000) })

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
  delivery_not_found: ['not_found', (d: { deliveryId: string }) => `There is no delivery ${d.deliveryId}`],
  transfer_not_found: ['not_found', (d: { transferId: string }) => `There is no transfer ${d.transferId}`],
  location_not_found: ['not_found', (d: { locationId: string }) => `There is no location ${d.locationId}`],
})

const Promised = z.object({ reference: z.string(), lines: Quantities })
const Levels = z.object({ levels: z.array(z.object({ sku: Sku, available: z.int() })).min(1) })

/** Goods are kept aside. */
export const stockReserved = defineEvent('inventory.reserved', Promised)
/** Goods that were kept aside may be sold again. */
export const stockReleased = defineEvent('inventory.released', Promised)
/** Few are left to sell of these skus, or none: said when a count falls to the threshold, and again when it falls to zero. */
export const stockRanLow = defineEvent('inventory.ran_low', Levels)
/** Something may be sold again of these skus, which were sold out. */
export const stockCameBack = defineEvent('inventory.back_in_stock', Levels)
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
