import { instant, type Locale, type NewId, type Now } from '@sangdo/core'
import type { Announce, Tx } from '@sangdo/core/server'
import {
  catalogErrors,
  type ParsedProduct,
  type Product,
  type ProductId,
  productArchived,
  productChanged,
  productPublished,
  type Slugs,
} from '../contract/index.ts'
import { freeSlug, priceRanges, slugify, unpublishable } from '../rules/index.ts'
import * as store from '../store/index.ts'

/** What every part of the catalog is made with. */
export interface Dependencies {
  readonly outbox: Announce
  readonly now: Now
  readonly newId: NewId
  readonly locales: readonly [Locale, ...Locale[]]
}

export type Saving = ReturnType<typeof createSaving>

/** Stores products with all that hangs on them: variants, slugs, shelves, cards, search words. */
export function createSaving({ outbox, now, newId, locales }: Dependencies) {
  /** A product from what was entered; variants and pictures that it had before keep their ids. */
  function productFrom(input: ParsedProduct, before?: Product): Product {
    const at = instant(now())
    const variantIds = new Map(before?.variants.map(({ sku, id }) => [sku, id]))
    const mediaIds = new Map(before?.media.map(({ url, id }) => [url, id]))
    const status = before?.status ?? input.status
    return {
      ...input,
      id: before?.id ?? newId('prd'),
      version: (before?.version ?? 0) + 1,
      status,
      variants: input.variants.map((variant) => ({ ...variant, id: variantIds.get(variant.sku) ?? newId('var') })),
      media: input.media.map((media) => ({ ...media, id: mediaIds.get(media.url) ?? newId('med') })),
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
      publishedAt: before ? before.publishedAt : status === 'active' ? at : null,
    }
  }

  /** Slugs in every language of the name: those given, else made from the name and free. */
  async function slugsFor(
    tx: Tx,
    kind: store.SlugKind,
    { id, name, slugs }: { id: string; name: Record<string, string>; slugs: Slugs },
  ): Promise<Slugs> {
    const complete: Slugs = { ...slugs }
    for (const [locale, text] of Object.entries(name)) {
      if (complete[locale]) continue
      const base = slugify(text) || id.slice(4)
      const taken = await store.slugsLike(tx, kind, locale, base, id)
      complete[locale] = freeSlug(base, (slug) => taken.has(slug))
    }
    return complete
  }

  /** Stores new products. Throws `catalog.sku_taken`, `catalog.slug_taken`, `catalog.category_not_found`. */
  async function add(tx: Tx, products: readonly Product[]): Promise<void> {
    if (products.length === 0) return
    await store.addProducts(tx, products)
    await putParts(tx, products)
    for (const product of products)
      if (product.status === 'active') await outbox.append(tx, productPublished, said(product))
  }

  /** Stores products in place of what they were. Throws `catalog.version_conflict` when one of them has changed since. */
  async function replace(tx: Tx, products: readonly Product[]): Promise<void> {
    if (products.length === 0) return
    for (const product of products) {
      if (!(await store.replaceProduct(tx, product, product.version - 1)))
        await refuseVersion(tx, product.id, product.version - 1)
    }
    await store.removeVariants(tx, products)
    await putParts(tx, products)
    for (const product of products)
      await outbox.append(tx, productChanged, { ...said(product), version: product.version })
  }

  async function putParts(tx: Tx, products: readonly Product[]): Promise<void> {
    await checkProducts(tx, products)
    const [sku] = await store.putVariants(tx, products)
    if (sku !== undefined) throw catalogErrors.sku_taken({ sku })
    const [slug] = await store.putSlugs(tx, 'product', products)
    if (slug) throw catalogErrors.slug_taken({ locale: slug.locale, slug: slug.slug })
    await store.putPlacements(tx, products)
    await index(tx, products)
  }

  async function checkProducts(tx: Tx, products: readonly Product[]): Promise<void> {
    for (const product of products) if (product.status === 'active') refuseUnpublishable(product)
    const wanted = new Set(products.flatMap((product) => product.categoryIds))
    if (wanted.size === 0) return
    const known = new Set((await store.places(tx)).map((place) => place.id))
    for (const categoryId of wanted) if (!known.has(categoryId)) throw catalogErrors.category_not_found({ categoryId })
  }

  /** Puts a product on sale or takes it off; doing it again changes nothing. */
  async function move(tx: Tx, product: Product, status: 'active' | 'archived'): Promise<Product> {
    const at = instant(now())
    if (status === 'active') refuseUnpublishable(product)
    const moved: Product = {
      ...product,
      status,
      version: product.version + 1,
      updatedAt: at,
      publishedAt: product.publishedAt ?? (status === 'active' ? at : null),
    }
    if (!(await store.replaceProduct(tx, moved, product.version))) return refuseVersion(tx, product.id, product.version)
    await index(tx, [moved])
    await outbox.append(tx, status === 'active' ? productPublished : productArchived, said(moved))
    return moved
  }

  async function refuseVersion(tx: Tx, productId: ProductId, version: number): Promise<never> {
    const [current] = await store.productsOf(tx, [productId])
    throw catalogErrors.version_conflict({ productId, version, current: current?.version ?? 0 })
  }

  /** Brings lists and searches up to date with products. */
  async function index(tx: Tx, products: readonly Product[]): Promise<void> {
    await store.putListings(tx, products, locales)
    const ids = products.map(({ id }) => id).sort()
    // The rows of the list are written, and so locked, already.
    await putPrices(tx, ids)
    await store.refreshStock(tx, ids)
  }

  const putPrices = async (tx: Tx, ids: readonly ProductId[]) =>
    store.putPriceRanges(tx, ids, priceRanges(await store.offersOf(tx, ids)))

  /** Brings the prices that lists show of products up to date with those of their skus. */
  async function refreshPrices(tx: Tx, ids: readonly ProductId[]): Promise<void> {
    if (ids.length === 0) return
    await store.lockListings(tx, ids)
    await putPrices(tx, ids)
  }

  /** Brings up to date whether lists show products as in stock. */
  async function refreshStock(tx: Tx, ids: readonly ProductId[]): Promise<void> {
    await store.lockListings(tx, ids)
    await store.refreshStock(tx, ids)
  }

  return { productFrom, slugsFor, add, replace, move, index, refreshPrices, refreshStock, refuseVersion }
}

const said = ({ id, variants }: Product) => ({ productId: id, skus: variants.map((variant) => variant.sku) })

function refuseUnpublishable(product: Product): void {
  const reason = unpublishable(product)
  if (reason !== null) throw catalogErrors.not_publishable({ productId: product.id, reason })
}
