import { format, textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { attempt, content, type PricedCart, type Refusal } from '../client.ts'
import { backTo, formOf } from '../forms.ts'
import { page } from '../page.tsx'
import { Coupon } from '../parts/coupon.tsx'
import { Amount } from '../parts/price.tsx'
import { problemText } from '../parts/problem.ts'
import { Totals } from '../parts/summary.tsx'
import { rememberCart, type ShopEnv, type Visitor } from '../visitor.ts'

type Line = PricedCart['cart']['lines'][number]

/** The cart: what is in it, what it costs, what stands in the way of an order. */
export const cartRoutes = new Hono<ShopEnv>()
  .get('/cart', (c) => showCart(c))
  .post('/cart/lines', async (c) => {
    const { sku = '', quantity = '1', back } = await formOf(c)
    const { api, locale } = c.var.visitor
    const cartId = await openCart(c)
    const added = await attempt(
      api.carts[':cartId'].lines.$post({ param: { cartId }, query: {}, json: { sku, quantity: Number(quantity) } }),
    )
    if (added.refusal) return showCart(c, added.refusal)
    rememberCart(c, added.content)
    return c.redirect(withAdded(backTo(back, `/${locale}/cart`)), 303)
  })
  .post('/cart/quantity', async (c) => {
    const { sku = '', quantity, remove, version } = await formOf(c)
    const { api, cartId, locale } = c.var.visitor
    if (!cartId) return c.redirect(`/${locale}/cart`, 303)
    const json = { sku, quantity: remove === undefined ? Number(quantity) : 0 }
    const changed = await attempt(
      api.carts[':cartId'].lines.$put({ param: { cartId }, query: { version: version ?? '' }, json }),
    )
    if (changed.refusal) return showCart(c, changed.refusal)
    rememberCart(c, changed.content)
    return c.redirect(`/${locale}/cart`, 303)
  })
  .post('/cart/coupon', async (c) => {
    const { code, drop, back } = await formOf(c)
    const { api, cartId, locale } = c.var.visitor
    const codes = code && drop === undefined ? [code.slice(0, 100)] : []
    if (cartId) await attempt(api.carts[':cartId'].codes.$put({ param: { cartId }, query: {}, json: { codes } }))
    return c.redirect(backTo(back, `/${locale}/cart`), 303)
  })
  .post('/cart/currency', async (c) => {
    await openCart(c)
    return c.redirect(`/${c.var.visitor.locale}/cart`, 303)
  })

/** A product page says that its product was added; the cart shows it. */
const withAdded = (address: string) =>
  address.includes('/product/') ? `${address}${address.includes('?') ? '&' : '?'}added=1` : address

/** The visitor's open cart in the currency of this language; a new one, with the same things in it, when theirs is another, or ordered. */
async function openCart(c: Context<ShopEnv>): Promise<`crt_${string}`> {
  const { api, cartId, currency, market, locale } = c.var.visitor
  const known = cartId
    ? (await attempt(api.carts[':cartId'].$get({ param: { cartId }, query: {} }))).content?.cart
    : undefined
  if (known?.status === 'open' && known.currency === currency) return known.id
  let cart = await content(api.carts.$post({ json: { currency, market, locale } }))
  for (const { sku, quantity } of known?.status === 'open' ? known.lines : []) {
    cart = await content(
      api.carts[':cartId'].lines.$put({ param: { cartId: cart.id }, query: {}, json: { sku, quantity } }),
    )
  }
  rememberCart(c, cart)
  return cart.id
}

/** The visitor's cart as it is priced now, if there is an open one with something in it. */
export async function pricedCart({ api, cartId }: Visitor, method?: string): Promise<PricedCart | null> {
  if (!cartId) return null
  const query = method ? { method } : {}
  const { content: priced } = await attempt(api.carts[':cartId'].$get({ param: { cartId }, query }))
  return priced && priced.cart.status === 'open' && priced.cart.lines.length > 0 ? priced : null
}

async function showCart(c: Context<ShopEnv>, refusal?: Refusal) {
  const { visitor } = c.var
  const priced = await pricedCart(visitor)
  const body = priced ? <Cart visitor={visitor} priced={priced} refusal={refusal} /> : <Empty visitor={visitor} />
  return page(c, { title: visitor.text.cart.title }, body, refusal ? 409 : 200)
}

const Empty = ({ visitor: { locale, text } }: { visitor: Visitor }) => (
  <div class="wrap grid place-items-center gap-3 py-16 text-center">
    <img src="/art/empty/cart.svg" alt="" width="800" height="600" class="w-80 max-w-full" />
    <h1 class="text-3xl">{text.cart.empty}</h1>
    <p class="text-muted">{text.cart.emptyText}</p>
    <a class="button mt-3" href={`/${locale}/search`}>
      {text.cart.browse}
    </a>
  </div>
)

const Cart = ({ visitor, priced, refusal }: { visitor: Visitor; priced: PricedCart; refusal: Refusal | undefined }) => {
  const { locale, text } = visitor
  const blocked = priced.problems.some((problem) => problem.sku !== null)
  return (
    <div class="wrap pt-10 lg:pt-14">
      <h1 class="text-3xl sm:text-4xl">{text.cart.title}</h1>
      {refusal && (
        <p class="notice-bad mt-6" role="alert">
          {refusalText(visitor, refusal)}
        </p>
      )}
      {priced.cart.currency !== visitor.currency && <OtherCurrency visitor={visitor} />}
      <div class="mt-8 grid gap-x-16 gap-y-10 lg:grid-cols-[5fr_3fr]">
        <ul class="divide-y divide-line border-y border-line lg:self-start">
          {priced.cart.lines.map((line) => (
            <CartLine visitor={visitor} priced={priced} line={line} />
          ))}
          {priced.quote.gifts.map((gift) => (
            <Gift visitor={visitor} priced={priced} gift={gift} />
          ))}
        </ul>
        <section class="space-y-6 lg:sticky lg:top-8 lg:self-start" aria-label={text.cart.total}>
          <Totals quote={priced.quote} shippingKnown={priced.cart.shippingMethod !== null} visitor={visitor} />
          {blocked ? (
            <p class="notice-bad">{text.cart.blocked}</p>
          ) : (
            <a class="button w-full" href={`/${locale}/checkout`}>
              {text.cart.checkout}
            </a>
          )}
          <p class="text-sm text-muted">{text.checkout.trust}</p>
          <Coupon visitor={visitor} priced={priced} back={`/${locale}/cart`} />
        </section>
      </div>
    </div>
  )
}

function refusalText({ text }: Visitor, { code }: Refusal): string {
  if (code === 'orders.cart_changed') return text.cart.changed
  return code === 'orders.cart_full' ? text.cart.full : text.cart.refusedChange
}

const OtherCurrency = ({ visitor: { locale, text } }: { visitor: Visitor }) => (
  <form
    method="post"
    action={`/${locale}/cart/currency`}
    class="notice mt-6 flex flex-wrap items-center justify-between gap-3"
  >
    {text.cart.otherCurrency}
    <button class="button-quiet">{text.cart.convert}</button>
  </form>
)

const CartLine = ({ visitor, priced, line }: { visitor: Visitor; priced: PricedCart; line: Line }) => {
  const { locale, text } = visitor
  const facts = priced.facts[line.sku]
  const name = facts ? textIn(facts.name, [locale]) : line.sku
  const quoted = priced.quote.lines.find((one) => one.id === line.id)
  const problem = priced.problems.find((one) => one.sku === line.sku)
  return (
    <li class="flex gap-4 py-6 sm:gap-6">
      {facts?.image ? (
        <img
          src={facts.image.url}
          alt=""
          width="128"
          height="128"
          class="size-22 shrink-0 self-start object-cover sm:size-32"
        />
      ) : (
        <span class="size-22 shrink-0 bg-sunken sm:size-32" />
      )}
      <div class="flex min-w-0 flex-1 flex-col gap-1">
        <div class="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 class="font-sans text-base font-semibold sm:text-lg">{name}</h2>
          {quoted && (
            <p class="font-semibold">
              <Amount of={quoted.subtotal} visitor={visitor} />
            </p>
          )}
        </div>
        {facts && <p class="text-sm text-muted">{textIn(facts.options, [locale])}</p>}
        {quoted && line.quantity > 1 && (
          <p class="text-sm text-muted">{text.cart.each(format(quoted.unitPrice, locale))}</p>
        )}
        {problem && <p class="mt-1 text-sm font-semibold text-danger">{problemText(visitor, problem)}</p>}
        <QuantityForm
          visitor={visitor}
          line={line}
          name={name}
          version={priced.cart.version}
          wrong={problem !== undefined}
        />
      </div>
    </li>
  )
}

type GiftOf = PricedCart['quote']['gifts'][number]

const Gift = ({ visitor: { locale, text }, priced, gift }: { visitor: Visitor; priced: PricedCart; gift: GiftOf }) => {
  const facts = priced.facts[gift.sku]
  return (
    <li class="flex items-center gap-4 py-6 sm:gap-6">
      {facts?.image && (
        <img src={facts.image.url} alt="" width="64" height="64" class="size-16 shrink-0 object-cover" />
      )}
      <div class="min-w-0 flex-1">
        <h2 class="font-sans text-base font-semibold">{facts ? textIn(facts.name, [locale]) : gift.sku}</h2>
        <p class="text-sm text-muted">{text.cart.gift(gift.quantity)}</p>
      </div>
      <p class="font-semibold">{text.cart.free}</p>
    </li>
  )
}

const QuantityForm = ({
  visitor: { locale, text },
  line,
  name,
  version,
  wrong,
}: {
  visitor: Visitor
  line: Line
  name: string
  version: number
  wrong: boolean
}) => (
  <form
    method="post"
    action={`/${locale}/cart/quantity`}
    class="mt-auto flex flex-wrap items-center gap-x-2 gap-y-2 pt-3"
  >
    <input type="hidden" name="sku" value={line.sku} />
    <input type="hidden" name="version" value={String(version)} />
    <label class="sr-only" for={`quantity-${line.id}`}>
      {`${name}, ${text.cart.quantity}`}
    </label>
    <input
      id={`quantity-${line.id}`}
      name="quantity"
      type="number"
      min="0"
      max="9999"
      required
      inputmode="numeric"
      value={String(line.quantity)}
      aria-invalid={wrong ? 'true' : undefined}
      class="min-h-11 w-18 rounded-sm border border-ink/50 bg-surface px-3 tabular-nums aria-invalid:border-2 aria-invalid:border-danger"
    />
    <button class="button-quiet px-4" aria-label={text.cart.updateNamed(name)}>
      {text.cart.update}
    </button>
    <button
      class="link ml-auto min-h-11 px-1 text-sm text-muted"
      name="remove"
      value="1"
      aria-label={text.cart.removeNamed(name)}
    >
      {text.cart.remove}
    </button>
  </form>
)
