import { defineErrors, defineEvent } from '@sangdo/core'
import { z } from 'zod'
import { ProductId, type ProductStatus, Sku } from './product.ts'

export const catalogErrors = defineErrors('catalog', {
  product_not_found: ['not_found', (d: { productId: string }) => `There is no product ${d.productId}`],
  category_not_found: ['not_found', (d: { categoryId: string }) => `There is no category ${d.categoryId}`],
  version_conflict: [
    'conflict',
    (d: { productId: string; version: number; current: number }) =>
      `${d.productId} was changed by someone else: it is at version ${d.current}, not ${d.version}`,
  ],
  sku_taken: ['conflict', (d: { sku: string }) => `${d.sku} belongs to another product`],
  slug_taken: [
    'conflict',
    (d: { locale: string; slug: string }) => `${d.slug} (${d.locale}) leads somewhere else already`,
  ],
  not_publishable: [
    'conflict',
    (d: { productId: string; reason: string }) => `${d.productId} cannot be on sale: ${d.reason}`,
  ],
  status_conflict: [
    'conflict',
    (d: { productId: string; status: ProductStatus; wanted: ProductStatus }) =>
      `${d.productId} is ${d.status} and cannot become ${d.wanted}`,
  ],
  category_cycle: [
    'conflict',
    (d: { categoryId: string; parentId: string }) => `${d.categoryId} cannot stand below itself (${d.parentId})`,
  ],
  category_not_empty: [
    'conflict',
    (d: { categoryId: string; children: number }) => `${d.categoryId} has ${d.children} categories below it`,
  ],
  unreadable_file: ['invalid', (d: { reason: string }) => `The file cannot be read: ${d.reason}`],
})

const Named = z.object({ productId: ProductId, skus: z.array(Sku) })

/** A product went on sale. */
export const productPublished = defineEvent('catalog.product_published', Named)
/** A product was taken off sale. */
export const productArchived = defineEvent('catalog.product_archived', Named)
/** Something about a product is different: a feed, a cache or an index of your own may follow. */
export const productChanged = defineEvent('catalog.product_changed', Named.extend({ version: z.int() }))
