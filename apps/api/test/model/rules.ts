import { refundable, start, sync } from './bank.ts'
import {
  type Attempt,
  type Cart,
  codeLimit,
  isOpen,
  type Item,
  items,
  type Line,
  type Model,
  type Order,
  type Parcel,
} from './state.ts'

/** Pieces that are held for orders that wait for their money. */
export const held = ({ orders }: Model, sku: Item): number =>
  sum(
    orders.flatMap(({ status, lines }) => (status === 'pending_payment' ? lines.filter((one) => one.sku === sku) : [])),
  )

const sum = (lines: readonly Pick<Line, 'quantity'>[]) => lines.reduce((total, { quantity }) => total + quantity, 0)
const available = (model: Model, sku: Item) => model.onHand[sku] - held(model, sku)

/** What a cart costs: a tenth off with the code, and 3,000 won for the parcel below 50,000. */
export function quote(model: Model, cart: Cart) {
  const discounted = cart.code && model.promoted && model.uses < codeLimit && cart.pieces.size > 0
  const lines = [...cart.pieces].map(([sku, quantity]) => [sku, quantity, model.prices[sku] * quantity] as const)
  const full = lines.reduce((total, line) => total + line[2], 0)
  const goods = discounted ? (full * 9) / 10 : full
  const shipping = !cart.delivered || goods >= 50_000 ? 0 : 3_000
  return { discounted, total: goods + shipping, agreement: JSON.stringify([cart.delivered, lines, goods, shipping]) }
}

const ready = (model: Model, { pieces, delivered }: Cart) =>
  pieces.size > 0 && delivered && [...pieces].every(([sku, quantity]) => available(model, sku) >= quantity)

/** A change of a cart: refused once it was ordered. */
export function change(cart: Cart, work: () => void): string | null {
  if (cart.order) return 'orders.cart_changed'
  work()
  cart.version += 1
  return null
}

/** The buyer's yes. Answers with the code of the refusal, if there is one. */
export function checkout(
  model: Model,
  cart: Cart,
  accepted: { readonly version: number; readonly agreement: string },
  method: Attempt['method'],
): string | null {
  if (cart.order) return pay(model, cart.order, method)
  const { total, discounted, agreement } = quote(model, cart)
  if (cart.version !== accepted.version) return 'orders.cart_changed'
  if (!ready(model, cart)) return 'orders.cart_not_ready'
  if (agreement !== accepted.agreement) return 'orders.price_changed'
  cart.order = {
    id: '',
    number: '',
    token: '',
    status: 'pending_payment',
    total,
    discounted,
    lines: [...cart.pieces].map(([sku, quantity]) => ({ id: '', sku, quantity, shipped: 0, delivered: 0 })),
    parcels: [],
    expiresAt: model.time + 15,
    extended: false,
    paid: false,
    attempts: [],
    paidBy: null,
    refunds: [],
  }
  model.orders.push(cart.order)
  if (discounted) model.uses += 1
  return pay(model, cart.order, method)
}

export function pay(model: Model, order: Order, method: Attempt['method']): string | null {
  if (order.status !== 'pending_payment') return 'orders.wrong_status'
  start(model, order, method)
  return null
}

/** Goods and code are free again. */
function letGo(model: Model, order: Order): void {
  if (order.discounted) model.uses -= 1
  if (order.paid) for (const { sku, quantity } of order.lines) model.onHand[sku] += quantity
  model.news.push({ kind: 'cancelled', order })
  if (order.paid) model.news.push({ kind: 'refund_due', order, amount: order.total })
}

export function cancel(model: Model, order: Order): string | null {
  if (order.status === 'cancelled') return settle(model, order)
  if (order.status !== 'pending_payment' && order.status !== 'paid') return 'orders.wrong_status'
  order.status = 'cancelled'
  letGo(model, order)
  return settle(model, order)
}

/** Asks the bank about the payment of an order: about this attempt and all that are open, or else the last. */
export function settle(model: Model, order: Order, attempt?: Attempt): null {
  const asked = order.attempts.filter((one) => one === attempt || isOpen(one.ours))
  for (const one of asked.length > 0 ? asked : order.attempts.slice(-1)) sync(model, order, one)
  deliver(model)
  return null
}

/** Orders that nobody has paid in time. */
export function expire(model: Model): void {
  for (const order of model.orders) {
    if (order.status !== 'pending_payment' || order.expiresAt > model.time) continue
    order.status = 'expired'
    letGo(model, order)
  }
}

/** Tells what has happened to those who act upon it. */
export function deliver(model: Model): void {
  for (let one = model.news.shift(); one; one = model.news.shift()) {
    const { order } = one
    switch (one.kind) {
      case 'awaited':
        if (order.status === 'pending_payment' && order.expiresAt < one.dueAt && !order.extended)
          Object.assign(order, { extended: true, expiresAt: one.dueAt })
        break
      case 'captured':
        markPaid(model, order)
        break
      case 'cancelled':
        for (const attempt of order.attempts) if (isOpen(attempt.ours)) attempt.cancelWanted = true
        break
      case 'refund_due': {
        const amount = Math.min(one.amount, refundable(order))
        if (amount > 0 && order.paidBy)
          order.refunds.push({ attempt: order.paidBy, amount, forOrder: true, done: false })
      }
    }
  }
}

/** Late money buys the goods if they, and the use of the code, are still there. */
function markPaid(model: Model, order: Order): void {
  const wanted = (sku: Item) => sum(order.lines.filter((line) => line.sku === sku))
  const goods = items.every((sku) => available(model, sku) >= wanted(sku))
  const there = goods && (!order.discounted || model.uses < codeLimit)
  if (order.status === 'cancelled' || (order.status === 'expired' && !there))
    return void model.news.push({ kind: 'refund_due', order, amount: order.total })
  if (order.status === 'expired' && order.discounted) model.uses += 1
  Object.assign(order, { status: 'paid', paid: true, expiresAt: Infinity })
  for (const { sku, quantity } of order.lines) model.onHand[sku] -= quantity
}

/** A parcel leaves with so many pieces of each line; what a deposit has paid stays for ten minutes. */
export function ship({ time }: Model, order: Order, parts: Parcel['pieces']): string | null {
  const { paidBy } = order
  if (paidBy?.method === 'virtual_account' && paidBy.countedAt + 10 > time) return 'orders.held'
  if (parts.some(({ line, quantity }) => line.shipped + quantity > line.quantity)) return 'orders.over_shipped'
  if (order.status !== 'paid' && order.status !== 'partly_shipped') return 'orders.wrong_status'
  for (const { line, quantity } of parts) line.shipped += quantity
  order.parcels.push({ id: '', pieces: parts, delivered: false })
  order.status = order.lines.every((line) => line.shipped === line.quantity) ? 'shipped' : 'partly_shipped'
  return null
}

/** The carrier has handed a parcel over. */
export function arrive(order: Order, index: number): null {
  const parcel = order.parcels[index]
  if (!parcel || parcel.delivered) return null
  parcel.delivered = true
  for (const { line, quantity } of parcel.pieces) line.delivered += quantity
  if (order.lines.every((line) => line.delivered === line.quantity)) order.status = 'delivered'
  return null
}

/** Staff count a shelf. */
export function recount(model: Model, sku: Item, onHand: number): string | null {
  if (onHand < held(model, sku)) return 'inventory.below_reserved'
  model.onHand[sku] = onHand
  return null
}

/** Staff give a part of the money back. */
export function refund(order: Order, amount: number): string | null {
  if (!order.paidBy || amount > refundable(order)) return 'payments.refund_exceeds'
  order.refunds.push({ attempt: order.paidBy, amount, forOrder: true, done: true })
  order.paidBy.returned += amount
  return null
}
