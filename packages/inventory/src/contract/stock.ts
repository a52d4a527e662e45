import { idSchema, Instant } from '@sangdo/core'
import { z } from 'zod'

/** What a piece of stock is counted by; the variant's own code. */
export const Sku = z.string().trim().min(1).max(100)
export type Sku = z.infer<typeof Sku>

/** A whole number of pieces from one to a million. */
export const Quantity = z.int().min(1).max(1_000_000)

export const LocationId = idSchema('loc')
export type LocationId = z.infer<typeof LocationId>

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

/** The pieces of a sku at one location: there, promised to someone, and kept back from sale. */
export const StockLevel = z
  .strictObject({ sku: Sku, locationId: LocationId, onHand: z.int(), reserved: z.int(), safety: z.int() })
  .meta({ id: 'StockLevel' })
export type StockLevel = z.infer<typeof StockLevel>

/** The pieces of a sku over all locations; `available` is what may be sold now. */
export const Stock = z.strictObject({ onHand: z.int(), reserved: z.int(), available: z.int() }).meta({ id: 'Stock' })
export type Stock = z.infer<typeof Stock>

/** What a producer calls the goods that were made together. */
export const Lot = z.string().trim().min(1).max(100)
export type Lot = z.infer<typeof Lot>

/** The number of one piece, which no other piece of the sku has. */
export const Serial = z.string().trim().min(1).max(100)
export type Serial = z.infer<typeof Serial>

/** The numbers of all pieces of a line. */
const serials = z.array(Serial).min(1).max(1000).optional()
const oneEach = {
  path: ['serials'],
  message: 'Each piece has one number of its own',
}
const hasOneEach = (goods: { quantity: number; serials?: Serial[] | undefined }) =>
  goods.serials === undefined || new Set(goods.serials).size === goods.quantity

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
  'expired',
])
export type MovementReason = z.infer<typeof MovementReason>

/** In what state goods are. Only sellable ones count as on hand; the others are counted by themselves. */
export const GoodsState = z.enum(['sellable', 'damaged', 'quarantined', 'expired'])
export type GoodsState = z.infer<typeof GoodsState>

/** One line of the ledger from which every count can be rebuilt. */
export const Movement = z
  .strictObject({
    id: idSchema('mov'),
    sku: Sku,
    locationId: LocationId,
    state: GoodsState,
    lot: Lot.nullable(),
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
    state: GoodsState,
    lot: Lot.nullable().describe('Null for the shelf as a whole'),
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

/** Goods have come in, of an expected delivery or by themselves; of a lot that must not be sold from a date on, with numbers. */
export const Receipt = z
  .strictObject({
    deliveryId: DeliveryId.optional(),
    sku: Sku,
    quantity: Quantity,
    locationId: LocationId.optional(),
    lot: Lot.optional(),
    expiresAt: Instant.optional(),
    serials,
    reference: z.string().max(200).optional(),
    note: z.string().max(500).optional(),
  })
  .refine(hasOneEach, oneEach)
  .refine(({ lot, expiresAt }) => lot !== undefined || expiresAt === undefined, {
    path: ['lot'],
    message: 'Goods that expire are of a lot',
  })
export type Receipt = z.infer<typeof Receipt>

/** Goods that are not for sale: which, how many, in what state and where; of which lot, with which numbers. */
export const SetAside = z
  .strictObject({
    sku: Sku,
    quantity: Quantity,
    state: GoodsState.exclude(['sellable']),
    locationId: LocationId.optional(),
    lot: Lot.optional(),
    serials,
    reference: z.string().max(200).optional(),
    note: z.string().max(500).optional(),
  })
  .refine(hasOneEach, oneEach)
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
