import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { attempt, content, type Refusal } from '../client.ts'
import { fieldErrors, formOf } from '../forms.ts'
import { page } from '../page.tsx'
import { ReviewForm } from '../parts/review-form.tsx'
import type { ShopEnv } from '../visitor.ts'

/** Writing a review of what was bought on one line of an order. */
export const reviewRoutes = new Hono<ShopEnv>()
  .get('/review/:lineId', (c) => showForm(c, {}))
  .post('/review/:lineId', async (c) => {
    const form = await formOf(c)
    const { api, locale } = c.var.visitor
    const json = {
      lineId: c.req.param('lineId'),
      stars: Number(form['stars']),
      title: form['title'] || null,
      text: form['text'] ?? '',
      locale,
    }
    const sent = await attempt(api.reviews.$post({ json }))
    return sent.refusal
      ? showForm(c, form, sent.refusal)
      : c.redirect(`/${locale}/order/${c.req.query('order')}?reviewed=1`, 303)
  })

async function showForm(c: Context<ShopEnv>, entered: Record<string, string>, refusal?: Refusal) {
  const { visitor } = c.var
  const { api, locale, text } = visitor
  if (!visitor.customer)
    return c.redirect(
      `/${locale}/sign-in?${new URLSearchParams({ next: `${c.req.path}?order=${c.req.query('order') ?? ''}` })}`,
      303,
    )
  const { order } = await content(
    api.orders[':number'].$get({ param: { number: c.req.query('order') ?? '-' }, query: {} }),
  )
  const line = order.lines.find((one) => one.id === c.req.param('lineId'))
  if (!line) return c.notFound()
  const errors = fieldErrors(visitor, refusal)
  const wrong =
    refusal && Object.keys(errors).length === 0
      ? (text.review.refusals[refusal.code as keyof typeof text.review.refusals] ?? text.review.refused)
      : undefined
  return page(
    c,
    { title: text.review.of(textIn(line.name, [locale])) },
    <ReviewForm visitor={visitor} line={line} number={order.number} entered={entered} errors={errors} wrong={wrong} />,
    refusal ? 422 : 200,
  )
}
