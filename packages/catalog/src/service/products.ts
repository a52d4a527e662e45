import { type Locale, parse, type Text } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  catalogErrors,
  type CategoryId,
  type Media,
  type Option,
  type Product,
  ProductChange,
  type ProductId,
  ProductInput,
  type Sku,
  type Variant,
  type VariantFacts,
} from '../contract/index.ts'
import { ancestorsOf, canMove, choiceText, inputOf, type Place, same } from '../rules/index.ts'
import { slugsOf } from '../store/products.ts'
import * as store from '../store/index.ts'
import type { Saving } from './saving.ts'

/** Products: entering, changing, putting on sale, reading. */
export function createProducts({ productFrom, slugsFor, add, replace, move, refuseVersion }: Saving) {
  /**
   * Adds a product, as a draft unless `status` is active. Throws `catalog.sku_taken`, `catalog.slug_taken`,
   * `catalog.category_not_found`, or `catalog.not_publishable` for an active one without a variant.
   */
  async function createProduct(db: Db, input: ProductInput): Promise<Product> {
    const entered = productFrom(parse(ProductInput, input))
    return atomic(db, async (tx) => {
      const product = { ...entered, slugs: await slugsFor(tx, 'product', entered) }
      await add(tx, [product])
      return product
    })
  }

  /**
   * Changes the named fields of a product; lists such as `variants` are replaced as a whole, a variant keeping its id by its
   * sku. Throws `catalog.version_conflict` when someone else has changed the product since `version` was read.
   */
  async function updateProduct(db: Db, id: ProductId, input: ProductChange): Promise<Product> {
    const { version, ...change } = parse(ProductChange, input)
    return atomic(db, async (tx) => {
      const before = await existing(tx, id)
      if (before.version !== version) return refuseVersion(tx, id, version)
      const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const entered = productFrom(parse(ProductInput, { ...inputOf(before), ...named }), before)
      const product = { ...entered, slugs: await slugsFor(tx, 'product', entered) }
      if (same(inputOf(product), inputOf(before))) return before
      await replace(tx, [product])
      return product
    })
  }

  /** Puts a product on sale; doing it again changes nothing. Throws `catalog.not_publishable` when nothing can be bought of it. */
  const publish = (db: Db, id: ProductId): Promise<Product> => moveTo(db, id, 'active')

  /** Takes a product off sale for good or for now; doing it again changes nothing. */
  const archive = (db: Db, id: ProductId): Promise<Product> => moveTo(db, id, 'archived')

  async function moveTo(db: Db, id: ProductId, status: 'active' | 'archived'): Promise<Product> {
    return atomic(db, async (tx) => {
      const product = await existing(tx, id)
      if (product.status === status) return product
      if (!canMove(product.status, status))
        throw catalogErrors.status_conflict({ productId: id, status: product.status, wanted: status })
      return move(tx, product, status)
    })
  }

  /** The product with this id, whatever its status. Throws `catalog.product_not_found`. */
  async function existing(db: Db | Tx, id: ProductId): Promise<Product> {
    const [product] = await store.productsOf(db, [id])
    if (!product) throw catalogErrors.product_not_found({ productId: id })
    return product
  }

  /**
   * The product that a slug leads to, whatever its status; a slug that was changed, or that belongs to another language, still
   * leads there. The address to show is the product's own `slugs`: redirect where it differs.
   */
  async function productBySlug(
    db: Db,
    { locale, slug }: { locale: Locale; slug: string },
  ): Promise<Product | undefined> {
    const id = await store.ownerOfSlug(db, 'product', locale, slug.normalize('NFC'))
    return id === undefined ? undefined : (await store.productsOf(db, [id as ProductId]))[0]
  }

  /** What carts and orders need to know of variants; skus that do not exist are left out. */
  async function variantsOf(db: Db, skus: readonly Sku[]): Promise<Record<Sku, VariantFacts>> {
    const rows = await store.variantRowsOf(db, [...new Set(skus)])
    const places = rows.some((row) => row.categories) ? await store.places(db) : []
    return Object.fromEntries(rows.map((row) => [row.sku, factsOf(row, places)]))
  }

  return {
    createProduct,
    updateProduct,
    publish,
    archive,
    productOf: existing,
    productsOf: store.productsOf,
    productBySlug,
    variantsOf,
  }
}

type VariantRow = Awaited<ReturnType<typeof store.variantRowsOf>>[number]

function factsOf(row: VariantRow, places: readonly Place<CategoryId>[]): VariantFacts {
  const media = JSON.parse(row.media) as Media[]
  const image = media.find((one) => one.url === row.image) ?? media[0]
  const shelves = (row.categories ?? '').split(',').filter(Boolean) as CategoryId[]
  return {
    sku: row.sku,
    variantId: row.variantId,
    productId: row.productId,
    name: JSON.parse(row.name) as Text,
    options: choiceText(JSON.parse(row.options) as Option[], JSON.parse(row.choice) as Variant['options']),
    slugs: slugsOf(row.slugs),
    image: image ? { url: image.url, alt: image.alt } : null,
    barcode: row.barcode,
    weightGrams: row.weight_grams ?? 0,
    taxClass: row.taxClass,
    categoryIds: [...new Set(shelves.flatMap((id) => [...ancestorsOf(places, id), id]))],
    sellable: row.status === 'active',
  }
}
