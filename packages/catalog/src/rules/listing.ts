import { type Locale, textIn } from '@sangdo/core'
import type { CardText, Product } from '../contract/index.ts'
import { folded } from './slug.ts'

const priorCount = 5
const priorAverage = 350

/**
 * What products are sorted by when sorted by rating: their average as if five more had given 3.5 stars (a Bayesian
 * average), so that one enthusiast does not outrank a hundred. In ten-thousandths of a star; 0 without a rating.
 */
export function ratingScore(average: number, count: number): number {
  return count === 0 ? 0 : Math.round((100 * (average * count + priorAverage * priorCount)) / (count + priorCount))
}

/** What a sku costs, of which product. */
export interface Offer {
  readonly productId: Product['id']
  readonly currency: string
  readonly minor: number
  readonly compareAtMinor: number | null
}

/** The price range of a product in one currency, and what its cheapest variant cost before. */
export interface PriceRange extends Offer {
  readonly maxMinor: number
}

/** The price range of each product in each currency, in the order of the product ids. */
export function priceRanges(offers: readonly Offer[]): PriceRange[] {
  const ranges = new Map<string, PriceRange>()
  for (const offer of offers) {
    const key = `${offer.productId} ${offer.currency}`
    const known = ranges.get(key)
    const cheapest = known && known.minor <= offer.minor ? known : offer
    ranges.set(key, { ...cheapest, maxMinor: Math.max(known?.maxMinor ?? 0, offer.minor) })
  }
  return [...ranges]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, range]) => ({ ...range, compareAtMinor: reduced(range) }))
}

const reduced = ({ minor, compareAtMinor }: Offer) =>
  compareAtMinor !== null && compareAtMinor > minor ? compareAtMinor : null

/** The part of a product's card that only the product decides, in one language; the shop's first one stands in for what is missing. */
export function cardOf(product: Product, locales: readonly Locale[]): CardText {
  const [image] = product.media
  const { variants } = product
  return {
    slug: textIn(product.slugs, locales),
    name: textIn(product.name, locales),
    summary: textIn(product.summary, locales),
    brandLine: product.brandLine,
    image: image ? { url: image.url, alt: textIn(image.alt, locales) } : null,
    variantCount: variants.length,
    sku: variants.length === 1 ? (variants[0]?.sku ?? null) : null,
    swatches: swatchesOf(product, locales),
  }
}

function swatchesOf({ options, variants }: Product, locales: readonly Locale[]): CardText['swatches'] {
  return options.flatMap(({ code, values }) =>
    values.flatMap(({ code: value, name, swatch }) => {
      const offered = swatch !== null && variants.some((variant) => variant.options[code] === value)
      return offered ? [{ name: textIn(name, locales), color: swatch }] : []
    }),
  )
}

/** What a name is sorted by: without accents and case, starting with a letter or digit. */
export const sortName = (name: string): string => folded(name).replace(/^[^\p{L}\p{N}]+/u, '')
