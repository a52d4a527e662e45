import { decodeCursor, integer, money, type Page, pageOf, type PageQuery, Text } from '@sangdo/core'
import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import {
  Address,
  LineFacts,
  type LineId,
  type Order,
  type OrderId,
  type OrderLine,
  type OrderStatus,
  type OrderStep,
  type OrderSummary,
  Quote,
} from '../contract.ts'
import { type OrdersTables, tables } from '../tables.ts'

/** An order as it is stored: with the reference under which its goods are held. */
export interface StoredOrder extends Order {
  readonly stockReference: string
}

/** Stores an order and its lines; false when its cart has been ordered already, or its number is taken. */
export async function addOrder(tx: Tx, order: StoredOrder): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('orders_order')
    .values({
      id: order.id,
      number: order.number,
      cart_id: order.cartId,
      status: order.status,
      version: order.version,
      currency: order.currency,
      market: order.market,
      locale: order.locale,
      customer_id: order.customerId,
      email: order.email,
      name: order.address.name,
      address: JSON.stringify(order.address),
      shipping_method: order.shippingMethod,
      shipping_name: JSON.stringify(order.shippingName),
      quote: JSON.stringify(order.quote),
      total: order.total.minor,
      pieces: order.lines.reduce((count, line) => count + line.quantity, 0),
      stock_reference: order.stockReference,
      placed_at: order.placedAt,
      paid_at: null,
      expires_at: order.expiresAt,
      cancel_reason: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row)
    await sendAlong(
      tx,
      tables(tx)
        .insertInto('orders_line')
        .values(order.lines.map((line, position) => lineRow(order.id, line, position))),
    )
  return row !== undefined
}

const lineRow = (orderId: OrderId, line: OrderLine, position: number) => ({
  id: line.id,
  order_id: orderId,
  position,
  sku: line.sku,
  product_id: line.productId,
  name: JSON.stringify(line.name),
  options: JSON.stringify(line.options),
  image: line.image === null ? null : JSON.stringify(line.image),
  quantity: line.quantity,
  shipped: line.shipped,
  delivered: line.delivered,
  unit_price: line.unitPrice.minor,
  subtotal: line.subtotal.minor,
  discount: line.discount.minor,
  total: line.total.minor,
  tax: line.tax.minor,
  tax_rate: line.taxRate,
})

/** How one order is found: by its id, by its number, or by the cart it came from. */
export type OrderKey = { id: OrderId } | { number: string } | { cart_id: Order['cartId'] }

/** The order with its lines, if there is one. */
export async function orderOf(db: Db, key: OrderKey): Promise<StoredOrder | undefined> {
  const [[column, value] = ['id', '']] = Object.entries(key)
  const row = await tables(db)
    .selectFrom('orders_order')
    .selectAll()
    .where(column as 'id', '=', value as OrderId)
    .executeTakeFirst()
  if (!row) return undefined
  const lines = await tables(db)
    .selectFrom('orders_line')
    .selectAll()
    .where('order_id', '=', row.id)
    .orderBy('position')
    .execute()
  return orderFrom(row, lines)
}

/** What an order is found by, and whether and until when it waits for its money; undefined where there is none. */
export async function headOf(
  db: Db,
  id: OrderId,
): Promise<Pick<Order, 'id' | 'number' | 'cartId' | 'status' | 'paidAt' | 'expiresAt'> | undefined> {
  return tables(db)
    .selectFrom('orders_order')
    .select(['id', 'number', 'cart_id as cartId', 'status', 'paid_at as paidAt', 'expires_at as expiresAt'])
    .where('id', '=', id)
    .executeTakeFirst()
}

function orderFrom(
  row: Selectable<OrdersTables['orders_order']>,
  lines: Selectable<OrdersTables['orders_line']>[],
): StoredOrder {
  return {
    id: row.id,
    number: row.number,
    cartId: row.cart_id,
    status: row.status,
    version: row.version,
    currency: row.currency,
    market: row.market,
    locale: row.locale,
    customerId: row.customer_id,
    email: row.email,
    address: Address.parse(JSON.parse(row.address)),
    shippingMethod: row.shipping_method,
    shippingName: Text.parse(JSON.parse(row.shipping_name)),
    quote: Quote.parse(JSON.parse(row.quote)),
    total: money(integer(row.total), row.currency),
    lines: lines.map((line) => lineFrom(line, row.currency)),
    placedAt: row.placed_at,
    paidAt: row.paid_at,
    expiresAt: row.expires_at,
    cancelReason: row.cancel_reason,
    stockReference: row.stock_reference,
  }
}

function lineFrom(row: Selectable<OrdersTables['orders_line']>, currency: string): OrderLine {
  const amount = (minor: number) => money(integer(minor), currency)
  const facts = {
    productId: row.product_id,
    name: JSON.parse(row.name),
    options: JSON.parse(row.options),
    image: row.image && JSON.parse(row.image),
  }
  return {
    id: row.id,
    sku: row.sku,
    quantity: row.quantity,
    shipped: row.shipped,
    delivered: row.delivered,
    ...LineFacts.parse(facts),
    unitPrice: amount(row.unit_price),
    subtotal: amount(row.subtotal),
    discount: amount(row.discount),
    total: amount(row.total),
    tax: amount(row.tax),
    taxRate: row.tax_rate,
  }
}

/** What changes beside the status. */
export interface Move {
  readonly paidAt?: string | null
  readonly expiresAt?: string | null
  readonly cancelReason?: string
  readonly stockReference?: string
}

/** Moves an order from the status and version it was read with; false when someone was quicker. */
export async function moveOrder(
  tx: Tx,
  order: Pick<Order, 'id' | 'status' | 'version'>,
  status: OrderStatus,
  move: Move = {},
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('orders_order')
    .set({
      status,
      version: order.version + 1,
      ...(move.paidAt === undefined ? {} : { paid_at: move.paidAt }),
      ...(move.expiresAt === undefined ? {} : { expires_at: move.expiresAt }),
      ...(move.cancelReason === undefined ? {} : { cancel_reason: move.cancelReason }),
      ...(move.stockReference === undefined ? {} : { stock_reference: move.stockReference }),
    })
    .where('id', '=', order.id)
    .where('status', '=', order.status)
    .where('version', '=', order.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Writes down a step in the life of an order, and the version that it led to. */
export async function addStep(tx: Tx, orderId: OrderId, version: number, step: OrderStep): Promise<void> {
  const row = { id: step.id, order_id: orderId, version, from_status: step.from, to_status: step.to }
  const { at, actor, note } = step
  await sendAlong(
    tx,
    tables(tx)
      .insertInto('orders_history')
      .values({ ...row, at, actor, note }),
  )
}

/** The life of an order, oldest step first. */
export async function stepsOf(db: Db, orderId: OrderId): Promise<OrderStep[]> {
  return tables(db)
    .selectFrom('orders_history')
    .select(['id', 'from_status as from', 'to_status as to', 'at', 'actor', 'note'])
    .where('order_id', '=', orderId)
    .orderBy('version')
    .execute()
}

/** Counts pieces of a line as shipped, never more than were ordered; false when that would happen. */
export async function addShipped(tx: Tx, orderId: OrderId, lineId: LineId, quantity: number): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('orders_line')
    .set((eb) => ({ shipped: eb('shipped', '+', quantity) }))
    .where('id', '=', lineId)
    .where('order_id', '=', orderId)
    .where((eb) => eb(eb('quantity', '-', eb.ref('shipped')), '>=', quantity))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts pieces of a line as arrived, never more than were shipped; false when that would happen. */
export async function addDelivered(tx: Tx, orderId: OrderId, lineId: LineId, quantity: number): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('orders_line')
    .set((eb) => ({ delivered: eb('delivered', '+', quantity) }))
    .where('id', '=', lineId)
    .where('order_id', '=', orderId)
    .where((eb) => eb(eb('shipped', '-', eb.ref('delivered')), '>=', quantity))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The ids of orders that nobody has paid in time, oldest first. */
export async function overdue(db: Db, at: string, limit: number): Promise<OrderId[]> {
  const rows = await tables(db)
    .selectFrom('orders_order')
    .select('id')
    .where('status', '=', sql.lit('pending_payment'))
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Which orders are listed. `text` finds a number, an e-mail address or a name by how it begins. */
export interface OrderFilter {
  readonly status?: OrderStatus | undefined
  readonly customerId?: Order['customerId'] | undefined
  readonly text?: string | undefined
}

/** Orders, newest first. */
export async function listOrders(
  db: Db,
  filter: OrderFilter,
  { after, limit }: PageQuery,
): Promise<Page<OrderSummary>> {
  let query = selectSummary(db)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (filter.status) query = query.where('status', '=', filter.status)
  if (filter.customerId) query = query.where('customer_id', '=', filter.customerId)
  if (filter.text) {
    const start = `${filter.text.replaceAll(/[\\%_]/g, '')}%`
    query = query.where((eb) =>
      eb.or([
        eb('number', 'like', start.toUpperCase()),
        eb('email', 'like', start.toLowerCase()),
        eb('name', 'like', start),
      ]),
    )
  }
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as OrderId)
  return pageOf((await query.execute()).map(summaryFrom), limit, (row) => [row.id])
}

/** The given orders in short; one that does not exist is left out. */
export async function summariesOf(db: Db, ids: readonly string[]): Promise<Record<string, OrderSummary>> {
  if (ids.length === 0) return {}
  const rows = await selectSummary(db)
    .where('id', 'in', ids as OrderId[])
    .execute()
  return Object.fromEntries(rows.map((row) => [row.id, summaryFrom(row)]))
}

const selectSummary = (db: Db) =>
  tables(db)
    .selectFrom('orders_order')
    .select(['id', 'number', 'status', 'customer_id as customerId', 'email', 'name'])
    .select(['total', 'currency', 'pieces', 'placed_at as placedAt'])

const summaryFrom = ({
  total,
  currency,
  ...row
}: Omit<OrderSummary, 'total'> & { total: number; currency: string }): OrderSummary => ({
  ...row,
  total: money(integer(total), currency),
})

/** How many orders there are of each status. */
export async function countByStatus(db: Db): Promise<Partial<Record<OrderStatus, number>>> {
  const rows = await tables(db)
    .selectFrom('orders_order')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]))
}

/** The line with this id and the order it is part of, for the question whether someone has bought a thing. */
export async function boughtLine(
  db: Db,
  lineId: LineId,
): Promise<
  | { orderId: OrderId; productId: string; customerId: Order['customerId']; status: OrderStatus; delivered: number }
  | undefined
> {
  return tables(db)
    .selectFrom('orders_line')
    .innerJoin('orders_order', 'orders_order.id', 'orders_line.order_id')
    .select([
      'orders_order.id as orderId',
      'product_id as productId',
      'customer_id as customerId',
      'status',
      'delivered',
    ])
    .where('orders_line.id', '=', lineId)
    .executeTakeFirst()
}
