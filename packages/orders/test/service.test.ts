import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { atomic, openDb } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { createOrders, orderMigrations } from '@sangdo/orders/server'
import { fakePorts, sampleAddress } from '@sangdo/orders/testing'
import { inWon, openTestShop } from './shop.ts'

describe('orders', () => {
  describeDatabases([orderMigrations], (database) => {
    const shop = () => openTestShop(database().db)

    test('a cart shows names, prices, ways to ship and a total that adds up', async () => {
      const { filledCart } = shop()
      const { cart, quote, shippingOptions, problems, facts } = await filledCart()
      expect(cart).toMatchObject({ email: 'sky@example.com', lines: [{ sku: 'MUG', quantity: 2 }] })
      expect(quote.total).toEqual(money(27_000, 'KRW'))
      expect([shippingOptions.length, problems, facts['MUG']?.productId]).toEqual([1, [], 'prd_MUG'])
    })

    test('putting a thing into the cart twice adds up, and a quantity of zero takes it out', async () => {
      const { db, orders, filledCart } = shop()
      const { cart } = await filledCart()
      expect((await orders.carts.add(db, cart.id, { sku: 'MUG', quantity: 1 })).lines).toMatchObject([
        { sku: 'MUG', quantity: 3 },
      ])
      expect((await orders.carts.set(db, cart.id, { sku: 'MUG', quantity: 0 })).lines).toEqual([])
    })

    test('placing an order holds goods and coupon before anybody is asked for money', async () => {
      const { db, orders, ports, filledCart, yes, says } = shop()
      const { order, token } = await orders.place(db, yes(await filledCart()))
      expect(order).toMatchObject({
        status: 'pending_payment',
        total: money(27_000, 'KRW'),
        expiresAt: '2026-01-02T03:19:05.678Z',
      })
      expect(order.number).toMatch(/^260102-[0-9A-Z]{8}$/)
      expect(ports.calls).toEqual(['prices.hold ord', 'stock.reserve ord'])
      expect(says()).toEqual(['orders.placed'])
      expect((await orders.orderByToken(db, order.number, token)).id).toBe(order.id)
    })

    test('one cart becomes one order, however often it is completed', async () => {
      const { db, orders, filledCart, yes } = shop()
      const accepted = yes(await filledCart())
      const first = await orders.place(db, accepted)
      const rest = await Promise.all([1, 2, 3].map(() => orders.place(db, accepted)))
      expect(rest.map((again) => [again.order.id, again.token])).toEqual(rest.map(() => [first.order.id, first.token]))
    })

    test('when stock is refused nothing is stored', async () => {
      const { db, orders, filledCart, yes, says } = shop()
      const [one, other] = [await filledCart(3), await filledCart(3)]
      await orders.place(db, yes(one))
      await expect(orders.place(db, yes(other))).rejects.toMatchObject({ code: 'orders.cart_not_ready' })
      expect((await orders.list(db, {}, { limit: 20 })).items).toHaveLength(1)
      expect((await orders.carts.cartOf(db, other.cart.id)).status).toBe('open')
      expect(says()).toEqual(['orders.placed'])
    })

    test('a price that changed meanwhile is never charged silently', async () => {
      const { db, orders, ports, filledCart, yes } = shop()
      const accepted = yes(await filledCart())
      ports.setPrice('MUG', 13_000)
      await expect(orders.place(db, accepted)).rejects.toMatchObject({
        code: 'orders.price_changed',
        details: { total: money(29_000, 'KRW') },
      })
    })

    test('a cart that was changed in another tab is not ordered', async () => {
      const { db, orders, filledCart, yes } = shop()
      const accepted = yes(await filledCart())
      await orders.carts.add(db, accepted.cartId, { sku: 'PLATE', quantity: 1 })
      await expect(orders.place(db, accepted)).rejects.toMatchObject({ code: 'orders.cart_changed' })
      await expect(
        orders.carts.set(db, accepted.cartId, { sku: 'MUG', quantity: 1 }, { version: accepted.version }),
      ).rejects.toMatchObject({ code: 'orders.cart_changed' })
    })

    test('a cart that lacks something says what', async () => {
      const { db, orders } = shop()
      const { id } = await orders.carts.create(db, inWon)
      const { cart, quoteHash } = await orders.carts.priced(db, id)
      await expect(orders.place(db, { cartId: id, version: cart.version, quoteHash })).rejects.toMatchObject({
        code: 'orders.cart_not_ready',
        details: { problems: [{ kind: 'empty' }, { kind: 'no_email' }] },
      })
    })

    test('an ordered cart cannot change any more', async () => {
      const { db, orders, filledCart, yes } = shop()
      const accepted = yes(await filledCart())
      await orders.place(db, accepted)
      await expect(orders.carts.add(db, accepted.cartId, { sku: 'PLATE', quantity: 1 })).rejects.toMatchObject({
        code: 'orders.cart_changed',
      })
    })

    test('the buyer is sent to pay exactly the total', async () => {
      const { db, orders, ports, ordered } = shop()
      const order = await ordered()
      const payment = await orders.pay(db, order.id, { method: 'card', returnUrl: 'http://127.0.0.1:3000/back' })
      expect(payment).toMatchObject({ redirectUrl: 'http://127.0.0.1/pay' })
      expect(ports.calls.at(-1)).toBe('payments.start 27000 by card')
    })

    test("the money makes goods and coupon the buyer's, once, however often it is told", async () => {
      const { ports, ordered, pay, statusOf, says } = shop()
      const order = await ordered()
      await pay(order.id)
      await pay(order.id)
      expect(await statusOf(order.id)).toBe('paid')
      expect(ports.calls.slice(2)).toEqual(['prices.redeem ord', 'stock.convert ord'])
      expect(says()).toEqual(['orders.placed', 'orders.paid'])
    })

    test('another amount than the total does not pay the order and is to be given back', async () => {
      const { ordered, outbox, pay, statusOf } = shop()
      const order = await ordered()
      await pay(order.id, 26_999)
      expect(await statusOf(order.id)).toBe('pending_payment')
      expect(outbox.events.at(-1)).toMatchObject({
        name: 'orders.refund_due',
        payload: { amount: money(26_999, 'KRW'), reason: 'wrong_amount' },
      })
    })

    test('an order that nobody pays ends after fifteen minutes and lets its goods go', async () => {
      const { db, clock, orders, ports, ordered, statusOf } = shop()
      const order = await ordered()
      clock.advance(899_999)
      expect([await orders.expireOverdue(db), await orders.awaitsPayment(db, order.id)]).toEqual([0, true])
      clock.advance(1)
      expect(await orders.awaitsPayment(db, order.id)).toBe(false)
      expect(await orders.expireOverdue(db)).toBe(1)
      expect(await statusOf(order.id)).toBe('expired')
      expect(ports.calls.slice(2)).toEqual(['prices.release ord', 'stock.release ord'])
    })

    test('a deposit keeps the order waiting until its due time', async () => {
      const { db, clock, orders, ordered, statusOf } = shop()
      const order = await ordered()
      await atomic(db, (tx) => orders.awaitDeposit(tx, order.id, '2026-01-03T03:04:05.678Z'))
      clock.advance(3_600_000)
      expect(await orders.expireOverdue(db)).toBe(0)
      expect(await statusOf(order.id)).toBe('pending_payment')
    })

    test('a late deposit gets the goods and the discount when they are still there, and the money back when they are not', async () => {
      const { db, clock, orders, ports, outbox, filledCart, yes, pay, statusOf } = shop()
      const [late, tooLate] = [
        await orders.place(db, yes(await filledCart(2))),
        await orders.place(db, yes(await filledCart(3))),
      ]
      clock.advance(900_000)
      await orders.expireOverdue(db)
      await pay(late.order.id)
      const holds = ports.calls.filter((call) => call.startsWith('prices.hold'))
      expect(holds).toHaveLength(3)
      expect(await statusOf(late.order.id)).toBe('paid')
      await orders.place(db, yes(await filledCart(1)))
      await pay(tooLate.order.id, 39_000)
      expect(await statusOf(tooLate.order.id)).toBe('expired')
      expect(outbox.events.at(-1)).toMatchObject({
        name: 'orders.refund_due',
        payload: { orderId: tooLate.order.id, reason: 'out_of_stock' },
      })
    })

    test('a cancelled order gives everything back once: goods, coupon and money', async () => {
      const { db, orders, ports, outbox, ordered, pay, statusOf } = shop()
      const order = await ordered()
      await pay(order.id)
      for (let times = 0; times < 2; times++)
        await orders.cancel(db, order.id, { reason: 'changed my mind', actor: 'buyer' })
      expect(await statusOf(order.id)).toBe('cancelled')
      expect(ports.calls.slice(4)).toEqual(['prices.release ord', 'stock.restock ord'])
      expect(outbox.events.filter((event) => event.name === 'orders.refund_due')).toMatchObject([
        { payload: { amount: money(27_000, 'KRW') } },
      ])
    })

    test('money that arrives for a cancelled order is to be given back', async () => {
      const { db, orders, outbox, ordered, pay } = shop()
      const order = await ordered()
      await orders.cancel(db, order.id, { reason: 'changed my mind', actor: 'buyer' })
      await pay(order.id)
      expect(outbox.events.at(-1)).toMatchObject({ name: 'orders.refund_due', payload: { reason: 'order_cancelled' } })
    })

    test('pieces ship and arrive until all have, and never more than were bought', async () => {
      const { db, orders, ordered, pay, statusOf, says } = shop()
      const order = await ordered()
      await pay(order.id)
      const pieces = (quantity: number) => [{ lineId: order.lines[0]?.id ?? '', quantity }]
      const ship = (quantity: number) => atomic(db, (tx) => orders.markShipped(tx, order.id, pieces(quantity)))
      const arrive = (quantity: number) => atomic(db, (tx) => orders.markDelivered(tx, order.id, pieces(quantity)))
      await ship(1)
      expect(await statusOf(order.id)).toBe('partly_shipped')
      await expect(arrive(2)).rejects.toMatchObject({ code: 'orders.over_shipped' })
      await expect(ship(2)).rejects.toMatchObject({ code: 'orders.over_shipped' })
      await ship(1)
      await arrive(1)
      expect(await statusOf(order.id)).toBe('shipped')
      await arrive(1)
      expect(await statusOf(order.id)).toBe('delivered')
      expect(says().slice(-2)).toEqual(['orders.fulfilled', 'orders.delivered'])
      await expect(orders.cancel(db, order.id, { reason: 'late', actor: 'buyer' })).rejects.toMatchObject({
        code: 'orders.wrong_status',
      })
    })

    test('unpaid goods do not ship', async () => {
      const { db, orders, ordered, statusOf } = shop()
      const order = await ordered()
      const lines = [{ lineId: order.lines[0]?.id ?? '', quantity: 2 }]
      await expect(atomic(db, (tx) => orders.markShipped(tx, order.id, lines))).rejects.toMatchObject({
        code: 'orders.wrong_status',
      })
      expect([await statusOf(order.id), (await orders.orderOf(db, order.id)).lines[0]?.shipped]).toEqual([
        'pending_payment',
        0,
      ])
    })

    test('every step is written down with who took it', async () => {
      const { db, orders, ordered, pay } = shop()
      const order = await ordered()
      await pay(order.id)
      await orders.cancel(db, order.id, { reason: 'out of glaze', actor: 'staff_1' })
      expect(await orders.stepsOf(db, order.id)).toMatchObject([
        { from: null, to: 'pending_payment', actor: 'buyer' },
        { from: 'pending_payment', to: 'paid', actor: 'provider' },
        { from: 'paid', to: 'cancelled', actor: 'staff_1', note: 'out of glaze' },
      ])
    })

    test('a wrong token is answered as if the order did not exist', async () => {
      const { db, orders, ordered } = shop()
      const order = await ordered()
      await expect(orders.orderByToken(db, order.number, 'guess')).rejects.toMatchObject({
        code: 'orders.order_not_found',
      })
      await expect(orders.orderByToken(db, '260102-NONE', 'guess')).rejects.toMatchObject({
        code: 'orders.order_not_found',
      })
    })

    test("signing in brings the guest's cart along, once, and never a stranger's", async () => {
      const { db, orders, filledCart } = shop()
      const own = await orders.carts.create(db, { ...inWon, customerId: 'cus_1' })
      await orders.carts.add(db, own.id, { sku: 'MUG', quantity: 1 })
      const guest = await filledCart(2)
      const merged = await orders.carts.claim(db, guest.cart.id, 'cus_1')
      expect([merged.id, merged.lines[0]?.quantity]).toEqual([own.id, 2])
      expect((await orders.carts.claim(db, guest.cart.id, 'cus_1')).lines[0]?.quantity).toBe(2)
      await expect(orders.carts.claim(db, own.id, 'cus_2')).rejects.toMatchObject({ code: 'orders.cart_not_found' })
    })

    test("a member's cart is not found by anybody else", async () => {
      const { db, orders } = shop()
      const { id } = await orders.carts.create(db, { ...inWon, customerId: 'cus_1' })
      for (const buyer of [null, 'cus_2'] as const) {
        await expect(orders.carts.priced(db, id, { buyer })).rejects.toMatchObject({ code: 'orders.cart_not_found' })
        await expect(orders.carts.add(db, id, { sku: 'MUG', quantity: 1 }, { buyer })).rejects.toMatchObject({
          code: 'orders.cart_not_found',
        })
        await expect(orders.place(db, { cartId: id, version: 0, quoteHash: 'x' }, { buyer })).rejects.toMatchObject({
          code: 'orders.cart_not_found',
        })
      }
      expect((await orders.carts.cartOf(db, id, { buyer: 'cus_1' })).lines).toEqual([])
    })

    test('orders are found by number, e-mail address or name, in pages, newest first', async () => {
      const { db, clock, orders, ordered } = shop()
      const first = await ordered()
      clock.advance(1000)
      const second = await ordered()
      const page = await orders.list(db, { text: 'sky@' }, { limit: 1 })
      const next = await orders.list(db, { text: '김하' }, { limit: 1, after: page.next ?? '' })
      expect([page.items[0]?.id, next.items[0]?.id, next.next]).toEqual([second.id, first.id, null])
      expect((await orders.list(db, { text: first.number.toLowerCase() }, { limit: 20 })).items).toHaveLength(1)
      expect(await orders.countByStatus(db)).toEqual({ pending_payment: 2 })
    })

    test('who has received a thing has bought it, and nobody else', async () => {
      const { db, orders, filledCart, yes, pay } = shop()
      const { cart } = await filledCart()
      await orders.carts.claim(db, cart.id, 'cus_1')
      const { order } = await orders.place(db, yes(await orders.carts.priced(db, cart.id)))
      const line = order.lines[0]?.id ?? ''
      await pay(order.id)
      expect(await orders.purchaseOf(db, line, 'cus_1')).toBeUndefined()
      for (const mark of [orders.markShipped, orders.markDelivered])
        await atomic(db, (tx) => mark(tx, order.id, [{ lineId: line, quantity: 2 }]))
      expect(await orders.purchaseOf(db, line, 'cus_1')).toEqual({ productId: 'prd_MUG', orderId: order.id })
      expect(await orders.purchaseOf(db, line, 'cus_2')).toBeUndefined()
    })

    test.each([
      ['quantity', { sku: 'MUG', quantity: -1 }],
      ['quantity', { sku: 'MUG', quantity: 1.5 }],
      ['sku', { sku: '', quantity: 1 }],
      ['price', { sku: 'MUG', quantity: 1, price: 1 }],
    ])('a wrong %s is refused by name', async (field, change) => {
      const { db, orders } = shop()
      const { id } = await orders.carts.create(db, inWon)
      await expect(orders.carts.add(db, id, change)).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field }] },
      })
    })
  })

  describeDatabases(
    [orderMigrations],
    (database) => {
      test('two tabs that complete one cart at once get the same order', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const orders = createOrders(fakePorts({ MUG: { price: 12_000, stock: 1000 } }))
        const { id } = await orders.carts.create(db, inWon)
        await orders.carts.add(db, id, { sku: 'MUG', quantity: 1 })
        await orders.carts.setDelivery(db, id, {
          email: 'sky@example.com',
          address: sampleAddress,
          shippingMethod: 'parcel',
        })
        const { cart, quoteHash } = await orders.carts.priced(db, id)
        const tabs = await Promise.all(
          Array.from({ length: 20 }, (_, tab) =>
            orders.place(tab % 2 ? db : other, { cartId: id, version: cart.version, quoteHash }),
          ),
        )
        await other.destroy()
        expect(new Set(tabs.map(({ order }) => order.id)).size).toBe(1)
      }, 30_000)

      test('two clicks at once are both counted', async () => {
        const { db } = database()
        const orders = createOrders(fakePorts())
        const { id } = await orders.carts.create(db, inWon)
        await Promise.all(Array.from({ length: 10 }, () => orders.carts.add(db, id, { sku: 'MUG', quantity: 1 })))
        expect((await orders.carts.cartOf(db, id)).lines[0]?.quantity).toBe(10)
      })
    },
    ['sqlite', 'postgres'],
  )
})
