import { createRoute, z } from '@hono/zod-openapi'
import { money } from '@sangdo/core'
import { AttemptId, MethodQuery, PaymentId, PaymentMethod } from '@sangdo/payments'
import { tokenHeader } from '@sangdo/payments-toss'
import { createHttp, refused, reply } from '../http.ts'
import type { Shop } from '../shop.ts'

const tags = ['Payments']

const { country, currency } = MethodQuery.shape
const methods = createRoute({
  method: 'get',
  path: '/payment-methods',
  tags,
  summary: 'How buyers can pay here: at all, or so much from a country',
  request: {
    query: z.object({ country, currency, minor: z.coerce.number().int().min(1).optional() }).openapi({
      description: 'Where it is delivered to, the currency, and how many minor units of it',
    }),
  },
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

/** Each way to pay that one provider or another takes, once. */
function methodsFor(
  { payments }: Shop,
  { minor, ...wanted }: Omit<MethodQuery, 'amount'> & { minor?: number | undefined },
) {
  const amount = minor !== undefined && wanted.currency ? { amount: money(minor, wanted.currency) } : {}
  return [...new Set(payments.methods({ ...wanted, ...amount }).map(({ method }) => method))]
}

export const paymentRoutes = createHttp()
  .openapi(methods, async (c) => c.json(methodsFor(c.var.shop, c.req.valid('query')), 200))
  .openapi(returned, async (c) => c.json(await c.var.shop.comeBack(c.var.db, c.req.valid('param').reference), 200))
  .openapi(webhook, async (c) => {
    await c.var.shop.payments.receiveWebhook(c.var.db, c.req.valid('param').provider, {
      // Toss Payments signs nothing: its word is the secret part of the address that it was given.
      headers: { ...c.req.header(), ...(c.req.query('token') ? { [tokenHeader]: c.req.query('token') } : {}) },
      body: await c.req.text(),
    })
    return c.body(null, 202)
  })
