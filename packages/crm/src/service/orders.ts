import { instant, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { crmErrors, type CustomerId, type CustomerOrder, type CustomerTotals, OrderNews } from '../contract.ts'
import { boughtStatuses, totalsFrom } from '../rules.ts'
import { customersOf } from '../store/customers.ts'
import * as store from '../store/orders.ts'

/** What customers have bought, as events tell it. */
export function createOrderHistory({ now }: { now: Now }) {
  /**
   * Writes news of an order into its customer's history, inside the caller's transaction. Told twice or too late it changes
   * nothing. Throws `crm.customer_not_found`.
   */
  async function recordOrder(tx: Tx, input: OrderNews): Promise<void> {
    const news = parse(OrderNews, input)
    const [customer] = await customersOf(tx, [news.customerId])
    if (!customer) throw crmErrors.customer_not_found({ customer: news.customerId })
    await store.recordOrder(tx, { ...news, at: news.at ?? instant(now()) })
  }

  /** The orders of a customer in pages, newest first. */
  const ordersOf = (db: Db, customerId: CustomerId, page: Partial<PageQuery> = {}): Promise<Page<CustomerOrder>> =>
    store.ordersOf(db, customerId, parse(PageQuery, page))

  /** What each of these customers has bought: orders that are paid and not called off. */
  async function totalsOf(db: Db, customerIds: readonly CustomerId[]): Promise<Record<CustomerId, CustomerTotals>> {
    const rows = await store.spendings(db, customerIds, boughtStatuses)
    const spendings = Object.groupBy(rows, ({ customerId }) => customerId)
    return Object.fromEntries(customerIds.map((id) => [id, totalsFrom(spendings[id] ?? [])]))
  }

  return { recordOrder, ordersOf, totalsOf }
}
