import { Hono } from 'hono'
import { content } from './client.ts'
import { locales, type ShopEnv } from './visitor.ts'

/** What search engines ask for. */
export const seoRoutes = new Hono<ShopEnv>()
  .get('/robots.txt', (c) => c.text(`User-agent: *\nDisallow: /admin\nDisallow: /*/cart\nDisallow: /*/checkout\nDisallow: /*/account\nDisallow: /*/order\n\nSitemap: ${c.var.place.origin}/sitemap.xml\n`))
  .get('/sitemap.xml', async (c) => {
    const { api, currency } = c.var.visitor
    const { origin } = c.var.place
    const addresses: string[] = locales.map((locale) => `/${locale}`)
    for (const locale of locales) {
      const shelves = await content(api.categories.$get())
      addresses.push(...shelves.map((shelf) => `/${locale}/category/${encodeURIComponent(shelf.slugs[locale] ?? '')}`))
      for (let after: string | undefined, more = true; more; ) {
        const list = await content(api.products.$get({ query: { locale, currency, limit: '100', sort: 'newest', ...(after ? { after } : {}) } }))
        addresses.push(...list.items.map((card) => `/${locale}/product/${encodeURIComponent(card.slug)}`))
        after = list.next ?? undefined
        more = list.next !== null && addresses.length < 50_000
      }
    }
    const urls = addresses.map((address) => `  <url><loc>${origin}${address}</loc></url>`).join('\n')
    return c.body(`<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls}\n</urlset>\n`, 200, { 'content-type': 'application/xml' })
  })
