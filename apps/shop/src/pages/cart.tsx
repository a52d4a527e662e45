import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { attempt, content, type PricedCart, type Refusal } from '../client.ts'
import { page } from '../page.tsx'
import { Amount } from '../parts/price.tsx'
import { Totals } from '../parts/summary.tsx'
import { rememberCart, type ShopEnv, type Visitor } from '../visitor.ts'

/** The cart: what is in it, what it costs, what stands in the way of an order. */
export const cartRoutes = new Hono<ShopEnv>()
  .get('/cart', (c) => showCart(c))
  .post('/cart/lines', async (c) => {
    const form = await c.req.parseBody()
    const { visitor } = c.var
    const cartId = await openCart(c)
    const added = await attempt(visitor.api.carts[':cartId'].lines.$post({ param: { cartId }, query: {}, json: { sku: String(form['sku']), quantity: Number(form['quantity'] ?? 1) } }))
    if (added.refusal) return showCart(c, added.refusal)
    return c.redirect(backTo(form['back'], `/${visitor.locale}/cart`), 303)
  })
  .post('/cart/quantity', async (c) => {
    const form = await c.req.parseBody()
    const { api, cartId, locale } = c.var.visitor
    if (!cartId) return c.redirect(`/${locale}/cart`, 303)
    const change = { sku: String(form['sku']), quantity: form['remove'] === undefined ? Number(form['quantity']) : 0 }
    const changed = await attempt(api.carts[':cartId'].lines.$put({ param: { cartId }, query: { version: String(form['version']) }, json: change }))
    return changed.refusal ? showCart(c, changed.refusal) : c.redirect(`/${locale}/cart`, 303)
  })
  .post('/cart/coupon', async (c) => {
    const form = await c.req.parseBody()
    const { api, cartId, locale } = c.var.visitor
    const code = String(form['code'] ?? '').trim()
    if (cartId) await attempt(api.carts[':cartId'].codes.$put({ param: { cartId }, query: {}, json: { codes: code && form['drop'] === undefined ? [code] : [] } }))
    return c.redirect(backTo(form['back'], `/${locale}/cart`), 303)
  })

/** Only addresses of this shop are returned to. */
function backTo(back: unknown, otherwise: string): string {
  if (typeof back !== 'string' || !/^\/(ko|en)\/[^\\]*$/.test(back)) return otherwise
  return back.includes('/product/') ? `${encodeURI(decodeURI(back))}${back.includes('?') ? '&' : '?'}added=1` : back
}

/** The visitor's open cart; a new one when there is none, or the last one has been ordered. */
async function openCart(c: Context<ShopEnv>): Promise<string> {
  const { api, cartId, currency, market, locale } = c.var.visitor
  const known = cartId ? await attempt(api.carts[':cartId'].$get({ param: { cartId } })) : undefined
  const cart = known?.content?.cart
  if (cart?.status === 'open' && cart.currency === currency) return cart.id
  const fresh = await content(api.carts.$post({ json: { currency, market, locale } }))
  rememberCart(c, fresh.id)
  return fresh.id
}

/** The visitor's cart as it is priced now, if there is an open one with something in it. */
export async function pricedCart({ api, cartId }: Visitor): Promise<PricedCart | null> {
  if (!cartId) return null
  const { content: priced } = await attempt(api.carts[':cartId'].$get({ param: { cartId } }))
  return priced && priced.cart.status === 'open' && priced.cart.lines.length > 0 ? priced : null
}

async function showCart(c: Context<ShopEnv>, refusal?: Refusal) {
  const { visitor } = c.var
  const priced = await pricedCart(visitor)
  const body = priced ? <Cart visitor={visitor} priced={priced} refusal={refusal} /> : <Empty visitor={visitor} />
  return page(c, { title: visitor.text.cart.title }, body, refusal ? 409 : 200)
}

const Empty = ({ visitor: { locale, text } }: { visitor: Visitor }) => (
  <div class="wrap grid place-items-center gap-4 py-16 text-center">
    <img src="/art/empty/cart.svg" alt="" width="800" height="600" class="w-72 max-w-full" />
    <h1 class="text-3xl">{text.cart.empty}</h1>
    <p class="text-muted">{text.cart.emptyText}</p>
    <a class="button" href={`/${locale}/search`}>
      {text.cart.browse}
    </a>
  </div>
)

const Cart = ({ visitor, priced, refusal }: { visitor: Visitor; priced: PricedCart; refusal: Refusal | undefined }) => {
  const { locale, text } = visitor
  const blocking = priced.problems.filter((problem) => problem.sku !== null)
  return (
    <div class="wrap pt-10">
      <h1 class="text-3xl">{text.cart.title}</h1>
      {refusal && (
        <p class="notice-bad mt-4" role="alert">
          {refusal.code === 'orders.cart_changed' ? text.cart.changed : refusal.detail}
        </p>
      )}
      <div class="mt-6 grid gap-10 lg:grid-cols-[2fr_1fr]">
        <ul class="divide-y divide-line border-y border-line">
          {priced.cart.lines.map((line) => (
            <Line visitor={visitor} priced={priced} line={line} />
          ))}
        </ul>
        <section class="space-y-6 lg:sticky lg:top-6 lg:self-start" aria-label={text.cart.total}>
          <Coupon visitor={visitor} priced={priced} back={`/${locale}/cart`} />
          <Totals quote={priced.quote} shippingKnown={priced.cart.shippingMethod !== null} visitor={visitor} />
          {blocking.length === 0 ? (
            <a class="button w-full" href={`/${locale}/checkout`}>
              {text.cart.checkout}
            </a>
          ) : (
            <p class="notice-bad">{problemText(visitor, blocking[0])}</p>
          )}
          <p class="text-sm text-muted">{text.checkout.trust}</p>
        </section>
      </div>
    </div>
  )
}

/** A problem with a cart in the visitor's language. */
export function problemText({ text }: Visitor, problem: PricedCart['problems'][number] | undefined): string {
  if (!problem) return ''
  const said = text.cart.problems[problem.kind]
  return typeof said === 'function' ? said(problem.available ?? 0) : said
}

const Line = ({ visitor, priced, line }: { visitor: Visitor; priced: PricedCart; line: PricedCart['cart']['lines'][number] }) => {
  const { locale, text } = visitor
  const facts = priced.facts[line.sku]
  const name = facts ? textIn(facts.name, [locale]) : line.sku
  const quoted = priced.quote.lines.find((one) => one.id === line.id)
  const problem = priced.problems.find((one) => one.sku === line.sku)
  return (
    <li class="flex gap-4 py-5">
      {facts?.image && <img src={facts.image.url} alt="" width="112" height="112" class="size-24 object-cover sm:size-28" />}
      <div class="min-w-0 flex-1 space-y-2">
        <div class="flex flex-wrap justify-between gap-x-4">
          <h2 class="font-sans text-base font-medium">{name}</h2>
          {quoted && <Amount of={quoted.subtotal} visitor={visitor} />}
        </div>
        {facts && <p class="text-sm text-muted">{textIn(facts.options, [locale])}</p>}
        {problem && (
          <p class="text-sm font-medium text-danger" role="alert">
            {problemText(visitor, problem)}
          </p>
        )}
        <form method="post" action={`/${locale}/cart/quantity`} class="flex flex-wrap items-center gap-2">
          <input type="hidden" name="sku" value={line.sku} />
          <input type="hidden" name="version" value={String(priced.cart.version)} />
          <label class="sr-only" for={`quantity-${line.id}`}>
            {`${name}, ${text.cart.quantity}`}
          </label>
          <input id={`quantity-${line.id}`} name="quantity" type="number" min="0" max="9999" value={String(line.quantity)} class="min-h-11 w-20 rounded-sm border border-ink/40 bg-surface px-2" />
          <button class="button-quiet">{text.cart.update}</button>
          <button class="link min-h-11 px-2 text-sm" name="remove" value="1" aria-label={text.cart.removeNamed(name)}>
            {text.cart.remove}
          </button>
        </form>
      </div>
    </li>
  )
}

/** The coupon that is used, or the field for one; a refused code says why. */
export const Coupon = ({ visitor, priced, back }: { visitor: Visitor; priced: PricedCart; back: string }) => {
  const { locale, text } = visitor
  const entered = priced.cart.codes[0]
  const reason = priced.quote.refused.find((one) => one.code !== null)?.reason as keyof typeof text.cart.refused | undefined
  return (
    <form method="post" action={`/${locale}/cart/coupon`} class="field">
      <label for="code">{text.cart.coupon}</label>
      <input type="hidden" name="back" value={back} />
      <div class="flex gap-2">
        <input id="code" name="code" value={entered ?? ''} autocomplete="off" autocapitalize="characters" aria-describedby={entered && reason ? 'code-error' : undefined} aria-invalid={entered && reason ? 'true' : undefined} />
        <button class="button-quiet min-h-12">{text.cart.apply}</button>
        {entered && (
          <button class="link px-2 text-sm" name="drop" value="1">
            {text.cart.drop}
          </button>
        )}
      </div>
      {entered && reason && (
        <p id="code-error" class="error" role="status">
          {text.cart.refused[reason] ?? reason}
        </p>
      )}
    </form>
  )
}
