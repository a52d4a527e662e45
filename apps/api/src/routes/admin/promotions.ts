import { z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { Coupon, Promotion, PromotionId, PromotionInput } from '@sangdo/pricing'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'
import { PromotionView, sentencesFor } from '../../views/promotion.ts'

const tags = ['Back office: promotions']

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/promotions',
  tags,
  summary: 'Promotions, newest first: what they mean, their coupons, and what has been spent of their limits',
  request: { query: PageQuery },
  responses: { 200: reply(pageSchema(PromotionView)), default: refused },
})

const read = staffRoute('viewer', {
  method: 'get',
  path: '/admin/promotions/{promotionId}',
  tags,
  summary: 'A promotion: what it means, its coupons, and what has been spent of its limits',
  request: { params: z.object({ promotionId: PromotionId }) },
  responses: { 200: reply(PromotionView), default: refused },
})

const save = staffRoute('operator', {
  method: 'post',
  path: '/admin/promotions',
  tags,
  summary: 'Add a promotion, or change the one with the given id',
  request: { body: body(PromotionInput) },
  responses: { 201: reply(Promotion), default: refused },
})

const coupon = staffRoute('operator', {
  method: 'post',
  path: '/admin/coupons',
  tags,
  summary: 'Add a coupon to a promotion, or change its limits',
  request: { body: body(Coupon.extend({ code: z.string().max(100) })) },
  responses: { 201: reply(Coupon.extend({ code: z.string() })), default: refused },
})

export const promotionRoutes = createHttp()
  .openapi(list, async (c) => {
    const { shop, db } = c.var
    const { items, next } = await shop.pricing.promotions(db, c.req.valid('query'))
    const say = await sentencesFor(shop, db, items)
    return c.json({ items: items.map((promotion) => ({ ...promotion, sentence: say(promotion) })), next }, 200)
  })
  .openapi(read, async (c) => {
    const { shop, db } = c.var
    const promotion = await shop.pricing.listedPromotionOf(db, c.req.valid('param').promotionId)
    const say = await sentencesFor(shop, db, [promotion])
    return c.json({ ...promotion, sentence: say(promotion) }, 200)
  })
  .openapi(save, async (c) => c.json(await c.var.shop.pricing.savePromotion(c.var.db, c.req.valid('json')), 201))
  .openapi(coupon, async (c) => c.json(await c.var.shop.pricing.saveCoupon(c.var.db, c.req.valid('json')), 201))
