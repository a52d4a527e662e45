import { createHash } from 'node:crypto'
import { instant, type Now } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type CustomerId, type LineId, type Order, orderErrors, type OrderId, type PlacedOrder } from '../contract.ts'
import { isUnpaid } from '../rules.ts'
import * as store from '../store/orders.ts'

/** Orders as others see them: the shop itself, their buyers, and neighbours with a question. */
export function createReading({ now }: { readonly now: Now }) {
  /** The order. Throws `orders.order_not_found`. */
  const orderOf = async (db: Db, id: OrderId): Promise<Order> => shown(await existing(db, { id }))

  /** The order with this number, for whoever holds its token. Throws `orders.order_not_found` for a wrong token just as for a wrong number. */
  async function orderByToken(db: Db, number: string, token: string): Promise<Order> {
    const order = await store.orderOf(db, { number: number.trim().toUpperCase() })
    if (!order || tokenOf(order) !== token) throw orderErrors.order_not_found({ order: number })
    return shown(order)
  }

  /** The order with this number, for the customer who placed it. Throws `orders.order_not_found` for anybody else's. */
  async function orderOfCustomer(db: Db, number: string, customerId: CustomerId): Promise<Order> {
    const order = await store.orderOf(db, { number: number.trim().toUpperCase() })
    if (order?.customerId !== customerId) throw orderErrors.order_not_found({ order: number })
    return shown(order)
  }

  /** The order with the token that lets its buyer find it again. Throws `orders.order_not_found`. */
  const placedOf = async (db: Db, id: OrderId): Promise<PlacedOrder> => placed(await existing(db, { id }))

  /** What its buyer finds the order by. Throws `orders.order_not_found`. */
  async function keyOf(db: Db, id: OrderId): Promise<{ number: string; token: string }> {
    const order = await store.headOf(db, id)
    if (!order) throw orderErrors.order_not_found({ order: id })
    return { number: order.number, token: tokenOf(order) }
  }

  /** Whether money for this order is still wanted: it waits, and its time is not over. */
  async function awaitsPayment(db: Db, id: OrderId): Promise<boolean> {
    const order = await store.headOf(db, id)
    return order !== undefined && isUnpaid(order) && (order.expiresAt === null || order.expiresAt > instant(now()))
  }

  /** Whether this customer has received what is on this order line; the product it was. */
  async function purchaseOf(
    db: Db,
    lineId: string,
    customerId: CustomerId,
  ): Promise<{ productId: string; orderId: OrderId } | undefined> {
    const line = await store.boughtLine(db, lineId as LineId)
    return line && line.customerId === customerId && line.delivered > 0
      ? { productId: line.productId, orderId: line.orderId }
      : undefined
  }

  return {
    orderOf,
    orderByToken,
    orderOfCustomer,
    placedOf,
    keyOf,
    awaitsPayment,
    purchaseOf,
    list: store.listOrders,
    summariesOf: store.summariesOf,
    stepsOf: store.stepsOf,
    countByStatus: store.countByStatus,
  }
}

/** The order as it is stored. Throws `orders.order_not_found`. */
export async function existing(db: Db, key: store.OrderKey): Promise<store.StoredOrder> {
  const order = await store.orderOf(db, key)
  if (!order) throw orderErrors.order_not_found({ order: String(Object.values(key)[0]) })
  return order
}

const shown = ({ stockReference: _, ...order }: store.StoredOrder): Order => order
/** The order, with the token that lets its buyer find it again. */
export const placed = (order: store.StoredOrder): PlacedOrder => ({ order: shown(order), token: tokenOf(order) })

/** Only the buyer and the shop know the id of the cart, so only they can know the token. */
const tokenOf = (order: Pick<Order, 'id' | 'cartId'>) =>
  createHash('sha256').update(`order:${order.cartId}:${order.id}`).digest('base64url')
