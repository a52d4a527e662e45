import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { content } from '../../client.ts'
import { dateOf } from '../../dates.ts'
import type { Desk, DeskEnv } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { Empty } from '../parts/list.tsx'
import type { OrderSummary, Soundness } from '../types.ts'
import { OrderTable } from './orders.tsx'

/** The first page: what waits to be done, and whether the books agree. */
export const homeRoutes = new Hono<DeskEnv>()
  .get('/', async (c) => {
    const { desk } = c.var
    const [overview, latest, soundness] = await Promise.all([
      content(desk.api.admin.overview.$get()),
      content(desk.api.admin.orders.$get({ query: { limit: '5' } })),
      content(desk.api.admin.soundness.$get()),
    ])
    return deskPage(
      c,
      { title: desk.text.home.title },
      <>
        <Home desk={desk} orders={overview.orders} reviews={overview.reviews} latest={latest.items}>
          {soundness?.broken.length ? <Unsound desk={desk} broken={soundness.broken} /> : null}
        </Home>
        {!soundness?.broken.length && <Sound desk={desk} at={soundness?.at ?? null} />}
      </>,
    )
  })
  .post('/soundness', async (c) => {
    await content(c.var.desk.api.admin.soundness.$post())
    return c.redirect('/admin', 303)
  })

// So many are counted where not all are; more are said to be more.
const mostCounted = 100

const Home = ({
  desk,
  orders,
  reviews,
  latest,
  children,
}: {
  desk: Desk
  orders: Partial<Record<string, number>>
  reviews: number
  latest: readonly OrderSummary[]
  children: Child
}) => {
  const { home } = desk.text
  const waiting = [
    { href: '/admin/orders?status=paid', label: home.toShip, count: orders['paid'] ?? 0 },
    { href: '/admin/orders?status=partly_shipped', label: home.toShipRest, count: orders['partly_shipped'] ?? 0 },
    { href: '/admin/orders?status=payment_review', label: home.toCheck, count: orders['payment_review'] ?? 0 },
    { href: '/admin/orders?status=pending_payment', label: home.unpaid, count: orders['pending_payment'] ?? 0 },
    { href: '/admin/risk', label: home.risk, count: desk.waiting.risk },
    { href: '/admin/money', label: home.money, count: desk.waiting.money },
    { href: '/admin/reviews', label: home.toModerate, count: reviews },
  ]
  const uncounted = (label: string) => label === home.toModerate || label === home.money || label === home.risk
  return (
    <>
      <div class="head">
        <h1>{home.title}</h1>
      </div>
      {children}
      {!children && waiting.every(({ count }) => count === 0) && <p class="big hint">{home.nothing}</p>}
      <ul class="todo">
        {waiting.map(({ href, label, count }) => (
          <li>
            <a href={href} class={count === 0 ? 'is-none' : ''}>
              <span class="count">{home.count(count, uncounted(label) && count >= mostCounted)}</span>
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

// So many of what breaks a promise are named; the rest is counted.
const mostSubjects = 5

/** The alarm: which promises are broken, and by what. */
const Unsound = ({ desk, broken }: { desk: Desk; broken: Soundness['broken'] }) => {
  const { home } = desk.text
  return (
    <div class="notice-bad" role="alert">
      <h2>{home.unsound}</h2>
      <p>{home.unsoundText}</p>
      <ul>
        {broken.map(({ name, says, breaches }) => (
          <li>
            {home.promise(name, says)}
            <span class="hint subjects">
              {home.subjects(
                breaches
                  .slice(0, mostSubjects)
                  .map(({ subject }) => subject)
                  .join(', '),
                breaches.length - mostSubjects,
              )}
            </span>
          </li>
        ))}
      </ul>
      {desk.mayAct && <LookAgain desk={desk} />}
    </div>
  )
}

const Sound = ({ desk, at }: { desk: Desk; at: string | null }) => {
  const { home } = desk.text
  return (
    <div class="soundness hint">
      <p>{at === null ? home.unchecked : home.sound(dateOf(at, 'moment', desk.locale))}</p>
      {desk.mayAct && <LookAgain desk={desk} />}
    </div>
  )
}

const LookAgain = ({ desk }: { desk: Desk }) => (
  <form method="post" action="/admin/soundness">
    <button class="button-quiet" type="submit">
      {desk.text.home.lookAgain}
    </button>
  </form>
)
