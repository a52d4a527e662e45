import { type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db } from '@sangdo/core/server'
import { Heat, type HotSku } from '../contract/index.ts'
import * as store from '../store/index.ts'
import { type Ledger, stockIn } from './ledger.ts'
import type { Shelves } from './shelves.ts'

/** Skus that many buyers want at the same moment. */
export function createHot({ announce, stocksOf }: Ledger, { gather, spread }: Shelves) {
  /**
   * Says whether many buyers want a sku at the same moment: its free pieces are then spread over buckets, or put together again, in
   * one transaction. Asked again with another number of buckets it spreads them anew.
   */
  async function setHot(db: Db, input: Heat): Promise<void> {
    const { hot, ...sku } = parse(Heat, input)
    await atomic(db, async (tx) => {
      const places = await store.placesOf(tx, sku.sku)
      await gather(tx, places)
      if (!hot) {
        await announce(tx, [{ sku: sku.sku, quantity: 0 }])
        return store.removeHot(tx, sku.sku)
      }
      await store.addHot(tx, sku, stockIn(await stocksOf(tx, [sku.sku]), sku.sku).available)
      if (store.hasBuckets(tx)) await spread(tx, places)
    })
  }

  /** The skus that are marked as hot, by name. */
  const hotSkus = (db: Db, page: Partial<PageQuery> = {}): Promise<Page<HotSku>> =>
    store.hotSkus(db, parse(PageQuery, page))

  /**
   * Evens out the buckets of hot skus, and says what none of many buyers at once has noticed: that a sku ran low or came back. To be
   * run every few seconds, in as many processes as you like; answers how many shelves it evened out.
   */
  async function rebalance(db: Db): Promise<number> {
    const places = await store.lopsided(db)
    for (const place of places) await atomic(db, (tx) => spread(tx, [place]))
    for (const sku of store.hasBuckets(db) ? await allHot(db) : [])
      await atomic(db, async (tx) => void (await announce(tx, [{ sku, quantity: 0 }])))
    return places.length
  }

  async function allHot(db: Db): Promise<string[]> {
    const found: string[] = []
    let after: string | null | undefined
    do {
      const { items, next } = await store.hotSkus(db, { limit: 100, ...(after ? { after } : {}) })
      found.push(...items.map(({ sku }) => sku))
      after = next
    } while (after)
    return found
  }

  return { setHot, hotSkus, rebalance }
}
