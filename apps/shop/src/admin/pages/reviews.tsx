import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { attempt, content, type Refusal } from '../../client.ts'
import { address, type DeskEnv, type Desk, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { problemsOf } from '../parts/form.tsx'
import type { ProductPage, Review } from '../types.ts'
import { namesOf } from './order-actions.tsx'
import { type Decided, Reviews, type TriedReview } from './review-list.tsx'

const statuses = ['pending', 'approved', 'rejected'] as const satisfies Review['status'][]

/** Reviews, and what is decided about them. */
export const reviewRoutes = new Hono<DeskEnv>()
  .get('/reviews', (c) => showReviews(c, c.req.query()))
  .post('/reviews/:reviewId/approve', (c) =>
    decide(c, 'approved', ({ api }, reviewId, { note }) =>
      api.admin.reviews[':reviewId'].approve.$post({ param: { reviewId }, json: { note: note || null } }),
    ),
  )
  .post('/reviews/:reviewId/reject', (c) =>
    decide(c, 'rejected', ({ api }, reviewId, { note, reason = '' }) =>
      api.admin.reviews[':reviewId'].reject.$post({
        param: { reviewId },
        json: { note: note || null, reason: reason as Reason },
      }),
    ),
  )
  .post('/reviews/:reviewId/reply', (c) =>
    decide(c, 'replied', ({ api }, reviewId, { text = '' }) =>
      api.admin.reviews[':reviewId'].reply.$put({ param: { reviewId }, json: { text } }),
    ),
  )

type Reason = NonNullable<Review['decisions'][number]['reason']>
type Call = (desk: Desk, reviewId: Review['id'], entered: Entered) => Parameters<typeof refusalOf>[0]

/** Does it, and shows the list again: the same one, at the same place. */
async function decide(c: Context<DeskEnv>, done: string, call: Call) {
  const entered = await formOf(c)
  const { desk } = c.var
  const reviewId = (c.req.param('reviewId') ?? '') as Review['id']
  const refusal = await refusalOf(call(desk, reviewId, entered))
  const query = { status: entered['status'], after: entered['after'] }
  if (refusal) return showReviews(c, query, triedReview(desk, done, reviewId, entered, refusal))
  return c.redirect(address('/admin/reviews', { ...query, done }), 303)
}

const triedReview = (desk: Desk, form: string, reviewId: string, entered: Entered, refusal: Refusal): TriedReview => ({
  reviewId,
  form,
  entered,
  problems: problemsOf(desk, refusal, {
    text: `text-${reviewId}`,
    note: `note-${reviewId}`,
    reason: `reason-${reviewId}`,
  }),
})

async function showReviews(c: Context<DeskEnv>, query: Entered, tried?: TriedReview) {
  const { desk } = c.var
  const status = statuses.find((one) => one === query['status']) ?? 'pending'
  const { after } = query
  const page = await content(desk.api.admin.reviews.$get({ query: { status, ...(after ? { after } : {}) } }))
  const decided: Decided = {
    items: page.items,
    next: page.next,
    products: await productNames(desk, page.items),
    names: await namesOf(desk),
  }
  const said = tried ? undefined : query['done']
  return deskPage(
    c,
    { title: desk.text.reviews.title },
    <Reviews desk={desk} status={status} after={after} page={decided} done={said} tried={tried} />,
    tried ? 422 : 200,
  )
}

/** What the products of these reviews are called, by their ids; one that is gone has no name. */
async function productNames({ api, locale }: Desk, reviews: readonly Review[]): Promise<Record<string, string>> {
  const ids = [...new Set(reviews.map((review) => review.productId))]
  const pages = ids.map(async (id) => {
    const { content: found } = await attempt(
      api.admin.products[':productId'].$get({ param: { productId: id as ProductPage['product']['id'] }, query: {} }),
    )
    return found ? [[id, textIn(found.product.name, [locale])] as const] : []
  })
  return Object.fromEntries((await Promise.all(pages)).flat())
}
