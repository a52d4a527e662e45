import { createRoute, z } from '@hono/zod-openapi'
import { Currency } from '@sangdo/core'
import { CouponCodes } from '@sangdo/orders'
import { CartQuote, Quantity, Sku, TraceStep } from '@sangdo/pricing'
import { body, createHttp, refused, reply } from '../http.ts'
import { quoteView } from '../views/quote.ts'

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

const parts = z.enum(['true', 'false']).default('false')
const Adjustments = CartQuote.shape.adjustments.element

const TracedQuote = CartQuote.extend({
  adjustments: z.array(Adjustments.partial({ lines: true })),
  leftOut: z.array(z.string()).openapi({ description: 'Skus that are not on sale, or have no price here' }),
  trace: z.array(TraceStep.extend({ sentence: z.string() })).optional(),
}).openapi('CartQuote')

const quote = createRoute({
  method: 'post',
  path: '/quotes',
  tags: ['Carts'],
  summary: 'Price a cart without keeping it: lines, discounts, taxes and total, and on request every step in words',
  request: {
    query: z.object({
      trace: z.enum(['ko', 'en']).optional(),
      parts: parts.openapi({ description: 'Whether adjustments say what each line has of them' }),
    }),
    body: body(QuoteRequest),
  },
  responses: { 200: reply(TracedQuote), default: refused },
})

export const quoteRoutes = createHttp().openapi(quote, async (c) => {
  const { shop, db, access } = c.var
  const { trace: locale, parts: wanted } = c.req.valid('query')
  const asked = { ...c.req.valid('json'), customerId: access.customerId }
  return c.json(await quoteView(shop, db, asked, { locale, parts: wanted === 'true' }), 200)
})
