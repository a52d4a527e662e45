import type { Tx } from '@sangdo/core/server'
import type { LocationId, Sku } from '../contract/index.ts'
import { availableAt, fromSeveral, shares } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'

export type Shelves = ReturnType<typeof createShelves>

/**
 * Taking from shelves and giving back to them. The free pieces of a hot sku lie in buckets, and its row counts them as reserved:
 * buyers take from a bucket each and leave the row alone. All free pieces are in the row or, once a transaction ends, in buckets.
 */
export function createShelves({ random }: Pick<Dependencies, 'random'>) {
  const turn = () => Math.floor(random() * 960_960)

  /**
   * Takes pieces that may be sold, so that two buyers never get the last one; of a sku that is known to be `hot`, from a bucket
   * first. Says whether the pieces were there.
   */
  async function take(tx: Tx, sku: Sku, locationId: LocationId, quantity: number, hot = false): Promise<boolean> {
    const [place, start] = [{ sku, locationId }, turn()]
    const fromRow = () => store.takeAvailable(tx, sku, locationId, quantity)
    const fromBucket = async () => store.hasBuckets(tx) && (await store.takeFromBucket(tx, place, quantity, start))
    const [first, second] = hot ? [fromBucket, fromRow] : [fromRow, fromBucket]
    if ((await first()) || (await second())) return true
    if (!store.hasBuckets(tx)) return false
    const level = (await store.levelsOf(tx, [sku])).find((one) => one.locationId === locationId)
    if (!level || availableAt(level) < quantity) return false
    if (await store.waitForBucket(tx, place, quantity, start)) return true
    await settle(tx, [sku])
    return sweep(tx, place, quantity)
  }

  /** Takes from several buckets, all of which are locked in the order in which everybody does. Says whether they had enough. */
  async function sweep(tx: Tx, place: store.Place, quantity: number): Promise<boolean> {
    const taken = fromSeveral(quantity, await store.lockBuckets(tx, place))
    if (taken.reduce((missing, { free }) => missing - free, quantity) > 0) return false
    for (const some of taken) await store.drain(tx, place, some)
    return true
  }

  /** Makes promised pieces available again; `settle` follows before the transaction ends. */
  async function giveBack(tx: Tx, sku: Sku, locationId: LocationId, quantity: number): Promise<void> {
    const place = { sku, locationId }
    const isHot = (await store.bucketsOf(tx, sku)) > 0
    const isIn = isHot && (await store.putInBucket(tx, place, quantity, turn()))
    if (!isIn) await store.changeReserved(tx, place, -quantity)
  }

  /** Puts the free pieces of skus back into their rows for as long as the transaction lasts; `settle` follows before it ends. */
  async function gather(tx: Tx, places: readonly store.Place[]): Promise<void> {
    if (!store.hasBuckets(tx)) return
    for (const place of places) {
      await store.lockShelf(tx, place)
      await store.lockBuckets(tx, place)
      const free = await store.removeBuckets(tx, place)
      if (free > 0) await store.changeReserved(tx, place, -free)
    }
  }

  /** Puts the free pieces of hot skus into buckets, where a change has left them elsewhere. */
  async function settle(tx: Tx, skus: readonly Sku[]): Promise<void> {
    await spread(tx, await store.unsettled(tx, [...new Set(skus)]))
  }

  /** Spreads the free pieces of shelves evenly over their buckets. */
  async function spread(tx: Tx, places: readonly store.Place[]): Promise<void> {
    for (const place of places) {
      await gather(tx, [place])
      const [level, buckets] = [await store.lockShelf(tx, place), await store.bucketsOf(tx, place.sku)]
      if (!level || buckets === 0) continue
      const pieces = availableAt(level)
      await store.addBuckets(tx, place, shares(pieces, buckets))
      if (pieces > 0) await store.changeReserved(tx, place, pieces)
    }
  }

  return { take, giveBack, gather, settle, spread }
}
