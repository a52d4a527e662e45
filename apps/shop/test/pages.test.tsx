import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pages } from '@sangdo/api/demo'
import { attribute, openStore, origin, type Store, tags, textOf } from './browser.ts'

let store: Store
beforeAll(async () => {
  store = await openStore()
}, 60_000)
afterAll(() => store.close())

const product = { ko: '/product/굽-높은-머그', en: '/product/high-foot-mug' }
const shelf = { ko: '/category/잔과-머그', en: '/category/cups-and-mugs' }
const addresses = (['ko', 'en'] as const).flatMap((locale) =>
  [
    '',
    '/search',
    '/search?q=mug',
    '/search?q=nothing-like-it',
    shelf[locale],
    product[locale],
    `${product[locale]}?option-1=value-3&reviews=lowest`,
    '/cart',
    '/order-lookup',
    '/sign-in',
    '/sign-up',
    ...pages.map((page) => `/page/${page.slug[locale]}`),
  ].map((path) => `/${locale}${path}`),
)

describe('every page', () => {
  test.each(addresses)(
    '%s stands in its frame, in its language, with one heading above all others',
    async (address) => {
      const { status, html } = await store.browser().open(address)
      expect(status).toBe(200)
      expect(attribute(tags(html, 'html')[0] ?? '', 'lang')).toBe(address.slice(1, 3))
      expect([
        tags(html, 'h1').length,
        tags(html, 'main').length,
        tags(html, 'header').length,
        tags(html, 'footer').length,
      ]).toEqual([1, 1, 1, 1])
      expect(textOf(html)).toContain('000-00-00000')
      const levels = [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level))
      expect(levels.every((level, index) => level <= (levels[index - 1] ?? 1) + 1)).toBe(true)
    },
  )

  test.each(addresses)('%s asks for nothing from elsewhere and runs no script without its nonce', async (address) => {
    const { html, headers } = await store.browser().open(address)
    const policy = headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(nonce).toBeDefined()
    for (const script of tags(html, 'script'))
      expect([attribute(script, 'nonce'), attribute(script, 'src')]).toEqual([nonce, undefined])
    expect(html).not.toMatch(/\son[a-z]+="/)
    const loaded = [
      ...tags(html, 'img').map((tag) => attribute(tag, 'src')),
      ...tags(html, 'link')
        .filter((tag) => /stylesheet|icon/.test(tag))
        .map((tag) => attribute(tag, 'href')),
    ]
    expect(loaded.filter((url) => !url?.startsWith('/'))).toEqual([])
    expect(html).not.toMatch(/style="[^"]*url\(/)
  })

  test.each(addresses)('%s names every field and every picture', async (address) => {
    const { html } = await store.browser().open(address)
    const labelled = new Set([...html.matchAll(/<label[^>]*\sfor="([^"]*)"/g)].map(([, id]) => id))
    const fields = [...tags(html, 'input'), ...tags(html, 'select'), ...tags(html, 'textarea')].filter(
      (tag) => !/type="(hidden|radio)"/.test(tag),
    )
    const inLabels = [...html.matchAll(/<label[^>]*>[\s\S]*?<\/label>/g)].join('')
    expect(fields.filter((tag) => !labelled.has(attribute(tag, 'id') ?? '') && !inLabels.includes(tag))).toEqual([])
    expect(tags(html, 'img').filter((tag) => attribute(tag, 'alt') === undefined)).toEqual([])
  })
})

describe('the two languages', () => {
  const alternates = (html: string) =>
    Object.fromEntries(
      tags(html, 'link')
        .filter((tag) => tag.includes('hreflang'))
        .map((tag) => [attribute(tag, 'hreflang') ?? '', attribute(tag, 'href') ?? '']),
    )

  test.each(['', shelf.en, product.en, '/search', '/page/shipping'].map((path) => `/en${path}`))(
    '%s and its other language name each other',
    async (address) => {
      const { open } = store.browser()
      const english = alternates((await open(address)).html)
      const korean = alternates((await open(english['ko']?.replace(origin, '') ?? '')).html)
      expect(english).toEqual(korean)
      expect(decodeURI(english['en'] ?? '')).toBe(origin + address)
      expect(english['x-default']).toBe(english['en'])
    },
  )

  test('a page is canonical without what was chosen on it', async () => {
    const { html } = await store.browser().open(`/en${product.en}?option-1=value-2&added=1`)
    expect(attribute(tags(html, 'link').find((tag) => tag.includes('canonical')) ?? '', 'href')).toBe(
      `${origin}/en${product.en}`,
    )
  })

  test('carts, orders and accounts are kept out of search engines', async () => {
    for (const path of ['/en/cart', '/en/sign-in', '/en/order-lookup', '/en/search?q=mug'])
      expect((await store.browser().open(path)).html).toContain('<meta name="robots" content="noindex"/>')
  })

  test('the front door opens in the language of the browser', async () => {
    const { open } = store.browser()
    expect((await open('/', { headers: { 'accept-language': 'ko-KR,ko;q=0.9' } })).url).toBe('/ko')
    expect((await open('/', { headers: { 'accept-language': 'de-DE' } })).url).toBe('/en')
  })

  test('a slug of the other language leads to the page in this one', async () => {
    expect((await store.browser().open('/en/product/굽-높은-머그')).url).toBe(`/en${product.en}`)
    expect((await store.browser().open('/ko/category/cups-and-mugs')).url).toBe(`/ko${shelf.ko}`)
  })
})

describe('what is not there', () => {
  test.each([
    '/ko/nothing',
    '/en/product/nothing',
    '/en/category/nothing',
    '/ko/page/nothing',
    '/en/search?after=%00odd',
    '/en/page/배송-안내',
  ])('%s is not found, in the frame of the shop', async (address) => {
    const { status, html } = await store.browser().open(address)
    expect(status).toBe(404)
    expect(textOf(html)).toContain(address.startsWith('/ko') ? '찾는 것이 여기 없습니다' : 'It is not on this shelf')
    expect([tags(html, 'header').length, tags(html, 'footer').length]).toEqual([1, 1])
  })

  test('a fault is told to whoever runs the shop, and the visitor sees a page that says so', async () => {
    store.state.broken = true
    const { status, html } = await store.browser().open('/en')
    store.state.broken = false
    expect(status).toBe(500)
    expect(textOf(html)).toContain('Your cart and your orders are safe')
    expect(store.faults).toHaveLength(1)
    store.faults.length = 0
  })

  test('somebody else’s order leads to signing in', async () => {
    expect((await store.browser().open('/en/order/261121-AAAAAAAA')).url).toBe(
      '/en/sign-in?next=%2Fen%2Forder%2F261121-AAAAAAAA',
    )
  })
})

describe('lists', () => {
  const names = (html: string) =>
    [...html.matchAll(/<h2 class="font-sans[^>]*>\s*<a[^>]*>([^<]*)/g)].map(([, name]) => name)

  test('are searched, sorted and limited by their address alone', async () => {
    const { open, send } = store.browser()
    expect(names((await open('/en/search?q=mug')).html)).toContain('High-Foot Mug')
    const sorted = await send('/search', { sort: 'price_asc', priceMax: '30' })
    expect(sorted.url).toContain('q=mug')
    expect(names(sorted.html).length).toBeGreaterThan(0)
    expect(sorted.html).toMatch(/<details[^>]*\sopen/)
  })

  test('go on where the page before ended', async () => {
    const { open } = store.browser()
    const first = await open('/ko/search')
    const next = tags(first.html, 'a').find((tag) => tag.includes('rel="next"')) ?? ''
    const second = await open(attribute(next, 'href') ?? '')
    expect(names(first.html)).toHaveLength(24)
    expect(names(second.html).filter((name) => names(first.html).includes(name))).toEqual([])
  })

  test('say when nothing was found, and show something else', async () => {
    const { html } = await store.browser().open('/en/search?q=nothing-like-it')
    expect(textOf(html)).toContain('Nothing found')
    expect(textOf(html)).toContain('Most wanted')
  })
})

describe('a product', () => {
  test('shows the chosen variant with its own picture, and cannot be added when it is sold out', async () => {
    const { open } = store.browser()
    const first = await open(`/en${product.en}`)
    const soldOut = await open(`/en${product.en}?option-1=value-3`)
    expect(first.html).toContain('action="/en/cart/lines"')
    expect(soldOut.html).not.toContain('action="/en/cart/lines"')
    expect(textOf(soldOut.html)).toContain('When we make more of it')
    const picture = (html: string) => tags(html, 'img').find((tag) => tag.includes('fetchpriority')) ?? ''
    expect(picture(first.html)).not.toBe(picture(soldOut.html))
  })

  test('tells search engines its offers, its rating, and the way to it', async () => {
    const { html } = await store.browser().open(`/ko${product.ko}`)
    const data = [...html.matchAll(/<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/g)].map(([, json]) =>
      JSON.parse(json ?? ''),
    )
    expect(data.map((one) => one['@type'])).toEqual(['Product', 'BreadcrumbList'])
    expect(data[0].offers[0]).toMatchObject({
      price: '28000',
      priceCurrency: 'KRW',
      availability: 'https://schema.org/InStock',
    })
    expect(data[0].aggregateRating.reviewCount).toBe(4)
  })

  test('shows every review, whatever its stars, in the order the reader chooses', async () => {
    const { open } = store.browser()
    const stars = (html: string) =>
      [...html.matchAll(/<span class="sr-only">(\d) out of 5 stars<\/span>/g)].map(([, count]) => Number(count))
    expect(stars((await open(`/en${product.en}?reviews=lowest`)).html)).toEqual([3, 4, 5, 5])
    expect(stars((await open(`/en${product.en}?reviews=highest`)).html)).toEqual([5, 5, 4, 3])
  })

  test('is small enough for a slow network', async () => {
    const { html } = await store.browser().open(`/ko${product.ko}`)
    expect(gzipSync(html).length).toBeLessThan(20_000)
  })

  test('costs three calls of the API at most', async () => {
    const { open } = store.browser()
    await open('/en')
    store.asked.length = 0
    await open(`/en${product.en}`)
    expect(store.asked.filter((call) => call !== 'GET /categories')).toHaveLength(2)
  })
})

test('search engines find every page in the sitemap, and each of them is there', async () => {
  const { open } = store.browser()
  expect((await open('/robots.txt')).html).toContain(`Sitemap: ${origin}/sitemap.xml`)
  const listed = [...(await open('/sitemap.xml')).html.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => url)
  expect(listed.filter((url) => url.includes('/product/'))).toHaveLength(110)
  const sample = listed.filter((_, index) => index % 12 === 0)
  for (const url of sample) expect([url, (await open(url.replace(origin, ''))).status]).toEqual([url, 200])
})

test('drawings are files that browsers keep, and nothing else is drawn', async () => {
  const { open } = store.browser()
  const art = await open('/art/product/high-foot-mug/front-7fa08c.svg')
  expect([art.status, art.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  for (const path of [
    '/art/product/nothing/front.svg',
    '/art/product/high-foot-mug/back.svg',
    '/art/category/nothing.svg',
  ])
    expect((await open(path)).status).toBe(404)
})
