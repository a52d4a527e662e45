import { z } from '@hono/zod-openapi'
import { Money } from '@sangdo/core'
import { RefusalReason } from '@sangdo/pricing'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'
import { refundPreview } from '../../pricing/refunds.ts'

const ReturnedLine = z.strictObject({ id: z.string().min(1).max(100), quantity: z.int().min(1).max(9_999) })

const Asked = z
  .strictObject({
    lines: z.array(ReturnedLine).min(1).max(200),
    policy: z.enum(['keep', 'reevaluate', 'reclaim']).default('keep'),
    charges: z.enum(['kept', 'with_last', 'now']).default('kept'),
    returnFee: Money.optional(),
  })
  .openapi('RefundQuestion')

const Part = { amount: Money, tax: Money }
const RefundPlan = z
  .object({
    lines: z.array(z.object({ id: z.string(), quantity: z.int(), ...Part })),
    goods: Money,
    tax: Money,
    charges: z.array(z.object({ id: z.string(), ...Part })),
    reclaimed: Money,
    withdrawn: z.array(z.object({ promotionId: z.string(), reason: RefusalReason })),
    returnFee: Money,
    total: Money,
  })
  .openapi('RefundPlan')

const look = staffRoute('viewer', {
  method: 'post',
  path: '/admin/orders/{number}/refund-preview',
  tags: ['Back office: orders'],
  summary: 'What goes back for pieces that come back, from the prices frozen with the order; nothing is stored',
  request: { params: z.object({ number: z.string().min(1).max(60) }), body: body(Asked) },
  responses: { 200: reply(RefundPlan), default: refused },
})

export const refundRoutes = createHttp().openapi(look, async (c) => {
  const { number } = c.req.valid('param')
  return c.json(await refundPreview(c.var.shop, c.var.db, number, c.req.valid('json')), 200)
})
