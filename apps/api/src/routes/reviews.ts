import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { maskName, NewReview, Review, ReviewId, ReviewQuery, ReviewRecord } from '@sangdo/reviews'
import { body, createHttp, refused, reply } from '../http.ts'

const tags = ['Reviews']

const list = createRoute({
  method: 'get',
  path: '/products/{productId}/reviews',
  tags,
  summary: 'Reviews of a product by people who have received it',
  request: { params: z.object({ productId: z.string().max(100) }), query: ReviewQuery.extend(PageQuery.shape) },
  responses: { 200: reply(pageSchema(Review)), default: refused },
})

const submit = createRoute({
  method: 'post',
  path: '/reviews',
  tags,
  summary: 'Review what was bought on an order line',
  request: { body: body(NewReview.omit({ customerId: true, author: true, rewarded: true })) },
  responses: { 201: reply(ReviewRecord), default: refused },
})

const mine = createRoute({
  method: 'get',
  path: '/me/reviews',
  tags,
  summary: 'The reviews of the customer who has signed in',
  request: { query: PageQuery },
  responses: { 200: reply(pageSchema(ReviewRecord)), default: refused },
})

const helpful = createRoute({
  method: 'post',
  path: '/reviews/{reviewId}/helpful',
  tags,
  summary: 'Say that a review has helped; once for each reader',
  request: { params: z.object({ reviewId: ReviewId }) },
  responses: { 200: reply(z.object({ helpful: z.int() })), default: refused },
})

export const reviewRoutes = createHttp()
  .openapi(list, async (c) =>
    c.json(await c.var.shop.reviews.list(c.var.db, c.req.valid('param').productId, c.req.valid('query')), 200),
  )
  .openapi(submit, async (c) => {
    const customerId = c.var.access.requireCustomer()
    const { name } = await c.var.shop.crm.customerOf(c.var.db, customerId)
    return c.json(
      await c.var.shop.reviews.submit(c.var.db, { ...c.req.valid('json'), customerId, author: maskName(name ?? '') }),
      201,
    )
  })
  .openapi(mine, async (c) =>
    c.json(await c.var.shop.reviews.reviewsBy(c.var.db, c.var.access.requireCustomer(), c.req.valid('query')), 200),
  )
  .openapi(helpful, async (c) => {
    const voter = c.var.access.requireCustomer()
    return c.json(
      { helpful: await c.var.shop.reviews.voteHelpful(c.var.db, c.req.valid('param').reviewId, voter) },
      200,
    )
  })
