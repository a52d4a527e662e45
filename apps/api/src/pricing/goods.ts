import type { Catalog } from '@sangdo/catalog/server'
import type { Now } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'

/** What pricing needs of a sku: how it is taxed, and where it lies. */
export interface Goods {
  readonly taxClass: string
  readonly categoryIds: readonly string[]
}

/** Milliseconds that a price which nobody keeps may be old. */
export const believedFor = 1000
const mostSkus = 20_000

/**
 * What the catalog says of skus that are on sale, believed for a second: a cart that is ordered asks
 * anew.
 */
export function createGoods({ catalog, now }: { readonly catalog: Catalog; readonly now: Now }) {
  let known = new Map<string, Goods | null>()
  let since = 0

  return async function goodsOf(db: Db, skus: readonly string[]): Promise<ReadonlyMap<string, Goods | null>> {
    const at = now().getTime()
    if (at - since >= believedFor || at < since || known.size > mostSkus) {
      known = new Map()
      since = at
    }
    const [found, missing] = [known, skus.filter((sku) => !known.has(sku))]
    if (missing.length === 0) return found
    const facts = await catalog.variantsOf(db, missing)
    for (const sku of missing) {
      const fact = facts[sku]
      found.set(sku, fact?.sellable ? { taxClass: fact.taxClass, categoryIds: fact.categoryIds } : null)
    }
    return found
  }
}
