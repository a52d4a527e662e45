import { z } from '@hono/zod-openapi'
import { Text } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { Order, OrderStep } from '@sangdo/orders'
import { Payment, type RiskStanding } from '@sangdo/payments'
import { carriers, Shipment, trackingUrl } from '@sangdo/shipping'
import { isRefused } from '../risk/facts.ts'
import type { Shop } from '../shop.ts'

/** A parcel with the name of its carrier, and the page on which it can be followed. */
const Parcel = Shipment.extend({ carrierName: Text, trackingUrl: z.string().nullable() }).openapi('Parcel')

/** An order with what the other packages know of it: its money, its parcels, its life. */
export const OrderView = z
  .object({
    order: Order,
    payment: Payment.nullable(),
    shipments: z.array(Parcel),
    steps: z.array(OrderStep),
    refusal: z.enum(['open', 'appealed', 'confirmed']).nullable().openapi({
      description: 'Whether the order is not taken, and its buyer may appeal, has done so, or was heard',
    }),
  })
  .openapi('OrderView')
export type OrderView = z.infer<typeof OrderView>

/** Puts an order together with its payment, parcels and steps. */
export async function orderView(shop: Shop, db: Db, order: Order): Promise<OrderView> {
  const [payments, shipments, steps] = [
    await shop.payments.paymentsOf(db, [order.id]),
    await shop.shipping.shipmentsOf(db, [order.id]),
    await shop.orders.stepsOf(db, order.id),
  ]
  const standing = await shop.risk.standingOf(db, order.id)
  const parcels = (shipments[order.id] ?? []).map(parcelOf)
  return { order, payment: payments[order.id] ?? null, shipments: parcels, steps, refusal: refusalIn(standing) }
}

/** The same for its buyer: who of the shop took a step, and what they noted, stays in the house. */
export async function buyersView(shop: Shop, db: Db, order: Order): Promise<OrderView> {
  const view = await orderView(shop, db, order)
  const steps = view.steps.map((step) =>
    step.actor.startsWith('stf_') || step.actor === 'rules' ? { ...step, actor: 'shop', note: null } : step,
  )
  return { ...view, steps }
}

const refusals = { automatic: 'open', waiting: 'appealed', decided: 'confirmed' } as const

const refusalIn = (standing: RiskStanding | undefined) =>
  standing && isRefused(standing) ? refusals[standing.status] : null

const parcelOf = (shipment: Shipment): z.infer<typeof Parcel> => ({
  ...shipment,
  carrierName: { ...carriers[shipment.carrier].name },
  trackingUrl: trackingUrl(shipment),
})
