import { ShopError } from '@sangdo/core'
import { type Db, dialectOf } from '@sangdo/core/server'
import { swaggerPage, swaggerAsset } from './docs.ts'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { accessOf, type Auth } from './auth.ts'
import { type Bindings, createHttp, type Env, problem } from './http.ts'
import { createImports } from './imports.ts'
import { createHealth, healthErrors } from './health.ts'
import { isMoney, limited } from './load.ts'
import { observed } from './observed.ts'
import { createRunning, type Running } from './running.ts'
import { accountRoutes } from './routes/account.ts'
import { adminRoutes } from './routes/admin/index.ts'
import { cartRoutes } from './routes/carts.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { orderRoutes } from './routes/orders.ts'
import { paymentRoutes } from './routes/payments.ts'
import { quoteRoutes } from './routes/quotes.ts'
import { reviewRoutes } from './routes/reviews.ts'
import { scrape } from './scrape.ts'
import type { Shop } from './shop.ts'

/** What the HTTP API stands on. */
export interface AppOptions {
  readonly shop: Shop
  readonly db: Db
  readonly auth: Auth
  /** Pages that may send forms here from a browser. */
  readonly trustedOrigins: readonly string[]
  /** Connections of their own for what moves money; those of `db` unless given. */
  readonly moneyDb?: Db
  /** How this process is doing: by itself, unless given. */
  readonly running?: Running
}

export type App = ReturnType<typeof createApp>

const mostBytes = 256 * 1024

const countedBody = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new HTTPException(413, { message: 'A body has at most 256 KB here' })
  },
})

/** Takes the word of a body that says how long it is, as the server holds it to that, and counts only one that does not. */
const smallBody: MiddlewareHandler<Env> = (c, next) => {
  const [length, coding] = [c.req.header('content-length'), c.req.header('transfer-encoding')]
  return length !== undefined && coding === undefined && Number(length) <= mostBytes ? next() : countedBody(c, next)
}

/** The HTTP API of a shop: thin routes over its services, described by `/openapi.json`. */
export function createApp(options: AppOptions) {
  const { shop, db, moneyDb = db, auth, trustedOrigins, running = createRunning() } = options
  const app = createHttp()
  const health = createHealth({ db, ...running })
  const imports = createImports(shop, db)
  const leave = async (customerId: `cus_${string}`) => {
    await shop.crm.leave(db, customerId)
    await auth.forget(customerId)
  }
  app.onError((error, c) => problem(c, error))
  app.notFound((c) => problem(c, new HTTPException(404, { message: `There is nothing at ${c.req.path}` })))
  app.use(observed(running))
  app.use(async (c, next) => {
    await next()
    // Whoever keeps a connection open would otherwise ask again on it for as long as the stop takes.
    if (running.stopping()) c.res.headers.set('connection', 'close')
  })
  app.get('/metrics', scrape({ shop, db: moneyDb, health, running }))
  app.get('/health/live', (c) => c.json({ status: 'ok' }))
  app.get('/health/ready', async (c) => {
    await health.ready()
    return c.json({ status: 'ok' })
  })
  app.get('/health', async (c) => {
    if (!(await health.answers())) throw healthErrors.not_ready({ reasons: ['database'] })
    return c.json({ status: 'ok', database: dialectOf(db) })
  })
  app.use(secureHeaders(), csrf({ origin: [...trustedOrigins] }))
  app.use(async (c, next) => (c.req.path.startsWith('/admin/imports') ? next() : smallBody(c, next)))
  app.use(limited(running.gate))
  app.use(async (c, next) => {
    c.set('shop', shop)
    c.set('db', isMoney(c.req.path) ? moneyDb : db)
    c.set('imports', imports)
    c.set('leave', leave)
    c.set('access', await accessOf(auth, c.req.raw.headers, clientIp(c.env)).catch(causeOf))
    await next()
    // What an answer holds may be somebody's own; what may be kept says so itself.
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  /** Accounts hide why they failed; where the database is the reason, it is said as everywhere else. */
  const answerOf = async (accounts: Auth['customers' | 'staff'], c: Context<Env>) => {
    const answer = await accounts.handler(withClientIp(c.req.raw, c.env))
    if (answer.status >= 500 && !(await health.answers())) throw healthErrors.not_ready({ reasons: ['database'] })
    return answer
  }
  app.on(['GET', 'POST'], '/auth/*', (c) => answerOf(auth.customers, c))
  app.on(['GET', 'POST'], '/admin/auth/*', (c) => answerOf(auth.staff, c))
  app.use('/admin/*', async (c, next) => {
    c.var.access.requireStaff('viewer')
    await next()
  })
  app.get('/docs', (c) => c.html(swaggerPage))
  app.get('/docs/:file', (c) => swaggerAsset(c.req.param('file')) ?? c.notFound())
  app.openAPIRegistry.registerComponent('securitySchemes', 'staff', {
    type: 'apiKey',
    in: 'cookie',
    name: 'sangdo-staff.session_token',
  })
  const routed = app
    .route('/', catalogRoutes)
    .route('/', cartRoutes)
    .route('/', quoteRoutes)
    .route('/', orderRoutes)
    .route('/', paymentRoutes)
    .route('/', reviewRoutes)
    .route('/', accountRoutes)
    .route('/', adminRoutes)
  routed.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Sangdo',
      version: '0.1.0',
      description: 'Catalog, carts, checkout, orders, reviews and the back office of a Sangdo shop',
    },
  })
  return routed
}

/** Accounts wrap what the database said. */
function causeOf(error: unknown): never {
  const { cause } = error as { cause?: unknown }
  throw cause instanceof ShopError ? cause : error
}

const clientIp = (env: Bindings | undefined) => env?.clientIp ?? env?.incoming?.socket.remoteAddress ?? '127.0.0.1'

/** Accounts count sign-ins by address. What a client says of its own address is never believed. */
function withClientIp(request: Request, env: Bindings | undefined): Request {
  const headers = new Headers(request.headers)
  headers.set('x-client-ip', clientIp(env))
  return new Request(request, { headers })
}
