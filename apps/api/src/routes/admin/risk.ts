import { z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { OrderId } from '@sangdo/orders'
import { RiskAssessmentId, RiskJudgement } from '@sangdo/payments'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'
import { RiskView, riskViews } from '../../views/risk.ts'

const tags = ['Back office: orders']

const queue = staffRoute('viewer', {
  method: 'get',
  path: '/admin/risk',
  tags,
  summary: 'Orders that somebody has to decide about, oldest first, with the reasons',
  request: { query: PageQuery },
  responses: { 200: reply(pageSchema(RiskView)), default: refused },
})

const ofOrder = staffRoute('viewer', {
  method: 'get',
  path: '/admin/orders/{orderId}/risk',
  tags,
  summary: 'How an order was judged, and by what; null for one that never was',
  request: { params: z.object({ orderId: OrderId }) },
  responses: { 200: reply(RiskView.nullable()), default: refused },
})

const decide = staffRoute('operator', {
  method: 'post',
  path: '/admin/risk/{assessmentId}/decide',
  tags,
  summary:
    'Take an order that waits, or call it off and give its money back; of two who decide at once the second is told so',
  request: { params: z.object({ assessmentId: RiskAssessmentId }), body: body(RiskJudgement.omit({ by: true })) },
  responses: { 200: reply(RiskView), default: refused },
})

export const riskRoutes = createHttp()
  .openapi(queue, async (c) => {
    const { shop, db } = c.var
    const { items, next } = await shop.risk.queue(db, c.req.valid('query'))
    return c.json({ items: await riskViews(shop, db, items), next }, 200)
  })
  .openapi(ofOrder, async (c) => {
    const { shop, db } = c.var
    const assessments = await shop.risk.assessmentsOf(db, [c.req.valid('param').orderId])
    const [view = null] = await riskViews(shop, db, Object.values(assessments))
    return c.json(view, 200)
  })
  .openapi(decide, async (c) => {
    const { shop, db, access } = c.var
    const judgement = { ...c.req.valid('json'), by: access.actor }
    const { subject } = await shop.risk.decide(db, c.req.valid('param').assessmentId, judgement)
    await shop.deliver(db)
    const [view] = await riskViews(shop, db, Object.values(await shop.risk.assessmentsOf(db, [subject])))
    if (!view) throw new Error(`${subject} has no assessment`)
    return c.json(view, 200)
  })
