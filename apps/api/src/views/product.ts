import { type Category, catalogErrors, type Product } from '@sangdo/catalog'
import type { Db } from '@sangdo/core/server'
import { pricingErrors, type UnitPrice } from '@sangdo/pricing'
import { markets, type Shop } from '../shop.ts'

/** All that the page of a product shows, put together from four packages. */
export interface ProductPage {
  readonly product: Product
  readonly categories: Category[]
  readonly prices: Record<string, UnitPrice>
  readonly available: Record<string, number>
  readonly rating: { average: number; count: number; histogram: number[] }
}

/** The product on sale with this slug. Throws `catalog.product_not_found`, `pricing.market_not_found`. */
export async function productPage(
  shop: Shop,
  db: Db,
  { slug, locale, market }: { slug: string; locale: string; market: string },
): Promise<ProductPage> {
  const product = await shop.catalog.productBySlug(db, { locale, slug })
  if (product?.status !== 'active') throw catalogErrors.product_not_found({ productId: slug })
  return productView(shop, db, product, market)
}

/** A product with its prices in one market, its stock and its rating. */
export async function productView(shop: Shop, db: Db, product: Product, market: string): Promise<ProductPage> {
  const currency = markets.find((one) => one.id === market)?.currency
  if (!currency) throw pricingErrors.market_not_found({ market })
  const [shelf] = product.categoryIds
  const skus = product.variants.map((variant) => variant.sku)
  const [prices, stock, ratings] = [
    await shop.pricing.pricesOf(db, skus, { currency, market }),
    await shop.inventory.stockOf(db, skus),
    await shop.reviews.ratingsOf(db, [product.id]),
  ]
  const none = { average: 0, count: 0, histogram: [0, 0, 0, 0, 0] }
  const available = Object.fromEntries(skus.map((sku) => [sku, stock[sku]?.available ?? 0]))
  return {
    product,
    categories: shelf ? await shop.catalog.categoryPath(db, shelf) : [],
    prices: await withLowest(shop, db, prices, { currency, market }),
    available,
    rating: ratings[product.id] ?? none,
  }
}

/** A reduced price comes with the lowest of the 30 days before it, so that the reduction can be judged. */
async function withLowest(
  shop: Shop,
  db: Db,
  prices: ProductPage['prices'],
  question: { currency: string; market: string },
): Promise<ProductPage['prices']> {
  const isReduced = ({ amount, compareAt }: UnitPrice) => compareAt !== null && compareAt.minor > amount.minor
  const reduced = Object.keys(prices).filter((sku) => prices[sku] && isReduced(prices[sku]))
  if (reduced.length === 0) return prices
  const lowest = await shop.pricing.lowestOf(db, reduced, question)
  const told = Object.entries(prices).map(([sku, price]) => {
    const lowestBefore = lowest[sku]
    return [sku, lowestBefore ? { ...price, lowestBefore } : price]
  })
  return Object.fromEntries(told)
}
