import { Currency, Locale, Money, PageQuery } from '@sangdo/core'
import { z } from 'zod'
import { CategoryId } from './category.ts'
import { ProductId, ProductStatus, Sku } from './product.ts'
import { plain } from './text.ts'

/** How a list is ordered. `relevance` is for searches: words in the name before words elsewhere, then what sells best. */
export const ListSort = z.enum(['relevance', 'newest', 'price_asc', 'price_desc', 'name', 'rating', 'popular'])
export type ListSort = z.infer<typeof ListSort>

const Minor = z.int().min(0)

/** Which products to list. Prices are minor units of `currency`; sorting or filtering by price lists only what has one in it. */
export const ListQuery = z
  .strictObject({
    ...PageQuery.shape,
    locale: Locale,
    currency: Currency.optional(),
    category: CategoryId.optional(),
    q: plain(200).optional(),
    sort: ListSort.optional(),
    inStock: z.boolean().optional(),
    priceMin: Minor.optional(),
    priceMax: Minor.optional(),
    status: z.enum([...ProductStatus.options, 'any']).default('active'),
  })
  .refine((query) => query.currency !== undefined || !needsCurrency(query), {
    path: ['currency'],
    message: 'Prices need a currency',
  })
export type ListQuery = z.input<typeof ListQuery>

const needsCurrency = (query: {
  sort?: ListSort | undefined
  priceMin?: number | undefined
  priceMax?: number | undefined
}) =>
  query.sort === 'price_asc' ||
  query.sort === 'price_desc' ||
  query.priceMin !== undefined ||
  query.priceMax !== undefined

/** The part of a card that only the product decides; it is kept ready as JSON, one for each language of the shop. */
export const CardText = z.strictObject({
  slug: z.string(),
  name: z.string(),
  summary: z.string(),
  brandLine: z.string().nullable(),
  image: z.strictObject({ url: z.string(), alt: z.string() }).nullable(),
  variantCount: z.int(),
  sku: z.string().nullable().describe('The sku, where there is only one to choose'),
  swatches: z.array(z.strictObject({ name: z.string(), color: z.string() })),
})
export type CardText = z.infer<typeof CardText>

/** Everything a tile in a product list shows, in one language and currency. */
export const ProductCard = CardText.extend({
  id: ProductId,
  status: ProductStatus,
  fromPrice: Money.nullable().describe('The lowest price of its variants'),
  priceVaries: z.boolean(),
  compareAt: Money.nullable().describe('What the cheapest variant cost before'),
  inStock: z.boolean(),
  rating: z.strictObject({ average: z.int().describe('In hundredths: 437 is 4.37 stars'), count: z.int() }).nullable(),
}).meta({ id: 'ProductCard' })
export type ProductCard = z.infer<typeof ProductCard>

/** What a sku costs; a null price takes it off sale in that currency. */
export const PriceFact = z.strictObject({
  sku: Sku,
  currency: Currency,
  minor: Minor.nullable(),
  compareAtMinor: Minor.nullable().optional(),
})
export type PriceFact = z.input<typeof PriceFact>

/** How many of a sku may be sold. */
export const StockFact = z.strictObject({ sku: Sku, available: z.int() })
export type StockFact = z.input<typeof StockFact>

/** What buyers think of a product: the average in hundredths of a star, of so many ratings. */
export const RatingFact = z.strictObject({
  productId: ProductId,
  average: z.int().min(0).max(500),
  count: z.int().min(0),
})
export type RatingFact = z.input<typeof RatingFact>

/** So many pieces were sold, or, negative, came back. */
export const SaleFact = z.strictObject({ sku: Sku, quantity: z.int() })
export type SaleFact = z.input<typeof SaleFact>
