import { createRoute, z } from '@hono/zod-openapi'
import { AttemptId, PaymentId, PaymentMethod } from '@sangdo/payments'
import { tokenHeader } from '@sangdo/payments-toss'
import { createHttp, refused, reply } from '../http.ts'

const tags = ['Payments']

const methods = createRoute({
  method: 'get',
  path: '/payment-methods',
  tags,
  summary: 'How buyers can pay here',
  responses: { 200: reply(z.array(PaymentMethod)), default: refused },
})

const returned = createRoute({
  method: 'post',
  path: '/payments/{reference}/order',
  tags,
  summary: 'Which order a payment is for, once its provider has sent the buyer back; acts on what the provider says',
  request: { params: z.object({ reference: z.union([PaymentId, AttemptId]) }) },
  responses: { 200: reply(z.object({ number: z.string(), token: z.string() })), default: refused },
})

const webhook = createRoute({
  method: 'post',
  path: '/webhooks/{provider}',
  tags,
  summary: 'Messages of a payment provider; stored if genuine, and acted on a moment later',
  request: { params: z.object({ provider: z.string().max(40) }) },
  responses: { 202: { description: 'Stored' }, default: refused },
})

export const paymentRoutes = createHttp()
  .openapi(methods, async (c) => c.json([...new Set(c.var.shop.payments.methods().map(({ method }) => method))], 200))
  .openapi(returned, async (c) => c.json(await c.var.shop.comeBack(c.var.db, c.req.valid('param').reference), 200))
  .openapi(webhook, async (c) => {
    await c.var.shop.payments.receiveWebhook(c.var.db, c.req.valid('param').provider, {
      // Toss Payments signs nothing: its word is the secret part of the address that it was given.
      headers: { ...c.req.header(), ...(c.req.query('token') ? { [tokenHeader]: c.req.query('token') } : {}) },
      body: await c.req.text(),
    })
    return c.body(null, 202)
  })
