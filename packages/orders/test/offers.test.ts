import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { describeDatabases } from '@sangdo/core/testing'
import { createOrders, orderMigrations } from '@sangdo/orders/server'
import { fakePorts, sampleAddress } from '@sangdo/orders/testing'

const delivery = { email: 'sky@example.com', address: sampleAddress, shippingMethod: 'parcel' }

describe('what promotions bring to an order', () => {
  describeDatabases([orderMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const ports = fakePorts()
      const orders = createOrders(ports)
      const filledCart = async () => {
        const { id } = await orders.carts.create(db, { currency: 'KRW', market: 'kr', locale: 'ko' })
        await orders.carts.add(db, id, { sku: 'MUG', quantity: 2 })
        await orders.carts.setDelivery(db, id, delivery)
        return orders.carts.priced(db, id)
      }
      const yes = ({ cart, quoteHash }: Awaited<ReturnType<typeof filledCart>>) => ({
        cartId: cart.id,
        version: cart.version,
        quoteHash,
      })
      return { db, ports, orders, filledCart, yes }
    }

    test('a gift comes along for nothing, is held like everything else, and is left out when there is none left', async () => {
      const { db, ports, orders, filledCart, yes } = shop()
      ports.offer({ gift: { sku: 'PLATE', quantity: 2 } })
      const priced = await filledCart()
      expect([priced.quote.gifts, priced.facts['PLATE']?.productId]).toEqual([
        [{ sku: 'PLATE', quantity: 2 }],
        'prd_PLATE',
      ])
      const { order } = await orders.place(db, yes(priced))
      expect(order.lines.map((line) => [line.sku, line.quantity, line.total.minor])).toEqual([
        ['MUG', 2, 24_000],
        ['PLATE', 2, 0],
      ])
      expect(order.total).toEqual(money(27_000, 'KRW'))
      expect((await ports.stock.stockOf(db, ['PLATE']))['PLATE']?.available).toBe(0)
      expect((await filledCart()).quote.gifts).toEqual([])
    })

    test('a price for one way to pay is agreed to with it, and no other way pays it', async () => {
      const { db, ports, orders, filledCart, yes } = shop()
      ports.offer({ paymentMethod: 'card' })
      const { cart } = await filledCart()
      const byCard = await orders.carts.priced(db, cart.id, { paymentMethod: 'card' })
      expect(byCard.quote.total).toEqual(money(24_600, 'KRW'))
      await expect(orders.place(db, yes(byCard), { paymentMethod: 'transfer' })).rejects.toMatchObject({
        code: 'orders.price_changed',
        details: { total: money(27_000, 'KRW') },
      })
      const { order } = await orders.place(db, yes(byCard), { paymentMethod: 'card' })
      const payBy = (method: string) => orders.pay(db, order.id, { method, returnUrl: 'http://localhost/back' })
      await expect(payBy('transfer')).rejects.toMatchObject({ code: 'orders.other_price', kind: 'conflict' })
      expect(await payBy('card')).toMatchObject({ status: expect.any(String) })
    })
  })
})
