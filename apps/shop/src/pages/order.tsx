import { type Context, Hono } from 'hono'
import { attempt, content, methodsToPay, type OrderView } from '../client.ts'
import { formOf } from '../forms.ts'
import { page } from '../page.tsx'
import { Field } from '../parts/form.tsx'
import { OrderPage } from '../parts/order.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

/** What happens after the buyer's yes: the way back from the provider, the order's own page, finding it again, calling it off. */
export const orderRoutes = new Hono<ShopEnv>()
  .get('/checkout/return', async (c) => {
    const { api, locale } = c.var.visitor
    const reference = c.req.query('payment') ?? ''
    const found = isReference(reference)
      ? await attempt(api.payments[':reference'].order.$post({ param: { reference } }))
      : null
    if (!found?.content) return c.redirect(`/${locale}/order-lookup`, 303)
    return c.redirect(`/${locale}/order/${found.content.number}?token=${found.content.token}`, 303)
  })
  .get('/order/:number', async (c) => showOrder(c, await content(c.var.visitor.api.orders[':number'].$get(orderOf(c)))))
  .post('/order/:number/pay', async (c) => {
    const { method = '', key = '' } = await formOf(c)
    const { api, locale } = c.var.visitor
    const json = { method, returnUrl: `${c.var.place.origin}/${locale}/checkout/return` }
    const paid = await attempt(
      api.orders[':number'].payments.$post({ ...orderOf(c), header: { 'idempotency-key': key }, json }),
    )
    return c.redirect(paid.content?.redirectUrl ?? addressOf(c), 303)
  })
  .post('/order/:number/appeal', async (c) => {
    const { note = '' } = await formOf(c)
    const { api, text } = c.var.visitor
    const sent = await attempt(
      api.orders[':number'].appeal.$post({ ...orderOf(c), json: { note: note.slice(0, 2000) } }),
    )
    if (!sent.refusal) return c.redirect(addressOf(c), 303)
    const wrong = note.trim() ? text.order.appeal.failed : text.order.appeal.needed
    return showOrder(c, await content(api.orders[':number'].$get(orderOf(c))), wrong)
  })
  .post('/order/:number/cancel', async (c) => {
    const { reason, key = '' } = await formOf(c)
    const { api, text } = c.var.visitor
    const json = { reason: reason?.slice(0, 500) || '-' }
    const cancelled = await attempt(
      api.orders[':number'].cancel.$post({ ...orderOf(c), header: { 'idempotency-key': key }, json }),
    )
    if (!cancelled.refusal) return c.redirect(addressOf(c), 303)
    return showOrder(c, await content(api.orders[':number'].$get(orderOf(c))), text.order.cancelRefused)
  })
  .get('/order-lookup', (c) => page(c, { title: c.var.visitor.text.order.lookup }, <Lookup visitor={c.var.visitor} />))
  .post('/order-lookup', async (c) => {
    const { number = '', token = '' } = await formOf(c)
    const { visitor } = c.var
    const found = await attempt(
      visitor.api.orders[':number'].$get({
        param: { number: number.slice(0, 40) || '-' },
        query: { token: token.slice(0, 200) || '-' },
      }),
    )
    if (found.refusal)
      return page(
        c,
        { title: visitor.text.order.lookup },
        <Lookup visitor={visitor} entered={{ number, token }} />,
        404,
      )
    return c.redirect(`/${visitor.locale}/order/${found.content.order.number}?${new URLSearchParams({ token })}`, 303)
  })

const isReference = (text: string): text is `att_${string}` | `pay_${string}` => /^(att|pay)_[\w-]+$/.test(text)

/** Which order an address means: a guest's also says its token. */
const orderOf = (c: Context<ShopEnv>) => {
  const token = c.req.query('token')
  return { param: { number: c.req.param('number') ?? '' }, query: token ? { token } : {} }
}

const queryOf = (c: Context<ShopEnv>): string =>
  c.req.query('token') ? `?${new URLSearchParams({ token: c.req.query('token') ?? '' })}` : ''

const addressOf = (c: Context<ShopEnv>) => `/${c.var.visitor.locale}/order/${c.req.param('number')}${queryOf(c)}`

async function showOrder(c: Context<ShopEnv>, view: OrderView, wrong?: string) {
  const { visitor } = c.var
  const { text, customer, api } = visitor
  const { status, total, address } = view.order
  const methods = status === 'pending_payment' ? await methodsToPay(api, total, address) : []
  const mayReview =
    customer !== null && view.order.customerId === customer.id && view.order.lines.some((line) => line.delivered > 0)
  const reviewed = mayReview
    ? (await content(api.me.reviews.$get({ query: { limit: '100' } }))).items.map((review) => review.lineId)
    : []
  const shown = {
    visitor,
    view,
    methods,
    query: queryOf(c),
    wrong,
    mayReview,
    reviewed,
    thanks: c.req.query('reviewed') !== undefined,
  }
  return page(c, { title: text.order.title(view.order.number) }, <OrderPage {...shown} />, wrong ? 409 : 200)
}

const Lookup = ({ visitor, entered }: { visitor: Visitor; entered?: { number: string; token: string } }) => {
  const { locale, text } = visitor
  return (
    <div class="narrow">
      <h1 class="text-3xl">{text.order.lookup}</h1>
      <p class="mt-3 text-muted">{text.order.lookupText}</p>
      {entered && (
        <p class="notice-bad mt-6" role="alert">
          {text.order.notFound}
        </p>
      )}
      <form method="post" action={`/${locale}/order-lookup`} class="mt-8 space-y-5">
        <Field
          name="number"
          label={text.order.number}
          value={entered?.number ?? ''}
          autocomplete="off"
          maxlength={40}
          required
        />
        <Field
          name="token"
          label={text.order.token}
          value={entered?.token ?? ''}
          autocomplete="off"
          maxlength={200}
          required
        />
        <button class="button w-full">{text.order.find}</button>
      </form>
    </div>
  )
}
