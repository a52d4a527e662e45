import { z } from '@hono/zod-openapi'
import { Instant, Money, Text } from '@sangdo/core'
import { CartQuote, PromotionInput, Quantity, RefusalReason, Sku, TraceStep } from '@sangdo/pricing'
import { stream } from 'hono/streaming'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'
import { preview, tryOnPast } from '../../pricing/preview.ts'
import { Sentence } from '../../views/promotion.ts'

const tags = ['Back office: promotions']

const Sample = z
  .strictObject({
    market: z.string().min(1).max(40),
    lines: z
      .array(z.strictObject({ sku: Sku, quantity: Quantity }))
      .min(1)
      .max(50),
  })
  .openapi('SampleCart')

const Preview = z
  .object({
    sentence: Sentence,
    cart: Sample,
    goods: z.record(z.string(), z.object({ name: Text, options: Text })),
    quote: CartQuote,
    steps: z.array(TraceStep.extend({ sentence: Sentence })),
  })
  .openapi('PromotionPreview')

const look = staffRoute('viewer', {
  method: 'post',
  path: '/admin/promotions/preview',
  tags,
  summary: 'What a promotion means and what it does to a cart that fulfils its conditions; nothing is stored',
  request: { body: body(z.strictObject({ promotion: PromotionInput, cart: Sample.optional() })) },
  responses: { 200: reply(Preview), default: refused },
})

const Sums = z.object({ total: Money, goods: Money, margin: Money })
const Simulation = z
  .object({
    orders: z.int(),
    lines: z.int(),
    touched: z.int(),
    cost: Money,
    before: Sums,
    after: Sums,
    shares: Money,
    gifts: z.record(z.string(), z.int()),
    refused: z.partialRecord(RefusalReason, z.int()),
    skipped: z.int(),
    firstSkipped: z.object({ id: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('PromotionSimulation')

const Trial = z.strictObject({
  promotion: PromotionInput,
  market: z.string().min(1).max(40).optional(),
  from: Instant.exactOptional(),
  to: Instant.exactOptional(),
})

const trial = staffRoute('viewer', {
  method: 'post',
  path: '/admin/promotions/simulate',
  tags,
  summary: 'What a promotion would have done to the paid orders of the past, of the last 90 days unless said',
  description:
    'With `Accept: application/x-ndjson` the answer comes in lines: `{"progress": …}` after every 200 orders, then `{"result": …}`.',
  request: { body: body(Trial) },
  responses: { 200: reply(Simulation), default: refused },
})

export const trialRoutes = createHttp()
  .openapi(look, async (c) => {
    const { promotion, cart } = c.req.valid('json')
    return c.json(await preview(c.var.shop, c.var.db, promotion, cart), 200)
  })
  .openapi(trial, async (c) => {
    const { shop, db } = c.var
    const asked = c.req.valid('json')
    if (!c.req.header('accept')?.includes('application/x-ndjson')) return c.json(await tryOnPast(shop, db, asked), 200)
    c.header('content-type', 'application/x-ndjson; charset=utf-8')
    return stream(c, async (out) => {
      const say = async (line: object) => void (await out.write(`${JSON.stringify(line)}\n`))
      const result = await tryOnPast(shop, db, asked, (progress) => say({ progress }))
      await say({ result })
    }) as never
  })
