import { z } from '@hono/zod-openapi'
import { Currency, defineErrors, PageQuery, pageSchema } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { orderErrors } from '@sangdo/orders'
import {
  type AttemptId,
  DepositId,
  DepositReturn,
  PayOut,
  PayOutResult,
  ReceivedDeposit,
  RefundId,
} from '@sangdo/payments'
import { body, createHttp, done, refused, reply, staffRoute } from '../../http.ts'
import type { Shop } from '../../shop.ts'
import { statementOf } from '../../statements.ts'

const tags = ['Back office: money']
const provider = 'bank_transfer'

const bankErrors = defineErrors('statements', {
  no_columns: ['invalid', (d: { missing: readonly string[] }) => `The file has no column for ${d.missing.join(', ')}`],
  no_account: ['conflict', (_: object) => 'This shop takes no transfers to an account of its own'],
})

const Result = z
  .object({
    added: z.int(),
    known: z.int().openapi({ description: 'Rows that were read before' }),
    matched: z.array(ReceivedDeposit.extend({ orderId: z.string().nullable(), orderNumber: z.string().nullable() })),
    suspended: z.array(ReceivedDeposit),
    changed: z.array(z.string()).openapi({ description: 'Rows that were read before with another amount' }),
    refused: z.array(z.object({ line: z.int(), reason: z.enum(['columns', 'date', 'amount', 'row']) })),
  })
  .openapi('StatementResult')

const read = staffRoute('operator', {
  method: 'post',
  path: '/admin/bank/statements',
  tags,
  summary:
    'Read a bank statement (CSV): each deposit pays the order that it names, or waits for a person; a row counts once',
  request: { body: body(z.strictObject({ csv: z.string().min(1).max(240_000), currency: Currency })) },
  responses: { 200: reply(Result), default: refused },
})

const assign = staffRoute('operator', {
  method: 'post',
  path: '/admin/bank/deposits/{depositId}/assign',
  tags,
  summary: 'Give a deposit in suspense to the order that it is for',
  request: {
    params: z.object({ depositId: DepositId }),
    body: body(z.strictObject({ orderNumber: z.string().trim().min(1).max(40) })),
  },
  responses: { 200: reply(ReceivedDeposit), default: refused },
})

const giveBack = staffRoute('operator', {
  method: 'post',
  path: '/admin/bank/deposits/{depositId}/return',
  tags,
  summary: 'Note that a deposit in suspense was sent back',
  request: { params: z.object({ depositId: DepositId }), body: body(DepositReturn.omit({ depositId: true })) },
  responses: { 200: reply(ReceivedDeposit), default: refused },
})

const payOuts = staffRoute('viewer', {
  method: 'get',
  path: '/admin/pay-outs',
  tags,
  summary: 'Refunds that somebody has to send to the account of a buyer, oldest first',
  request: { query: PageQuery },
  responses: { 200: reply(pageSchema(PayOut)), default: refused },
})

const settle = staffRoute('operator', {
  method: 'post',
  path: '/admin/pay-outs/{refundId}',
  tags,
  summary: 'Note that a refund was sent by hand, or that its account does not take it; the first who says so counts',
  request: { params: z.object({ refundId: RefundId }), body: body(PayOutResult.omit({ refundId: true })) },
  responses: { 204: done, default: refused },
})

export const bankRoutes = createHttp()
  .openapi(read, async (c) => {
    const { shop, db } = c.var
    const { csv, currency } = c.req.valid('json')
    if (!shop.payments.methods().some((one) => one.provider === provider)) throw bankErrors.no_account({})
    const { rows, refused: unread, missing } = statementOf(csv, currency)
    if (missing.length > 0) throw bankErrors.no_columns({ missing })
    const result = await shop.payments.matchDeposits(db, rows, provider)
    await shop.deliver(db)
    const matched = await Promise.all(
      result.matched.map(async (deposit) => ({ ...deposit, ...(await orderPaidBy(shop, db, deposit.attemptId)) })),
    )
    return c.json({ ...result, matched, refused: unread }, 200)
  })
  .openapi(assign, async (c) => {
    const { shop, db } = c.var
    const attemptId = await transferOf(shop, db, c.req.valid('json').orderNumber)
    const deposit = await shop.payments.assignDeposit(db, { ...c.req.valid('param'), attemptId })
    await shop.deliver(db)
    return c.json(deposit, 200)
  })
  .openapi(giveBack, async (c) =>
    c.json(await c.var.shop.payments.returnDeposit(c.var.db, { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
  )
  .openapi(payOuts, async (c) => c.json(await c.var.shop.payments.payOuts(c.var.db, c.req.valid('query')), 200))
  .openapi(settle, async (c) => {
    const { shop, db } = c.var
    await shop.payments.settlePayOut(db, { ...c.req.valid('param'), ...c.req.valid('json') })
    await shop.deliver(db)
    return c.body(null, 204)
  })

/** The order that a deposit has paid. */
async function orderPaidBy(shop: Shop, db: Db, attemptId: AttemptId | null) {
  const orderId = attemptId && (await shop.payments.paymentOf(db, attemptId)).orderId
  const order = orderId ? (await shop.orders.summariesOf(db, [orderId]))[orderId] : undefined
  return { orderId: orderId || null, orderNumber: order?.number ?? null }
}

/** The transfer by which an order is to be paid. Throws `orders.order_not_found`. */
async function transferOf(shop: Shop, db: Db, orderNumber: string): Promise<AttemptId> {
  const number = orderNumber.toUpperCase()
  const { items } = await shop.orders.list(db, { text: number }, { limit: 5 })
  const order = items.find((one) => one.number === number)
  const payment = order && (await shop.payments.paymentsOf(db, [order.id]))[order.id]
  const attempt = payment?.attempts.findLast((one) => one.provider === provider)
  if (!attempt) throw orderErrors.order_not_found({ order: orderNumber })
  return attempt.id
}
