import { createNewId, instant, instantAfter, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, silent, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  Count,
  inventoryErrors,
  Location,
  type LocationId,
  type Movement,
  type MovementReason,
  Quantities,
  Receipt,
  type Reservation,
  type Sku,
  type Stock,
  stockCameBack,
  type StockLevel,
  stockRanLow,
  stockReleased,
  stockReserved,
} from './contract.ts'
import { announcement, merged, source, totalOf } from './rules.ts'
import * as store from './store.ts'

/** What `createInventory` may be given; all of it has a default, so that the package stands alone. */
export interface InventoryOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
  /** At how many available pieces a sku counts as running low: 5. */
  readonly lowAt?: number
}

export type Inventory = ReturnType<typeof createInventory>

const Lines = z.object({ lines: Quantities })

/** Where goods are when nobody says where. */
export const mainLocation = 'loc_main' satisfies LocationId

/** Stock that cannot oversell: counts that change by guarded statements only, beside a ledger they can be rebuilt from. */
export function createInventory({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
  lowAt = 5,
}: InventoryOptions = {}) {
  /** Adds a place that holds stock. */
  async function addLocation(db: Db, input: Omit<Location, 'id'>): Promise<Location> {
    const location = parse(Location, { id: newId('loc'), ...input })
    await store.addLocation(db, location)
    return location
  }

  /** Books goods in. Throws `inventory.location_not_found`. */
  async function receive(db: Db, input: Receipt): Promise<Stock> {
    const { sku, quantity, locationId, ...rest } = parse(Receipt, input)
    return atomic(db, async (tx) => {
      const place = await placeOf(tx, locationId)
      await store.addOnHand(tx, sku, place, quantity)
      await record(tx, [{ sku, locationId: place, quantity }], 'received', rest)
      return await announce(tx, [{ sku, quantity }])
    })
  }

  /**
   * Sets the stock of a sku at one location to what was counted. Throws `inventory.below_reserved` when fewer are there than
   * are promised, or the count moved meanwhile.
   */
  async function count(db: Db, input: Count): Promise<Stock> {
    const { sku, onHand, locationId, reason, note } = parse(Count, input)
    return atomic(db, async (tx) => {
      const place = await placeOf(tx, locationId)
      await store.addOnHand(tx, sku, place, 0)
      const level = (await store.levelsOf(tx, [sku])).find((one) => one.locationId === place)
      if (!level || !(await store.setOnHand(tx, level, onHand))) {
        throw inventoryErrors.below_reserved({ sku, onHand, reserved: level?.reserved ?? 0 })
      }
      const quantity = onHand - level.onHand
      if (quantity !== 0) await record(tx, [{ sku, locationId: place, quantity }], reason, { note })
      return await announce(tx, [{ sku, quantity }])
    })
  }

  /**
   * Keeps goods aside under a reference, inside the caller's transaction: all lines, or none. Asked again with the same
   * reference and lines it answers with the same reservation. `seconds` is how long it holds; without it, until it is ended.
   * Throws `inventory.out_of_stock` with the first sku that is short, `inventory.reference_taken` for other lines.
   */
  async function reserve(
    tx: Tx,
    reference: string,
    lines: Quantities,
    { seconds }: { seconds?: number } = {},
  ): Promise<Reservation> {
    const wanted = merged(parse(Lines, { lines }).lines)
    const expiresAt = seconds === undefined ? null : instantAfter(now(), seconds * 1000)
    const reservation: Reservation = { id: newId('rsv'), reference, status: 'open', expiresAt, lines: [] }
    if (!(await store.addReservation(tx, reservation, instant(now())))) return sameReservation(tx, reference, wanted)
    for (const { sku, quantity } of wanted) await take(tx, sku, quantity, reservation)
    await store.addReservationLines(tx, reservation)
    await outbox.append(tx, stockReserved, { reference, lines: wanted })
    await announce(
      tx,
      wanted.map(({ sku, quantity }) => ({ sku, quantity: -quantity })),
    )
    return reservation
  }

  /** Takes one sku from as many locations as it needs, and reads the stock again when another buyer was quicker. */
  async function take(tx: Tx, sku: Sku, quantity: number, { lines }: Reservation): Promise<void> {
    const taken = () => lines.reduce((pieces, line) => (line.sku === sku ? pieces + line.quantity : pieces), 0)
    while (taken() < quantity) {
      const levels = await store.levelsOf(tx, [sku])
      const picks = source(quantity - taken(), levels)
      if (!picks) return await refuse(tx, sku, quantity, totalOf(levels).available + taken(), lines)
      for (const pick of picks) {
        if (await store.takeAvailable(tx, sku, pick.locationId, pick.quantity)) addLine(lines, { sku, ...pick })
      }
    }
  }

  /** Undoes what was taken, so that nothing stays aside even where the caller goes on after the refusal. */
  async function refuse(
    tx: Tx,
    sku: Sku,
    wanted: number,
    available: number,
    lines: Reservation['lines'],
  ): Promise<never> {
    for (const line of lines) await store.giveBack(tx, line.sku, line.locationId, line.quantity)
    throw inventoryErrors.out_of_stock({ sku, wanted, available })
  }

  async function sameReservation(tx: Tx, reference: string, wanted: Quantities): Promise<Reservation> {
    const known = await existing(tx, reference)
    const same =
      JSON.stringify(merged(known.lines.map(({ sku, quantity }) => ({ sku, quantity })))) === JSON.stringify(wanted)
    if (!same || known.status !== 'open') throw inventoryErrors.reference_taken({ reference })
    return known
  }

  /** Lets the goods of a reference go. Doing it again changes nothing. Throws `inventory.reservation_closed` once they are sold. */
  async function release(tx: Tx, reference: string): Promise<void> {
    await end(tx, reference, 'released')
  }

  async function end(tx: Tx, reference: string, status: 'released' | 'expired'): Promise<boolean> {
    const reservation = await existing(tx, reference)
    if (!(await store.closeReservation(tx, reservation.id, status, instant(now())))) {
      const { status: found } = await existing(tx, reference)
      if (found === 'converted') throw inventoryErrors.reservation_closed({ reference, status: found })
      return false
    }
    for (const line of reservation.lines) await store.giveBack(tx, line.sku, line.locationId, line.quantity)
    const lines = merged(reservation.lines.map(({ sku, quantity }) => ({ sku, quantity })))
    await outbox.append(tx, stockReleased, { reference, lines })
    await announce(tx, lines)
    return true
  }

  /** Sells what is reserved: it leaves the stock and the ledger says so. Doing it again changes nothing. Throws `inventory.reservation_closed`. */
  async function convert(tx: Tx, reference: string): Promise<void> {
    const reservation = await existing(tx, reference)
    if (!(await store.closeReservation(tx, reservation.id, 'converted', instant(now())))) {
      const { status } = await existing(tx, reference)
      if (status !== 'converted') throw inventoryErrors.reservation_closed({ reference, status })
      return
    }
    for (const line of reservation.lines) await store.takeOut(tx, line.sku, line.locationId, line.quantity)
    const moved = reservation.lines.map((line) => ({ ...line, quantity: -line.quantity }))
    await record(tx, moved, 'sold', { reference })
  }

  /** Puts sold goods back on the shelf, as for an order that is cancelled before it ships. Doing it again changes nothing. */
  async function restock(tx: Tx, reference: string): Promise<void> {
    const reservation = await existing(tx, reference)
    if (!(await store.markRestocked(tx, reservation.id, instant(now())))) return
    for (const line of reservation.lines) await store.addOnHand(tx, line.sku, line.locationId, line.quantity)
    await record(tx, reservation.lines, 'restocked', { reference })
    await announce(tx, merged(reservation.lines.map(({ sku, quantity }) => ({ sku, quantity }))))
  }

  /** Makes an open reservation hold so many seconds from now, or without end. Throws `inventory.reservation_closed`. */
  async function extend(tx: Tx, reference: string, seconds: number | null): Promise<void> {
    const expiresAt = seconds === null ? null : instantAfter(now(), seconds * 1000)
    if (await store.moveExpiry(tx, reference, expiresAt)) return
    throw inventoryErrors.reservation_closed({ reference, status: (await existing(tx, reference)).status })
  }

  /** Lets go of reservations whose time is over, at most `limit`, each in a transaction of its own. Answers how many. */
  async function releaseExpired(db: Db, limit = 100): Promise<number> {
    let released = 0
    for (const reference of await store.expiredReferences(db, instant(now()), limit)) {
      released += Number(await atomic(db, (tx) => endIfStillDue(tx, reference)))
    }
    return released
  }

  /** A buyer may have paid, or been given more time, since the list was read. */
  async function endIfStillDue(tx: Tx, reference: string): Promise<boolean> {
    const { status, expiresAt } = await existing(tx, reference)
    const due = status === 'open' && expiresAt !== null && expiresAt <= instant(now())
    return due && (await end(tx, reference, 'expired'))
  }

  /** The stock of each given sku over all locations; a sku that was never seen has none. */
  async function stockOf(db: Db, skus: readonly Sku[]): Promise<Record<Sku, Stock>> {
    const levels = Object.groupBy(await store.levelsOf(db, skus), (level) => level.sku)
    return Object.fromEntries(skus.map((sku) => [sku, totalOf(levels[sku] ?? [])]))
  }

  /** The stock of the given skus by location. */
  const levelsOf = (db: Db, skus: readonly Sku[]): Promise<StockLevel[]> => store.levelsOf(db, skus)

  /** The ledger of one sku, newest first. */
  const movementsOf = (db: Db, sku: Sku, page: Partial<PageQuery> = {}): Promise<Page<Movement>> =>
    store.movementsOf(db, sku, parse(PageQuery, page))

  /** Keeps pieces back from sale at one location. Throws `inventory.location_not_found` where the sku has never been. */
  async function keepBack(db: Db, sku: Sku, safety: number, locationId: LocationId = mainLocation): Promise<void> {
    if (!(await store.setSafety(db, sku, locationId, safety))) throw inventoryErrors.location_not_found({ locationId })
  }

  async function existing(db: Db, reference: string): Promise<Reservation> {
    const reservation = await store.reservationOf(db, reference)
    if (!reservation) throw inventoryErrors.reservation_not_found({ reference })
    return reservation
  }

  async function placeOf(tx: Tx, locationId: LocationId | undefined): Promise<LocationId> {
    if (locationId === undefined) await store.addLocation(tx, { id: mainLocation, name: 'Main', priority: 0 })
    const place = locationId ?? mainLocation
    const known = await store.allLocations(tx)
    if (!known.some((location) => location.id === place))
      throw inventoryErrors.location_not_found({ locationId: place })
    return place
  }

  async function record(
    tx: Tx,
    lines: readonly { sku: Sku; locationId: LocationId; quantity: number }[],
    reason: MovementReason,
    { reference = null, note = null }: { reference?: string | null | undefined; note?: string | null | undefined },
  ): Promise<void> {
    await store.addMovements(
      tx,
      lines.map((line) => ({ id: newId('mov'), ...line, reason, reference, note, at: instant(now()) })),
    )
  }

  /** Says which of the changed skus ran low or came back; answers with the stock of the first. */
  async function announce(tx: Tx, changes: readonly { sku: Sku; quantity: number }[]): Promise<Stock> {
    const stocks = await stockOf(
      tx,
      changes.map((change) => change.sku),
    )
    for (const { sku, quantity } of changes) {
      const available = stocks[sku]?.available ?? 0
      const news = announcement(available - quantity, available, lowAt)
      if (news) await outbox.append(tx, news === 'ran_low' ? stockRanLow : stockCameBack, { sku, available })
    }
    return stocks[changes[0]?.sku ?? ''] ?? totalOf([])
  }

  return {
    addLocation,
    locations: store.allLocations,
    receive,
    count,
    keepBack,
    reserve,
    extend,
    release,
    convert,
    restock,
    releaseExpired,
    reservationOf: store.reservationOf,
    stockOf,
    levelsOf,
    movementsOf,
    drift: store.drift,
  }
}

function addLine(lines: Reservation['lines'], taken: Reservation['lines'][number]): void {
  const known = lines.find((line) => line.sku === taken.sku && line.locationId === taken.locationId)
  if (known) known.quantity += taken.quantity
  else lines.push(taken)
}
