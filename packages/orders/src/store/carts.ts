import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import { Address, Cart, type CartId, type CartLine, type CustomerId } from '../contract.ts'
import { type OrdersTables, tables } from '../tables.ts'

/** Stores a new, empty cart. */
export async function addCart(db: Db, cart: Cart, at: string): Promise<void> {
  await tables(db)
    .insertInto('orders_cart')
    .values({
      id: cart.id,
      version: cart.version,
      status: cart.status,
      currency: cart.currency,
      market: cart.market,
      locale: cart.locale,
      customer_id: cart.customerId,
      email: cart.email,
      address: null,
      shipping_method: null,
      codes: '[]',
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/** The cart with its lines, oldest line first. */
export async function cartOf(db: Db, id: CartId): Promise<Cart | undefined> {
  const rows = await tables(db)
    .selectFrom('orders_cart as cart')
    .leftJoin('orders_cart_line as line', 'line.cart_id', 'cart.id')
    .selectAll('cart')
    .select(['line.id as line', 'line.sku', 'line.quantity'])
    .where('cart.id', '=', id)
    .orderBy('line.id')
    .execute()
  const lines = rows.flatMap(({ line, sku, quantity }) =>
    line === null || sku === null || quantity === null ? [] : [{ id: line, sku, quantity }],
  )
  return rows[0] && cartFrom(rows[0], lines)
}

async function withLines(db: Db, row: Selectable<OrdersTables['orders_cart']>): Promise<Cart> {
  const lines = await tables(db)
    .selectFrom('orders_cart_line')
    .select(['id', 'sku', 'quantity'])
    .where('cart_id', '=', row.id)
    .orderBy('id')
    .execute()
  return cartFrom(row, lines)
}

function cartFrom(row: Selectable<OrdersTables['orders_cart']>, lines: CartLine[]): Cart {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    currency: row.currency,
    market: row.market,
    locale: row.locale,
    customerId: row.customer_id,
    email: row.email,
    address: row.address === null ? null : Address.parse(JSON.parse(row.address)),
    shippingMethod: row.shipping_method,
    codes: Cart.shape.codes.parse(JSON.parse(row.codes)),
    lines,
  }
}

/** The open cart that a customer changed last. */
export async function openCartOf(db: Db, customerId: CustomerId): Promise<CartId | undefined> {
  const row = await tables(db)
    .selectFrom('orders_cart')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('status', '=', 'open')
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** What of a cart's head may change. */
export type CartHead = {
  readonly [Field in 'email' | 'address' | 'shippingMethod' | 'codes' | 'customerId' | 'status' | 'locale']?:
    | Cart[Field]
    | undefined
}

/**
 * Makes the version of an open cart one higher and writes what has changed in its head, if it is as expected; answers with the cart
 * if it was. In a transaction the row stays locked until that ends, so that changes from two tabs come one after the other.
 */
export async function renewCart(
  db: Db,
  id: CartId,
  { version, buyer }: { version?: number | undefined; buyer?: CustomerId | null | undefined },
  at: string,
  head: CartHead = {},
): Promise<Cart | undefined> {
  let query = tables(db)
    .updateTable('orders_cart')
    .set((eb) => ({ ...columnsOf(head), version: eb('version', '+', 1), updated_at: at }))
    .where('id', '=', id)
    .where('status', '=', 'open')
  if (version !== undefined) query = query.where('version', '=', version)
  if (buyer !== undefined)
    query = query.where((eb) => eb.or([eb('customer_id', 'is', null), eb('customer_id', '=', buyer)]))
  const row = await query.returningAll().executeTakeFirst()
  return row && withLines(db, row)
}

/** Makes an open cart that is at a version an ordered one; false when it is not. */
export async function closeCart(tx: Tx, id: CartId, version: number, at: string): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('orders_cart')
    .set({ status: 'ordered', version: version + 1, updated_at: at })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Writes what has changed in the head of a cart. */
export async function writeHead(tx: Tx, id: CartId, head: CartHead): Promise<void> {
  const columns = columnsOf(head)
  if (Object.keys(columns).length > 0)
    await sendAlong(tx, tables(tx).updateTable('orders_cart').set(columns).where('id', '=', id))
}

const columnsOf = (head: CartHead) => ({
  ...(head.email === undefined ? {} : { email: head.email }),
  ...(head.address === undefined ? {} : { address: JSON.stringify(head.address) }),
  ...(head.shippingMethod === undefined ? {} : { shipping_method: head.shippingMethod }),
  ...(head.codes === undefined ? {} : { codes: JSON.stringify(head.codes) }),
  ...(head.customerId === undefined ? {} : { customer_id: head.customerId }),
  ...(head.locale === undefined ? {} : { locale: head.locale }),
  ...(head.status === undefined ? {} : { status: head.status }),
})

/** Makes a cart hold exactly so many of a sku. */
export async function putLine(tx: Tx, cartId: CartId, line: CartLine): Promise<void> {
  await sendAlong(
    tx,
    tables(tx)
      .insertInto('orders_cart_line')
      .values({ cart_id: cartId, ...line })
      .onConflict((conflict) => conflict.columns(['cart_id', 'sku']).doUpdateSet({ quantity: line.quantity })),
  )
}

/** Takes a sku out of a cart. */
export async function dropLine(tx: Tx, cartId: CartId, sku: string): Promise<void> {
  await tables(tx).deleteFrom('orders_cart_line').where('cart_id', '=', cartId).where('sku', '=', sku).execute()
}

/** Forgets open carts that nobody has touched since `before`; answers how many. */
export async function dropCarts(db: Db, before: string): Promise<number> {
  const result = await tables(db)
    .deleteFrom('orders_cart')
    .where('status', '=', 'open')
    .where('updated_at', '<', before)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
