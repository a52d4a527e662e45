import { money } from '@sangdo/core'
import { atomic, type Db } from '@sangdo/core/server'
import { recorder, stillClock } from '@sangdo/core/testing'
import type { OrderId } from '@sangdo/orders'
import { createOrders } from '@sangdo/orders/server'
import { fakePorts, sampleAddress } from '@sangdo/orders/testing'

export const inWon = { currency: 'KRW', market: 'kr', locale: 'ko' }

/** A shop with nothing but orders and fakes around them, and what its people do in it. */
export function openTestShop(db: Db) {
  const clock = stillClock()
  const outbox = recorder()
  const ports = fakePorts()
  const orders = createOrders({ ...ports, outbox, now: clock.now })
  const filledCart = async (quantity = 2) => {
    const { id } = await orders.carts.create(db, inWon)
    await orders.carts.add(db, id, { sku: 'MUG', quantity })
    await orders.carts.setDelivery(db, id, {
      email: 'Sky@Example.com',
      address: sampleAddress,
      shippingMethod: 'parcel',
    })
    return orders.carts.priced(db, id)
  }
  const yes = ({ cart, quoteHash }: Awaited<ReturnType<typeof filledCart>>) => ({
    cartId: cart.id,
    version: cart.version,
    quoteHash,
  })
  const ordered = async () => (await orders.place(db, yes(await filledCart()))).order
  const pay = (id: OrderId, won = 27_000) => atomic(db, (tx) => orders.markPaid(tx, id, money(won, 'KRW')))
  const statusOf = async (id: OrderId) => (await orders.orderOf(db, id)).status
  const says = () => outbox.events.map((event) => event.name)
  return { db, clock, outbox, ports, orders, filledCart, yes, ordered, pay, statusOf, says }
}
