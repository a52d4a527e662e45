import { z } from '@hono/zod-openapi'
import { Product, ProductCard, ProductChange, ProductId, ProductInput, ProductStatus } from '@sangdo/catalog'
import { pageSchema } from '@sangdo/core'
import { Count, Stock } from '@sangdo/inventory'
import { body, createHttp, idempotent, IdempotencyHeader, refused, reply, staffRoute } from '../../http.ts'
import { productView } from '../../views/product.ts'
import { Listing, ProductPage } from '../catalog.ts'

const tags = ['Back office: products']
const params = z.object({ productId: ProductId })
const market = z.string().max(40).default('kr')

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/products',
  tags,
  summary: 'Products of any status',
  request: { query: Listing.extend({ status: z.enum([...ProductStatus.options, 'any']).default('any') }) },
  responses: { 200: reply(pageSchema(ProductCard)), default: refused },
})

const create = staffRoute('operator', {
  method: 'post',
  path: '/admin/products',
  tags,
  summary: 'Add a product',
  request: { body: body(ProductInput) },
  responses: { 201: reply(Product), default: refused },
})

const read = staffRoute('viewer', {
  method: 'get',
  path: '/admin/products/{productId}',
  tags,
  summary: 'A product with its prices in one market, its stock and rating',
  request: { params, query: z.object({ market }) },
  responses: { 200: reply(ProductPage), default: refused },
})

const counted = staffRoute('viewer', {
  method: 'get',
  path: '/admin/products/{productId}/stock',
  tags,
  summary: 'The pieces of each sku of a product: there, promised, and left to sell',
  request: { params },
  responses: { 200: reply(z.record(z.string(), Stock)), default: refused },
})

const change = staffRoute('operator', {
  method: 'patch',
  path: '/admin/products/{productId}',
  tags,
  summary: 'Change some fields of a product, from the version that was read',
  request: { params, body: body(ProductChange) },
  responses: { 200: reply(Product), default: refused },
})

const status = staffRoute('operator', {
  method: 'put',
  path: '/admin/products/{productId}/status',
  tags,
  summary: 'Put a product on sale, or take it off',
  request: { params, body: body(z.strictObject({ status: z.enum(['active', 'archived']) })) },
  responses: { 200: reply(Product), default: refused },
})

const stock = staffRoute('operator', {
  method: 'put',
  path: '/admin/stock',
  tags,
  summary: 'Set the stock of a sku to what was counted',
  middleware: [idempotent],
  request: { headers: IdempotencyHeader, body: body(Count) },
  responses: { 200: reply(Stock), default: refused },
})

export const adminProductRoutes = createHttp()
  .openapi(list, async (c) => c.json(await c.var.shop.catalog.list(c.var.db, c.req.valid('query')), 200))
  .openapi(create, async (c) => c.json(await c.var.shop.catalog.createProduct(c.var.db, c.req.valid('json')), 201))
  .openapi(read, async (c) => {
    const product = await c.var.shop.catalog.productOf(c.var.db, c.req.valid('param').productId)
    return c.json(await productView(c.var.shop, c.var.db, product, c.req.valid('query').market), 200)
  })
  .openapi(counted, async (c) => {
    const { variants } = await c.var.shop.catalog.productOf(c.var.db, c.req.valid('param').productId)
    const skus = variants.map((variant) => variant.sku)
    return c.json(await c.var.shop.inventory.stockOf(c.var.db, skus), 200)
  })
  .openapi(change, async (c) =>
    c.json(await c.var.shop.catalog.updateProduct(c.var.db, c.req.valid('param').productId, c.req.valid('json')), 200),
  )
  .openapi(status, async (c) => {
    const { productId } = c.req.valid('param')
    const move = c.req.valid('json').status === 'active' ? c.var.shop.catalog.publish : c.var.shop.catalog.archive
    return c.json(await move(c.var.db, productId), 200)
  })
  .openapi(stock, async (c) => {
    const counted = await c.var.shop.inventory.count(c.var.db, c.req.valid('json'))
    await c.var.shop.deliver(c.var.db)
    return c.json(counted, 200)
  })
