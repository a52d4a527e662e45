import { z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { PromotionId } from '@sangdo/pricing'
import { ShareEntry, SharePurpose, ShareTotal } from '@sangdo/pricing/server'
import { createHttp, refused, reply, staffRoute } from '../../http.ts'

const Question = PageQuery.extend({
  to: z.string().min(1).max(100).optional(),
  purpose: SharePurpose.optional(),
  promotionId: PromotionId.optional(),
})

const read = staffRoute('viewer', {
  method: 'get',
  path: '/admin/shares',
  tags: ['Back office: promotions'],
  summary: 'What creators and causes are owed in all, and the entries that it comes from, newest first',
  request: { query: Question },
  responses: {
    200: reply(z.object({ totals: z.array(ShareTotal), entries: pageSchema(ShareEntry) })),
    default: refused,
  },
})

export const shareRoutes = createHttp().openapi(read, async (c) => {
  const { shop, db } = c.var
  const question = c.req.valid('query')
  const { to, purpose, promotionId } = question
  const totals = await shop.pricing.shareTotals(db, { to, purpose, promotionId })
  return c.json({ totals, entries: await shop.pricing.sharesOf(db, question) }, 200)
})
