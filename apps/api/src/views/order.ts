import { z } from '@hono/zod-openapi'
import type { Db } from '@sangdo/core/server'
import { Order, OrderStep } from '@sangdo/orders'
import { Payment } from '@sangdo/payments'
import { Shipment } from '@sangdo/shipping'
import type { Shop } from '../shop.ts'

/** An order with what the other packages know of it: its money, its parcels, its life. */
export const OrderView = z
  .object({ order: Order, payment: Payment.nullable(), shipments: z.array(Shipment), steps: z.array(OrderStep) })
  .openapi('OrderView')
export type OrderView = z.infer<typeof OrderView>

/** Puts an order together with its payment, parcels and steps. */
export async function orderView(shop: Shop, db: Db, order: Order): Promise<OrderView> {
  const [payments, shipments, steps] = [
    await shop.payments.paymentsOf(db, [order.id]),
    await shop.shipping.shipmentsOf(db, [order.id]),
    await shop.orders.stepsOf(db, order.id),
  ]
  return { order, payment: payments[order.id] ?? null, shipments: shipments[order.id] ?? [], steps }
}
