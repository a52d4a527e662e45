import { createRoute, z } from '@hono/zod-openapi'
import { Currency } from '@sangdo/core'
import { CouponCodes } from '@sangdo/orders'
import { CartQuote, Quantity, Sku, TraceStep } from '@sangdo/pricing'
import { explain, traceOf } from '@sangdo/pricing/why'
import { body, createHttp, refused, reply } from '../http.ts'

const name = z.string().min(1).max(100)

/** A cart that nobody keeps: what it would cost here and now. */
const QuoteRequest = z
  .strictObject({
    market: z.string().min(1).max(40),
    currency: Currency,
    lines: z.array(z.strictObject({ sku: Sku, quantity: Quantity })).max(200),
    codes: CouponCodes.exactOptional(),
    region: name.max(20).exactOptional().openapi({ description: 'Where it goes, such as US-CA: whose taxes apply' }),
    paymentMethod: name.exactOptional(),
    channel: name.exactOptional(),
  })
  .openapi('QuoteRequest')

const TracedQuote = CartQuote.extend({
  trace: z.array(TraceStep.extend({ sentence: z.string() })).optional(),
}).openapi('CartQuote')

const quote = createRoute({
  method: 'post',
  path: '/quotes',
  tags: ['Carts'],
  summary: 'Price a cart without keeping it: lines, discounts, taxes and total, and on request every step in words',
  request: { query: z.object({ trace: z.enum(['ko', 'en']).optional() }), body: body(QuoteRequest) },
  responses: { 200: reply(TracedQuote), default: refused },
})

export const quoteRoutes = createHttp().openapi(quote, async (c) => {
  const { shop, db, access } = c.var
  const { lines, ...asked } = c.req.valid('json')
  const goods = await shop.goodsOf(
    db,
    lines.map(({ sku }) => sku),
  )
  const quoted = await shop.pricing.quote(db, { ...asked, customerId: access.customerId, lines: named(lines, goods) })
  const { trace: locale } = c.req.valid('query')
  if (locale === undefined) return c.json(quoted, 200)
  const trace = traceOf(quoted).map((step) => ({ ...step, sentence: explain(step, locale) }))
  return c.json({ ...quoted, trace }, 200)
})

type Goods = ReadonlyMap<string, { taxClass: string; categoryIds: readonly string[] } | null>

/** The lines of what is on sale. A line is known by its sku; of two with one sku the second is `SKU#2`. */
function named(lines: readonly { sku: string; quantity: number }[], goods: Goods) {
  const seen = new Map<string, number>()
  return lines.flatMap(({ sku, quantity }) => {
    const known = goods.get(sku)
    if (!known) return []
    const count = (seen.get(sku) ?? 0) + 1
    seen.set(sku, count)
    return { id: count === 1 ? sku : `${sku}#${count}`, sku, quantity, ...known }
  })
}
