import { randomUUID } from 'node:crypto'
import { format, textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { attempt, content, type OrderView } from '../client.ts'
import { page } from '../page.tsx'
import { Field } from '../parts/form.tsx'
import { Amount } from '../parts/price.tsx'
import { Items, Totals } from '../parts/summary.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'
import { PaymentChoices } from './checkout.tsx'

/** What happens after the buyer's yes: the way back from the provider, the order's own page, finding it again, calling it off. */
export const orderRoutes = new Hono<ShopEnv>()
  .get('/checkout/return', async (c) => {
    const { api, locale } = c.var.visitor
    const found = await attempt(api.payments[':reference'].order.$post({ param: { reference: c.req.query('payment') ?? '' } }))
    if (found.refusal) return c.redirect(`/${locale}/order-lookup`, 303)
    const { number, token } = found.content
    return c.redirect(`/${locale}/order/${number}?token=${token}`, 303)
  })
  .get('/order/:number', async (c) => {
    const view = await content(c.var.visitor.api.orders[':number'].$get({ param: { number: c.req.param('number') }, query: tokenOf(c) }))
    return showOrder(c, view)
  })
  .post('/order/:number/pay', async (c) => {
    const form = await c.req.parseBody()
    const { api, locale } = c.var.visitor
    const number = c.req.param('number')
    const json = { method: String(form['method']), returnUrl: `${c.var.place.origin}/${locale}/checkout/return` }
    const paid = await attempt(api.orders[':number'].payments.$post({ param: { number }, query: tokenOf(c), header: { 'idempotency-key': String(form['key']) }, json }))
    return c.redirect(paid.content?.redirectUrl ?? address(c, number), 303)
  })
  .post('/order/:number/cancel', async (c) => {
    const form = await c.req.parseBody()
    const number = c.req.param('number')
    const json = { reason: String(form['reason'] ?? '').slice(0, 500) || '-' }
    await attempt(c.var.visitor.api.orders[':number'].cancel.$post({ param: { number }, query: tokenOf(c), header: { 'idempotency-key': String(form['key']) }, json }))
    return c.redirect(address(c, number), 303)
  })
  .get('/order-lookup', (c) => page(c, { title: c.var.visitor.text.order.lookup }, <Lookup visitor={c.var.visitor} />))
  .post('/order-lookup', async (c) => {
    const form = await c.req.parseBody()
    const { api, locale, text } = c.var.visitor
    const [number, token] = [String(form['number'] ?? '').trim(), String(form['token'] ?? '').trim()]
    const found = await attempt(api.orders[':number'].$get({ param: { number: number || '-' }, query: { token: token || '-' } }))
    if (found.refusal) return page(c, { title: text.order.lookup }, <Lookup visitor={c.var.visitor} entered={{ number, token }} />, 404)
    return c.redirect(`/${locale}/order/${found.content.order.number}?token=${token}`, 303)
  })

const tokenOf = (c: Context<ShopEnv>): { token?: string } => {
  const token = c.req.query('token')
  return token ? { token } : {}
}

const address = (c: Context<ShopEnv>, number: string) => `/${c.var.visitor.locale}/order/${number}${c.req.query('token') ? `?token=${c.req.query('token')}` : ''}`

async function showOrder(c: Context<ShopEnv>, view: OrderView) {
  const { visitor } = c.var
  const methods = await content(visitor.api['payment-methods'].$get())
  return page(c, { title: visitor.text.order.title(view.order.number) }, <Order visitor={visitor} view={view} methods={methods} query={c.req.query('token') ? `?token=${c.req.query('token')}` : ''} />)
}

const Order = ({ visitor, view, methods, query }: { visitor: Visitor; view: OrderView; methods: readonly string[]; query: string }) => {
  const { locale, text } = visitor
  const { order, payment } = view
  const path = `/${locale}/order/${order.number}`
  const mayCancel = ['pending_payment', 'paid'].includes(order.status)
  return (
    <div class="wrap pt-10">
      <p class="text-muted">{text.order.title(order.number)}</p>
      <h1 class="text-3xl">{order.status === 'paid' ? text.order.thanks : text.order.statuses[order.status]}</h1>
      <p class="mt-2 flex flex-wrap items-center gap-3">
        <span class="badge bg-celadon-tint text-celadon">{text.order.statuses[order.status]}</span>
        {query && <span class="text-sm text-muted">{text.order.saved}</span>}
      </p>
      <div class="mt-8 grid gap-10 lg:grid-cols-[3fr_2fr]">
        <div class="space-y-10">
          {order.status === 'pending_payment' && <Unpaid visitor={visitor} view={view} methods={methods} action={`${path}/pay${query}`} />}
          {view.shipments.length > 0 && <Parcels visitor={visitor} view={view} />}
          <section>
            <h2 class="text-xl">{text.order.items}</h2>
            <Items lines={order.lines.map((line) => ({ ...line, total: line.subtotal }))} visitor={visitor} />
            {order.lines.some((line) => line.delivered > 0) && visitor.customer && (
              <p class="flex flex-wrap gap-3 pt-2">
                {order.lines.filter((line) => line.delivered > 0).map((line) => (
                  <a class="button-quiet" href={`/${locale}/review/${line.id}?order=${order.number}`}>
                    {text.order.review}: {textIn(line.name, [locale])}
                  </a>
                ))}
              </p>
            )}
          </section>
          <Steps visitor={visitor} view={view} />
          {mayCancel && <Cancel visitor={visitor} action={`${path}/cancel${query}`} />}
        </div>
        <aside class="space-y-6 bg-sunken p-5 lg:self-start">
          <Totals quote={order.quote} shippingKnown visitor={visitor} />
          {payment && payment.refunded.minor > 0 && <p class="font-medium text-accent">{text.order.refunded(format(payment.refunded, locale))}</p>}
          <section>
            <h2 class="text-lg">{text.order.payment}</h2>
            <p>{payment ? (text.checkout.methods[payment.method] ?? payment.method) : '-'}</p>
            {payment?.card && (
              <p class="text-sm text-muted">
                {payment.card.brand} ···· {payment.card.last4}
              </p>
            )}
          </section>
          <section>
            <h2 class="text-lg">{text.order.address}</h2>
            <address class="not-italic">
              {order.address.name}
              <br />
              {[order.address.postcode, order.address.region, order.address.city].filter(Boolean).join(' ')}
              <br />
              {[order.address.line1, order.address.line2].filter(Boolean).join(', ')}
              <br />
              {order.address.phone}
            </address>
          </section>
        </aside>
      </div>
    </div>
  )
}

/** What an order that waits for its money needs: the account to send it to, or another try. */
const Unpaid = ({ visitor, view: { order, payment }, methods, action }: { visitor: Visitor; view: OrderView; methods: readonly string[]; action: string }) => {
  const { text, locale } = visitor
  const deposit = payment?.status === 'awaiting_deposit' ? payment.deposit : null
  const facts = deposit && [[text.order.bank, deposit.bank], [text.order.account, deposit.account], [text.order.holder, deposit.holder], [text.order.due, new Date(deposit.dueAt).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Seoul' })], [text.order.amount, format(order.total, locale)]]
  if (payment?.status === 'unknown' || payment?.status === 'authorized') return <p class="notice">{text.order.confirming}</p>
  return (
    <>
      {facts && (
        <section class="notice">
          <h2 class="text-lg">{text.order.deposit}</h2>
          <dl class="mt-2 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
            {facts.map(([label, value]) => (
              <>
                <dt class="text-muted">{label}</dt>
                <dd class="money font-medium select-all">{value}</dd>
              </>
            ))}
          </dl>
        </section>
      )}
      {!deposit && (
        <p class="notice-bad" role="alert">
          {text.checkout.failed}
        </p>
      )}
      <form method="post" action={action} class="space-y-4">
        <input type="hidden" name="key" value={randomUUID()} />
        <PaymentChoices visitor={visitor} methods={methods} chosen={payment?.method} />
        <button class={deposit ? 'button-quiet w-full' : 'button w-full'}>{text.checkout.again}</button>
      </form>
    </>
  )
}

const Parcels = ({ visitor: { text }, view }: { visitor: Visitor; view: OrderView }) => (
  <section>
    <h2 class="text-xl">{text.order.parcels}</h2>
    <ul class="mt-2 space-y-3">
      {view.shipments.map((shipment) => (
        <li class="border-l-2 border-celadon pl-4">
          <p class="font-medium">{text.order.parcel[shipment.status]}</p>
          <p class="text-sm text-muted">
            {shipment.carrier} <span class="money">{shipment.trackingNumber}</span>
          </p>
        </li>
      ))}
    </ul>
  </section>
)

const Steps = ({ visitor: { text, locale }, view }: { visitor: Visitor; view: OrderView }) => (
  <section>
    <h2 class="text-xl">{text.order.timeline}</h2>
    <ol class="mt-2 space-y-1">
      {view.steps.map((step) => (
        <li class="flex flex-wrap justify-between gap-x-4">
          <span>{text.order.statuses[step.to]}</span>
          <time class="money text-sm text-muted" datetime={step.at}>
            {new Date(step.at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Seoul' })}
          </time>
        </li>
      ))}
    </ol>
  </section>
)

const Cancel = ({ visitor: { text }, action }: { visitor: Visitor; action: string }) => (
  <details class="border-t border-line pt-4">
    <summary class="link py-2">{text.order.cancel}</summary>
    <form method="post" action={action} class="mt-3 space-y-4">
      <p>{text.order.cancelText}</p>
      <input type="hidden" name="key" value={randomUUID()} />
      <Field name="reason" label={text.order.cancelReason}>
        <select id="reason" name="reason">
          {text.order.cancelReasons.map((reason) => (
            <option>{reason}</option>
          ))}
        </select>
      </Field>
      <button class="button-quiet">{text.order.cancel}</button>
    </form>
  </details>
)

const Lookup = ({ visitor, entered }: { visitor: Visitor; entered?: { number: string; token: string } }) => {
  const { locale, text } = visitor
  return (
    <div class="wrap max-w-lg pt-10">
      <h1 class="text-3xl">{text.order.lookup}</h1>
      <p class="mt-2 text-muted">{text.order.lookupText}</p>
      {entered && (
        <p class="notice-bad mt-4" role="alert">
          {text.order.notFound}
        </p>
      )}
      <form method="post" action={`/${locale}/order-lookup`} class="mt-6 space-y-4">
        <Field name="number" label={text.order.number} value={entered?.number ?? ''} autocomplete="off" required />
        <Field name="token" label={text.order.token} value={entered?.token ?? ''} autocomplete="off" required />
        <button class="button w-full">{text.order.find}</button>
      </form>
    </div>
  )
}
