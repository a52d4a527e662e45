import { describe, expect, it } from 'vitest'
import * as demo from '../src/demo/index.ts'
import type { Text } from '../src/demo/index.ts'

const { brandMark, brandMarkMono, categories, categoryArt, emptyArt, heroArt, pages, productArt, products, reviews } =
  demo
const views = ['front', 'detail', 'room'] as const
const repeated = (values: readonly string[]): string[] => values.filter((value, i) => values.indexOf(value) !== i)
const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'ko' in value && 'en' in value && typeof value.ko === 'string'

const emptyTexts = (value: unknown, at: string): string[] => {
  if (isText(value) && (value.ko.trim() === '' || value.en.trim() === '')) return [at]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    if ((key === 'ko' || key === 'en') && child === '') return [`${at}.${key}`]
    return emptyTexts(child, `${at}.${key}`)
  })
}

const pictures: [string, string][] = [
  ...products.flatMap((product) => {
    const tints = [undefined, ...product.options.flatMap((option) => option.values.map((value) => value.swatch))]
    return views.flatMap((view) =>
      tints.map((tint): [string, string] => [
        `${product.handle} ${view} ${tint ?? ''}`,
        productArt(product.art, tint ? { view, tint } : { view }),
      ]),
    )
  }),
  ...categories.map((category): [string, string] => [category.handle, categoryArt(category.handle)]),
  ...(['cart', 'search', 'orders', 'notfound'] as const).map((kind): [string, string] => [kind, emptyArt(kind)]),
  ['hero', heroArt()],
  ['mark', brandMark()],
  ['mono mark', brandMarkMono()],
]

/** Names what is wrong with the tags of a document, or nothing. */
const fault = (svg: string): string | undefined => {
  const open: string[] = []
  const rest = svg.replaceAll(
    /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, close, name, _attributes, self) => {
      if (close) {
        if (open.pop() !== name) open.push(`!${name}`)
      } else if (!self) open.push(name)
      return ''
    },
  )
  if (/[<>]/.test(rest)) return `stray text: ${rest.slice(0, 60)}`
  return open.length > 0 ? `left open: ${open.join(', ')}` : undefined
}

describe('the demo catalogue', () => {
  it('has a full shop', () => {
    expect(products.length).toBeGreaterThanOrEqual(48)
    expect(new Set(products.map((product) => product.category)).size).toBeGreaterThanOrEqual(6)
    expect(reviews.length).toBeGreaterThanOrEqual(70)
    expect(new Set(reviews.map((review) => review.stars)).size).toBeGreaterThanOrEqual(4)
    expect(new Set(categories.flatMap((category) => category.parent ?? [])).size).toBeGreaterThanOrEqual(2)
  })

  it('repeats no handle, slug, sku or barcode', () => {
    const variants = products.flatMap((product) => product.variants)
    for (const list of [products, categories, pages]) {
      expect(repeated(list.map((entry) => entry.handle))).toEqual([])
      expect(repeated(list.map((entry) => entry.slug.ko))).toEqual([])
      expect(repeated(list.map((entry) => entry.slug.en))).toEqual([])
    }
    expect(repeated(variants.map((variant) => variant.sku))).toEqual([])
    expect(repeated(variants.map((variant) => variant.barcode ?? variant.sku))).toEqual([])
  })

  it('writes slugs that need no escaping', () => {
    for (const { slug } of [...products, ...categories, ...pages]) {
      expect(slug.en).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(slug.ko).toMatch(/^[가-힣a-z0-9]+(-[가-힣a-z0-9]+)*$/)
    }
  })

  it('says everything in both languages', () => {
    const { brand, business, coupons, promotions } = demo
    expect(emptyTexts({ brand, business, categories, coupons, pages, products, promotions }, 'demo')).toEqual([])
    for (const page of pages) {
      expect(page.ko.length).toBeGreaterThan(0)
      expect(page.en.length).toBe(page.ko.length)
    }
    expect(demo.faq.ko.length).toBeGreaterThanOrEqual(10)
    const thin = products.filter(
      ({ description, details }) =>
        description.ko.split('\n\n').length < 2 || description.en.split('\n\n').length < 2 || details.length < 6,
    )
    expect(thin.map((product) => product.handle)).toEqual([])
  })

  it('prices and counts every variant in whole numbers', () => {
    for (const product of products) {
      expect(product.variants.length).toBe(product.options.reduce((total, option) => total * option.values.length, 1))
      expect(repeated(product.variants.map((variant) => variant.options.join()))).toEqual([])
      const odd = product.variants.filter(({ prices, compareAt, stock, weightGrams, options }) => {
        const whole = [prices.KRW, prices.USD, compareAt?.KRW ?? 1, compareAt?.USD ?? 1, weightGrams, stock + 1]
        const fell = !compareAt || (compareAt.KRW > prices.KRW && compareAt.USD > prices.USD)
        const chosen = product.options.every((option, i) => option.values[options[i] ?? -1] !== undefined)
        const sound = whole.every((n) => Number.isSafeInteger(n) && n > 0)
        return !(sound && fell && chosen && options.length === product.options.length)
      })
      expect(odd.map((variant) => variant.sku)).toEqual([])
    }
  })

  it('points only at things that exist', () => {
    const handles = new Set(categories.map((category) => category.handle))
    const named = [
      ...products.map((product) => product.category),
      ...categories.flatMap((category) => category.parent ?? []),
      ...demo.promotions.flatMap((promotion) => promotion.categories),
    ]
    expect(named.filter((handle) => !handles.has(handle))).toEqual([])
  })

  it('has no review older than its product', () => {
    const early = products.filter((product) => product.reviews.some((it) => it.daysAgo >= product.createdDaysAgo))
    expect(early.map((product) => product.handle)).toEqual([])
  })
})

describe('the demo pictures', () => {
  it('are well formed', () => {
    expect(pictures.flatMap(([name, svg]) => fault(svg)?.concat(` in ${name}`) ?? [])).toEqual([])
    const start = /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/
    expect(pictures.filter(([, svg]) => !start.test(svg))).toEqual([])
  })

  it('stay under 6 kB', () => {
    const heavy = pictures.filter(([, svg]) => Buffer.byteLength(svg) >= 6000)
    expect(heavy.map(([name]) => name)).toEqual([])
  })

  it('hold no script, no words and nothing from elsewhere', () => {
    const outside = /https?:|url\((?!#)|href="(?!#)|<script|<foreignObject|<text|\son[a-z]+=|NaN|undefined/
    const bad = pictures.filter(([, svg]) => outside.test(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')))
    expect(bad.map(([name]) => name)).toEqual([])
  })

  it('keep their ids to themselves', () => {
    const owner = new Map<string, string>()
    for (const [, svg] of pictures) {
      const ids = [...svg.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '')
      expect(repeated(ids)).toEqual([])
      const used = [...svg.matchAll(/(?:href="|url\()#([^")]+)/g)].map((match) => match[1] ?? '')
      expect(used.filter((id) => !ids.includes(id))).toEqual([])
      expect(ids.filter((id) => (owner.get(id) ?? svg) !== svg)).toEqual([])
      for (const id of ids) owner.set(id, svg)
    }
  })

  it('differ from product to product and from view to view', () => {
    const plain = products.flatMap((product) => views.map((view) => productArt(product.art, { view })))
    expect(new Set(plain).size).toBe(plain.length)
  })

  it('take the colour of the chosen swatch', () => {
    const swatches = products.flatMap(({ art, options }) =>
      options.flatMap(({ values }) => values.flatMap(({ swatch }) => (swatch ? [{ art, swatch }] : []))),
    )
    const missed = swatches.filter(
      ({ art, swatch }) => !productArt(art, { view: 'front', tint: swatch }).includes(swatch),
    )
    expect(missed).toEqual([])
  })
})
