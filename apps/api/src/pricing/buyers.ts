import type { Db } from '@sangdo/core/server'
import type { CustomerId } from '@sangdo/crm'
import type { Crm } from '@sangdo/crm/server'
import type { OrderStatus } from '@sangdo/orders'
import type { Orders } from '@sangdo/orders/server'
import type { BuyerFacts } from '@sangdo/pricing/server'

/** The statuses of orders that were paid and not called off. */
export const paidStatuses: ReadonlySet<OrderStatus> = new Set(['paid', 'partly_shipped', 'shipped', 'delivered'])

const mostPages = 5

/**
 * What the shop knows of a buyer: which order this would be, and since when they are a customer. A guest is known by the orders
 * of their e-mail address alone; where those are too many to tell, nothing is known.
 */
export async function factsAbout(
  { crm, orders }: { readonly crm: Crm; readonly orders: Orders },
  db: Db,
  { customerId, email }: { customerId: string | null; email: string | null },
): Promise<BuyerFacts> {
  if (customerId === null) return email === null ? {} : guest(orders, db, email)
  const id = customerId as CustomerId
  const [customers, totals] = [await crm.customersOf(db, [id]), await crm.totalsOf(db, [id])]
  const registeredAt = customers[id]?.createdAt
  return { orderNumber: (totals[id]?.orders ?? 0) + 1, ...(registeredAt === undefined ? {} : { registeredAt }) }
}

async function guest(orders: Orders, db: Db, email: string): Promise<BuyerFacts> {
  const own = email.trim().toLowerCase()
  // A list finds addresses by how they begin, and knows no underscores.
  const [text = ''] = own.split(/[\\%_]/)
  let count = 0
  let after: string | undefined
  if (text === '') return {}
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await orders.list(db, { text }, { limit: 100, ...(after ? { after } : {}) })
    count += items.filter((order) => order.email === own && paidStatuses.has(order.status)).length
    if (next === null) return { orderNumber: count + 1 }
    after = next
  }
  return {}
}
