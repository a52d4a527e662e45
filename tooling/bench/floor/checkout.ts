import { createHash, randomUUID } from 'node:crypto'
import type { PaymentProvider, ProviderPayment } from '@sangdo/payments/server'
import { now, type PricedCart, pricedCart, shown, won } from './carts.ts'
import type { Database, Row, Statement, Value, Work } from './database.ts'
import { event, newId } from './events.ts'

/** The buyer's yes to a cart. */
export interface Accepted {
  readonly cartId: string
  readonly version: number
  readonly quoteHash: string
  readonly returnUrl: string
}

interface Placed {
  readonly order: { readonly id: string; readonly number: string }
  readonly email: string
  readonly total: number
  readonly payment: string
  readonly attempt: string
  readonly token: string
}

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** Places an order, once for each key: holds its goods, asks the provider for money, and keeps the answer. */
export async function checkOut(
  { atomic }: Database,
  provider: PaymentProvider,
  { key, webhookUrl, accepted }: { key: string; webhookUrl: string; accepted: Accepted },
): Promise<object> {
  const placed = await atomic(place(key, accepted))
  const amount = won(placed.total)
  const asked = await provider.start({
    reference: placed.attempt,
    amount,
    method: 'card',
    title: placed.order.number,
    email: placed.email,
    locale: 'en',
    returnUrl: accepted.returnUrl,
    webhookUrl,
    expiresAt: later(15),
  })
  return atomic(begun(key, placed, asked))
}

function* place(key: string, accepted: Accepted): Work<Placed> {
  const { cartId, version, quoteHash } = accepted
  const fingerprint = createHash('sha256').update(JSON.stringify(accepted)).digest('base64url')
  yield [
    `insert into core_idempotency (scope, key, fingerprint, run, lease_until, expires_at) values (?, ?, ?, ?, ?, ?)`,
    'guest 127.0.0.1 POST /checkout',
    key,
    fingerprint,
    randomUUID(),
    later(0.25),
    later(21_600),
  ]
  const priced = yield* pricedCart(cartId)
  if (priced.cart['version'] !== version || quoteHash !== `${version}-${priced.total}`)
    throw new Error('The cart has changed')
  const id = newId('ord')
  const number = `${now().slice(2, 10).replaceAll('-', '')}-${randomUUID().slice(0, 8).toUpperCase()}`
  const [payment, attempt] = [newId('pay'), newId('att')]
  yield* order({ id, number, cartId }, priced)
  yield* hold(id, priced.lines)
  yield [`insert into payments_payment (id, order_id, created_at) values (?, ?, ?)`, payment, id, now()]
  yield [
    `insert into payments_attempt (id, payment_id, provider, method, status, amount, currency, captured, captured_currency, refunded, cancel_wanted, expires_at, checks, check_at, created_at)
     values (?, ?, 'sandbox', 'card', 'requesting', ?, 'KRW', 0, 'KRW', 0, 0, ?, 0, ?, ?)`,
    attempt,
    payment,
    priced.total,
    later(15),
    later(0.5),
    now(),
  ]
  const email = String(priced.cart['email'])
  return { order: { id, number }, email, total: priced.total, payment, attempt, token: cartId }
}

/** An order as its events tell it. */
const told = (id: string, number: string, { cart, lines, total }: PricedCart) => ({
  orderId: id,
  number,
  customerId: null,
  email: cart['email'],
  locale: cart['locale'],
  total: won(total),
  placedAt: now(),
  lines: lines.map((line) => ({
    lineId: line['id'],
    sku: line['sku'],
    productId: line['product_id'],
    quantity: line['quantity'],
  })),
})

function* order(
  { id, number, cartId }: { id: string; number: string; cartId: string },
  priced: PricedCart,
): Work<void> {
  const { cart, lines, methods, total, shipping, tax } = priced
  const { currency = '', market = '', locale = '', email = '', address = '', shipping_method: method = '' } = cart
  const { name } = JSON.parse(String(address)) as { name: string }
  yield [
    `insert into orders_order (id, number, cart_id, status, version, currency, market, locale, email, name, address, shipping_method, shipping_name, quote,
       total, pieces, stock_reference, placed_at, expires_at) values (?, ?, ?, 'pending_payment', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    number,
    cartId,
    currency,
    market,
    locale,
    email,
    name,
    address,
    method,
    methods[0]?.name ?? '',
    JSON.stringify({ lines: lines.map(quoted), shipping: won(shipping), taxIncluded: won(tax), total: won(total) }),
    total,
    lines.length,
    id,
    now(),
    later(15),
  ]
  for (const [position, line] of lines.entries()) yield orderLine(id, position, line)
  yield history(id, null, 'pending_payment', 'buyer', 0)
  yield event('orders.placed', told(id, number, priced))
  yield [`update orders_cart set status = 'ordered', version = version + 1 where id = ?`, cartId]
}

const quoted = ({ id, sku, quantity, amount }: Row) => ({
  id,
  sku,
  quantity,
  unitPrice: won(Number(amount)),
  total: won(Number(amount) * Number(quantity)),
})

function orderLine(orderId: string, position: number, line: Row): Statement {
  const total = Number(line['amount']) * Number(line['quantity'])
  const { id = '', product_id: productId = '', name = '', options = '', sku = '', quantity = 0, amount = 0 } = line
  return [
    `insert into orders_line (id, order_id, position, sku, product_id, name, options, image, quantity, shipped, delivered, unit_price, subtotal, discount, total, tax, tax_rate)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, 0, ?, ?, '10')`,
    id,
    orderId,
    position,
    sku,
    productId,
    name,
    options,
    firstImage(line['media']),
    quantity,
    amount,
    total,
    total,
    Math.round(total / 11),
  ]
}

const firstImage = (media: Value | undefined): Value => {
  const [image] = JSON.parse(String(media ?? '[]')) as object[]
  return image ? JSON.stringify(image) : null
}

/** One step of an order's life. */
export const history = (id: Value, from: Value, to: string, actor: string, version: number): Statement => [
  `insert into orders_history (id, order_id, from_status, to_status, at, actor, version) values (?, ?, ?, ?, ?, ?, ?)`,
  newId('stp'),
  id,
  from,
  to,
  now(),
  actor,
  version,
]

/** Keeps goods for an order, if there are as many. */
function* hold(order: string, lines: readonly Row[]): Work<void> {
  const reservation = newId('rsv')
  yield [
    `insert into inventory_reservation (id, reference, status, created_at, expires_at) values (?, ?, 'open', ?, ?)`,
    reservation,
    order,
    now(),
    later(20),
  ]
  for (const { sku = '', quantity = 0 } of lines) {
    const [held] = yield [
      `update inventory_stock set reserved = reserved + ? where sku = ? and on_hand - reserved - safety >= ? returning location_id`,
      quantity,
      sku,
      quantity,
    ]
    if (!held) throw new Error('Out of stock')
    yield [
      `insert into inventory_reservation_line (reservation_id, sku, location_id, quantity) values (?, ?, ?, ?)`,
      reservation,
      sku,
      held['location_id'] ?? '',
      quantity,
    ]
  }
  const reserved = lines.map(({ sku, quantity }) => ({ sku, quantity }))
  yield event('inventory.reserved', { reference: order, lines: reserved })
}

/** What the provider says of an attempt. */
export const report = (attempt: string, status: string, previous: string): Statement => [
  `insert into payments_report (id, attempt_id, status, applied, at, previous) values (?, ?, ?, 1, ?, ?)`,
  newId('rep'),
  attempt,
  status,
  now(),
  previous,
]

/** What the provider said is kept, and the answer to the buyer with it. */
function* begun(key: string, { order: { id }, payment, attempt, token }: Placed, asked: ProviderPayment): Work<object> {
  yield [
    `update payments_attempt set status = 'requires_action', redirect_url = ? where id = ? and status = 'requesting'`,
    asked.redirectUrl,
    attempt,
  ]
  yield report(attempt, 'requires_action', 'requesting')
  const [kept = {}] = yield [`select * from orders_order where id = ?`, id]
  const lines = yield [`select * from orders_line where order_id = ? order by position`, id]
  const answer = {
    order: {
      ...shown(kept, 'address', 'shipping_name', 'quote'),
      lines: lines.map((line) => shown(line, 'name', 'options', 'image')),
    },
    token,
    payment: { id: payment, status: 'requires_action', redirectUrl: asked.redirectUrl },
  }
  yield [
    `update core_idempotency set answer = ? where scope = 'guest 127.0.0.1 POST /checkout' and key = ?`,
    JSON.stringify({ status: 201, type: 'application/json', body: JSON.stringify(answer) }),
    key,
  ]
  return answer
}

/** An order with its lines and its payment, for whoever holds its token. */
export function* orderPage(number: string, token: string): Work<object> {
  const [order = {}] = yield [`select * from orders_order where number = ? and cart_id = ?`, number, token]
  const id = order['id'] ?? ''
  const lines = yield [`select * from orders_line where order_id = ? order by position`, id]
  const attempts = yield [
    `select attempt.* from payments_payment payment join payments_attempt attempt on attempt.payment_id = payment.id where order_id = ?`,
    id,
  ]
  const steps = yield [`select * from orders_history where order_id = ? order by version`, id]
  return {
    order: {
      ...shown(order, 'address', 'shipping_name', 'quote'),
      lines: lines.map((line) => shown(line, 'name', 'options', 'image')),
    },
    payment: { status: attempts[0]?.['status'], attempts },
    shipments: [],
    steps,
  }
}
