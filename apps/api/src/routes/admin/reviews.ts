import { z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { Approval, Decision, NewReply, Rejection, ReviewId, ReviewRecord, ReviewStatus } from '@sangdo/reviews'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'

const tags = ['Back office: reviews']
const params = z.object({ reviewId: ReviewId })

const DecidedReview = ReviewRecord.extend({ decisions: z.array(Decision) })

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/reviews',
  tags,
  summary: 'Reviews that wait for a decision, or of another status, each with the decisions on it',
  request: { query: PageQuery.extend({ status: ReviewStatus.default('pending') }) },
  responses: { 200: reply(pageSchema(DecidedReview)), default: refused },
})

const approve = staffRoute('operator', {
  method: 'post',
  path: '/admin/reviews/{reviewId}/approve',
  tags,
  summary: 'Show a review to everybody',
  request: { params, body: body(Approval.omit({ actor: true })) },
  responses: { 200: reply(ReviewRecord), default: refused },
})

const reject = staffRoute('operator', {
  method: 'post',
  path: '/admin/reviews/{reviewId}/reject',
  tags,
  summary: 'Refuse a review, for one of the reasons there are',
  request: { params, body: body(Rejection.omit({ actor: true })) },
  responses: { 200: reply(ReviewRecord), default: refused },
})

const answer = staffRoute('operator', {
  method: 'put',
  path: '/admin/reviews/{reviewId}/reply',
  tags,
  summary: 'Answer a review in public',
  request: { params, body: body(NewReply) },
  responses: { 200: reply(ReviewRecord), default: refused },
})

export const adminReviewRoutes = createHttp()
  .openapi(list, async (c) => {
    const { status, ...page } = c.req.valid('query')
    const { shop, db } = c.var
    const { items, next } = await shop.reviews.byStatus(db, status, page)
    const ids = items.map((review) => review.id)
    const decisions = await shop.reviews.decisionsOf(db, ids)
    return c.json({ items: items.map((review) => ({ ...review, decisions: decisions[review.id] ?? [] })), next }, 200)
  })
  .openapi(approve, async (c) => {
    const decided = await c.var.shop.reviews.approve(c.var.db, c.req.valid('param').reviewId, {
      ...c.req.valid('json'),
      actor: c.var.access.actor,
    })
    await c.var.shop.deliver(c.var.db)
    return c.json(decided, 200)
  })
  .openapi(reject, async (c) => {
    const decided = await c.var.shop.reviews.reject(c.var.db, c.req.valid('param').reviewId, {
      ...c.req.valid('json'),
      actor: c.var.access.actor,
    })
    await c.var.shop.deliver(c.var.db)
    return c.json(decided, 200)
  })
  .openapi(answer, async (c) =>
    c.json(await c.var.shop.reviews.reply(c.var.db, c.req.valid('param').reviewId, c.req.valid('json')), 200),
  )
