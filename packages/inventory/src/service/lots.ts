import { instant, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import type { Lot, LotHolder, LotLevel, Quantities, SerialPiece, Sku } from '../contract/index.ts'
import { availableAt, merged, shelfOf } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Backorders } from './backorders.ts'
import type { Dependencies } from './dependencies.ts'
import type { Ledger } from './ledger.ts'
import type { Shelves } from './shelves.ts'
import type { Shortfalls } from './shortfalls.ts'

export type Lots = ReturnType<typeof createLots>

/** Where the pieces of a lot are: in the house, on their way between locations, and with whom. */
export interface Recall {
  readonly here: readonly LotLevel[]
  readonly onTheWay: readonly LotHolder[]
  readonly holders: Page<LotHolder>
}

/** Lots and numbered pieces: what expires is taken off the shelf at its date, before anybody can take it. */
export function createLots(
  { now }: Dependencies,
  { record, announce }: Ledger,
  promises: Backorders,
  { gather, settle }: Shelves,
  { fallShort, lockPromises }: Shortfalls,
) {
  /** As `lockOf` of backorders, for a command that goes on with what has not expired; answers at which instant. */
  async function lockOf(tx: Tx, skus: readonly Sku[]): Promise<string> {
    await promises.lockOf(tx, skus)
    const { at, changes } = await takeOff(tx, skus)
    await tell(tx, changes)
    return at
  }

  /** As `lockOf`, for the skus of a reservation. */
  async function lockFor(tx: Tx, reference: string): Promise<string> {
    const at = instant(now())
    if (!(await store.isMoreThanStock(tx, reference))) return at
    await promises.lockFor(tx, reference)
    await tell(tx, await expire(tx, await store.dueFor(tx, reference, at), at))
    return at
  }

  /** Takes off the shelf what has expired of the skus; answers at which instant, and how many pieces fewer may be sold. */
  async function takeOff(tx: Tx, skus: readonly Sku[]): Promise<{ at: string; changes: Quantities }> {
    const at = instant(now())
    return { at, changes: await expire(tx, await store.dueOf(tx, skus, at), at) }
  }

  const tell = async (tx: Tx, changes: Quantities) => void (changes.length > 0 && (await announce(tx, changes)))

  /** What was promised and has expired is waited for. The reservations are locked before the shelves, as everywhere. */
  async function expire(tx: Tx, found: readonly LotLevel[], at: string): Promise<Quantities> {
    if (found.length === 0) return []
    const places = [...new Map(found.map((level) => [shelfOf(level), level])).values()]
    await lockPromises(tx, places)
    await store.addOnHand(
      tx,
      places.map(({ sku, locationId }) => ({ sku, locationId, quantity: 0 })),
    )
    await gather(tx, places)
    const skus = [...new Set(places.map(({ sku }) => sku))]
    const due = (await store.dueOf(tx, skus, at)).filter((level) =>
      places.some((one) => shelfOf(one) === shelfOf(level)),
    )
    const changes = []
    for (const place of places) changes.push(await expireAt(tx, place, due, at))
    await settle(tx, skus)
    return merged(changes)
  }

  async function expireAt(tx: Tx, place: store.Place, all: readonly LotLevel[], at: string) {
    const due = all.filter((level) => shelfOf(level) === shelfOf(place))
    const quantity = due.reduce((pieces, level) => pieces + level.quantity, 0)
    const level = (await store.levelsOf(tx, [place.sku])).find((one) => one.locationId === place.locationId)
    if (!level || quantity === 0) return { sku: place.sku, quantity: 0 }
    const missing = Math.max(0, level.reserved - (level.onHand - quantity))
    await fallShort(tx, missing > 0 ? [{ ...place, missing }] : [])
    await store.takeUnpromised(tx, place, quantity)
    const left = due.map(({ sku, lot, locationId, quantity: pieces }) => ({ sku, lot, locationId, quantity: -pieces }))
    const gone = await record(tx, left, 'expired', at)
    for (const line of gone) await store.addAside(tx, { ...line, state: 'expired', quantity: -line.quantity })
    await record(
      tx,
      gone.map((line) => ({ ...line, state: 'expired' as const, quantity: -line.quantity })),
      'expired',
      at,
    )
    const after = availableAt({ ...level, onHand: level.onHand - quantity, reserved: level.reserved - missing })
    return { sku: place.sku, quantity: after - availableAt(level) }
  }

  /**
   * Takes off the shelf whatever has expired, of at most so many skus, each in a transaction of its own; to be run now and then.
   * Nothing expired is for sale without it: this is for the books. Answers of how many skus there was something.
   */
  async function expireLots(db: Db, limit = 100): Promise<number> {
    const skus = await store.dueSkus(db, instant(now()), limit)
    for (const sku of skus) await atomic(db, (tx) => lockOf(tx, [sku]))
    return skus.length
  }

  /** Where the pieces of a lot are and who has got some, by reference: for a recall. */
  async function recall(db: Db, sku: Sku, lot: Lot, page: Partial<PageQuery> = {}): Promise<Recall> {
    const underWay = await store.holdersOf(db, { sku, lot }, ['dispatched', 'arrived'], { limit: 100 })
    const holders = await store.holdersOf(db, { sku, lot }, ['sold', 'restocked'], parse(PageQuery, page))
    return { here: await store.levelsOfLot(db, sku, lot), onTheWay: underWay.items, holders }
  }

  /** Where the lots of the given skus are, and in what state. */
  const lotsOf = (db: Db, skus: readonly Sku[]): Promise<LotLevel[]> => store.lotsOf(db, skus)

  /** The numbered pieces that were given out for each reference. */
  async function serialsOf(db: Db, references: readonly string[]): Promise<Record<string, SerialPiece[]>> {
    const pieces = await store.serialsOf(db, references)
    return Object.fromEntries(
      references.map((reference) => [reference, pieces.filter((piece) => piece.reference === reference)]),
    )
  }

  return { lockOf, lockFor, takeOff, expireLots, recall, lotsOf, serialsOf, serialOf: store.serialOf }
}
