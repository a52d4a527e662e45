import { instant, instantAfter, type Money, money, type NewId, type Now, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type LineId,
  type Order,
  orderCancelled,
  orderDelivered,
  orderErrors,
  orderFulfilled,
  type OrderId,
  orderPaid,
  orderPlaced,
  type OrderStatus,
  type OrderTold,
  PayOrder,
  type PlacedOrder,
  PlaceOrder,
  type PricedCart,
  refundDue,
} from '../contract.ts'
import type { OrderPorts, StartedPayment, StockPort } from '../ports.ts'
import { addsUp, canMove, isHeld, isUnpaid, statusOfPieces } from '../rules.ts'
import * as store from '../store/orders.ts'
import type { Carts, Expected } from './carts.ts'
import { existing, placed } from './reading.ts'

/** How long goods and coupon wait for the money of a buyer: 15 minutes. */
export const holdSeconds = 900
// The stock is held a little longer than the order, so that the order always ends first and lets it go itself.
const graceSeconds = 300

/** Who places an order, how it will be paid, and what is done last in its transaction, once: throwing there leaves no order. */
export interface PlaceOptions extends Pick<Expected, 'buyer'> {
  readonly paymentMethod?: string | undefined
  readonly last?: ((tx: Tx, order: Order) => Promise<unknown>) | undefined
}

interface OrderDependencies {
  readonly carts: Carts
  readonly ports: OrderPorts
  readonly price: (db: Db, cart: PricedCart['cart'], paymentMethod?: string) => Promise<PricedCart>
  readonly outbox: Announce
  readonly newId: NewId
  readonly now: Now
}

/** Orders from the buyer's yes to the last parcel. Every change of status is one edge of the published graph. */
export function createOrderService({ carts, ports, price, outbox, newId, now }: OrderDependencies) {
  const { stock, prices, payments } = ports
  const inTurn = stock.gate ?? ((db, _skus, work) => atomic(db, work))

  /**
   * Turns a cart into an order and holds its goods and coupons, all or nothing. The same cart gives the same order each time.
   * Throws `orders.cart_changed`, `orders.cart_not_ready`, `orders.price_changed`, or what a port refuses with
   * (`inventory.out_of_stock`): before anybody is asked for money.
   */
  async function place(
    db: Db,
    input: PlaceOrder,
    { buyer, paymentMethod, last }: PlaceOptions = {},
  ): Promise<PlacedOrder> {
    const { cartId, version, quoteHash } = parse(PlaceOrder, input)
    const cart = await carts.cartOf(db, cartId, { buyer })
    if (cart.status === 'ordered') return placed(await existing(db, { cart_id: cartId }))
    const priced = await price(db, cart, paymentMethod)
    if (priced.cart.version !== version) throw orderErrors.cart_changed({ cartId, version: priced.cart.version })
    if (priced.problems.length > 0) throw orderErrors.cart_not_ready({ problems: priced.problems })
    if (priced.quoteHash !== quoteHash || !addsUp(priced.quote))
      throw orderErrors.price_changed({ total: priced.quote.total })
    const skus = [...priced.quote.lines, ...priced.quote.gifts].map((line) => line.sku)
    return inTurn(db, skus, (tx) => keep(tx, priced, last))
  }

  async function keep(tx: Tx, priced: PricedCart, last: PlaceOptions['last']): Promise<PlacedOrder> {
    const { cart, quote } = priced
    const order = draft(priced)
    if (!(await store.addOrder(tx, order))) return placed(await existing(tx, { cart_id: cart.id }))
    await carts.close(tx, cart)
    await store.addStep(tx, order.id, order.version, step(null, order.status, 'buyer'))
    await outbox.append(tx, orderPlaced, told(order))
    await prices.hold(tx, order.id, quote, { customerId: order.customerId, email: order.email })
    const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }))
    await stock.reserve(tx, order.stockReference, lines, { seconds: holdSeconds + graceSeconds })
    await last?.(tx, placed(order).order)
    return placed(order)
  }

  function draft({ cart, facts, quote, shippingOptions }: PricedCart): store.StoredOrder {
    const { email, address, shippingMethod, currency, market, locale, customerId } = cart
    const option = shippingOptions.find((one) => one.method === shippingMethod)
    if (!email || !address || !option) throw orderErrors.cart_not_ready({ problems: [] })
    const id = newId('ord')
    const lines = quote.lines.flatMap((line) => {
      const known = facts[line.sku]
      return known ? [{ ...line, id: line.id as LineId, ...known, shipped: 0, delivered: 0 }] : []
    })
    const gifts = quote.gifts.flatMap(({ sku, quantity }) => {
      const known = facts[sku]
      return known
        ? [{ ...forNothing(currency), id: newId('lin'), sku, quantity, ...known, shipped: 0, delivered: 0 }]
        : []
    })
    return {
      id,
      number: numberOf(id, now()),
      cartId: cart.id,
      status: 'pending_payment',
      version: 0,
      stockReference: id,
      currency,
      market,
      locale,
      customerId,
      email,
      address,
      shippingMethod: option.method,
      shippingName: option.name,
      quote,
      total: quote.total,
      lines: [...lines, ...gifts],
      placedAt: instant(now()),
      paidAt: null,
      cancelReason: null,
      expiresAt: instantAfter(now(), holdSeconds * 1000),
    }
  }

  /**
   * Asks for the money of an order that waits for it, and answers where the buyer pays. An order over nothing is paid at once. An
   * order that was read just now is not read again. Throws `orders.wrong_status` once it is paid, cancelled or expired.
   */
  async function pay(db: Db, wanted: OrderId | Order, input: PayOrder): Promise<StartedPayment | null> {
    const { method, returnUrl } = parse(PayOrder, input)
    const order = typeof wanted === 'string' ? await existing(db, { id: wanted }) : wanted
    const orderId = order.id
    if (!isUnpaid(order)) throw orderErrors.wrong_status({ order: order.number, status: order.status, wanted: 'paid' })
    const { payableBy } = order.quote
    if (payableBy && !payableBy.includes(method)) throw orderErrors.other_price({ method, payableBy })
    if (order.total.minor === 0) return await atomic(db, (tx) => markPaid(tx, orderId, order.total)).then(() => null)
    const expiresAt = order.expiresAt ?? instantAfter(now(), holdSeconds * 1000)
    const { total: amount, email, locale } = order
    return payments.start(db, { orderId, amount, method, returnUrl, title: titleOf(order), email, locale, expiresAt })
  }

  /** Waits for a deposit, or for whatever else a buyer is given time for, until `dueAt`: order, goods and coupon are held until then. */
  async function awaitDeposit(tx: Tx, orderId: OrderId, dueAt: string): Promise<void> {
    const order = await existing(tx, { id: orderId })
    if (order.status !== 'pending_payment' || (order.expiresAt ?? '') >= dueAt) return
    const seconds = Math.ceil((Date.parse(dueAt) - now().getTime()) / 1000)
    if (!(await isGranted(() => stock.extend(tx, order.stockReference, seconds + graceSeconds)))) return
    await move(tx, order, 'pending_payment', 'provider', { expiresAt: dueAt })
  }

  /**
   * The one way in which an order becomes paid, whoever brings the news: goods and coupon become the buyer's in the same
   * transaction. Told twice, it changes nothing. Money for an order that is off, or whose goods are gone, is announced as
   * `orders.refund_due`; so is an amount that is not the order's total.
   */
  async function markPaid(tx: Tx, orderId: OrderId, amount: Money): Promise<void> {
    const order = await existing(tx, { id: orderId })
    if (order.paidAt !== null && order.status !== 'cancelled') return
    if (amount.minor !== order.total.minor || amount.currency !== order.currency)
      return giveBack(tx, order, amount, 'wrong_amount')
    if (!canMove(order.status, 'paid')) return giveBack(tx, order, amount, `order_${order.status}`)
    const stockReference = order.status === 'expired' ? await holdAgain(tx, order) : order.stockReference
    if (stockReference === null) return giveBack(tx, order, amount, 'out_of_stock')
    const changes = { paidAt: instant(now()), expiresAt: null, stockReference }
    const paid = await move(tx, order, 'paid', 'provider', changes)
    await prices.redeem(tx, orderId)
    await stock.convert(tx, stockReference)
    await outbox.append(tx, orderPaid, told(order))
    if (await ports.review?.holds(tx, orderId)) await move(tx, paid, 'payment_review', 'rules')
  }

  /**
   * Lets an order go on that was held with its money: it can ship. Doing it again, or for an order that is not held, changes
   * nothing.
   */
  async function release(db: Db, orderId: OrderId, { actor }: { actor: string }): Promise<void> {
    await atomic(db, async (tx) => {
      const order = await existing(tx, { id: orderId })
      if (isHeld(order)) await move(tx, order, 'paid', actor)
    })
  }

  /** A late deposit gets the goods and the discount if both are still there. */
  const holdAgain = (tx: Tx, order: store.StoredOrder) =>
    holdAs(tx, order, `${order.id}:late`, { seconds: graceSeconds })

  /** Holds goods and discount of an order that had let them go; null where something is no longer there. */
  async function holdAs(
    tx: Tx,
    order: store.StoredOrder,
    reference: string,
    options: Parameters<StockPort['reserve']>[3],
  ): Promise<string | null> {
    const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }))
    const held = await isGranted(async () => {
      await prices.hold(tx, order.id, order.quote, { customerId: order.customerId, email: order.email })
      await stock.reserve(tx, reference, lines, options)
    })
    if (held) return reference
    await prices.release(tx, order.id)
    return null
  }

  /**
   * The bank has taken the money of an order back: before anything has shipped, it waits for somebody to look at it, with its
   * goods and its discount held as for an order that is not paid yet; where they cannot be, it is cancelled. Told twice, it
   * changes nothing; an order that has shipped stays where it is.
   */
  async function markReversed(tx: Tx, orderId: OrderId): Promise<void> {
    const order = await existing(tx, { id: orderId })
    if (order.status !== 'paid' && !isHeld(order)) return
    await stock.restock(tx, order.stockReference)
    await prices.release(tx, order.id)
    const stockReference = await holdAs(tx, order, `${order.id}:${order.version}`, {})
    const unpaid = { paidAt: null, ...(stockReference ? { stockReference } : {}) }
    const reviewed = await move(tx, order, 'payment_review', 'provider', unpaid, 'deposit_reversed')
    if (stockReference) return
    await move(tx, reviewed, 'cancelled', 'provider', { cancelReason: 'deposit_reversed' }, 'deposit_reversed')
    await outbox.append(tx, orderCancelled, { ...told(reviewed), reason: 'deposit_reversed', wasPaid: false })
  }

  async function giveBack(tx: Tx, order: Order, amount: Money, reason: string): Promise<void> {
    await outbox.append(tx, refundDue, { orderId: order.id, amount, reason })
  }

  /**
   * Calls an order off. Goods and coupon are let go; money that was paid is announced as due. Doing it again changes nothing.
   * Throws `orders.wrong_status` once something has shipped.
   */
  async function cancel(db: Db, orderId: OrderId, { reason, actor }: { reason: string; actor: string }): Promise<void> {
    await atomic(db, async (tx) => {
      const order = await existing(tx, { id: orderId })
      if (order.status === 'cancelled') return
      await move(tx, order, 'cancelled', actor, { cancelReason: reason, expiresAt: null }, reason)
      await letGo(tx, order, reason)
    })
  }

  async function letGo(tx: Tx, order: store.StoredOrder, reason: string): Promise<void> {
    const wasPaid = order.paidAt !== null
    await prices.release(tx, order.id)
    if (wasPaid) await stock.restock(tx, order.stockReference)
    else await stock.release(tx, order.stockReference)
    await outbox.append(tx, orderCancelled, { ...told(order), reason, wasPaid })
    if (wasPaid) await outbox.append(tx, refundDue, { orderId: order.id, amount: order.total, reason: 'cancelled' })
  }

  /** Ends orders that nobody has paid in time, at most `limit`, each in a transaction of its own. Answers how many. */
  async function expireOverdue(db: Db, limit = 100): Promise<number> {
    let expired = 0
    for (const id of await store.overdue(db, instant(now()), limit)) {
      try {
        expired += Number(await atomic(db, (tx) => expireOne(tx, id)))
      } catch (error) {
        // Another process, or the buyer's money, was quicker.
        if (!orderErrors.wrong_status.match(error)) throw error
      }
    }
    return expired
  }

  async function expireOne(tx: Tx, id: OrderId): Promise<boolean> {
    const order = await existing(tx, { id })
    if (order.status !== 'pending_payment' || order.expiresAt === null || order.expiresAt > instant(now())) return false
    await move(tx, order, 'expired', 'clock')
    await letGo(tx, order, 'expired')
    return true
  }

  /** Counts pieces as on their way. Throws `orders.over_shipped`, `orders.wrong_status`. */
  async function markShipped(
    tx: Tx,
    orderId: OrderId,
    lines: readonly { lineId: string; quantity: number }[],
  ): Promise<void> {
    await countPieces(tx, orderId, lines, store.addShipped)
  }

  /** Counts pieces as arrived. Throws `orders.over_shipped` for more than are on their way. */
  async function markDelivered(
    tx: Tx,
    orderId: OrderId,
    lines: readonly { lineId: string; quantity: number }[],
  ): Promise<void> {
    await countPieces(tx, orderId, lines, store.addDelivered)
  }

  async function countPieces(
    tx: Tx,
    orderId: OrderId,
    lines: readonly { lineId: string; quantity: number }[],
    count: typeof store.addShipped,
  ): Promise<void> {
    for (const { lineId, quantity } of lines) {
      if (!(await count(tx, orderId, lineId as LineId, quantity))) throw orderErrors.over_shipped({ lineId })
    }
    const order = await existing(tx, { id: orderId })
    const status = statusOfPieces(order.lines)
    if (status === order.status) return
    await move(tx, order, status, 'warehouse')
    if (status === 'shipped') await outbox.append(tx, orderFulfilled, told(order))
    if (status === 'delivered') await outbox.append(tx, orderDelivered, told(order))
  }

  /** Moves along one edge of the graph, by compare-and-set, and writes it down; answers with the order as it is then. */
  async function move(
    tx: Tx,
    order: store.StoredOrder,
    to: OrderStatus,
    actor: string,
    changes: store.Move = {},
    note: string | null = null,
  ): Promise<store.StoredOrder> {
    const allowed = to === order.status || canMove(order.status, to)
    if (!allowed || !(await store.moveOrder(tx, order, to, changes))) {
      throw orderErrors.wrong_status({ order: order.number, status: order.status, wanted: to })
    }
    const version = order.version + 1
    if (to !== order.status) await store.addStep(tx, order.id, version, step(order.status, to, actor, note))
    return { ...order, ...changes, status: to, version }
  }

  const step = (from: OrderStatus | null, to: OrderStatus, actor: string, note: string | null = null) => ({
    id: newId('stp'),
    from,
    to,
    at: instant(now()),
    actor,
    note,
  })

  return {
    place,
    pay,
    awaitDeposit,
    markPaid,
    markReversed,
    release,
    cancel,
    expireOverdue,
    markShipped,
    markDelivered,
  }
}

/** Whether a neighbour has done what it was asked for; a conflict is its no, and everything else is thrown. */
async function isGranted(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if ((error as { kind?: unknown }).kind !== 'conflict') throw error
    return false
  }
}

/** The day in UTC and eight digits of chance, as buyers read it out on the phone: 261121-7K3F9QZT. */
const numberOf = (id: OrderId, at: Date) =>
  `${at.toISOString().slice(2, 10).replaceAll('-', '')}-${id.slice(-8).toUpperCase()}`

/** What a gift is charged with. */
const forNothing = (currency: string) => {
  const none = money(0, currency)
  return { unitPrice: none, subtotal: none, discount: none, total: none, tax: none, taxRate: '0' }
}

/** What a provider shows above the amount: the first thing that is bought. */
const titleOf = (order: Order) => Object.values(order.lines[0]?.name ?? {})[0] ?? order.number

const told = (order: Order): OrderTold => ({
  orderId: order.id,
  number: order.number,
  customerId: order.customerId,
  email: order.email,
  locale: order.locale,
  total: order.total,
  placedAt: order.placedAt,
  lines: order.lines.map(({ id, sku, productId, quantity }) => ({ lineId: id, sku, productId, quantity })),
})
