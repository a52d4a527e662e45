import { createRoute, z } from '@hono/zod-openapi'
import { Category, catalogErrors, CategoryId, CategoryNode, ListSort, Product, ProductCard } from '@sangdo/catalog'
import { Currency, Locale, PageQuery, pageSchema } from '@sangdo/core'
import { UnitPrice } from '@sangdo/pricing'
import { createHttp, refused, reply } from '../http.ts'
import { productPage } from '../views/product.ts'

const tags = ['Catalog']

const whole = z.coerce.number().int().min(0).optional()

/** A list as it is asked for in an address, where everything is text. */
export const Listing = PageQuery.extend({
  locale: Locale,
  currency: Currency.optional(),
  category: CategoryId.optional(),
  q: z.string().max(200).optional(),
  sort: ListSort.optional(),
  inStock: z.stringbool().optional(),
  priceMin: whole,
  priceMax: whole,
})

const categories = createRoute({
  method: 'get',
  path: '/categories',
  tags,
  summary: 'All categories as a tree',
  responses: { 200: reply(z.array(CategoryNode)), default: refused },
})

const category = createRoute({
  method: 'get',
  path: '/categories/{slug}',
  tags,
  summary: 'A category by its slug in one language',
  request: { params: z.object({ slug: z.string().max(200) }), query: z.object({ locale: Locale }) },
  responses: { 200: reply(Category), default: refused },
})

const list = createRoute({
  method: 'get',
  path: '/products',
  tags,
  summary: 'Products on sale: of a category, by a search, in an order',
  request: { query: Listing },
  responses: { 200: reply(pageSchema(ProductCard)), default: refused },
})

export const ProductPage = z
  .object({
    product: Product,
    categories: z.array(Category),
    prices: z.record(z.string(), UnitPrice),
    available: z.record(z.string(), z.int()),
    rating: z.object({ average: z.int(), count: z.int(), histogram: z.array(z.int()) }),
  })
  .openapi('ProductPage')

const product = createRoute({
  method: 'get',
  path: '/products/{slug}',
  tags,
  summary: 'A product by its slug, with the prices and stock of its variants',
  request: {
    params: z.object({ slug: z.string().max(200) }),
    query: z.object({ locale: Locale, market: z.string().max(40) }),
  },
  responses: { 200: reply(ProductPage), default: refused },
})

export const catalogRoutes = createHttp()
  .openapi(categories, async (c) => c.json(await c.var.shop.catalog.categoryTree(c.var.db), 200))
  .openapi(category, async (c) => {
    const { slug } = c.req.valid('param')
    const found = await c.var.shop.catalog.categoryBySlug(c.var.db, { locale: c.req.valid('query').locale, slug })
    if (!found) throw catalogErrors.category_not_found({ categoryId: slug })
    return c.json(found, 200)
  })
  .openapi(list, async (c) => c.json(await c.var.shop.catalog.list(c.var.db, c.req.valid('query')), 200))
  .openapi(product, async (c) => {
    const { locale, market } = c.req.valid('query')
    return c.json(await productPage(c.var.shop, c.var.db, { slug: c.req.valid('param').slug, locale, market }), 200)
  })
