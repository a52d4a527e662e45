import { instant, instantAfter, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import { inventoryErrors, Quantities, type Reservation, type Sku, stockReleased, stockReserved } from '../contract.ts'
import { merged, source, totalOf } from '../rules.ts'
import * as store from '../store/index.ts'
import type { Dependencies, StockService } from './stock.ts'

const Lines = z.object({ lines: Quantities })

/** Goods kept aside for somebody: all lines or none, until they are sold, let go or their time is over. */
export function createReservations(
  { outbox, now, newId }: Dependencies,
  { record, announce }: Pick<StockService, 'record' | 'announce'>,
) {
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
    const moved = reservation.lines.map((line) => ({ ...line, quantity: -line.quantity, reference }))
    await record(tx, moved, 'sold')
  }

  /** Puts sold goods back on the shelf, as for an order that is cancelled before it ships. Doing it again changes nothing. */
  async function restock(tx: Tx, reference: string): Promise<void> {
    const reservation = await existing(tx, reference)
    if (!(await store.markRestocked(tx, reservation.id, instant(now())))) return
    const returned = reservation.lines.map((line) => ({ ...line, reference }))
    await store.addOnHand(tx, returned)
    await record(tx, returned, 'restocked')
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

function addLine(lines: Reservation['lines'], taken: Reservation['lines'][number]): void {
  const known = lines.find((line) => line.sku === taken.sku && line.locationId === taken.locationId)
  if (known) known.quantity += taken.quantity
  else lines.push(taken)
}
