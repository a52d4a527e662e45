import { createNewId, type NewId, type Now } from '@sangdo/core'
import { type Announce, type Db, silent } from '@sangdo/core/server'
import type { CartId, PricedCart } from '../contract.ts'
import type { OrderPorts } from '../ports.ts'
import { createCarts, type Expected } from './carts.ts'
import { createOrderService } from './orders.ts'
import { createCartPricing } from './pricing.ts'
import { createReading } from './reading.ts'

/** What `createOrders` needs: its five neighbours. The rest has defaults. */
export interface OrdersOptions extends OrderPorts {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
}

export type Orders = ReturnType<typeof createOrders>

/** Carts, checkout and orders: one order for each checkout, however often and from wherever it is completed. */
export function createOrders({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
  ...ports
}: OrdersOptions) {
  const carts = createCarts({ newId, now })
  const { price } = createCartPricing(ports)

  /** The cart with names, prices, ways to ship, and what stands in the way of an order. Throws `orders.cart_not_found`. */
  const priced = async (
    db: Db,
    cartId: CartId,
    { paymentMethod, ...expected }: Expected & { paymentMethod?: string | undefined } = {},
  ): Promise<PricedCart> => price(db, await carts.cartOf(db, cartId, expected), paymentMethod)

  return {
    carts: { ...carts, priced },
    ...createOrderService({ carts, ports, price, outbox, newId, now }),
    ...createReading({ now }),
  }
}
