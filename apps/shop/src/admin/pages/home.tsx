import { Hono } from 'hono'
import { content } from '../../client.ts'
import type { Desk, DeskEnv } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { Empty } from '../parts/list.tsx'
import type { OrderSummary } from '../types.ts'
import { OrderTable } from './orders.tsx'

/** The first page: what waits to be done. */
export const homeRoutes = new Hono<DeskEnv>().get('/', async (c) => {
  const { desk } = c.var
  const [overview, latest] = await Promise.all([
    content(desk.api.admin.overview.$get()),
    content(desk.api.admin.orders.$get({ query: { limit: '5' } })),
  ])
  return deskPage(
    c,
    { title: desk.text.home.title },
    <Home desk={desk} orders={overview.orders} reviews={overview.reviews} latest={latest.items} />,
  )
})

// So many waiting reviews are counted; more are said to be more.
const mostReviews = 100

const Home = ({
  desk,
  orders,
  reviews,
  latest,
}: {
  desk: Desk
  orders: Partial<Record<string, number>>
  reviews: number
  latest: readonly OrderSummary[]
}) => {
  const { home } = desk.text
  const waiting = [
    { href: '/admin/orders?status=paid', label: home.toShip, count: orders['paid'] ?? 0 },
    { href: '/admin/orders?status=partly_shipped', label: home.toShipRest, count: orders['partly_shipped'] ?? 0 },
    { href: '/admin/orders?status=payment_review', label: home.toCheck, count: orders['payment_review'] ?? 0 },
    { href: '/admin/orders?status=pending_payment', label: home.unpaid, count: orders['pending_payment'] ?? 0 },
    { href: '/admin/reviews', label: home.toModerate, count: reviews },
  ]
  return (
    <>
      <div class="head">
        <h1>{home.title}</h1>
      </div>
      {waiting.every(({ count }) => count === 0) && <p class="big hint">{home.nothing}</p>}
      <ul class="todo">
        {waiting.map(({ href, label, count }) => (
          <li>
            <a href={href} class={count === 0 ? 'is-none' : ''}>
              <span class="count">{home.count(count, label === home.toModerate && count >= mostReviews)}</span>
              <span>{label}</span>
            </a>
          </li>
        ))}
      </ul>
      <section class="panel">
        <div class="head">
          <h2>{home.latest}</h2>
          <a href="/admin/orders">{home.all}</a>
        </div>
        {latest.length > 0 ? (
          <OrderTable desk={desk} orders={latest} />
        ) : (
          <Empty title={desk.text.orders.none} text="" />
        )}
      </section>
    </>
  )
}
