import { z } from '@hono/zod-openapi'
import { Money, PageQuery, pageSchema } from '@sangdo/core'
import { OrderId, OrderStatus, OrderSummary } from '@sangdo/orders'
import { BankAccount } from '@sangdo/payments'
import { NewShipment, ShipmentId, TrackingEvent } from '@sangdo/shipping'
import { body, createHttp, idempotent, IdempotencyHeader, refused, reply, staffRoute } from '../../http.ts'
import { OrderView, orderView } from '../../views/order.ts'

const tags = ['Back office: orders']
const params = z.object({ orderId: OrderId })

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/orders',
  tags,
  summary: 'Orders, newest first; by status, number, e-mail address or name',
  request: { query: PageQuery.extend({ status: OrderStatus.optional(), text: z.string().max(100).optional() }) },
  responses: { 200: reply(pageSchema(OrderSummary)), default: refused },
})

const read = staffRoute('viewer', {
  method: 'get',
  path: '/admin/orders/{orderId}',
  tags,
  summary: 'An order with its payment, parcels and life',
  request: { params },
  responses: { 200: reply(OrderView), default: refused },
})

const ship = staffRoute('operator', {
  method: 'post',
  path: '/admin/orders/{orderId}/shipments',
  tags,
  summary: 'Send a parcel',
  middleware: [idempotent],
  request: { params, headers: IdempotencyHeader, body: body(NewShipment.omit({ orderId: true })) },
  responses: { 201: reply(OrderView), default: refused },
})

const track = staffRoute('operator', {
  method: 'post',
  path: '/admin/shipments/{shipmentId}/events',
  tags,
  summary: 'Write down what the carrier says of a parcel',
  middleware: [idempotent],
  request: {
    params: z.object({ shipmentId: ShipmentId }),
    headers: IdempotencyHeader,
    body: body(TrackingEvent.omit({ at: true })),
  },
  responses: { 201: reply(OrderView), default: refused },
})

const cancel = staffRoute('operator', {
  method: 'post',
  path: '/admin/orders/{orderId}/cancel',
  tags,
  summary: 'Call an order off and give its money back',
  middleware: [idempotent],
  request: {
    params,
    headers: IdempotencyHeader,
    body: body(z.strictObject({ reason: z.string().trim().min(1).max(500) })),
  },
  responses: { 200: reply(OrderView), default: refused },
})

const refund = staffRoute('operator', {
  method: 'post',
  path: '/admin/orders/{orderId}/refunds',
  tags,
  summary: 'Give part of the money back',
  middleware: [idempotent],
  request: {
    params,
    headers: IdempotencyHeader,
    body: body(
      z.strictObject({ amount: Money, reason: z.string().trim().min(1).max(500), account: BankAccount.optional() }),
    ),
  },
  responses: { 201: reply(OrderView), default: refused },
})

export const adminOrderRoutes = createHttp()
  .openapi(list, async (c) => {
    const { status, text, ...page } = c.req.valid('query')
    return c.json(await c.var.shop.orders.list(c.var.db, { status, text }, page), 200)
  })
  .openapi(read, async (c) => {
    const order = await c.var.shop.orders.orderOf(c.var.db, c.req.valid('param').orderId)
    return c.json(await orderView(c.var.shop, c.var.db, order), 200)
  })
  .openapi(ship, async (c) => {
    const { orderId } = c.req.valid('param')
    await c.var.shop.send(c.var.db, { ...c.req.valid('json'), orderId })
    return c.json(await orderView(c.var.shop, c.var.db, await c.var.shop.orders.orderOf(c.var.db, orderId)), 201)
  })
  .openapi(track, async (c) => {
    const { shop, db } = c.var
    const { orderId } = await shop.shipping.addEvent(db, c.req.valid('param').shipmentId, {
      ...c.req.valid('json'),
      at: shop.now().toISOString(),
    })
    await shop.deliver(db)
    return c.json(await orderView(shop, db, await shop.orders.orderOf(db, orderId)), 201)
  })
  .openapi(cancel, async (c) => {
    const { shop, db, access } = c.var
    const { orderId } = c.req.valid('param')
    await shop.orders.cancel(db, orderId, { reason: c.req.valid('json').reason, actor: access.actor })
    return c.json(await orderView(shop, db, await shop.settle(db, { id: orderId })), 200)
  })
  .openapi(refund, async (c) => {
    const { shop, db } = c.var
    const { orderId } = c.req.valid('param')
    await shop.payments.refund(db, {
      ...c.req.valid('json'),
      orderId,
      refundKey: c.req.valid('header')['idempotency-key'],
    })
    return c.json(await orderView(shop, db, await shop.orders.orderOf(db, orderId)), 201)
  })
