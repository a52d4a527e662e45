import type { VariantFacts } from '@sangdo/catalog'
import type { Money } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { floorFrom, type Market, ratesFor } from '@sangdo/pricing'
import type { Shop } from '../shop.ts'

/** Where skus are sold, and what the catalog knows of them. */
interface Sold {
  readonly market: Market | undefined
  readonly currency: string
  readonly facts: Readonly<Record<string, VariantFacts>>
}

/** What a piece costs the shop, and the least it may be sold for; null where nobody has said. */
export interface Guarded {
  readonly cost: Money | null
  readonly floor: Money | null
}

/** What pieces of these skus cost and must bring in, the tax that the market's prices contain included in the floor. */
export async function guardsIn(
  shop: Shop,
  db: Db,
  skus: readonly string[],
  { market, currency, facts }: Sold,
): Promise<(sku: string) => Guarded> {
  const guards = (await shop.pricing.guardsOf(db, skus)).filter((guard) => guard.currency === currency)
  const bySku = new Map(guards.map((guard) => [guard.sku, guard]))
  const contained = market?.pricesInclude === 'tax' ? ratesFor(market, { at: shop.now().toISOString() }).rates : {}
  return (sku) => {
    const guard = bySku.get(sku)
    if (!guard) return { cost: null, floor: null }
    return { cost: guard.cost, floor: floorFrom({ ...guard, taxRate: contained[facts[sku]?.taxClass ?? 'standard'] }) }
  }
}
