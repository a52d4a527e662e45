import { format, textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { attempt, content, methodsToPay, type PricedCart, type Refusal, type SavedAddress } from '../client.ts'
import { fieldErrors, formOf } from '../forms.ts'
import { page } from '../page.tsx'
import { Coupon } from '../parts/coupon.tsx'
import { addressFields, DeliveryForm, type Entered } from '../parts/delivery-form.tsx'
import { ErrorSummary, type FieldErrors } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { PaymentForm, ShippingForm } from '../parts/payment-form.tsx'
import { Amount } from '../parts/price.tsx'
import { Items, Totals } from '../parts/summary.tsx'
import { forgetCart, type ShopEnv, type Visitor } from '../visitor.ts'
import { pricedCart } from './cart.tsx'

/** Checkout in three steps that the address names: who and where, how it is sent, how it is paid. Back always works. */
export const checkoutRoutes = new Hono<ShopEnv>()
  .get('/checkout', (c) => show(c))
  .post('/checkout/delivery', async (c) => {
    const form = await formOf(c)
    const { api, cartId, locale } = c.var.visitor
    if (!cartId) return c.redirect(`/${locale}/cart`, 303)
    const address = Object.fromEntries(
      addressFields.flatMap((field) => (form[field] ? [[field, form[field]]] : [])),
    ) as SavedAddress['address']
    const saved = await attempt(
      api.carts[':cartId'].delivery.$put({
        param: { cartId },
        query: {},
        json: { email: form['email'] ?? '', address },
      }),
    )
    return saved.refusal
      ? show(c, { entered: form, refusal: saved.refusal })
      : c.redirect(`/${locale}/checkout?step=shipping`, 303)
  })
  .post('/checkout/shipping', async (c) => {
    const { method = '' } = await formOf(c)
    const { api, cartId, locale } = c.var.visitor
    if (!cartId) return c.redirect(`/${locale}/cart`, 303)
    const saved = await attempt(
      api.carts[':cartId'].delivery.$put({ param: { cartId }, query: {}, json: { shippingMethod: method } }),
    )
    return saved.refusal ? show(c, { refusal: saved.refusal }) : c.redirect(`/${locale}/checkout?step=payment`, 303)
  })
  .post('/checkout/pay', async (c) => {
    const { agree, method = '', version, quoteHash = '', key = '' } = await formOf(c)
    const { api, cartId, locale, text } = c.var.visitor
    if (!cartId) return c.redirect(`/${locale}/cart`, 303)
    if (agree === undefined) return show(c, { entered: { method }, errors: { agree: text.checkout.agreeError } })
    const json = {
      cartId,
      version: Number(version),
      quoteHash,
      method,
      returnUrl: `${c.var.place.origin}/${locale}/checkout/return`,
    }
    const placed = await attempt(api.checkout.$post({ header: { 'idempotency-key': key }, json }))
    if (placed.refusal?.code === 'shop.order_refused') return toRefused(c, placed.refusal)
    if (placed.refusal) return show(c, { entered: { method }, refusal: placed.refusal })
    const { order, token, payment } = placed.content
    forgetCart(c)
    return c.redirect(payment?.redirectUrl ?? `/${locale}/order/${order.number}?token=${token}`, 303)
  })

/** An order that the rules do not take has a page, where its buyer can ask the shop to look at it. */
function toRefused(c: Context<ShopEnv>, { details }: Refusal) {
  const { number, token } = details as { number: string; token: string }
  forgetCart(c)
  return c.redirect(`/${c.var.visitor.locale}/order/${number}?token=${token}`, 303)
}

/** A form that was refused: what was entered, and why it was. */
interface Refused {
  readonly entered?: Entered
  readonly errors?: FieldErrors
  readonly refusal?: Refusal
}

async function show(c: Context<ShopEnv>, refused: Refused = {}) {
  const { visitor } = c.var
  // Once the buyer has said how they pay, the total is the one for paying so.
  const priced = await pricedCart(visitor, refused.entered?.['method'])
  if (!priced) return c.redirect(`/${visitor.locale}/cart`, 303)
  const step = stepOf(c.req.path.split('/').pop() ?? '', c.req.query('step'), priced)
  const { quote, cart } = priced
  const methods = step === 'payment' ? await methodsToPay(visitor.api, quote.total, cart.address) : []
  const saved = step === 'delivery' && visitor.customer ? await content(visitor.api.me.addresses.$get()) : []
  const shown = {
    visitor,
    priced,
    step,
    methods,
    saved,
    address: c.req.query('address'),
    ...refused,
    errors: { ...refused.errors, ...fieldErrors(visitor, refused.refusal) },
  }
  return page(
    c,
    { title: visitor.text.checkout.title },
    <Checkout {...shown} />,
    refused.refusal || refused.errors ? 422 : 200,
  )
}

type Step = 'delivery' | 'shipping' | 'payment'

/** The step that was posted or asked for, but never one whose predecessor is open. */
function stepOf(posted: string, asked: string | undefined, priced: PricedCart): Step {
  const wanted = posted === 'pay' ? 'payment' : posted === 'checkout' ? asked : posted
  if (wanted === 'delivery' || !priced.cart.address || !priced.cart.email) return 'delivery'
  return wanted === 'shipping' || !chosenShipping(priced) ? 'shipping' : 'payment'
}

/** The way it is sent, if one is chosen that still goes to this address. */
const chosenShipping = ({ cart, shippingOptions }: PricedCart) =>
  shippingOptions.find((option) => option.method === cart.shippingMethod)

interface Shown extends Refused {
  readonly visitor: Visitor
  readonly priced: PricedCart
  readonly step: Step
  readonly methods: readonly string[]
  readonly saved: readonly SavedAddress[]
  /** The saved address that the buyer wants to start from. */
  readonly address: string | undefined
  readonly errors: FieldErrors
}

const Checkout = (shown: Shown) => {
  const { visitor, priced, step } = shown
  const { text, locale } = visitor
  return (
    <div class="wrap pt-10 lg:pt-14">
      <h1 class="text-3xl sm:text-4xl">{text.checkout.title}</h1>
      <p class="mt-4 lg:hidden">
        <a
          href="#summary"
          class="flex min-h-12 items-center justify-between gap-4 bg-sunken px-4 text-ink no-underline"
        >
          <span class="underline">{text.checkout.showSummary}</span>
          <span class="font-semibold">
            <Amount of={priced.quote.total} visitor={visitor} />
          </span>
        </a>
      </p>
      <div class="mt-8 grid gap-x-16 gap-y-12 lg:grid-cols-[3fr_2fr]">
        <div class="min-w-0">
          <Wrong visitor={visitor} refusal={shown.refusal} errors={shown.errors} />
          <ol aria-label={text.checkout.steps}>
            <StepFrame
              number={1}
              title={text.checkout.contact}
              state={stateOf('delivery', step)}
              edit={`/${locale}/checkout?step=delivery`}
              summary={addressLines(priced)}
              visitor={visitor}
            >
              <DeliveryForm
                visitor={visitor}
                cart={priced.cart}
                saved={shown.saved}
                address={shown.address}
                entered={shown.entered}
                errors={shown.errors}
              />
            </StepFrame>
            <StepFrame
              number={2}
              title={text.checkout.shipping}
              state={stateOf('shipping', step)}
              edit={`/${locale}/checkout?step=shipping`}
              summary={shippingLines(visitor, priced)}
              visitor={visitor}
            >
              <ShippingForm visitor={visitor} priced={priced} />
            </StepFrame>
            <StepFrame
              number={3}
              title={text.checkout.payment}
              state={stateOf('payment', step)}
              edit=""
              summary={[]}
              visitor={visitor}
            >
              <PaymentForm
                visitor={visitor}
                priced={priced}
                methods={shown.methods}
                chosen={shown.entered?.['method']}
                errors={shown.errors}
              />
            </StepFrame>
          </ol>
        </div>
        <Summary visitor={visitor} priced={priced} step={step} />
      </div>
    </div>
  )
}

type StepState = 'done' | 'open' | 'ahead'
const order: readonly Step[] = ['delivery', 'shipping', 'payment']
const stateOf = (step: Step, open: Step): StepState =>
  step === open ? 'open' : order.indexOf(step) < order.indexOf(open) ? 'done' : 'ahead'

const addressLines = ({ cart: { email, address } }: PricedCart): readonly string[] => [
  [address?.name, address?.phone].filter(Boolean).join(' · '),
  [address?.postcode, address?.region, address?.city, address?.line1, address?.line2].filter(Boolean).join(' '),
  email ?? '',
]

function shippingLines({ locale, text }: Visitor, priced: PricedCart): readonly string[] {
  const option = chosenShipping(priced)
  return option
    ? [`${textIn(option.name, [locale])} · ${option.price.minor === 0 ? text.cart.free : format(option.price, locale)}`]
    : []
}

/** What went wrong: the fields, or what has changed meanwhile, and that nothing was charged. */
const Wrong = ({
  visitor: { text },
  refusal,
  errors,
}: {
  visitor: Visitor
  refusal: Refusal | undefined
  errors: FieldErrors
}) => {
  if (!refusal || Object.keys(errors).length > 0) return <ErrorSummary title={text.checkout.errors} errors={errors} />
  const said: Readonly<Record<string, string>> = {
    'orders.price_changed': text.checkout.priceChanged,
    'orders.cart_changed': text.cart.changed,
    'inventory.out_of_stock': text.checkout.stockChanged,
    'orders.cart_not_ready': text.checkout.stockChanged,
  }
  return (
    <p class="notice-bad mb-6" role="alert">
      {said[refusal.code] ?? text.checkout.refused}
    </p>
  )
}

const StepFrame = ({
  number,
  title,
  state,
  edit,
  summary,
  visitor,
  children,
}: {
  number: number
  title: string
  state: StepState
  edit: string
  summary: readonly string[]
  visitor: Visitor
  children: Child
}) => (
  <li
    class={`border-t py-5 ${state === 'ahead' ? 'border-line' : 'border-ink'}`}
    aria-current={state === 'open' ? 'step' : undefined}
  >
    <div class="flex items-baseline justify-between gap-4">
      <h2 class={`flex items-baseline gap-3 text-xl ${state === 'ahead' ? 'text-muted' : ''}`}>
        <span class="font-sans text-base tabular-nums" aria-hidden={state === 'done' ? 'true' : undefined}>
          {state === 'done' ? <Icon name="check" class="inline size-5 text-celadon" /> : number}
        </span>
        {title}
      </h2>
      {state === 'done' && (
        <a class="link py-1 text-sm" href={edit}>
          {visitor.text.checkout.edit}
          <span class="sr-only"> {title}</span>
        </a>
      )}
    </div>
    {state === 'done' && (
      <div class="mt-1 pl-8 text-muted">
        {summary.map((line) => (
          <p class="wrap-anywhere">{line}</p>
        ))}
      </div>
    )}
    {state === 'open' && <div class="mt-6 pb-4">{children}</div>}
  </li>
)

const Summary = ({ visitor, priced, step }: Pick<Shown, 'visitor' | 'priced' | 'step'>) => {
  const { text, locale } = visitor
  const lines = priced.cart.lines.flatMap((line) => {
    const [facts, quoted] = [priced.facts[line.sku], priced.quote.lines.find((one) => one.id === line.id)]
    return facts && quoted ? [{ ...facts, sku: line.sku, quantity: line.quantity, total: quoted.subtotal }] : []
  })
  return (
    <aside
      class="min-w-0 space-y-5 bg-sunken p-5 max-sm:-mx-4 sm:p-7 lg:sticky lg:top-8 lg:self-start"
      aria-labelledby="summary"
    >
      <div class="flex items-baseline justify-between">
        <h2 id="summary" class="scroll-mt-8 text-xl">
          {text.checkout.summary}
        </h2>
        <a class="link py-1 text-sm" href={`/${locale}/cart`}>
          {text.checkout.edit}
          <span class="sr-only"> {text.cart.title}</span>
        </a>
      </div>
      <Items lines={lines} visitor={visitor} />
      <Coupon visitor={visitor} priced={priced} back={`/${locale}/checkout?step=${step}`} />
      <Totals quote={priced.quote} shippingKnown={chosenShipping(priced) !== undefined} visitor={visitor} />
    </aside>
  )
}
