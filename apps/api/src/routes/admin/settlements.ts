import { z } from '@hono/zod-openapi'
import { Currency, defineErrors, Instant, PageQuery, pageSchema } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import {
  type AttemptId,
  ExceptionId,
  ExceptionResolution,
  paymentErrors,
  Reconciliation,
  SettlementException,
} from '@sangdo/payments'
import { body, createHttp, done, refused, reply, staffRoute } from '../../http.ts'
import { settlementOf, startOfDay } from '../../settlement-files.ts'
import type { Shop } from '../../shop.ts'

const tags = ['Back office: money']

const fileErrors = defineErrors('settlements', {
  no_columns: ['invalid', (d: { missing: readonly string[] }) => `The file has no column for ${d.missing.join(', ')}`],
})

const Result = Reconciliation.extend({
  refused: z.array(z.object({ line: z.int(), reason: z.enum(['columns', 'kind', 'date', 'amount', 'row']) })),
}).openapi('SettlementResult')

/** A difference, with the order that it is about where the shop knows one. */
const ExceptionView = SettlementException.extend({
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
}).openapi('SettlementExceptionView')

const providers = staffRoute('viewer', {
  method: 'get',
  path: '/admin/settlements/providers',
  tags,
  summary: 'Whose settlements are read: the providers by which this shop is paid',
  responses: { 200: reply(z.array(z.string())), default: refused },
})

const read = staffRoute('operator', {
  method: 'post',
  path: '/admin/settlements',
  tags,
  summary: 'Read a settlement of a provider (CSV) and hold it against the ledger, both ways; a row counts once',
  request: {
    body: body(
      z.strictObject({
        provider: z.string().min(1).max(40),
        csv: z.string().min(1).max(240_000),
        currency: Currency,
        from: Instant.optional().openapi({ description: 'The first day ever settled, in Korea, unless given' }),
        to: Instant.optional().openapi({ description: 'The end of the last day of the file unless given' }),
      }),
    ),
  },
  responses: { 200: reply(Result), default: refused },
})

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/settlements/exceptions',
  tags,
  summary: 'Where ledger and settlements differ, newest first: what is open, or what was explained or came to agree',
  request: { query: PageQuery.extend({ resolved: z.enum(['true', 'false']).default('false') }) },
  responses: { 200: reply(pageSchema(ExceptionView)), default: refused },
})

const resolve = staffRoute('operator', {
  method: 'post',
  path: '/admin/settlements/exceptions/{exceptionId}',
  tags,
  summary: 'Note why the figures differ',
  request: {
    params: z.object({ exceptionId: ExceptionId }),
    body: body(ExceptionResolution.omit({ exceptionId: true })),
  },
  responses: { 204: done, default: refused },
})

/** What comes in by the shop's own account is read from its bank's statements. */
const providersOf = ({ payments }: Shop) =>
  [...new Set(payments.methods().map(({ provider }) => provider))].filter((provider) => provider !== 'bank_transfer')

export const settlementRoutes = createHttp()
  .openapi(providers, (c) => c.json(providersOf(c.var.shop), 200))
  .openapi(read, async (c) => {
    const { shop, db } = c.var
    const { provider, csv, currency, from, to } = c.req.valid('json')
    if (!providersOf(shop).includes(provider)) throw paymentErrors.provider_not_found({ provider })
    const { rows, refused: unread, missing, period } = settlementOf(csv, currency)
    if (missing.length > 0) throw fileErrors.no_columns({ missing })
    const since = await shop.payments.settledSince(db, provider)
    const begins = from ?? (since && (!period.from || since < period.from) ? startOfDay(since) : period.from)
    const asked = { ...period, ...(begins ? { from: begins } : {}), ...(to ? { to } : {}) }
    // Without a row there is no day that could be compared.
    const nothing = { added: 0, known: 0, changed: [], totals: [], open: 0 }
    const result = rows.length > 0 ? await shop.payments.reconcile(db, provider, rows, asked) : nothing
    return c.json({ ...result, refused: unread }, 200)
  })
  .openapi(list, async (c) => {
    const { shop, db } = c.var
    const { resolved, ...page } = c.req.valid('query')
    const { items, next } = await shop.payments.exceptions(db, { ...page, resolved: resolved === 'true' })
    return c.json({ items: await Promise.all(items.map((one) => viewOf(shop, db, one))), next }, 200)
  })
  .openapi(resolve, async (c) => {
    await c.var.shop.payments.resolveException(c.var.db, { ...c.req.valid('param'), ...c.req.valid('json') })
    return c.body(null, 204)
  })

async function viewOf({ payments, orders }: Shop, db: Db, exception: SettlementException) {
  const orderId = await payments.paymentOf(db, exception.reference as AttemptId).then(
    (payment) => payment.orderId,
    (error: unknown) => {
      // What only the provider knows is of no order here.
      if (!paymentErrors.payment_not_found.match(error)) throw error
      return null
    },
  )
  const order = orderId ? (await orders.summariesOf(db, [orderId]))[orderId] : undefined
  return { ...exception, orderId, orderNumber: order?.number ?? null }
}
