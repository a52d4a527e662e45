import { Hono } from 'hono'
import { ApiRefusal } from '../client.ts'
import { address, type Desk, type DeskEnv, openDesk, staffedDesk } from './desk.ts'
import { deskPage } from './layout.tsx'
import { bankRoutes } from './pages/bank.tsx'
import { settlementRoutes } from './pages/settlements.tsx'
import { homeRoutes } from './pages/home.tsx'
import { importRoutes } from './pages/import.tsx'
import { moneyRoutes } from './pages/money.tsx'
import { orderRoutes } from './pages/order-actions.tsx'
import { orderMoneyRoutes } from './pages/order-money.tsx'
import { ordersRoutes } from './pages/orders.tsx'
import { priceRoutes } from './pages/prices.tsx'
import { productRoutes } from './pages/product-actions.tsx'
import { productsRoutes } from './pages/products.tsx'
import { promotionCodeRoutes } from './pages/promotion-codes.tsx'
import { promotionRoutes } from './pages/promotions.tsx'
import { reviewRoutes } from './pages/reviews.tsx'
import { riskRoutes } from './pages/risk.tsx'
import { signInRoutes } from './pages/sign-in.tsx'
import { scripts } from './scripts.ts'
import { style } from './style.ts'

const forever = 'public, max-age=31536000, immutable'

/** The back office: every page of it is for staff who have signed in. */
export const adminRoutes = new Hono<DeskEnv>()
  .get('/admin.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': forever }))
  .get('/:script{(live|grid)\\.js}', (c) => {
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': forever }
    return c.body(c.req.param('script') === 'live.js' ? scripts.live : scripts.grid, 200, headers)
  })
  .use(async (c, next) => {
    c.set('desk', openDesk(c))
    await next()
  })
  .route('/', signInRoutes)
  .use(async (c, next) => {
    c.set('desk', await staffedDesk(c.var.desk))
    await next()
  })
  .route('/', homeRoutes)
  .route('/', ordersRoutes)
  .route('/', orderMoneyRoutes)
  .route('/', orderRoutes)
  .route('/', bankRoutes)
  .route('/', settlementRoutes)
  .route('/', moneyRoutes)
  .route('/', riskRoutes)
  .route('/', productsRoutes)
  .route('/', productRoutes)
  .route('/', importRoutes)
  .route('/', reviewRoutes)
  .route('/', promotionRoutes)
  .route('/', promotionCodeRoutes)
  .route('/', priceRoutes)
  .all('*', (c) =>
    deskPage(c, { title: c.var.desk.text.error.notFoundTitle }, <Apology desk={c.var.desk} kind="notFound" />, 404),
  )

adminRoutes.onError((error, c) => {
  const { desk } = c.var
  const status = error instanceof ApiRefusal ? statusOf(error) : 500
  if (status === 401) return c.redirect(address('/admin/sign-in', { next: desk.here }), 303)
  if (status !== 403 && status !== 404) throw error
  const kind = status === 403 ? 'denied' : 'notFound'
  return deskPage(c, { title: desk.text.error[`${kind}Title`] }, <Apology desk={desk} kind={kind} />, status)
})

/** An address that asks for a page that cannot be, such as one after nothing, leads nowhere. */
const statusOf = ({ refusal }: ApiRefusal) => (refusal.code === 'core.invalid_cursor' ? 404 : refusal.status)

const Apology = ({ desk: { text }, kind }: { desk: Desk; kind: 'denied' | 'notFound' }) => (
  <>
    <h1>{text.error[`${kind}Title`]}</h1>
    <p class="mt">{text.error[`${kind}Text`]}</p>
    <p class="mt">
      <a class="button-quiet" href="/admin">
        {text.error.home}
      </a>
    </p>
  </>
)
