import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { orderErrors } from '@sangdo/orders'
import { orderMigrations } from '@sangdo/orders/server'
import { openTestShop } from './shop.ts'

describe('money that a bank takes back', () => {
  describeDatabases([orderMigrations], (database) => {
    const shop = () => openTestShop(database().db)

    test('an order whose money was taken back waits unpaid with its goods held, however often that is told', async () => {
      const { db, orders, ports, ordered, pay, statusOf } = shop()
      const order = await ordered()
      await pay(order.id)
      const reverse = () => atomic(db, (tx) => orders.markReversed(tx, order.id))
      const before = ports.calls.length
      await reverse()
      await reverse()
      expect(await statusOf(order.id)).toBe('payment_review')
      expect(ports.calls.slice(before)).toEqual([
        'stock.restock ord',
        'prices.release ord',
        'prices.hold ord',
        'stock.reserve ord:1',
      ])
      expect(await orders.awaitsPayment(db, order.id)).toBe(true)
      await pay(order.id)
      expect(await statusOf(order.id)).toBe('paid')
      expect(ports.calls.slice(-2)).toEqual(['prices.redeem ord', 'stock.convert ord:1'])
    })

    test('an order whose goods are promised to others the moment its money is gone is cancelled', async () => {
      const { db, orders, ports, ordered, pay, statusOf, says } = shop()
      const order = await ordered()
      await pay(order.id)
      ports.stock.reserve = async () => {
        throw orderErrors.cart_not_ready({ problems: [] })
      }
      await atomic(db, (tx) => orders.markReversed(tx, order.id))
      expect(await statusOf(order.id)).toBe('cancelled')
      expect(says().slice(-1)).toEqual(['orders.cancelled'])
    })

    test('an order that has shipped stays where it is when its money is taken back', async () => {
      const { db, orders, ordered, pay, statusOf } = shop()
      const order = await ordered()
      await pay(order.id)
      await atomic(db, (tx) => orders.markShipped(tx, order.id, [{ lineId: order.lines[0]?.id ?? '', quantity: 2 }]))
      await atomic(db, (tx) => orders.markReversed(tx, order.id))
      expect(await statusOf(order.id)).toBe('shipped')
    })
  })
})
