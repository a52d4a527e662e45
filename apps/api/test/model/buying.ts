import { expect } from 'vitest'
import { type Choice, command, onCart, onOrder, refusalOf } from './command.ts'
import { cancel, change, checkout, pay, quote, settle } from './rules.ts'
import { type Attempt, type Cart, items, type Model } from './state.ts'
import type { Life } from './world.ts'

const itemOf = ({ which }: Choice) => items[which % items.length] ?? items[0]
const methodOf = ({ count }: Choice) => (count === 1 ? 'virtual_account' : 'card')

async function createCart(model: Model, life: Life): Promise<Cart> {
  const { status, body } = await life.visitor().ask('POST', '/carts', { currency: 'KRW', market: 'kr', locale: 'ko' })
  expect(status).toBe(201)
  const empty = { version: 0, pieces: new Map(), delivered: false, code: false, order: null, seen: null }
  const cart: Cart = { id: body.id, ...empty }
  model.carts.push(cart)
  return cart
}

/** Asks for a change of a cart, and holds the answer and its version against the model. */
async function changed(life: Life, cart: Cart, [method, path, json]: [string, string, object], work: () => void) {
  const answer = await life.visitor().ask(method, `/carts/${cart.id}/${path}`, json)
  const refusal = change(cart, work)
  expect(refusalOf(answer)).toBe(refusal)
  if (refusal === null) expect(answer.body.version).toBe(cart.version)
}

const add = (life: Life, cart: Cart, sku: (typeof items)[number], quantity: number) =>
  changed(life, cart, ['POST', 'lines', { sku, quantity }], () =>
    cart.pieces.set(sku, quantity + (cart.pieces.get(sku) ?? 0)),
  )
const deliverTo = (life: Life, cart: Cart) =>
  changed(life, cart, ['PUT', 'delivery', life.delivery], () => (cart.delivered = true))
const enter = (life: Life, cart: Cart, code: boolean) =>
  changed(life, cart, ['PUT', 'codes', { codes: code ? [life.code] : [] }], () => (cart.code = code))

async function fillCart(model: Model, life: Life, chosen: Choice): Promise<Cart> {
  const cart = await createCart(model, life)
  await add(life, cart, itemOf(chosen), chosen.count)
  await deliverTo(life, cart)
  if (chosen.which % 3 === 0) await enter(life, cart, true)
  return cart
}

/** The buyer looks at their cart: it costs what the model says. */
async function look(model: Model, life: Life, cart: Cart) {
  const { body } = await life.visitor().ask('GET', `/carts/${cart.id}`)
  const { total, agreement } = quote(model, cart)
  if (!cart.order) expect([body.quote.total.minor, body.cart.version]).toEqual([total, cart.version])
  cart.seen = { version: cart.version, agreement, hash: body.quoteHash }
  return cart.seen
}

const acceptedOf = (cart: Cart, { version, hash }: { version: number; hash: string }, method: Attempt['method']) => ({
  cartId: cart.id,
  version,
  quoteHash: hash,
  method,
  returnUrl: 'http://localhost:3000/ko/checkout/return',
})

/** Sends the buyer's yes, and holds the answer against the model; answers with it and the key it had. */
async function order(
  model: Model,
  life: Life,
  cart: Cart,
  seen: { version: number; agreement: string; hash: string },
  method: Attempt['method'],
) {
  const asked = acceptedOf(cart, seen, method)
  const key = { 'idempotency-key': crypto.randomUUID() }
  const answer = await life.visitor().ask('POST', '/checkout', asked, key)
  expect(refusalOf(answer)).toBe(checkout(model, cart, seen, method))
  if (answer.status === 201 && cart.order) {
    const { id, number, lines } = answer.body.order
    cart.order.lines.forEach((line) => {
      line.id = lines.find((one: { sku: string }) => one.sku === line.sku).id
    })
    cart.order.lines.sort((a, b) => index(lines, a.id) - index(lines, b.id))
    Object.assign(cart.order, { id, number, token: answer.body.token })
  }
  return { asked, key, answer }
}

const index = (lines: { id: string }[], id: string) => lines.findIndex((line) => line.id === id)

/** From an empty cart to the payment at once, so that there are enough orders for the rest to happen to. */
export const ordering = command(
  'order',
  () => true,
  async (model, life, chosen) => {
    const cart = await fillCart(model, life, chosen)
    await order(
      model,
      life,
      cart,
      await look(model, life, cart),
      methodOf({ ...chosen, count: 1 + (chosen.which % 2) }),
    )
    return cart.order
  },
)

/** What buyers do up to the payment. */
export const buying = [
  command(
    'browse',
    () => true,
    async (model, life, chosen) => {
      const { body } = await life.visitor().ask('GET', '/products?locale=ko&currency=KRW&limit=1')
      expect(body.items).toHaveLength(1)
      const facts = await life.shop().pricing.pricesOf(life.db(), [itemOf(chosen)], { currency: 'KRW', market: 'kr' })
      expect(facts[itemOf(chosen)]?.amount.minor).toBe(model.prices[itemOf(chosen)])
    },
  ),
  command(
    'startCart',
    () => true,
    async (model, life) => void (await createCart(model, life)),
  ),
  command(
    'fillCart',
    () => true,
    async (model, life, chosen) => void (await fillCart(model, life, chosen)),
  ),
  onCart('addLine', (cart, _model, life, chosen) => add(life, cart, itemOf(chosen), chosen.count)),
  onCart('setLine', (cart, _model, life, chosen) =>
    changed(life, cart, ['PUT', 'lines', { sku: itemOf(chosen), quantity: chosen.count }], () =>
      cart.pieces.set(itemOf(chosen), chosen.count),
    ),
  ),
  onCart('removeLine', (cart, _model, life, chosen) =>
    changed(life, cart, ['PUT', 'lines', { sku: itemOf(chosen), quantity: 0 }], () =>
      cart.pieces.delete(itemOf(chosen)),
    ),
  ),
  onCart('setDelivery', (cart, _model, life) => deliverTo(life, cart)),
  onCart('enterCode', (cart, _model, life) => enter(life, cart, true)),
  onCart('dropCode', (cart, _model, life) => enter(life, cart, false)),
  onCart('look', async (cart, model, life) => void (await look(model, life, cart))),
  onCart('checkout', async (cart, model, life, chosen) => {
    await order(model, life, cart, await look(model, life, cart), methodOf(chosen))
    return cart.order
  }),
  onCart('checkoutAsSeen', async (cart, model, life, chosen) => {
    await order(model, life, cart, cart.seen ?? (await look(model, life, cart)), methodOf(chosen))
    return cart.order
  }),
  onCart('checkoutWithAnOldVersion', async (cart, model, life, chosen) => {
    const seen = await look(model, life, cart)
    if (seen.version > 0) await order(model, life, cart, { ...seen, version: seen.version - 1 }, methodOf(chosen))
    return cart.order
  }),
  onCart('checkoutWithAnotherHash', async (cart, model, life, chosen) => {
    const seen = await look(model, life, cart)
    await order(model, life, cart, { ...seen, hash: 'another', agreement: 'another' }, methodOf(chosen))
    return cart.order
  }),
  onCart('checkoutTwiceWithOneKey', async (cart, model, life, chosen) => {
    const { asked, key, answer } = await order(model, life, cart, await look(model, life, cart), methodOf(chosen))
    const again = await life.visitor().ask('POST', '/checkout', asked, key)
    expect([again.status, again.body]).toEqual([answer.status, answer.body])
    return cart.order
  }),
  onCart('checkoutOtherwiseWithOneKey', async (cart, model, life, chosen) => {
    const { asked, key } = await order(model, life, cart, await look(model, life, cart), methodOf(chosen))
    const again = await life.visitor().ask('POST', '/checkout', { ...asked, version: asked.version + 1 }, key)
    expect(refusalOf(again)).toBe('core.key_reused')
    return cart.order
  }),
  onOrder('payAgain', async (one, model, life, chosen) => {
    const { returnUrl } = acceptedOf({ id: '' } as Cart, { version: 0, hash: '' }, 'card')
    const asked = { method: methodOf(chosen), returnUrl } as const
    const answer = await life.visitor().ask('POST', `/orders/${one.number}/payments?token=${one.token}`, asked)
    expect(refusalOf(answer)).toBe(pay(model, one, asked.method))
  }),
  onOrder('settle', async (one, model, life) => {
    const answer = await life.visitor().ask('POST', `/orders/${one.number}/settle?token=${one.token}`)
    expect(refusalOf(answer)).toBe(settle(model, one))
  }),
  onOrder('cancel', async (one, model, life) => {
    const asked = { reason: '마음이 바뀌어서' }
    const answer = await life.visitor().ask('POST', `/orders/${one.number}/cancel?token=${one.token}`, asked)
    expect(refusalOf(answer)).toBe(cancel(model, one))
  }),
]
