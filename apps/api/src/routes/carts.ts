import { createRoute, z } from '@hono/zod-openapi'
import { Cart, CartChange, CartId, CouponCodes, Delivery, NewCart, PricedCart } from '@sangdo/orders'
import { body, createHttp, refused, reply } from '../http.ts'

const params = z.object({ cartId: CartId })
const query = z.object({ version: z.coerce.number().int().min(0).optional() })
const tags = ['Carts']

const create = createRoute({
  method: 'post',
  path: '/carts',
  tags,
  summary: 'Start a cart',
  request: { body: body(NewCart.omit({ customerId: true })) },
  responses: { 201: reply(Cart), default: refused },
})

const mine = createRoute({
  method: 'get',
  path: '/carts/mine',
  tags,
  summary: 'The open cart of the customer who has signed in',
  responses: { 200: reply(Cart.nullable()), default: refused },
})

const read = createRoute({
  method: 'get',
  path: '/carts/{cartId}',
  tags,
  summary: 'A cart with names, prices, ways to ship, and what stands in the way of an order',
  request: { params, query: z.object({ method: z.string().max(40).optional() }) },
  responses: { 200: reply(PricedCart), default: refused },
})

const add = createRoute({
  method: 'post',
  path: '/carts/{cartId}/lines',
  tags,
  summary: 'Put more of a sku into a cart',
  request: { params, query, body: body(CartChange) },
  responses: { 200: reply(Cart), default: refused },
})

const set = createRoute({
  method: 'put',
  path: '/carts/{cartId}/lines',
  tags,
  summary: 'Make a cart hold exactly so many of a sku; zero takes it out',
  request: { params, query, body: body(CartChange) },
  responses: { 200: reply(Cart), default: refused },
})

const codes = createRoute({
  method: 'put',
  path: '/carts/{cartId}/codes',
  tags,
  summary: 'Set the coupon codes of a cart',
  request: { params, query, body: body(z.strictObject({ codes: CouponCodes })) },
  responses: { 200: reply(Cart), default: refused },
})

const delivery = createRoute({
  method: 'put',
  path: '/carts/{cartId}/delivery',
  tags,
  summary: 'Set who buys, where it goes and how it gets there',
  request: { params, query, body: body(Delivery) },
  responses: { 200: reply(Cart), default: refused },
})

const claim = createRoute({
  method: 'post',
  path: '/carts/{cartId}/claim',
  tags,
  summary: 'Bring a guest’s cart along after signing in',
  request: { params },
  responses: { 200: reply(Cart), default: refused },
})

export const cartRoutes = createHttp()
  .openapi(create, async (c) => {
    const customerId = c.var.access.customerId
    return c.json(await c.var.shop.orders.carts.create(c.var.db, { ...c.req.valid('json'), customerId }), 201)
  })
  .openapi(mine, async (c) => {
    const cart = await c.var.shop.orders.carts.cartOfCustomer(c.var.db, c.var.access.requireCustomer())
    return c.json(cart ?? null, 200)
  })
  .openapi(read, async (c) => {
    const expected = { buyer: c.var.access.customerId, paymentMethod: c.req.valid('query').method }
    return c.json(await c.var.shop.orders.carts.priced(c.var.db, c.req.valid('param').cartId, expected), 200)
  })
  .openapi(add, async (c) => {
    const expected = { ...c.req.valid('query'), buyer: c.var.access.customerId }
    return c.json(
      await c.var.shop.orders.carts.add(c.var.db, c.req.valid('param').cartId, c.req.valid('json'), expected),
      200,
    )
  })
  .openapi(set, async (c) => {
    const expected = { ...c.req.valid('query'), buyer: c.var.access.customerId }
    return c.json(
      await c.var.shop.orders.carts.set(c.var.db, c.req.valid('param').cartId, c.req.valid('json'), expected),
      200,
    )
  })
  .openapi(codes, async (c) => {
    const expected = { ...c.req.valid('query'), buyer: c.var.access.customerId }
    const { codes: entered } = c.req.valid('json')
    return c.json(await c.var.shop.orders.carts.setCodes(c.var.db, c.req.valid('param').cartId, entered, expected), 200)
  })
  .openapi(delivery, async (c) => {
    const expected = { ...c.req.valid('query'), buyer: c.var.access.customerId }
    return c.json(
      await c.var.shop.orders.carts.setDelivery(c.var.db, c.req.valid('param').cartId, c.req.valid('json'), expected),
      200,
    )
  })
  .openapi(claim, async (c) => {
    const customerId = c.var.access.requireCustomer()
    return c.json(await c.var.shop.orders.carts.claim(c.var.db, c.req.valid('param').cartId, customerId), 200)
  })
