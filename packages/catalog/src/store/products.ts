import type { Text } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import type { CategoryId, Media, Option, Product, ProductId, Slugs, Variant } from '../contract/index.ts'
import { type CatalogTables, tables } from '../tables.ts'
import { batches, insertRows, slices } from './rows.ts'

const slugsJoined = sql<
  string | null
>`(select string_agg(locale || ':' || slug, ',') from catalog_slug where owner_id = catalog_product.id and current = 1)`.as(
  'slugs',
)
const categoriesJoined = sql<
  string | null
>`(select string_agg(category_id, ',' order by position) from catalog_placement where product_id = catalog_product.id)`.as(
  'categories',
)

/** The products with these ids, those that exist, in the order of the ids given. */
export async function productsOf(db: Db, ids: readonly ProductId[]): Promise<Product[]> {
  const found = new Map<ProductId, Product>()
  for (const some of slices(ids, 1000)) {
    const rows = await tables(db)
      .selectFrom('catalog_product')
      .selectAll()
      .select([slugsJoined, categoriesJoined])
      .where('id', 'in', some)
      .execute()
    const variants = await tables(db)
      .selectFrom('catalog_variant')
      .selectAll()
      .where('product_id', 'in', some)
      .orderBy('product_id')
      .orderBy('position')
      .execute()
    const groups = Map.groupBy(variants, (variant) => variant.product_id)
    for (const row of rows) found.set(row.id, productOf(row, groups.get(row.id) ?? []))
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

type ProductRow = Selectable<CatalogTables['catalog_product']> & { slugs: string | null; categories: string | null }

function productOf(row: ProductRow, variants: readonly Selectable<CatalogTables['catalog_variant']>[]): Product {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    name: JSON.parse(row.name) as Text,
    summary: JSON.parse(row.summary) as Text,
    description: JSON.parse(row.description) as Text,
    details: JSON.parse(row.details) as Product['details'],
    slugs: slugsOf(row.slugs),
    brandLine: row.brand_line,
    tags: JSON.parse(row.tags) as string[],
    taxClass: row.tax_class,
    options: JSON.parse(row.options) as Option[],
    variants: variants.map(variantOf),
    media: JSON.parse(row.media) as Media[],
    categoryIds: categoriesOf(row.categories),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    publishedAt: row.published_at,
  }
}

const variantOf = (row: Selectable<CatalogTables['catalog_variant']>): Variant => ({
  id: row.id,
  sku: row.sku,
  barcode: row.barcode,
  weightGrams: row.weight_grams,
  options: JSON.parse(row.options) as Variant['options'],
  image: row.image,
})

/** Reads slugs that were joined as `ko:찻잔,en:cup`. */
export const slugsOf = (joined: string | null): Slugs =>
  Object.fromEntries(
    (joined ?? '')
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split(':'))
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)) as [string, string][],
  )

const categoriesOf = (joined: string | null) => (joined ?? '').split(',').filter(Boolean) as CategoryId[]

/** Stores new products, without what hangs on them. */
export const addProducts = (tx: Tx, products: readonly Product[]): Promise<void> =>
  insertRows(tx, 'catalog_product', products.map(rowOf))

/** Stores a product in place of its `version` before; false when that is no longer what is stored. */
export async function replaceProduct(tx: Tx, product: Product, version: number): Promise<boolean> {
  const { id, created_at: _, ...row } = rowOf(product)
  const result = await tables(tx)
    .updateTable('catalog_product')
    .set(row)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

const rowOf = (product: Product) => ({
  id: product.id,
  version: product.version,
  status: product.status,
  name: JSON.stringify(product.name),
  summary: JSON.stringify(product.summary),
  description: JSON.stringify(product.description),
  details: JSON.stringify(product.details),
  brand_line: product.brandLine,
  tags: JSON.stringify(product.tags),
  tax_class: product.taxClass,
  options: JSON.stringify(product.options),
  media: JSON.stringify(product.media),
  created_at: product.createdAt,
  updated_at: product.updatedAt,
  published_at: product.publishedAt,
})

/** Takes away the variants that products no longer have. */
export async function removeVariants(tx: Tx, products: readonly Product[]): Promise<void> {
  for (const { id, variants } of products) {
    let query = tables(tx).deleteFrom('catalog_variant').where('product_id', '=', id)
    if (variants.length > 0)
      query = query.where(
        'sku',
        'not in',
        variants.map((variant) => variant.sku),
      )
    await query.execute()
  }
}

/** Stores the variants of products; answers with the skus that belong to other products, which are left alone. */
export async function putVariants(tx: Tx, products: readonly Product[]): Promise<string[]> {
  const rows = products.flatMap(({ id, variants }) =>
    variants.map((variant, position) => variantRow(id, variant, position)),
  )
  const taken: string[] = []
  for (const some of batches(rows)) {
    const stored = await tables(tx)
      .insertInto('catalog_variant')
      .values(some)
      .onConflict((conflict) =>
        conflict
          .column('sku')
          .doUpdateSet((eb) => ({
            barcode: eb.ref('excluded.barcode'),
            weight_grams: eb.ref('excluded.weight_grams'),
            options: eb.ref('excluded.options'),
            image: eb.ref('excluded.image'),
            position: eb.ref('excluded.position'),
          }))
          .whereRef('catalog_variant.product_id', '=', 'excluded.product_id'),
      )
      .returning('sku')
      .execute()
    const skus = new Set(stored.map((row) => row.sku))
    taken.push(...some.map((row) => row.sku).filter((sku) => !skus.has(sku)))
  }
  return taken
}

const variantRow = (productId: ProductId, variant: Variant, position: number) => ({
  id: variant.id,
  product_id: productId,
  sku: variant.sku,
  barcode: variant.barcode,
  weight_grams: variant.weightGrams,
  options: JSON.stringify(variant.options),
  image: variant.image,
  position,
})

/** Puts products on the shelves that they name, and on no other. */
export async function putPlacements(tx: Tx, products: readonly Product[]): Promise<void> {
  await tables(tx)
    .deleteFrom('catalog_placement')
    .where(
      'product_id',
      'in',
      products.map(({ id }) => id),
    )
    .execute()
  const rows = products.flatMap(({ id, categoryIds }) =>
    categoryIds.map((categoryId, position) => ({ product_id: id, category_id: categoryId, position })),
  )
  await insertRows(tx, 'catalog_placement', rows)
}

/** Which product each of the skus belongs to. */
export async function ownersOf(db: Db, skus: readonly string[]): Promise<Map<string, ProductId>> {
  const owners = new Map<string, ProductId>()
  for (const some of slices(skus, 1000)) {
    const rows = await tables(db)
      .selectFrom('catalog_variant')
      .select(['sku', 'product_id'])
      .where('sku', 'in', some)
      .execute()
    for (const row of rows) owners.set(row.sku, row.product_id)
  }
  return owners
}

/** The ids of products in their order, after the one given. */
export async function idsAfter(db: Db, after: ProductId | '', limit: number): Promise<ProductId[]> {
  const rows = await tables(db)
    .selectFrom('catalog_product')
    .select('id')
    .where('id', '>', after as ProductId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** What a cart keeps of variants, as one row each. */
export async function variantRowsOf(db: Db, skus: readonly string[]) {
  if (skus.length === 0) return []
  return tables(db)
    .selectFrom('catalog_variant')
    .innerJoin('catalog_product', 'catalog_product.id', 'catalog_variant.product_id')
    .select([
      'catalog_variant.id as variantId',
      'sku',
      'barcode',
      'weight_grams',
      'image',
      'catalog_variant.options as choice',
    ])
    .select(['product_id as productId', 'name', 'catalog_product.options', 'media', 'tax_class as taxClass', 'status'])
    .select([slugsJoined, categoriesJoined])
    .where('sku', 'in', skus)
    .execute()
}
