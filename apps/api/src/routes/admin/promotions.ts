import { z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { Coupon, Promotion, PromotionInput } from '@sangdo/pricing'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'

const tags = ['Back office: promotions']
const UsedCoupon = Coupon.extend({ code: z.string(), uses: z.int() })

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/promotions',
  tags,
  summary: 'Promotions with their coupons, newest first',
  request: { query: PageQuery },
  responses: { 200: reply(pageSchema(Promotion.extend({ coupons: z.array(UsedCoupon) }))), default: refused },
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
  .openapi(list, async (c) => c.json(await c.var.shop.pricing.promotions(c.var.db, c.req.valid('query')), 200))
  .openapi(save, async (c) => c.json(await c.var.shop.pricing.savePromotion(c.var.db, c.req.valid('json')), 201))
  .openapi(coupon, async (c) => c.json(await c.var.shop.pricing.saveCoupon(c.var.db, c.req.valid('json')), 201))
