import { format } from '@sangdo/core'
import { Hono } from 'hono'
import { content } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { Empty, Pager, Search, Tabs, Time } from '../parts/list.tsx'
import { OrderBadge } from '../parts/status.tsx'
import type { OrderStatus, OrderSummary } from '../types.ts'

const path = '/admin/orders'
const statuses = [
  'paid',
  'partly_shipped',
  'payment_review',
  'pending_payment',
  'shipped',
  'delivered',
  'cancelled',
  'expired',
] as const satisfies OrderStatus[]

/** All orders: by status, by a search, in pages. */
export const ordersRoutes = new Hono<DeskEnv>().get('/orders', async (c) => {
  const { desk } = c.var
  const { q, after } = c.req.query()
  const status = statuses.find((one) => one === c.req.query('status'))
  const query = { ...(status ? { status } : {}), ...(q ? { text: q.slice(0, 100) } : {}), ...(after ? { after } : {}) }
  const [counts, page] = await Promise.all([
    content(desk.api.admin.overview.$get()),
    content(desk.api.admin.orders.$get({ query })),
  ])
  return deskPage(
    c,
    { title: desk.text.orders.title },
    <Orders desk={desk} counts={counts.orders} page={page} query={{ status, q, after }} />,
  )
})

const Orders = ({
  desk,
  counts,
  page,
  query,
}: {
  desk: Desk
  counts: Partial<Record<string, number>>
  page: { items: readonly OrderSummary[]; next: string | null }
  query: Entered
}) => {
  const { orders, list } = desk.text
  const { status, q } = query
  const shown = statuses.filter(
    (one) => (counts[one] ?? 0) > 0 || one === status || one === 'paid' || one === 'pending_payment',
  )
  const tabs = [
    { href: address(path, { q }), label: list.all, count: undefined, current: !status },
    ...shown.map((one) => ({
      href: address(path, { status: one, q }),
      label: orders.statuses[one],
      count: counts[one] ?? 0,
      current: one === status,
    })),
  ]
  return (
    <>
      <div class="head">
        <h1>{orders.title}</h1>
      </div>
      <Tabs label={orders.status} tabs={tabs} />
      <Search path={path} label={orders.searchLabel} value={q} keep={{ status }} desk={desk} />
      {page.items.length > 0 ? (
        <OrderTable desk={desk} orders={page.items} />
      ) : (
        <Empty title={orders.none} text={orders.noneText}>
          {(q || status) && (
            <a class="button-quiet" href={path}>
              {list.clear}
            </a>
          )}
        </Empty>
      )}
      <Pager path={path} query={query} next={page.next} desk={desk} />
    </>
  )
}

/** Orders, one on each line; on a phone, one on each card. */
export const OrderTable = ({ desk, orders }: { desk: Desk; orders: readonly OrderSummary[] }) => {
  const { text, locale } = desk
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{text.orders.number}</th>
          <th scope="col">{text.orders.status}</th>
          <th scope="col">{text.orders.buyer}</th>
          <th scope="col">{text.orders.placed}</th>
          <th scope="col" class="end">
            {text.orders.pieces}
          </th>
          <th scope="col" class="end">
            {text.orders.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr>
            <td class="fixed">
              <a class="figures strong" href={`${path}/${order.id}`}>
                {order.number}
              </a>
            </td>
            <td class="badge-cell">
              <OrderBadge status={order.status} desk={desk} />
            </td>
            <td class="row-wide">
              {order.name} <span class="sub">{order.email}</span>
            </td>
            <td class="left-small fixed">
              <Time at={order.placedAt} desk={desk} />
            </td>
            <td class="end figures fixed phone-hidden">{text.orders.many(order.pieces)}</td>
            <td class="end money">{format(order.total, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
