import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'
import { nextStatus } from './rules.ts'

/** The edges of the published graph, as a table of two columns. */
const edges = sql.join(
  Object.entries(nextStatus).flatMap(([from, to]) => to.map((next) => sql`select ${from} as was, ${next} as becomes`)),
  sql` union all `,
)

/** What must always hold of orders. */
export const orderInvariants: readonly Invariant[] = [
  {
    name: 'orders.one_per_cart',
    says: 'A cart becomes one order at most, and is closed by it',
    breaches: sql<Breach>`
      select orders_order.id as subject, orders_order.cart_id, orders_cart.status
      from orders_order join orders_cart on orders_cart.id = orders_order.cart_id
      where orders_cart.status <> 'ordered' order by orders_order.id`,
  },
  {
    name: 'orders.edges',
    says: 'An order moves only along the edges of its graph',
    breaches: sql<Breach>`
      select orders_history.id as subject, order_id, from_status, to_status from orders_history
      left join (${edges}) as edge on edge.was = from_status and edge.becomes = to_status
      where edge.was is null and not (from_status is null and to_status = 'pending_payment')
      order by orders_history.id`,
  },
  {
    name: 'orders.history',
    says: 'Every step of an order begins where the one before it ended',
    breaches: sql<Breach>`
      select id as subject, order_id, before, from_status from (
        select id, order_id, from_status,
          lag(to_status) over (partition by order_id order by version) as before from orders_history
      ) as step
      where coalesce(before, '') <> coalesce(from_status, '') order by id`,
  },
  {
    name: 'orders.status',
    says: 'An order is where its last step has brought it',
    breaches: sql<Breach>`
      select orders_order.id as subject, status, to_status from orders_order
      left join orders_history on orders_history.order_id = orders_order.id and orders_history.version =
        (select max(last.version) from orders_history as last where last.order_id = orders_order.id)
      where to_status is null or to_status <> status order by orders_order.id`,
  },
  {
    name: 'orders.paid',
    says: 'What ships or has shipped is paid for, and what waits for money is not',
    breaches: sql<Breach>`
      select id as subject, status, paid_at from orders_order
      where (status in ('paid', 'partly_shipped', 'shipped', 'delivered')) <> (paid_at is not null)
        and not (status in ('cancelled', 'payment_review') and paid_at is not null)
      order by id`,
  },
  {
    name: 'orders.pieces',
    says: 'The lines of an order have all its pieces, and none ships before the order is paid',
    breaches: sql<Breach>`
      select orders_order.id as subject, pieces, sum(quantity) as quantity, sum(shipped) as shipped
      from orders_order left join orders_line on orders_line.order_id = orders_order.id
      group by orders_order.id, pieces, paid_at
      having sum(quantity) is null or sum(quantity) <> pieces or (sum(shipped) > 0 and paid_at is null)
      order by orders_order.id`,
  },
  {
    name: 'orders.amounts',
    says: 'A line costs its pieces times their price, less its discount, and never less than nothing',
    breaches: sql<Breach>`
      select id as subject, order_id, quantity, unit_price, subtotal, discount, total from orders_line
      where subtotal <> quantity * unit_price or discount < 0 or discount > subtotal or total <> subtotal - discount
        or tax < 0
      order by id`,
  },
]
