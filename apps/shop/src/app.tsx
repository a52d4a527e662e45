import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { csrf } from 'hono/csrf'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { serveStatic } from '@hono/node-server/serve-static'
import { artRoutes } from './art.ts'
import { ApiRefusal } from './client.ts'
import { ErrorPage } from './pages/error.tsx'
import { storeRoutes } from './pages/index.ts'
import { page } from './page.tsx'
import { seoRoutes } from './seo.ts'
import { clientFor, locales, type Locale, type ShopEnv, visitorOf } from './visitor.ts'

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
}

/** The storefront: pages rendered on the server, which need no JavaScript to browse or to buy. */
export function createShopApp({ apiUrl, apiFetch, origin, publicFolder, payOrigins }: ShopAppOptions) {
  const place = { origin, css: `/public/shop.css?v=${fingerprint(`${publicFolder}/shop.css`)}` }
  const app = new Hono<ShopEnv>()
  app.use(compress())
  app.route('/', artRoutes)
  app.use('/public/*', serveStatic({ root: publicFolder, rewriteRequestPath: (path) => path.replace('/public', ''), onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable') }))
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: [NONCE],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'https:'],
        connectSrc: ["'self'"],
        formAction: ["'self'", ...payOrigins],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      crossOriginResourcePolicy: 'same-origin',
      referrerPolicy: 'strict-origin-when-cross-origin',
    }),
    csrf({ origin }),
  )
  app.use(async (c, next) => {
    c.set('place', place)
    c.set('client', clientFor(c, apiUrl, apiFetch))
    c.set('visitor', await visitorOf(c, localeOf(c.req.path, c.req.header('accept-language'))))
    await next()
  })
  app.get('/', (c) => c.redirect(`/${c.var.visitor.locale}`))
  app.route('/', seoRoutes)
  app.route('/:locale{ko|en}', storeRoutes)
  app.notFound((c) => page(c, { title: c.var.visitor.text.error.notFoundTitle }, ErrorPage({ visitor: c.var.visitor, kind: 'notFound' }), 404))
  app.onError((error, c) => {
    const gone = error instanceof ApiRefusal && error.refusal.status === 404
    if (!gone) console.error(error)
    const kind = gone ? 'notFound' : 'fault'
    return page(c, { title: c.var.visitor.text.error[`${kind}Title`] }, ErrorPage({ visitor: c.var.visitor, kind }), gone ? 404 : 500)
  })
  return app
}

/** The language in the address, else the one the browser asks for first. */
function localeOf(path: string, accepted = ''): Locale {
  const [, first = ''] = path.split('/')
  return locales.find((locale) => locale === first) ?? (accepted.toLowerCase().startsWith('ko') ? 'ko' : 'en')
}

const fingerprint = (file: string) => createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 10)
