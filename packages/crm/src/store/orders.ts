import { decodeCursor, integer, money, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { CustomerId, CustomerOrder, OrderId, OrderNews, OrderStatus, Spending } from '../contract.ts'
import { tables } from '../tables.ts'

/** Stores an order, or its status where that is newer than the known one. */
export async function recordOrder(tx: Tx, { at, ...news }: OrderNews & { at: string }): Promise<void> {
  await tables(tx)
    .insertInto('crm_order')
    .values({
      order_id: news.orderId,
      customer_id: news.customerId,
      number: news.number,
      status: news.status,
      status_at: at,
      total: news.total.minor,
      currency: news.total.currency,
      placed_at: news.placedAt,
    })
    .onConflict((conflict) =>
      conflict
        .column('order_id')
        .doUpdateSet({ status: news.status, status_at: at, total: news.total.minor })
        .where('crm_order.status_at', '<=', at)
        .where('crm_order.currency', '=', news.total.currency),
    )
    .execute()
}

/** The orders of a customer, newest first. */
export async function ordersOf(
  db: Db,
  customerId: CustomerId,
  { after, limit }: PageQuery,
): Promise<Page<CustomerOrder>> {
  let query = tables(db)
    .selectFrom('crm_order')
    .select(['order_id as orderId', 'number', 'status', 'total', 'currency', 'placed_at as placedAt'])
    .where('customer_id', '=', customerId)
    .orderBy('placed_at', 'desc')
    .orderBy('order_id', 'desc')
    .limit(limit + 1)
  if (after) {
    const [at, id] = decodeCursor(after, 'ss') as [string, OrderId]
    query = query.where((eb) => eb(eb.refTuple('placed_at', 'order_id'), '<', eb.tuple(at, id)))
  }
  const orders = (await query.execute()).map(({ total, currency, ...row }) => ({
    ...row,
    total: money(integer(total), currency),
  }))
  return pageOf(orders, limit, ({ placedAt, orderId }) => [placedAt, orderId])
}

/** What these customers spent on orders of the given statuses, by currency. */
export async function spendings(
  db: Db,
  customerIds: readonly CustomerId[],
  statuses: readonly OrderStatus[],
): Promise<(Spending & { customerId: CustomerId })[]> {
  if (customerIds.length === 0) return []
  const rows = await tables(db)
    .selectFrom('crm_order')
    .select((eb) => [
      'customer_id as customerId',
      'currency',
      eb.fn.countAll<number>().as('orders'),
      eb.fn.sum<number>('total').as('minor'),
      eb.fn.max('placed_at').as('lastOrderAt'),
    ])
    .where('customer_id', 'in', customerIds)
    .where('status', 'in', statuses)
    .groupBy(['customer_id', 'currency'])
    .orderBy('currency')
    .execute()
  return rows.map((row) => ({ ...row, orders: integer(row.orders), minor: integer(row.minor) }))
}
