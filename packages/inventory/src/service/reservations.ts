import { instant, instantAfter, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  type Backorder,
  type Bundles,
  inventoryErrors,
  Quantities,
  type Reservation,
  ReserveOptions,
  type Sku,
  stockBackordered,
  stockReleased,
  stockReserved,
} from '../contract/index.ts'
import { expanded, merged, sourceAll, type Sourcing, type Taken, totalOf } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Backorders } from './backorders.ts'
import type { Dependencies } from './dependencies.ts'
import type { Ledger } from './ledger.ts'
import type { Lots } from './lots.ts'
import type { Shelves } from './shelves.ts'
import type { StockService } from './stock.ts'

type Levels = readonly store.SurveyedLevel[]

const Lines = z.object({ lines: Quantities })

/** Goods kept aside for somebody: all lines or none, until they are sold, let go or their time is over. */
export function createReservations(
  { outbox, now, newId, sourcing: usual, bundles }: Dependencies,
  { record, announce, fillThenAnnounce }: Ledger & Pick<StockService, 'fillThenAnnounce'>,
  { promise, forget, cancel }: Backorders,
  { lockFor, lockOf }: Lots,
  { take, giveBack, settle }: Shelves,
) {
  /**
   * Keeps goods aside under a reference, inside the caller's transaction: all lines, or none. Asked again with the same
   * reference and lines it answers with the same reservation. `seconds` is how long it holds; without it, until it is ended.
   * `sourcing` chooses the locations, `destination` is where `nearest` measures to. A bundle is reserved by its components, as
   * `bundles` or else the port says. Throws `inventory.out_of_stock` with the first sku that is short, `inventory.reference_taken` for other lines.
   */
  async function reserve(
    tx: Tx,
    reference: string,
    lines: Quantities,
    options: ReserveOptions = {},
  ): Promise<Reservation> {
    const { seconds, bundles: given, ...sourcing } = parse(ReserveOptions, options)
    const wanted = await unbundled(tx, parse(Lines, { lines }).lines, given)
    const expiresAt = seconds === undefined ? null : instantAfter(now(), seconds * 1000)
    const id = newId('rsv')
    const kept = { lines: [], backorders: [] }
    const reservation: Reservation = { id, reference, status: 'open', expiresAt, extendedAt: null, ...kept }
    const levels = await levelsFor(
      tx,
      wanted.map((line) => line.sku),
    )
    if (!(await store.addReservation(tx, reservation, instant(now())))) return sameReservation(tx, reference, wanted)
    await takeAll(tx, wanted, levels, reservation, sourcing)
    await store.addReservationLines(tx, reservation)
    await store.addBackorders(tx, id, reservation.backorders, instant(now()))
    await outbox.append(tx, stockReserved, { reference, lines: wanted })
    if (reservation.backorders.length > 0) await outbox.append(tx, stockBackordered, promisedIn(reservation))
    await announce(
      tx,
      piecesOf(reservation.lines).map(({ sku, quantity }) => ({ sku, quantity: -quantity })),
    )
    return reservation
  }

  /** What is taken from the shelves for the lines: the components of a bundle instead of the bundle. */
  async function unbundled(tx: Tx, lines: Quantities, given: Bundles | undefined): Promise<Quantities> {
    const skus = lines.map((line) => line.sku)
    return parse(Lines, { lines: expanded(lines, given ?? (await bundles.componentsOf(tx, skus))) }).lines
  }

  /** What lies where: at once where all that is to be known of the skus is their stock, or else once they are locked and nothing expired is left. */
  async function levelsFor(tx: Tx, skus: readonly Sku[]): Promise<Levels> {
    const levels = await store.surveyOf(tx, skus)
    const isPlain = skus.every((sku) => levels.some((level) => level.sku === sku && level.special === 0))
    if (isPlain) return levels
    await lockOf(tx, skus)
    return store.surveyOf(tx, skus)
  }

  /** Plans for all lines at once, then takes them in the order of the skus, in which rows are locked everywhere. */
  async function takeAll(
    tx: Tx,
    wanted: Quantities,
    levels: Levels,
    reservation: Reservation,
    options: ReserveOptions,
  ): Promise<void> {
    const sourcing = await sourcingOf(tx, options)
    const hot = new Set(levels.filter((level) => level.hot === 1).map(({ sku }) => sku))
    const plan = (sourceAll(wanted, levels, sourcing) ?? []).toSorted((a, b) => (a.locationId < b.locationId ? -1 : 1))
    for (const line of wanted) {
      for (const pick of plan.filter(({ sku }) => sku === line.sku))
        await takeSome(tx, pick, reservation, hot.has(line.sku))
      await takeRest(tx, line, reservation, sourcing)
    }
  }

  async function sourcingOf(tx: Tx, { sourcing: strategy = usual, destination }: ReserveOptions): Promise<Sourcing> {
    return strategy === 'nearest' && destination
      ? { strategy, destination, places: await store.allLocations(tx) }
      : { strategy }
  }

  async function takeSome(tx: Tx, pick: Taken, { lines }: Reservation, hot = false): Promise<void> {
    if (await take(tx, pick.sku, pick.locationId, pick.quantity, hot)) addLine(lines, { ...pick })
  }

  /** Takes what is still missing of one sku, and reads the stock again when another buyer was quicker. */
  async function takeRest(
    tx: Tx,
    { sku, quantity }: Quantities[number],
    reservation: Reservation,
    sourcing: Sourcing,
  ): Promise<void> {
    const { lines, backorders } = reservation
    const taken = () => countOf(lines, sku) + countOf(backorders, sku)
    while (taken() < quantity) {
      const levels = await store.levelsOf(tx, [sku])
      const [missing, { available }] = [quantity - taken(), totalOf(levels)]
      const promised = available < missing ? await promise(tx, sku, missing - available) : []
      if (!promised)
        return await refuse(tx, { sku, wanted: quantity, available: available + countOf(lines, sku) }, reservation)
      for (const backorder of promised) addBackorder(backorders, backorder)
      const rest = [{ sku, quantity: Math.min(missing, available) }]
      for (const pick of available > 0 ? (sourceAll(rest, levels, sourcing) ?? []) : [])
        await takeSome(tx, pick, reservation)
    }
  }

  /** Undoes what was taken and promised, so that nothing stays aside even where the caller goes on after the refusal. */
  async function refuse(
    tx: Tx,
    shortage: { sku: Sku; wanted: number; available: number },
    { lines, backorders }: Reservation,
  ): Promise<never> {
    for (const line of lines) await giveBack(tx, line.sku, line.locationId, line.quantity)
    await settle(
      tx,
      lines.map((line) => line.sku),
    )
    await forget(tx, backorders)
    throw inventoryErrors.out_of_stock(shortage)
  }

  async function sameReservation(tx: Tx, reference: string, wanted: Quantities): Promise<Reservation> {
    const known = await existing(tx, reference)
    const waited = known.backorders.map(({ sku, quantity, filled }) => ({ sku, quantity: quantity - filled }))
    const kept = piecesOf([...known.lines, ...waited.filter(({ quantity }) => quantity > 0)])
    const same = JSON.stringify(kept) === JSON.stringify(wanted)
    if (!same || known.status !== 'open') throw inventoryErrors.reference_taken({ reference })
    return known
  }

  /** Lets the goods of a reference go. Doing it again changes nothing. Throws `inventory.reservation_closed` once they are sold. */
  async function release(tx: Tx, reference: string): Promise<void> {
    await lockFor(tx, reference)
    if (await store.closeReservation(tx, reference, 'released', instant(now()))) return freed(tx, reference)
    const { status } = await existing(tx, reference)
    if (status === 'converted') throw inventoryErrors.reservation_closed({ reference, status })
  }

  /** What a reservation held that has just ended may be sold again. */
  async function freed(tx: Tx, reference: string): Promise<void> {
    const { id, lines } = await existing(tx, reference)
    const waited = await cancel(tx, id)
    for (const line of lines) await giveBack(tx, line.sku, line.locationId, line.quantity)
    await outbox.append(tx, stockReleased, { reference, lines: piecesOf([...lines, ...waited]) })
    await fillThenAnnounce(tx, piecesOf(lines))
  }

  /**
   * Sells what is reserved: it leaves the stock and the ledger says so; what is still waited for leaves when it comes in. Doing it
   * again changes nothing. What expires first leaves first, and what has expired meanwhile is waited for. Throws
   * `inventory.reservation_closed`.
   */
  async function convert(tx: Tx, reference: string): Promise<void> {
    const at = await lockFor(tx, reference)
    const closed = await store.closeReservation(tx, reference, 'converted', instant(now()))
    if (!closed) {
      const { status } = await existing(tx, reference)
      if (status !== 'converted') throw inventoryErrors.reservation_closed({ reference, status })
      return
    }
    const lines = await store.linesOf(tx, closed)
    for (const line of lines) await store.takeOut(tx, line.sku, line.locationId, line.quantity)
    const moved = lines.map((line) => ({ ...line, quantity: -line.quantity, reference }))
    await record(tx, moved, 'sold', at)
  }

  /** Puts sold goods back on the shelf, as for an order that is cancelled before it ships. Doing it again changes nothing. */
  async function restock(tx: Tx, reference: string): Promise<void> {
    await lockFor(tx, reference)
    const restocked = await store.markRestocked(tx, reference, instant(now()))
    const { id, lines } = await existing(tx, reference)
    if (!restocked) return
    await cancel(tx, id)
    const returned = lines.map((line) => ({ ...line, reference }))
    if (returned.length > 0) await store.addOnHand(tx, returned)
    await record(tx, returned, 'restocked')
    await fillThenAnnounce(tx, piecesOf(lines))
  }

  /**
   * Makes an open reservation hold for at least so many seconds from now, as while a payment is under way: once only, so that
   * nobody keeps goods from others by trying again and again; or without end (`null`), at any time. Never shortens. Throws
   * `inventory.already_extended`, `inventory.reservation_closed`.
   */
  async function extend(tx: Tx, reference: string, seconds: number | null): Promise<void> {
    const expiresAt = seconds === null ? null : instantAfter(now(), seconds * 1000)
    const moved =
      expiresAt === null
        ? await store.moveExpiryAway(tx, reference)
        : await store.moveExpiry(tx, reference, expiresAt, instant(now()))
    if (moved) return
    const known = await existing(tx, reference)
    if (known.status !== 'open') throw inventoryErrors.reservation_closed({ reference, status: known.status })
    const holds = known.expiresAt === null || (expiresAt !== null && known.expiresAt >= expiresAt)
    if (!holds) throw inventoryErrors.already_extended({ reference, expiresAt: known.expiresAt ?? '' })
  }

  /**
   * Lets go of reservations whose time is over, at most `limit`, each in a transaction of its own. Any number of processes may do
   * so at once, and be killed at any time: each reservation ends once. Answers how many ended here.
   */
  async function releaseExpired(db: Db, limit = 100): Promise<number> {
    let released = 0
    for (const reference of await store.expiredReferences(db, instant(now()), limit)) {
      released += Number(await atomic(db, (tx) => expire(tx, reference)))
    }
    return released
  }

  /** A buyer may have paid, or been given more time, since the list was read: the statement itself checks again. */
  async function expire(tx: Tx, reference: string): Promise<boolean> {
    await lockFor(tx, reference)
    const ended = await store.expireReservation(tx, reference, instant(now()))
    if (ended) await freed(tx, reference)
    return ended
  }

  async function existing(db: Db, reference: string): Promise<Reservation> {
    const reservation = await store.reservationOf(db, reference)
    if (!reservation) throw inventoryErrors.reservation_not_found({ reference })
    return reservation
  }

  return {
    reserve,
    extend,
    release,
    convert,
    restock,
    releaseExpired,
  }
}

const countOf = (lines: readonly { sku: Sku; quantity: number }[], sku: Sku): number =>
  lines.reduce((pieces, line) => (line.sku === sku ? pieces + line.quantity : pieces), 0)

const piecesOf = (lines: readonly { sku: Sku; quantity: number }[]): Quantities =>
  merged(lines.map(({ sku, quantity }) => ({ sku, quantity })))

const promisedIn = ({ reference, backorders }: Reservation) => ({
  reference,
  lines: backorders.map(({ sku, quantity, expectedAt }) => ({ sku, quantity, expectedAt })),
})

function addLine(lines: Reservation['lines'], taken: Reservation['lines'][number]): void {
  const known = lines.find((line) => line.sku === taken.sku && line.locationId === taken.locationId)
  if (known) known.quantity += taken.quantity
  else lines.push(taken)
}

function addBackorder(backorders: Reservation['backorders'], promised: Backorder): void {
  const known = backorders.find((one) => one.sku === promised.sku && one.locationId === promised.locationId)
  if (known) known.quantity += promised.quantity
  else backorders.push(promised)
}
