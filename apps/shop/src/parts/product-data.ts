import { brand } from '@sangdo/api/demo'
import { textIn, toMajor } from '@sangdo/core'
import type { ProductPage } from '../client.ts'
import type { Visitor } from '../visitor.ts'

/** What search engines are told of a product: its offers, and what buyers think of it. */
export function productData(
  { product, prices, available, rating }: ProductPage,
  { locale }: Visitor,
  origin: string,
): object {
  const offers = product.variants.flatMap(({ sku }) => offerOf(sku, prices[sku]?.amount, (available[sku] ?? 0) > 0))
  const stars =
    rating.count === 0
      ? {}
      : {
          aggregateRating: {
            '@type': 'AggregateRating',
            ratingValue: (rating.average / 100).toFixed(2),
            reviewCount: rating.count,
          },
        }
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: textIn(product.name, [locale]),
    description: textIn(product.summary, [locale]),
    image: product.media.map((media) => new URL(media.url, origin).href),
    brand: { '@type': 'Brand', name: brand.name[locale] },
    offers,
    ...stars,
  }
}

function offerOf(sku: string, price: ProductPage['prices'][string]['amount'] | undefined, inStock: boolean): object[] {
  if (!price) return []
  const availability = `https://schema.org/${inStock ? 'InStock' : 'OutOfStock'}`
  return [{ '@type': 'Offer', sku, price: toMajor(price), priceCurrency: price.currency, availability }]
}
