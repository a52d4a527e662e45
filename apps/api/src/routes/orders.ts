import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { OrderSummary, PayOrder, PlacedOrder, PlaceOrder } from '@sangdo/orders'
import type { Context } from 'hono'
import { body, createHttp, type Env, idempotent, IdempotencyHeader, refused, reply } from '../http.ts'
import { buyersView, OrderView } from '../views/order.ts'

const tags = ['Orders']
const byNumber = {
  params: z.object({ number: z.string().min(1).max(40) }),
  query: z.object({ token: z.string().max(200).optional().openapi({ description: 'The secret of a guest’s order' }) }),
}
const StartedPayment = z.object({ id: z.string(), status: z.string(), redirectUrl: z.string().nullable() }).nullable()

const checkout = createRoute({
  method: 'post',
  path: '/checkout',
  tags,
  summary: 'Order a cart for the total that was accepted, and start its payment',
  middleware: [idempotent] as const,
  request: { headers: IdempotencyHeader, body: body(PlaceOrder.extend(PayOrder.shape)) },
  responses: { 201: reply(z.object({ ...PlacedOrder.shape, payment: StartedPayment })), default: refused },
})

const read = createRoute({
  method: 'get',
  path: '/orders/{number}',
  tags,
  summary: 'An order with its payment and parcels, for its buyer',
  request: byNumber,
  responses: { 200: reply(OrderView), default: refused },
})

const settle = createRoute({
  method: 'post',
  path: '/orders/{number}/settle',
  tags,
  summary: 'Ask the provider how the payment of an order stands, and act on it',
  request: byNumber,
  responses: { 200: reply(OrderView), default: refused },
})

const pay = createRoute({
  method: 'post',
  path: '/orders/{number}/payments',
  tags,
  summary: 'Pay an order that waits for its money, again or in another way',
  middleware: [idempotent] as const,
  request: { ...byNumber, headers: IdempotencyHeader, body: body(PayOrder) },
  responses: { 201: reply(StartedPayment), default: refused },
})

const cancel = createRoute({
  method: 'post',
  path: '/orders/{number}/cancel',
  tags,
  summary: 'Call an order off before anything has shipped',
  middleware: [idempotent] as const,
  request: {
    ...byNumber,
    headers: IdempotencyHeader,
    body: body(z.strictObject({ reason: z.string().trim().min(1).max(500) })),
  },
  responses: { 200: reply(OrderView), default: refused },
})

const appeal = createRoute({
  method: 'post',
  path: '/orders/{number}/appeal',
  tags,
  summary: 'Ask the shop to look at an order that was not taken; it is kept for three days meanwhile',
  request: {
    ...byNumber,
    body: body(z.strictObject({ note: z.string().trim().min(1).max(2000) })),
  },
  responses: { 200: reply(OrderView), default: refused },
})

const mine = createRoute({
  method: 'get',
  path: '/me/orders',
  tags,
  summary: 'The orders of the customer who has signed in, newest first',
  request: { query: PageQuery },
  responses: { 200: reply(pageSchema(OrderSummary)), default: refused },
})

/** The order for its buyer: with its token, or for the customer who placed it. Anybody else's is not found. */
async function buyersOrder(c: Context<Env>, number: string, token: string | undefined) {
  const { shop, db, access } = c.var
  return token
    ? shop.orders.orderByToken(db, number, token)
    : shop.orders.orderOfCustomer(db, number, access.requireCustomer())
}

export const orderRoutes = createHttp()
  .openapi(checkout, async (c) => {
    const { method, returnUrl, ...accepted } = c.req.valid('json')
    const { shop, db, access } = c.var
    const from = { ip: c.env?.clientIp ?? c.env?.incoming?.socket.remoteAddress }
    return c.json(await shop.checkout(db, accepted, { method, returnUrl }, access.customerId, from), 201)
  })
  .openapi(appeal, async (c) => {
    const { shop, db } = c.var
    const order = await buyersOrder(c, c.req.valid('param').number, c.req.valid('query').token)
    await shop.appeal(db, order, c.req.valid('json').note)
    return c.json(await buyersView(shop, db, await shop.orders.orderOf(db, order.id)), 200)
  })
  .openapi(mine, async (c) => {
    const customerId = c.var.access.requireCustomer()
    return c.json(await c.var.shop.orders.list(c.var.db, { customerId }, c.req.valid('query')), 200)
  })
  .openapi(read, async (c) => {
    const order = await buyersOrder(c, c.req.valid('param').number, c.req.valid('query').token)
    return c.json(await buyersView(c.var.shop, c.var.db, order), 200)
  })
  .openapi(settle, async (c) => {
    const order = await buyersOrder(c, c.req.valid('param').number, c.req.valid('query').token)
    return c.json(await buyersView(c.var.shop, c.var.db, await c.var.shop.settle(c.var.db, order)), 200)
  })
  .openapi(pay, async (c) => {
    const order = await buyersOrder(c, c.req.valid('param').number, c.req.valid('query').token)
    const { shop, db } = c.var
    return c.json(await shop.pay(db, await shop.orders.placedOf(db, order.id), c.req.valid('json')), 201)
  })
  .openapi(cancel, async (c) => {
    const order = await buyersOrder(c, c.req.valid('param').number, c.req.valid('query').token)
    await c.var.shop.orders.cancel(c.var.db, order.id, { reason: c.req.valid('json').reason, actor: 'buyer' })
    return c.json(await buyersView(c.var.shop, c.var.db, await c.var.shop.settle(c.var.db, order)), 200)
  })
