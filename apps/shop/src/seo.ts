import { pages } from '@sangdo/api/demo'
import { Hono } from 'hono'
import { content, type Shelf } from './client.ts'
import { type Locale, locales, type ShopEnv, type Visitor } from './visitor.ts'

const most = 50_000
const closed = ['/admin', '/*/cart', '/*/checkout', '/*/account', '/*/order', '/*/review/', '/*/sign-']

/** What search engines ask for. */
export const seoRoutes = new Hono<ShopEnv>()
  .get('/robots.txt', (c) =>
    c.text(
      `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join('')}\nSitemap: ${c.var.place.origin}/sitemap.xml\n`,
    ),
  )
  .get('/sitemap.xml', async (c) => {
    const shelves = (await c.var.shelves()).flatMap((shelf) => [shelf, ...shelf.children])
    const addresses = (await Promise.all(locales.map((locale) => addressesIn(locale, shelves, c.var.visitor)))).flat()
    const urls = addresses.slice(0, most).map((address) => `  <url><loc>${c.var.place.origin}${address}</loc></url>\n`)
    return c.body(
      `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`,
      200,
      { 'content-type': 'application/xml' },
    )
  })

async function addressesIn(locale: Locale, shelves: readonly Shelf[], { api, currency }: Visitor): Promise<string[]> {
  const texts = pages.map((page) => `/${locale}/page/${encodeURIComponent(page.slug[locale])}`)
  const addresses = [
    `/${locale}`,
    ...texts,
    ...shelves.map((shelf) => `/${locale}/category/${encodeURIComponent(shelf.slugs[locale] ?? '')}`),
  ]
  let after: string | null = null
  do {
    const list: { items: { slug: string }[]; next: string | null } = await content(
      api.products.$get({ query: { locale, currency, limit: '100', sort: 'newest', ...(after ? { after } : {}) } }),
    )
    addresses.push(...list.items.map((card) => `/${locale}/product/${encodeURIComponent(card.slug)}`))
    after = list.next
  } while (after !== null && addresses.length < most)
  return addresses
}
