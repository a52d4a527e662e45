import { randomUUID } from 'node:crypto'
import { format, textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { attempt, content, type PricedCart, type Refusal } from '../client.ts'
import { page } from '../page.tsx'
import { ErrorSummary, Field, type FieldErrors } from '../parts/form.tsx'
import { Amount } from '../parts/price.tsx'
import { Items, Totals } from '../parts/summary.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'
import { Coupon, pricedCart, problemText } from './cart.tsx'

type Entered = Readonly<Record<string, string | undefined>>
const addressFields = ['name', 'phone', 'country', 'postcode', 'region', 'city', 'line1', 'line2', 'memo'] as const

/** Checkout in three steps that the address names: who and where, how it is sent, how it is paid. Back always works. */
export const checkoutRoutes = new Hono<ShopEnv>()
  .get('/checkout', (c) => show(c))
  .post('/checkout/delivery', async (c) => {
    const form = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value).trim()]))
    const { api, cartId, locale } = c.var.visitor
    const address = Object.fromEntries(addressFields.map((field) => [field, form[field]]).filter(([, value]) => value)) as never
    const saved = cartId ? await attempt(api.carts[':cartId'].delivery.$put({ param: { cartId }, query: {}, json: { email: form['email'] ?? '', address } })) : null
    return saved?.refusal ? show(c, { entered: form, refusal: saved.refusal }) : c.redirect(`/${locale}/checkout?step=shipping`, 303)
  })
  .post('/checkout/shipping', async (c) => {
    const { method } = await c.req.parseBody()
    const { api, cartId, locale } = c.var.visitor
    const saved = cartId ? await attempt(api.carts[':cartId'].delivery.$put({ param: { cartId }, query: {}, json: { shippingMethod: String(method) } })) : null
    return saved?.refusal ? show(c, { refusal: saved.refusal }) : c.redirect(`/${locale}/checkout?step=payment`, 303)
  })
  .post('/checkout/pay', async (c) => {
    const form = await c.req.parseBody()
    const { api, cartId, locale, text } = c.var.visitor
    if (form['agree'] === undefined) return show(c, { entered: { method: String(form['method']) }, errors: { agree: text.checkout.agreeError } })
    const returnUrl = `${c.var.place.origin}/${locale}/checkout/return`
    const accepted = { cartId: (cartId ?? '') as `crt_${string}`, version: Number(form['version']), quoteHash: String(form['quoteHash']) }
    const placed = await attempt(api.checkout.$post({ header: { 'idempotency-key': String(form['key']) }, json: { ...accepted, method: String(form['method']), returnUrl } }))
    if (placed.refusal) return show(c, { refusal: placed.refusal })
    const { order, token, payment } = placed.content
    return c.redirect(payment?.redirectUrl ?? `/${locale}/order/${order.number}?token=${token}`, 303)
  })

interface Shown {
  readonly entered?: Entered
  readonly errors?: FieldErrors
  readonly refusal?: Refusal
}

async function show(c: Context<ShopEnv>, shown: Shown = {}) {
  const { visitor } = c.var
  const priced = await pricedCart(visitor)
  if (!priced) return c.redirect(`/${visitor.locale}/cart`, 303)
  const methods = await content(visitor.api['payment-methods'].$get())
  const wrong = shown.refusal || shown.errors
  const step = stepOf(c.req.path.split('/').pop() ?? '', c.req.query('step'), priced)
  return page(c, { title: visitor.text.checkout.title }, <Checkout visitor={visitor} priced={priced} methods={methods} step={step} shown={shown} />, wrong ? 422 : 200)
}

type Step = 'delivery' | 'shipping' | 'payment'

/** The step that was posted or asked for, but never one whose predecessor is open. */
function stepOf(posted: string, asked: string | undefined, { cart }: PricedCart): Step {
  const wanted = posted === 'pay' ? 'payment' : posted === 'checkout' ? asked : posted
  if (wanted === 'delivery' || !cart.address || !cart.email) return 'delivery'
  return wanted === 'payment' && cart.shippingMethod ? 'payment' : wanted === undefined && cart.shippingMethod ? 'payment' : 'shipping'
}

const Checkout = ({ visitor, priced, methods, step, shown }: { visitor: Visitor; priced: PricedCart; methods: readonly string[]; step: Step; shown: Shown }) => {
  const { text, locale } = visitor
  const lines = priced.cart.lines.flatMap((line) => {
    const [facts, quoted] = [priced.facts[line.sku], priced.quote.lines.find((one) => one.id === line.id)]
    return facts && quoted ? [{ ...facts, sku: line.sku, quantity: line.quantity, total: quoted.subtotal }] : []
  })
  return (
    <div class="wrap pt-10">
      <h1 class="text-3xl">{text.checkout.title}</h1>
      <div class="mt-6 grid gap-10 lg:grid-cols-[3fr_2fr]">
        <div>
          <Refused visitor={visitor} shown={shown} />
          <ol class="space-y-8">
            <StepFrame number={1} title={text.checkout.contact} open={step === 'delivery'} edit={step === 'delivery' ? null : `/${locale}/checkout?step=delivery`} visitor={visitor} summary={addressLine(priced)}>
              <DeliveryForm visitor={visitor} priced={priced} shown={shown} />
            </StepFrame>
            <StepFrame number={2} title={text.checkout.shipping} open={step === 'shipping'} edit={step === 'payment' ? `/${locale}/checkout?step=shipping` : null} visitor={visitor} summary={chosenShipping(visitor, priced)}>
              <ShippingForm visitor={visitor} priced={priced} />
            </StepFrame>
            <StepFrame number={3} title={text.checkout.payment} open={step === 'payment'} edit={null} visitor={visitor} summary="">
              <PaymentForm visitor={visitor} priced={priced} methods={methods} shown={shown} />
            </StepFrame>
          </ol>
        </div>
        <aside class="space-y-5 bg-sunken p-5 lg:sticky lg:top-6 lg:self-start" aria-labelledby="summary">
          <h2 id="summary" class="text-xl">
            {text.checkout.summary}
          </h2>
          <Items lines={lines} visitor={visitor} />
          <Coupon visitor={visitor} priced={priced} back={`/${locale}/checkout?step=${step}`} />
          <Totals quote={priced.quote} shippingKnown={priced.cart.shippingMethod !== null} visitor={visitor} />
        </aside>
      </div>
    </div>
  )
}

const addressLine = ({ cart }: PricedCart) => [cart.email, cart.address?.name, cart.address?.postcode, cart.address?.region, cart.address?.city, cart.address?.line1, cart.address?.line2].filter(Boolean).join(', ')

function chosenShipping({ locale }: Visitor, { cart, shippingOptions }: PricedCart): string {
  const option = shippingOptions.find((one) => one.method === cart.shippingMethod)
  return option ? `${textIn(option.name, [locale])}, ${format(option.price, locale)}` : ''
}

/** A refusal that is not about one field: what has changed, and that nothing was charged. */
const Refused = ({ visitor: { text }, shown: { refusal, errors = {} } }: { visitor: Visitor; shown: Shown }) => {
  if (!refusal) return <ErrorSummary title={text.checkout.errors} errors={errors} />
  if (refusal.errors) return <ErrorSummary title={text.checkout.errors} errors={fieldErrors(refusal)} />
  const said = { 'orders.price_changed': text.checkout.priceChanged, 'orders.cart_changed': text.cart.changed, 'inventory.out_of_stock': text.checkout.stockChanged, 'orders.cart_not_ready': text.checkout.stockChanged }
  return (
    <p class="notice-bad mb-6" role="alert">
      {said[refusal.code as keyof typeof said] ?? refusal.detail}
    </p>
  )
}

const fieldErrors = (refusal: Refusal | undefined): FieldErrors => Object.fromEntries((refusal?.errors ?? []).map(({ field, message }) => [field.replace('address.', ''), message]))

const StepFrame = ({ number, title, open, edit, summary, visitor, children }: { number: number; title: string; open: boolean; edit: string | null; summary: string; visitor: Visitor; children?: unknown }) => (
  <li class="border-t border-ink pt-4" aria-current={open ? 'step' : undefined}>
    <div class="flex items-baseline justify-between gap-4">
      <h2 class={`text-xl ${open || edit ? '' : 'text-muted'}`}>
        {number}. {title}
      </h2>
      {edit && (
        <a class="link" href={edit}>
          {visitor.text.checkout.edit}
          <span class="sr-only"> {title}</span>
        </a>
      )}
    </div>
    {open ? <div class="mt-5">{children}</div> : summary && <p class="mt-1 text-muted">{summary}</p>}
  </li>
)

const DeliveryForm = ({ visitor, priced, shown }: { visitor: Visitor; priced: PricedCart; shown: Shown }) => {
  const { text, locale, customer } = visitor
  const { cart } = priced
  const known: Entered = { email: cart.email ?? customer?.email, name: customer?.name, country: locale === 'ko' ? 'KR' : 'US', ...cart.address, ...shown.entered }
  const field = (name: (typeof addressFields)[number] | 'email') => ({ name, errors: fieldErrors(shown.refusal), value: known[name] ?? '' })
  const optional = (label: string) => `${label} ${text.checkout.optional}`
  return (
    <form method="post" action={`/${locale}/checkout/delivery`} class="grid gap-4 sm:grid-cols-2">
      <div class="sm:col-span-2">
        <Field {...field('email')} label={text.checkout.email} hint={text.checkout.emailHint} type="email" autocomplete="email" required />
      </div>
      <Field {...field('name')} label={text.checkout.name} autocomplete="name" required />
      <Field {...field('phone')} label={text.checkout.phone} type="tel" autocomplete="tel" required />
      <Field name="country" label={text.checkout.country} errors={fieldErrors(shown.refusal)}>
        <select id="country" name="country" autocomplete="country">
          {Object.entries(text.checkout.countries).map(([code, name]) => (
            <option value={code} selected={code === known['country']}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field {...field('postcode')} label={text.checkout.postcode} autocomplete="postal-code" required />
      <Field {...field('region')} label={optional(text.checkout.region)} autocomplete="address-level1" />
      <Field {...field('city')} label={optional(text.checkout.city)} autocomplete="address-level2" />
      <div class="sm:col-span-2">
        <Field {...field('line1')} label={text.checkout.line1} autocomplete="address-line1" required />
      </div>
      <div class="sm:col-span-2">
        <Field {...field('line2')} label={optional(text.checkout.line2)} autocomplete="address-line2" />
      </div>
      <div class="sm:col-span-2">
        <Field {...field('memo')} label={optional(text.checkout.memo)} hint={text.checkout.memoHint} />
      </div>
      <button class="button sm:col-span-2">{text.checkout.toShipping}</button>
    </form>
  )
}

const ShippingForm = ({ visitor, priced }: { visitor: Visitor; priced: PricedCart }) => {
  const { text, locale } = visitor
  if (priced.shippingOptions.length === 0) return <p class="notice-bad">{text.cart.problems.not_deliverable}</p>
  return (
    <form method="post" action={`/${locale}/checkout/shipping`} class="space-y-4">
      <fieldset class="space-y-2">
        <legend class="sr-only">{text.checkout.shipping}</legend>
        {priced.shippingOptions.map((option, index) => (
          <Choice name="method" value={option.method} checked={priced.cart.shippingMethod ? option.method === priced.cart.shippingMethod : index === 0}>
            <span class="flex-1">
              {textIn(option.name, [locale])}
              <span class="block text-sm text-muted">{text.checkout.days(option.days.from, option.days.to)}</span>
            </span>
            {option.price.minor === 0 ? <span>{text.cart.free}</span> : <Amount of={option.price} visitor={visitor} />}
          </Choice>
        ))}
      </fieldset>
      <button class="button w-full">{text.checkout.toPayment}</button>
    </form>
  )
}

/** A radio button as wide as its words. */
export const Choice = ({ name, value, checked, children }: { name: string; value: string; checked: boolean; children?: unknown }) => (
  <label class="flex min-h-14 cursor-pointer items-center gap-3 rounded-sm border border-line bg-surface px-4 py-2 has-checked:border-2 has-checked:border-ink">
    <input type="radio" name={name} value={value} checked={checked} class="size-5 accent-action" />
    {children}
  </label>
)

/** The ways to pay. */
export const PaymentChoices = ({ visitor: { text }, methods, chosen }: { visitor: Visitor; methods: readonly string[]; chosen?: string | undefined }) => (
  <fieldset class="space-y-2">
    <legend class="sr-only">{text.checkout.payment}</legend>
    {methods.map((method, index) => (
      <Choice name="method" value={method} checked={chosen ? method === chosen : index === 0}>
        <span>
          {text.checkout.methods[method as 'card'] ?? method}
          <span class="block text-sm text-muted">{text.checkout.methodHints[method as 'card']}</span>
        </span>
      </Choice>
    ))}
  </fieldset>
)

const PaymentForm = ({ visitor, priced, methods, shown }: { visitor: Visitor; priced: PricedCart; methods: readonly string[]; shown: Shown }) => {
  const { text, locale } = visitor
  const [problem] = priced.problems
  if (problem) return <p class="notice-bad">{problemText(visitor, problem)}</p>
  const wrong = shown.errors?.['agree']
  return (
    <form method="post" action={`/${locale}/checkout/pay`} class="space-y-5">
      <input type="hidden" name="version" value={String(priced.cart.version)} />
      <input type="hidden" name="quoteHash" value={priced.quoteHash} />
      <input type="hidden" name="key" value={randomUUID()} />
      <PaymentChoices visitor={visitor} methods={methods} chosen={shown.entered?.['method']} />
      <div class="field">
        <label class="flex items-start gap-3" for="agree">
          <input id="agree" type="checkbox" name="agree" value="yes" required class="mt-1 !min-h-0 !w-5 size-5 shrink-0 accent-action" aria-invalid={wrong ? 'true' : undefined} aria-describedby={wrong ? 'agree-error' : undefined} />
          {text.checkout.agree}
        </label>
        {wrong && (
          <p id="agree-error" class="error">
            {wrong}
          </p>
        )}
      </div>
      <div class="space-y-2">
        <p class="flex items-baseline justify-between text-lg font-semibold">
          <span>{text.cart.total}</span>
          <Amount of={priced.quote.total} visitor={visitor} />
        </p>
        <button class="button w-full">{text.checkout.pay(format(priced.quote.total, locale))}</button>
        <p class="text-sm text-muted">{text.checkout.trust}</p>
      </div>
    </form>
  )
}
