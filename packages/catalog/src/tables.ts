import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { CategoryId, ProductId, ProductStatus, VariantId } from './contract/index.ts'

/** The rows of this package. Instants are ISO text in UTC; what is JSON says so. */
export interface CatalogTables {
  catalog_product: {
    id: ProductId
    version: number
    status: ProductStatus
    /** JSON */ name: string
    /** JSON */ summary: string
    /** JSON */ description: string
    /** JSON */ details: string
    brand_line: string | null
    /** JSON */ tags: string
    tax_class: string
    /** JSON */ options: string
    /** JSON */ media: string
    created_at: string
    updated_at: string
    published_at: string | null
  }
  catalog_variant: {
    id: VariantId
    product_id: ProductId
    sku: string
    barcode: string | null
    weight_grams: number | null
    /** JSON */ options: string
    image: string | null
    position: number
  }
  catalog_category: {
    id: CategoryId
    parent_id: CategoryId | null
    position: number
    /** JSON */ name: string
    /** JSON */ description: string
    /** JSON */ media: string
  }
  /** One row, changed by whoever changes the tree, so that they do it one after another. */
  catalog_tree: { id: number; version: number }
  catalog_placement: { product_id: ProductId; category_id: CategoryId; position: number }
  /** Slugs of now (`current`) and of before, which still lead to their owner. */
  catalog_slug: { kind: 'product' | 'category'; locale: string; slug: string; owner_id: string; current: number }
  /** What others have said of a sku. */
  catalog_sku_price: { sku: string; currency: string; minor: number; compare_at_minor: number | null }
  catalog_sku_stock: { sku: string; available: number }
  /** What a list is filtered and sorted by. */
  catalog_listing: {
    product_id: ProductId
    status: ProductStatus
    newest: string
    in_stock: number
    rating_average: number
    rating_count: number
    rating_score: number
    sales: number
  }
  catalog_listing_price: {
    product_id: ProductId
    currency: string
    minor: number
    max_minor: number
    compare_at_minor: number | null
  }
  catalog_listing_card: { product_id: ProductId; locale: string; sort_name: string; /** JSON */ card: string }
  /** The search index: parts of words, Hangul as jamo; the rank is 0 for a word of the name, 1 inside one, 16 elsewhere. */
  catalog_token: { token: string; product_id: ProductId; rank: number }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<CatalogTables>
