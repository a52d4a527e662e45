import type { Db, Tx } from '@sangdo/core/server'
import type { Market, Promotion } from '../contract/index.ts'
import type { SkuFacts } from '../rules/asking.ts'
import { marketOf } from './markets.ts'
import { guardsOf, pricesOf } from './prices.ts'
import { automaticPromotions } from './promotions.ts'
import * as version from './version.ts'

/** What prices are made of. */
export interface View {
  readonly marketOf: (id: string) => Promise<Market | undefined>
  readonly automatic: () => Promise<readonly Promotion[]>
  readonly factsOf: (skus: readonly string[]) => Promise<ReadonlyMap<string, SkuFacts>>
}

/** What was read of one version of the database. */
interface Kept {
  readonly version: string
  readonly markets: Map<string, Market>
  readonly skus: Map<string, SkuFacts>
  automatic: readonly Promotion[] | undefined
}

const nothing = (version: string): Kept => ({ version, markets: new Map(), skus: new Map(), automatic: undefined })

/**
 * Keeps markets, automatic promotions and at most `mostSkus` skus in memory, for one version of the database: each view reads
 * the version first, so no process answers with what another has changed, unless it may be some milliseconds old. What a
 * transaction sees may never be committed, so nothing that was read in one is kept.
 */
export function createCache(mostSkus: number) {
  let kept = nothing('')
  let seen: { readonly db: Db; readonly at: number } | undefined

  /** What holds now, for the handle: one small statement; or none, for what held at most `maxAge` milliseconds ago. */
  async function viewOf(db: Db, maxAge = 0): Promise<View> {
    const at = performance.now()
    if (seen?.db === db && at - seen.at < maxAge) return through(db, kept, true)
    const current = await version.versionOf(db)
    if (db.isTransaction && current === kept.version) return through(db, kept, false)
    if (db.isTransaction || current === null) return through(db, nothing(''), true)
    if (current !== kept.version) kept = nothing(current)
    seen = { db, at }
    return through(db, kept, true)
  }

  /** Begins a change of what is kept here, after which the next view looks anew. */
  async function beginChange(tx: Tx): Promise<void> {
    seen = undefined
    await version.beginChange(tx)
  }

  function through(db: Db, from: Kept, keep: boolean): View {
    return {
      marketOf: async (id) => from.markets.get(id) ?? keepMarket(from, keep, await marketOf(db, id)),
      automatic: async () => from.automatic ?? keepAutomatic(from, keep, await automaticPromotions(db)),
      factsOf: (skus) => factsOf(db, from, keep, skus),
    }
  }

  async function factsOf(db: Db, from: Kept, keep: boolean, skus: readonly string[]) {
    const found = new Map<string, SkuFacts>()
    const missing = new Set<string>()
    for (const sku of skus) {
      const facts = from.skus.get(sku)
      if (facts === undefined) missing.add(sku)
      else keepSku(found, from, sku, facts)
    }
    for (const [sku, facts] of missing.size > 0 ? await readFacts(db, [...missing]) : []) {
      if (keep) keepSku(found, from, sku, facts)
      else found.set(sku, facts)
    }
    return found
  }

  /** The sku that was asked for last is the last to go, once there are so many that some must. */
  function keepSku(found: Map<string, SkuFacts>, { skus }: Kept, sku: string, facts: SkuFacts): void {
    found.set(sku, facts)
    if (skus.size >= mostSkus / 2) skus.delete(sku)
    skus.set(sku, facts)
    if (skus.size <= mostSkus) return
    const [oldest] = skus.keys()
    if (oldest !== undefined) skus.delete(oldest)
  }

  return { viewOf, beginChange }
}

export type Cache = ReturnType<typeof createCache>

function keepMarket(from: Kept, keep: boolean, market: Market | undefined): Market | undefined {
  if (keep && market) from.markets.set(market.id, market)
  return market
}

function keepAutomatic(from: Kept, keep: boolean, promotions: readonly Promotion[]): readonly Promotion[] {
  if (keep) from.automatic = promotions
  return promotions
}

async function readFacts(db: Db, skus: readonly string[]): Promise<[string, SkuFacts][]> {
  const prices = Map.groupBy(await pricesOf(db, skus), (price) => price.sku)
  const guards = Map.groupBy(await guardsOf(db, skus), (guard) => guard.sku)
  return skus.map((sku) => [sku, { prices: prices.get(sku) ?? [], guards: guards.get(sku) ?? [] }])
}
