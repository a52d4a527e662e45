import { type Locale, integer } from '@sangdo/core'
import { dialectOf, sendAlong, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Product, ProductId } from '../contract/index.ts'
import { cardOf, type Offer, type PriceRange, sortName, tokensOf } from '../rules/index.ts'
import { tables } from '../tables.ts'
import { batches, insertRows } from './rows.ts'

/** Brings what lists and searches say of products up to date; what others have said of them stays. */
export async function putListings(tx: Tx, products: readonly Product[], locales: readonly Locale[]): Promise<void> {
  await putListingRows(tx, products)
  const ids = products.map(({ id }) => id)
  await tables(tx).deleteFrom('catalog_listing_card').where('product_id', 'in', ids).execute()
  await tables(tx).deleteFrom('catalog_token').where('product_id', 'in', ids).execute()
  await insertRows(
    tx,
    'catalog_listing_card',
    products.flatMap((product) => locales.map((locale) => cardRow(product, locale, locales))),
  )
  await insertRows(
    tx,
    'catalog_token',
    products.flatMap(tokenRows).toSorted((a, b) => (a.token < b.token ? -1 : 1)),
  )
}

async function putListingRows(tx: Tx, products: readonly Product[]): Promise<void> {
  const unknown = { in_stock: 0, rating_average: 0, rating_count: 0, rating_score: 0, sales: 0 }
  // In the order in which everyone takes them, so that no two wait for each other.
  const sorted = products.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const rows = sorted.map(({ id, status, publishedAt, createdAt }) => ({
    product_id: id,
    status,
    newest: publishedAt ?? createdAt,
    ...unknown,
  }))
  await tables(tx)
    .insertInto('catalog_listing')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('product_id')
        .doUpdateSet((eb) => ({ status: eb.ref('excluded.status'), newest: eb.ref('excluded.newest') })),
    )
    .execute()
}

function cardRow(product: Product, locale: Locale, locales: readonly Locale[]) {
  const card = cardOf(product, [locale, ...locales])
  return { product_id: product.id, locale, sort_name: sortName(card.name), card: JSON.stringify(card) }
}

function tokenRows({ id, ...product }: Product) {
  const texts = [product.summary, ...product.options.flatMap((option) => option.values.map((value) => value.name))]
  const others = [
    ...texts.flatMap((text) => Object.values(text)),
    ...product.tags,
    product.brandLine ?? '',
    ...product.variants.flatMap(codesOf),
  ]
  return [...tokensOf(Object.values(product.name), others)].map(([token, rank]) => ({ token, product_id: id, rank }))
}

const codesOf = ({ sku, barcode }: Product['variants'][number]) => [sku, barcode ?? '']

/** Which products the skus belong to, each once, in the order of their ids. */
export async function productsWith(tx: Tx, skus: readonly string[]): Promise<ProductId[]> {
  const rows = await tables(tx)
    .selectFrom('catalog_variant')
    .select('product_id')
    .distinct()
    .where('sku', 'in', skus)
    .orderBy('product_id')
    .execute()
  return rows.map((row) => row.product_id)
}

/**
 * Waits for whoever else is bringing up to date what lists say of these products. To be called before reading what that is made
 * from: of two who each know one new price of a product, the second then sees both. On SQLite there is one writer anyway.
 */
export async function lockListings(tx: Tx, ids: readonly ProductId[]): Promise<void> {
  if (ids.length === 0 || dialectOf(tx) === 'sqlite') return
  await tables(tx)
    .selectFrom('catalog_listing')
    .select('product_id')
    .where('product_id', 'in', ids)
    .orderBy('product_id')
    .forUpdate()
    .execute()
}

/** What the variants of products cost. */
export async function offersOf(tx: Tx, ids: readonly ProductId[]): Promise<Offer[]> {
  const rows = await tables(tx)
    .selectFrom('catalog_variant')
    .innerJoin('catalog_sku_price', 'catalog_sku_price.sku', 'catalog_variant.sku')
    .select(['product_id as productId', 'currency', 'minor', 'compare_at_minor as compareAtMinor'])
    .where('product_id', 'in', ids)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    ...row,
    minor: integer(row.minor),
    compareAtMinor: row.compareAtMinor === null ? null : integer(row.compareAtMinor),
  }))
}

/** Makes these the prices that lists show of the products. */
export async function putPriceRanges(tx: Tx, ids: readonly ProductId[], ranges: readonly PriceRange[]): Promise<void> {
  await tables(tx).deleteFrom('catalog_listing_price').where('product_id', 'in', ids).execute()
  await insertRows(
    tx,
    'catalog_listing_price',
    ranges.map(({ productId, currency, minor, maxMinor, compareAtMinor }) => ({
      product_id: productId,
      currency,
      minor,
      max_minor: maxMinor,
      compare_at_minor: compareAtMinor,
    })),
  )
}

/** Says of products whether any of their variants may be sold. */
export async function refreshStock(tx: Tx, ids: readonly ProductId[]): Promise<void> {
  if (ids.length === 0) return
  await tables(tx)
    .updateTable('catalog_listing')
    .set({
      in_stock: sql<number>`case when exists (select 1 from catalog_variant join catalog_sku_stock on catalog_sku_stock.sku = catalog_variant.sku
        where catalog_variant.product_id = catalog_listing.product_id and available > 0) then 1 else 0 end`,
    })
    .where('product_id', 'in', ids)
    .execute()
}

/** Keeps what skus cost; a null price is taken away. */
export async function putSkuPrices(
  tx: Tx,
  facts: readonly { sku: string; currency: string; minor: number | null; compareAtMinor: number | null }[],
): Promise<void> {
  const gone = Map.groupBy(
    facts.filter(({ minor }) => minor === null),
    ({ currency }) => currency,
  )
  for (const [currency, some] of gone)
    await tables(tx)
      .deleteFrom('catalog_sku_price')
      .where('currency', '=', currency)
      .where(
        'sku',
        'in',
        some.map(({ sku }) => sku),
      )
      .execute()
  const rows = facts.flatMap(({ sku, currency, minor, compareAtMinor }) =>
    minor === null ? [] : [{ sku, currency, minor, compare_at_minor: compareAtMinor }],
  )
  for (const some of batches(rows)) {
    await tables(tx)
      .insertInto('catalog_sku_price')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['sku', 'currency']).doUpdateSet((eb) => ({
          minor: eb.ref('excluded.minor'),
          compare_at_minor: eb.ref('excluded.compare_at_minor'),
        })),
      )
      .execute()
  }
}

/** Keeps how many of skus may be sold. */
export async function putSkuStock(tx: Tx, facts: readonly { sku: string; available: number }[]): Promise<void> {
  for (const some of batches(facts)) {
    await tables(tx)
      .insertInto('catalog_sku_stock')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('sku').doUpdateSet((eb) => ({ available: eb.ref('excluded.available') })),
      )
      .execute()
  }
}

/** Keeps what buyers think of a product. */
export async function putRating(
  tx: Tx,
  id: ProductId,
  rating: { average: number; count: number; score: number },
): Promise<void> {
  await tables(tx)
    .updateTable('catalog_listing')
    .set({ rating_average: rating.average, rating_count: rating.count, rating_score: rating.score })
    .where('product_id', '=', id)
    .execute()
}

/** Counts pieces sold to a sku's product. */
export async function addSales(tx: Tx, sku: string, quantity: number): Promise<void> {
  await sendAlong(
    tx,
    tables(tx)
      .updateTable('catalog_listing')
      .set((eb) => ({ sales: eb('sales', '+', quantity) }))
      .where('product_id', '=', (eb) => eb.selectFrom('catalog_variant').select('product_id').where('sku', '=', sku)),
  )
}
