import { Currency, defineErrors, defineEvent, idSchema, Instant, Money, Text } from '@sangdo/core'
import { z } from 'zod'

export const ZoneId = idSchema('zon')
export type ZoneId = z.infer<typeof ZoneId>
export const MethodId = idSchema('smt')
export type MethodId = z.infer<typeof MethodId>
export const ShipmentId = idSchema('shm')
export type ShipmentId = z.infer<typeof ShipmentId>
export const OrderId = idSchema('ord')
export type OrderId = z.infer<typeof OrderId>
export const LineId = idSchema('lin')
export type LineId = z.infer<typeof LineId>

const Country = z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters')
const Price = Money.refine((amount) => amount.minor >= 0, 'A price is not below zero')
const PostcodeEnd = z
  .string()
  .overwrite((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
  .min(1)
  .max(12)

/**
 * Postcodes from one to another, both included. They are compared as text, by as many characters as the ends have, so
 * `96701` to `96898` holds `96815-1234` and `BT` to `BT` all of Northern Ireland.
 */
export const PostcodeRange = z
  .strictObject({ from: PostcodeEnd, to: PostcodeEnd, name: z.string().max(100).optional() })
  .refine((range) => range.from.length === range.to.length && range.from <= range.to, {
    path: ['to'],
    message: 'Both ends are of one length, and the first is not after the second',
  })
export type PostcodeRange = z.infer<typeof PostcodeRange>

/** A country, or the part of it with these postcodes, less those that are left out. */
export const Area = z
  .strictObject({
    country: Country,
    postcodes: z.array(PostcodeRange).max(1000).default([]),
    except: z.array(PostcodeRange).max(1000).default([]),
  })
  .meta({ id: 'ShippingArea' })
export type Area = z.infer<typeof Area>

const zone = { name: z.string().trim().min(1).max(100), areas: z.array(Area).min(1).max(250) }

/** Where goods go by the same ways. */
export const Zone = z.strictObject({ id: ZoneId, ...zone }).meta({ id: 'ShippingZone' })
export type Zone = z.infer<typeof Zone>
/** A zone to store; with the id of a known one it takes its place. */
export const NewZone = z.strictObject({ id: ZoneId.optional(), ...zone })
export type NewZone = z.input<typeof NewZone>

/** From how much of goods, after all discounts, shipping costs nothing; surcharges are still paid. Null is never. */
const freeFrom = { freeFromGoodsAfterDiscounts: Price.nullable().default(null) }

/** What a method costs in one currency: the same for every parcel, or by its weight, the last tier being the heaviest. */
export const Rate = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('flat'), price: Price, ...freeFrom }),
    z.strictObject({
      kind: z.literal('by_weight'),
      tiers: z
        .array(z.strictObject({ upToGrams: z.int().min(1).max(1_000_000), price: Price }))
        .min(1)
        .max(100),
      ...freeFrom,
    }),
  ])
  .meta({ id: 'ShippingRate' })
export type Rate = z.infer<typeof Rate>

/** What is added in certain areas, in each currency of the method, also where shipping is free; and how many days more it takes. */
export const Surcharge = z
  .strictObject({
    name: Text,
    areas: z.array(Area).min(1).max(100),
    prices: z.array(Price).min(1).max(50),
    extraDays: z.int().min(0).max(60).default(0),
  })
  .meta({ id: 'ShippingSurcharge' })
export type Surcharge = z.infer<typeof Surcharge>

/** How many business days after it leaves a parcel arrives: `from` at the earliest, `to` at the latest. */
export const DeliveryDays = z
  .strictObject({ from: z.int().min(0).max(120), to: z.int().min(0).max(120) })
  .refine((days) => days.from <= days.to, { path: ['to'], message: 'The latest day is not before the earliest' })
export type DeliveryDays = z.infer<typeof DeliveryDays>

const method = {
  zoneId: ZoneId,
  name: Text.refine((text) => Object.values(text).some(Boolean), 'A method has a name'),
  active: z.boolean().default(true),
  position: z.int().min(0).max(1000).default(0),
  rates: z.array(Rate).min(1).max(50),
  surcharges: z.array(Surcharge).max(50).default([]),
  days: DeliveryDays,
  excludedSkus: z.array(z.string().min(1).max(100)).max(1000).default([]),
}

/** The currency of a rate: that of its price. */
export const currencyOf = (rate: Rate): string =>
  rate.kind === 'flat' ? rate.price.currency : (rate.tiers[0]?.price.currency ?? '')

const pricesOf = (rate: Rate) => [
  ...(rate.kind === 'flat' ? [rate.price] : rate.tiers.map((tier) => tier.price)),
  ...(rate.freeFromGoodsAfterDiscounts ? [rate.freeFromGoodsAfterDiscounts] : []),
]

const ascending = (rate: Rate) =>
  rate.kind === 'flat' ||
  rate.tiers.every((tier, index) => index === 0 || tier.upToGrams > (rate.tiers[index - 1]?.upToGrams ?? 0))

/** A method that could not name a price, or two of them, is refused when it is stored rather than when somebody pays. */
function sound(value: { rates: Rate[]; surcharges: Surcharge[] }, context: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  const currencies = value.rates.map(currencyOf)
  value.rates.forEach((rate, index) => {
    if (pricesOf(rate).some((price) => price.currency !== currencyOf(rate)))
      refuse(['rates', index], 'A rate has one currency')
    if (currencies.indexOf(currencyOf(rate)) !== index) refuse(['rates', index], 'A currency has one rate')
    if (!ascending(rate)) refuse(['rates', index, 'tiers'], 'Tiers go from light to heavy')
  })
  value.surcharges.forEach(({ prices }, index) => {
    const priced = prices.map((price) => price.currency)
    const once = new Set(priced).size === priced.length && currencies.every((currency) => priced.includes(currency))
    if (!once) refuse(['surcharges', index, 'prices'], 'A surcharge has one price in each currency of the method')
  })
}

/** A way to ship to a zone. Of a parcel with an excluded sku it says nothing at all. */
export const Method = z
  .strictObject({ id: MethodId, ...method })
  .superRefine(sound)
  .meta({ id: 'ShippingMethod' })
export type Method = z.infer<typeof Method>
/** A method to store; with the id of a known one it takes its place. */
export const NewMethod = z.strictObject({ id: MethodId.optional(), ...method }).superRefine(sound)
export type NewMethod = z.input<typeof NewMethod>

/** What is to be shipped: where to, how heavy, and what the goods cost after discounts. Whatever else an address holds is let be. */
export const Parcel = z.object({
  address: z.object({ country: Country, postcode: z.string().max(20) }),
  currency: Currency,
  weightGrams: z.int().min(0),
  goods: Money,
  lines: z
    .array(z.object({ sku: z.string(), quantity: z.int() }))
    .readonly()
    .default([]),
})
export type Parcel = z.input<typeof Parcel>

/** A way to ship a parcel. The surcharge is part of the price, and the days are those to this address. */
export const ShippingOption = z
  .object({ method: MethodId, name: Text, price: Money, days: DeliveryDays, surcharge: Money })
  .meta({ id: 'ShippingQuote' })
export type ShippingOption = z.infer<typeof ShippingOption>

/** Who brings it: CJ Logistics, Hanjin, Lotte, Korea Post, Logen, or someone else. */
export const Carrier = z.enum(['cj', 'hanjin', 'lotte', 'epost', 'logen', 'other'])
export type Carrier = z.infer<typeof Carrier>

/** The number on the label, without the spaces and hyphens it is printed with. */
export const TrackingNumber = z
  .string()
  .overwrite((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
  .regex(/^[0-9A-Z]{1,40}$/, 'A tracking number has letters and digits only')

export const ShippedLine = z.strictObject({ lineId: LineId, quantity: z.int().min(1).max(9_999) })
export type ShippedLine = z.infer<typeof ShippedLine>

/** A parcel that leaves the house: which pieces of which lines of an order, with whom, under which number. */
export const NewShipment = z
  .strictObject({
    orderId: OrderId,
    carrier: Carrier,
    trackingNumber: TrackingNumber,
    lines: z.array(ShippedLine).min(1).max(200),
  })
  .meta({ id: 'NewShipment' })
export type NewShipment = z.infer<typeof NewShipment>

/** A corrected label. */
export const Tracking = z.strictObject({ carrier: Carrier, trackingNumber: TrackingNumber })
export type Tracking = z.infer<typeof Tracking>

export const TrackingStatus = z.enum(['picked_up', 'in_transit', 'out_for_delivery', 'delivered', 'exception'])
export type TrackingStatus = z.infer<typeof TrackingStatus>
export const ShipmentStatus = z.enum(['shipped', ...TrackingStatus.options]).meta({ id: 'ShipmentStatus' })
export type ShipmentStatus = z.infer<typeof ShipmentStatus>

/** What a carrier says of a parcel. The same status at the same instant is the same event. */
export const TrackingEvent = z
  .strictObject({
    status: TrackingStatus,
    at: Instant,
    place: z.string().max(200).nullable().default(null),
    note: z.string().max(500).nullable().default(null),
  })
  .meta({ id: 'TrackingEvent' })
export type TrackingEvent = z.infer<typeof TrackingEvent>

/** A parcel on its way, with what its carrier has said, oldest first. */
export const Shipment = z
  .object({
    id: ShipmentId,
    orderId: OrderId,
    carrier: Carrier,
    trackingNumber: z.string(),
    status: ShipmentStatus,
    lines: z.array(ShippedLine),
    shippedAt: Instant,
    deliveredAt: Instant.nullable(),
    events: z.array(TrackingEvent),
  })
  .meta({ id: 'Shipment' })
export type Shipment = z.infer<typeof Shipment>

export const shippingErrors = defineErrors('shipping', {
  zone_not_found: ['not_found', (d: { zoneId: string }) => `There is no zone ${d.zoneId}`],
  zone_in_use: ['conflict', (d: { zoneId: string }) => `There are methods for the zone ${d.zoneId}`],
  method_not_found: ['not_found', (d: { methodId: string }) => `There is no method ${d.methodId}`],
  shipment_not_found: ['not_found', (d: { shipmentId: string }) => `There is no shipment ${d.shipmentId}`],
  tracking_number_taken: [
    'conflict',
    (d: { orderId: string; trackingNumber: string }) =>
      `${d.orderId} has a shipment ${d.trackingNumber} with other lines`,
  ],
  already_moving: [
    'conflict',
    (d: { shipmentId: string; status: ShipmentStatus }) =>
      `The carrier has ${d.shipmentId} already; it is ${d.status}, and its label stays as it is`,
  ],
})

const OfOrder = z.object({ shipmentId: ShipmentId, orderId: OrderId, lines: z.array(ShippedLine) })

/** A parcel has left the house. */
export const shipmentShipped = defineEvent(
  'shipping.shipped',
  OfOrder.extend({ carrier: Carrier, trackingNumber: z.string() }),
)
/** A parcel has arrived; said once. */
export const shipmentDelivered = defineEvent('shipping.delivered', OfOrder)
/** Something came between: the carrier reports an exception. */
export const shipmentDelayed = defineEvent('shipping.delayed', OfOrder.extend({ note: z.string().nullable() }))
