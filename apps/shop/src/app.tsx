import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { trimTrailingSlash } from 'hono/trailing-slash'
import { adminRoutes } from './admin/index.tsx'
import { artRoutes } from './art.ts'
import { ApiRefusal, createClient } from './client.ts'
import { page } from './page.tsx'
import { ErrorPage } from './pages/error.tsx'
import { storeRoutes } from './pages/index.ts'
import { seoRoutes } from './seo.ts'
import { createShelves } from './shelves.ts'
import { apiFor, type Locale, locales, type ShopEnv, visitorOf } from './visitor.ts'

/** What the shop stands on. */
export interface ShopAppOptions {
  /** The address of the API, and how a request gets there. */
  readonly apiUrl: string
  readonly apiFetch: (request: Request, clientIp: string) => Promise<Response>
  /** The address of the shop as buyers see it. */
  readonly origin: string
  /** The folder with the built stylesheet. */
  readonly publicFolder: string
  /** Addresses of payment providers, to which the shop may send buyers. */
  readonly payOrigins: readonly string[]
  /** Told of every fault that a visitor runs into. */
  readonly report: (fault: unknown) => void
}

/** The storefront: pages rendered on the server, which need no JavaScript to browse or to buy. */
export function createShopApp({ apiUrl, apiFetch, origin, publicFolder, payOrigins, report }: ShopAppOptions) {
  const place = { origin, css: `/public/shop.css?v=${fingerprint(`${publicFolder}/shop.css`)}` }
  const shelves = createShelves(createClient(apiUrl, (request) => apiFetch(request, '127.0.0.1'), {}))
  const app = new Hono<ShopEnv>()
  app.use(compress(), trimTrailingSlash())
  app.route('/', artRoutes)
  app.use('/public/*', stylesheets(publicFolder))
  app.use(guards(payOrigins), csrf({ origin }))
  app.use(async (c, next) => {
    c.set('place', place)
    c.set('shelves', shelves)
    c.set('api', apiFor(c, apiUrl, apiFetch))
    c.set('visitor', await visitorOf(c, localeOf(c.req.path, c.req.header('accept-language'))))
    await next()
  })
  app.get('/', (c) => c.redirect(`/${c.var.visitor.locale}`))
  app.route('/admin', adminRoutes)
  app.route('/', seoRoutes)
  for (const locale of locales) app.route(`/${locale}`, storeRoutes)
  app.notFound((c) =>
    page(
      c,
      { title: c.var.visitor.text.error.notFoundTitle },
      <ErrorPage visitor={c.var.visitor} kind="notFound" />,
      404,
    ),
  )
  app.onError((error, c) => answerTo(c, error, report))
  return app
}

/** A page that is for members leads to signing in; what is refused is not there; anything else is a fault. */
function answerTo(c: Context<ShopEnv>, error: unknown, report: ShopAppOptions['report']) {
  // A form of another site is refused before anybody has asked who sent it.
  if (error instanceof HTTPException) return error.getResponse()
  const { visitor } = c.var
  const status = error instanceof ApiRefusal ? error.refusal.status : 500
  if (status === 401) return c.redirect(`/${visitor.locale}/sign-in?${new URLSearchParams({ next: c.req.path })}`, 303)
  if (status < 500)
    return page(c, { title: visitor.text.error.notFoundTitle }, <ErrorPage visitor={visitor} kind="notFound" />, 404)
  report(error)
  return page(c, { title: visitor.text.error.faultTitle }, <ErrorPage visitor={visitor} kind="fault" />, 500)
}

/** The language in the address, else the one the browser asks for first. */
function localeOf(path: string, accepted = ''): Locale {
  const [, first = ''] = path.split('/')
  return locales.find((locale) => locale === first) ?? (accepted.toLowerCase().startsWith('ko') ? 'ko' : 'en')
}

/** Scripts run only with the nonce of their page; colours of swatches are the only styles outside the stylesheet. */
const guards = (payOrigins: readonly string[]) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE],
      styleSrc: ["'self'"],
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'https:'],
      connectSrc: ["'self'"],
      formAction: ["'self'", ...payOrigins],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'strict-origin-when-cross-origin',
  })

const stylesheets = (root: string) =>
  serveStatic({
    root,
    rewriteRequestPath: (path) => path.replace('/public', ''),
    onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
  })

const fingerprint = (file: string) => createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 10)
