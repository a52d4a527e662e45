import { instant, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import type { z } from 'zod'
import {
  Bundles,
  Count,
  Counts,
  type DeliveryId,
  ExpectedDelivery,
  inventoryErrors,
  Location,
  type LocationId,
  type Movement,
  Receipt,
  type Sku,
  type Stock,
  type StockLevel,
} from '../contract/index.ts'
import { lastOfEachShelf, merged, shelfOf, stockOfBundle } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Backorders } from './backorders.ts'
import { type Dependencies, mainLocation } from './dependencies.ts'
import { type Ledger, stockIn } from './ledger.ts'
import type { Lots } from './lots.ts'
import type { Shelves } from './shelves.ts'
import type { Shortfalls } from './shortfalls.ts'

export type StockService = ReturnType<typeof createStock>

interface CountedShelf {
  readonly sku: Sku
  readonly locationId: LocationId
  readonly onHand: number
}

/** What lies where: counts that change by guarded statements only, beside a ledger they can be rebuilt from. */
export function createStock(
  { now, newId, bundles }: Dependencies,
  { record, identify, announce, stocksOf }: Ledger,
  { fill }: Backorders,
  { lockOf, takeOff }: Lots,
  { gather, settle }: Shelves,
  { fallShort, lockPromises }: Shortfalls,
) {
  /** Adds a place that holds stock. */
  async function addLocation(db: Db, input: Omit<z.input<typeof Location>, 'id'>): Promise<Location> {
    const location = parse(Location, { id: newId('loc'), ...input })
    await store.addLocation(db, location)
    return location
  }

  /** Changes name, priority and position of a location. Throws `inventory.location_not_found`. */
  async function changeLocation(db: Db, input: z.input<typeof Location>): Promise<Location> {
    const location = parse(Location, input)
    if (!(await store.changeLocation(db, location)))
      throw inventoryErrors.location_not_found({ locationId: location.id })
    return location
  }

  /** Says that goods are to come in from a supplier; they count as incoming. Throws `inventory.location_not_found`. */
  async function expectDelivery(db: Db, input: ExpectedDelivery): Promise<DeliveryId> {
    const expected = parse(ExpectedDelivery, input)
    const id = newId('dlv')
    await atomic(db, async (tx) => {
      for (const delivery of await placed(tx, [expected]))
        await store.addDelivery(tx, { ...delivery, id }, instant(now()))
    })
    return id
  }

  /** Nothing more of a delivery will come. Doing it again changes nothing. Throws `inventory.delivery_not_found`. */
  async function cancelDelivery(db: Db, deliveryId: DeliveryId): Promise<void> {
    if (!(await store.cancelDelivery(db, deliveryId))) throw inventoryErrors.delivery_not_found({ deliveryId })
  }

  /**
   * Books goods in, with `deliveryId` as part of an expected delivery. Throws `inventory.location_not_found`,
   * `inventory.not_expected` for more than is still to come of the delivery, `inventory.lot_differs` for another date of the same lot,
   * `inventory.serial_taken`.
   */
  async function receive(db: Db, input: Receipt): Promise<Stock> {
    const receipt = parse(Receipt, input)
    return atomic(db, async (tx) => {
      await lockOf(tx, [receipt.sku])
      const lines = await placed(tx, [receipt])
      await identify(tx, receipt)
      for (const line of lines) await checkOff(tx, line)
      await store.addOnHand(tx, lines)
      await record(tx, lines, 'received')
      return stockIn(await fillThenAnnounce(tx, lines), receipt.sku)
    })
  }

  async function checkOff(
    tx: Tx,
    { deliveryId, ...line }: Receipt & { readonly locationId: LocationId },
  ): Promise<void> {
    if (!deliveryId || (await store.receiveDelivery(tx, deliveryId, line))) return
    throw inventoryErrors.not_expected({ deliveryId, sku: line.sku, wanted: line.quantity })
  }

  /**
   * Sets the stock of a sku at one location to what was counted. When fewer are there than are promised it throws
   * `inventory.below_reserved`; with `shortfall: 'record'` the newest promises become backorders, and `inventory.fell_short` says
   * whose.
   */
  async function count(db: Db, input: Count): Promise<Stock> {
    const counted = parse(Count, input)
    return stockIn(await countAll(db, [counted]), counted.sku)
  }

  /**
   * Sets up to a thousand counts at once, all of them or none; where a sku was counted twice at a location the later count
   * holds. Answers with the stock of each sku. Throws as `count` does.
   */
  async function countAll(db: Db, input: readonly Count[]): Promise<Record<Sku, Stock>> {
    const { counts } = parse(Counts, { counts: input })
    return atomic(db, async (tx) => {
      await lockOf(
        tx,
        counts.map((one) => one.sku),
      )
      const shelves = lastOfEachShelf(await placed(tx, counts))
      await lockPromises(
        tx,
        shelves.filter(({ shortfall }) => shortfall === 'record'),
      )
      const before = await lockedLevels(tx, shelves)
      const missing = missingFor(shelves, before)
      await fallShort(
        tx,
        shelves
          .map((shelf) => ({ ...shelf, missing: missing.get(shelfOf(shelf)) ?? 0 }))
          .filter((shelf) => shelf.missing > 0),
      )
      const stored = new Set((await store.setOnHand(tx, shelves)).map(shelfOf))
      const short = shelves.find((shelf) => !stored.has(shelfOf(shelf)))
      if (short) throw belowReserved(short, before.get(shelfOf(short)))
      const changes = shelves.map((shelf) => ({
        ...shelf,
        quantity: shelf.onHand - (before.get(shelfOf(shelf))?.onHand ?? 0),
      }))
      const moved = changes.filter(({ quantity }) => quantity !== 0)
      const freed = changes.map((change) => ({
        sku: change.sku,
        quantity: change.quantity + (missing.get(shelfOf(change)) ?? 0),
      }))
      for (const [reason, lines] of Map.groupBy(moved, (line) => line.reason)) await record(tx, lines, reason)
      return fillThenAnnounce(tx, merged(freed))
    })
  }

  /** The levels of shelves, by the shelf: nobody changes them before the transaction ends. */
  async function lockedLevels(tx: Tx, shelves: readonly CountedShelf[]): Promise<Map<string, StockLevel>> {
    const [skus, lines] = [
      shelves.map((shelf) => shelf.sku),
      shelves.map(({ sku, locationId }) => ({ sku, locationId, quantity: 0 })),
    ]
    await store.addOnHand(tx, lines)
    await gather(tx, shelves)
    return new Map((await store.levelsOf(tx, skus)).map((level) => [shelfOf(level), level]))
  }

  /**
   * The stock of each given sku over all locations; a sku that was never seen has none. Of a bundle, how many whole ones its
   * components make.
   */
  async function stockOf(db: Db, skus: readonly Sku[]): Promise<Record<Sku, Stock>> {
    const found = await bundles.componentsOf(db, skus)
    const parts = Object.values(found).flatMap((components) => components.map(({ sku }) => sku))
    const stocks = await stocksOf(db, [...new Set([...skus, ...parts])])
    const entries = skus.map((sku) => [sku, found[sku] ? stockOfBundle(found[sku], stocks) : stockIn(stocks, sku)])
    return Object.fromEntries(entries)
  }

  /** How many of each bundle may be sold, by what is available of their components. Needs no port; the definitions are given. */
  async function availableOfBundles(db: Db, input: Bundles): Promise<Record<Sku, number>> {
    const definitions = parse(Bundles, input)
    const parts = Object.values(definitions).flatMap((components) => components.map(({ sku }) => sku))
    const stocks = await stocksOf(db, [...new Set(parts)])
    const entries = Object.entries(definitions)
    return Object.fromEntries(entries.map(([sku, components]) => [sku, stockOfBundle(components, stocks).available]))
  }

  /** The stock of the given skus by location. */
  const levelsOf = (db: Db, skus: readonly Sku[]): Promise<StockLevel[]> => store.levelsOf(db, skus, instant(now()))

  /** The ledger of one sku, newest first. */
  const movementsOf = (db: Db, sku: Sku, page: Partial<PageQuery> = {}): Promise<Page<Movement>> =>
    store.movementsOf(db, sku, parse(PageQuery, page))

  /** Keeps pieces back from sale at one location. Throws `inventory.location_not_found` where the sku has never been. */
  async function keepBack(db: Db, sku: Sku, safety: number, locationId: LocationId = mainLocation): Promise<void> {
    await atomic(db, async (tx) => {
      const at = await lockOf(tx, [sku])
      await gather(tx, [{ sku, locationId }])
      if (!(await store.setSafety(tx, sku, locationId, safety)))
        throw inventoryErrors.location_not_found({ locationId })
      await fill(tx, [sku], at)
      await settle(tx, [sku])
    })
  }

  /** Who waits for goods gets them first, but not what has expired; what is left is news. */
  async function fillThenAnnounce(tx: Tx, changes: readonly { sku: Sku; quantity: number }[]) {
    const skus = changes.map((change) => change.sku)
    const { at, changes: expired } = await takeOff(tx, skus)
    const filled = await fill(tx, skus, at)
    await settle(tx, skus)
    const gone = (sku: Sku) => (filled.get(sku) ?? 0) - (expired.find((change) => change.sku === sku)?.quantity ?? 0)
    return announce(
      tx,
      changes.map(({ sku, quantity }) => ({ sku, quantity: quantity - gone(sku) })),
    )
  }

  /** Lines with the place of each, the main one where none is named. */
  async function placed<Line extends { readonly locationId?: LocationId | undefined }>(tx: Tx, lines: readonly Line[]) {
    if (lines.some((line) => line.locationId === undefined)) await store.addMainLocation(tx, mainLocation)
    const known = new Set((await store.allLocations(tx)).map((location) => location.id))
    return lines.map((line) => {
      const { locationId = mainLocation } = line
      if (!known.has(locationId)) throw inventoryErrors.location_not_found({ locationId })
      return { ...line, locationId }
    })
  }

  return {
    fillThenAnnounce,
    addLocation,
    changeLocation,
    expectDelivery,
    cancelDelivery,
    receive,
    count,
    countAll,
    keepBack,
    stockOf,
    availableOfBundles,
    levelsOf,
    movementsOf,
  }
}

const belowReserved = ({ sku, onHand }: CountedShelf, level: StockLevel | undefined) =>
  inventoryErrors.below_reserved({ sku, onHand, reserved: level?.reserved ?? 0 })

/** How many promised pieces are missing on each shelf whose count says to record that. */
const missingFor = (
  shelves: readonly (CountedShelf & Pick<z.infer<typeof Count>, 'shortfall'>)[],
  before: ReadonlyMap<string, StockLevel>,
): Map<string, number> =>
  new Map(
    shelves
      .filter(({ shortfall }) => shortfall === 'record')
      .map((shelf) => [shelfOf(shelf), Math.max(0, (before.get(shelfOf(shelf))?.reserved ?? 0) - shelf.onHand)]),
  )
