import type { PaymentProvider, ProviderPayment, RawWebhook } from '@sangdo/payments/server'
import { now } from './carts.ts'
import { history, report } from './checkout.ts'
import type { Database, Work } from './database.ts'
import { event, newId } from './events.ts'

/** The buyer is back: the money is taken, the order is paid and its goods leave the stock. */
export async function settle({ run, atomic }: Database, provider: PaymentProvider, reference: string): Promise<object> {
  const [attempt = {}] = await run(attemptOf(reference))
  const amount = { minor: Number(attempt['amount']), currency: 'KRW' } as const
  await atomic(applied(await provider.confirm(reference, amount)))
  const [order = {}] = await run(orderOf(reference))
  return { number: order['number'], token: order['cart_id'] }
}

/** A message of the provider: kept once, then what it is about is asked again. */
export async function hear({ atomic }: Database, provider: PaymentProvider, webhook: RawWebhook): Promise<boolean> {
  const hint = await provider.verify(webhook)
  if (!hint) return false
  const id = newId('whk')
  await atomic(received(id, hint.eventId, hint.reference))
  const found = await provider.find(hint.reference)
  await atomic(heard(id, found))
  return true
}

function* attemptOf(reference: string): Work<readonly Readonly<Record<string, unknown>>[]> {
  return yield [`select * from payments_attempt where id = ?`, reference]
}

function* orderOf(reference: string): Work<readonly Readonly<Record<string, unknown>>[]> {
  return yield [
    `select orders_order.* from payments_attempt attempt join payments_payment payment on payment.id = payment_id
       join orders_order on orders_order.id = order_id where attempt.id = ?`,
    reference,
  ]
}

function* received(id: string, eventId: string, reference: string): Work<void> {
  yield [
    `insert into payments_inbox (id, provider, event_id, reference, status, received_at, checks) values (?, 'sandbox', ?, ?, 'pending', ?, 0)
     on conflict do nothing`,
    id,
    eventId,
    reference,
    now(),
  ]
}

function* heard(id: string, found: ProviderPayment | null): Work<void> {
  if (found) yield* applied(found)
  yield [`update payments_inbox set status = 'done' where id = ?`, id]
}

function* applied({ reference, status, amount, card }: ProviderPayment): Work<void> {
  if (status === 'approved' || status === 'captured') yield* authorized(reference)
  if (status === 'captured') yield* captured(reference, amount.minor, JSON.stringify(card))
}

function* authorized(reference: string): Work<void> {
  const [attempt] = yield [
    `update payments_attempt set status = 'authorized' where id = ? and status = 'requires_action' returning payment_id`,
    reference,
  ]
  if (!attempt) return
  yield report(reference, 'authorized', 'requires_action')
  yield event('payments.authorized', { paymentId: attempt['payment_id'] })
}

function* captured(reference: string, minor: number, card: string): Work<void> {
  const [attempt] = yield [
    `update payments_attempt set status = 'captured', captured = ?, card = ? where id = ? and status = 'authorized' returning payment_id`,
    minor,
    card,
    reference,
  ]
  if (!attempt) return
  yield report(reference, 'captured', 'authorized')
  const [payment = {}] = yield [
    `update payments_payment set captured_attempt_id = ? where id = ? returning id, order_id`,
    reference,
    attempt['payment_id'] ?? '',
  ]
  const order = String(payment['order_id'])
  for (const [account, debit] of [
    ['provider:sandbox', minor],
    ['orders', 0],
  ] as const)
    yield [
      `insert into payments_entry (id, journal, account, debit, credit, currency, order_id, attempt_id, at) values (?, ?, ?, ?, ?, 'KRW', ?, ?, ?)`,
      newId('ent'),
      `capture:${reference}:${minor}`,
      account,
      debit,
      minor - debit,
      order,
      reference,
      now(),
    ]
  yield event('payments.captured', { orderId: order, paymentId: payment['id'], amount: { minor, currency: 'KRW' } })
  yield* paid(order)
}

function* paid(id: string): Work<void> {
  const [order = {}] = yield [
    `update orders_order set status = 'paid', paid_at = ?, expires_at = null, version = version + 1 where id = ? and status = 'pending_payment' returning *`,
    now(),
    id,
  ]
  const lines = yield [`select id, sku, product_id, quantity from orders_line where order_id = ?`, id]
  yield history(id, 'pending_payment', 'paid', 'provider', 1)
  yield* sold(id)
  const { number, email, locale, placed_at: placedAt } = order
  yield event('orders.paid', {
    orderId: id,
    number,
    customerId: null,
    email,
    locale,
    placedAt,
    lines: lines.map((line) => ({
      lineId: line['id'],
      sku: line['sku'],
      productId: line['product_id'],
      quantity: line['quantity'],
    })),
  })
}

/** What was held leaves the stock. */
function* sold(order: string): Work<void> {
  const held = yield [
    `update inventory_reservation set status = 'converted', closed_at = ? where reference = ? and status = 'open' returning id`,
    now(),
    order,
  ]
  const lines = yield [
    `select sku, location_id, quantity from inventory_reservation_line where reservation_id = ?`,
    held[0]?.['id'] ?? '',
  ]
  for (const { sku = '', location_id: location = '', quantity = 0 } of lines) {
    yield [
      `update inventory_stock set reserved = reserved - ?, on_hand = on_hand - ? where sku = ? and location_id = ?`,
      quantity,
      quantity,
      sku,
      location,
    ]
    yield [
      `insert into inventory_movement (id, sku, location_id, quantity, reason, reference, at) values (?, ?, ?, ?, 'sold', ?, ?)`,
      newId('mov'),
      sku,
      location,
      -Number(quantity),
      order,
      now(),
    ]
  }
}
