import { instant, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type Backorder,
  BackorderAllowance,
  backorderFilled,
  type BackorderTerms,
  inventoryErrors,
  type Promisable,
  type Reservation,
  type Sku,
  type WaitingBackorder,
} from '../contract/index.ts'
import { availableAt, promisable } from '../rules/index.ts'
import * as store from '../store/index.ts'
import { type Dependencies, mainLocation } from './dependencies.ts'
import { type Ledger, stockIn } from './ledger.ts'
import type { Shelves } from './shelves.ts'

export type Backorders = ReturnType<typeof createBackorders>

const batch = 100

/** Pieces that are promised before they are there: within a limit, each a record of its own, and filled oldest first. */
export function createBackorders(
  { outbox, now, newId }: Dependencies,
  { record, stocksOf }: Ledger,
  { take, giveBack }: Shelves,
) {
  /**
   * Says how many pieces of a sku may be promised at a location beyond what lies there, until when, and when they are expected. A
   * limit of 0 ends it; what is promised already stays promised. Throws `inventory.location_not_found`.
   */
  async function allowBackorders(db: Db, input: BackorderTerms): Promise<void> {
    const allowance = parse(BackorderAllowance, { locationId: mainLocation, ...input })
    await atomic(db, async (tx) => {
      const { locationId } = allowance
      if (locationId === mainLocation) await store.addMainLocation(tx, mainLocation)
      const known = (await store.allLocations(tx)).some(({ id }) => id === locationId)
      if (!known) throw inventoryErrors.location_not_found({ locationId })
      await store.setAllowance(tx, allowance)
    })
  }

  /** How many of each sku a buyer can have now, how many more are promised for later, and when those are expected. */
  async function promisableOf(db: Db, skus: readonly Sku[]): Promise<Record<Sku, Promisable>> {
    const [stocks, allowances] = [await stocksOf(db, skus), await store.allowancesOf(db, skus)]
    const at = instant(now())
    const of = (sku: Sku) => allowances.filter((allowance) => allowance.sku === sku)
    return Object.fromEntries(skus.map((sku) => [sku, promisable(stockIn(stocks, sku).available, of(sku), at)]))
  }

  /** What buyers wait for, oldest first. */
  const waitingBackorders = (db: Db, page: Partial<PageQuery> = {}): Promise<Page<WaitingBackorder>> =>
    store.waitingBackorders(db, parse(PageQuery, page))

  /** Locked before all else, in the order of the skus, so that no piece comes in unseen between a look and a promise. */
  async function lock(tx: Tx, allowances: readonly store.Allowance[]): Promise<void> {
    for (const allowance of allowances) await store.lockAllowance(tx, allowance)
  }
  const lockFor = async (tx: Tx, reference: string) => lock(tx, await store.allowancesFor(tx, reference))
  const lockOf = async (tx: Tx, skus: readonly Sku[]) => lock(tx, await store.allowancesOf(tx, skus))

  /** Promises so many pieces beyond the stock, all of them or none. */
  async function promise(tx: Tx, sku: Sku, quantity: number): Promise<Backorder[] | null> {
    const at = instant(now())
    const promised: Backorder[] = []
    let missing = quantity
    for (const { locationId, limit, promised: before, expectedAt } of await store.allowancesOf(tx, [sku])) {
      const pieces = Math.min(missing, Math.max(0, limit - before))
      if (pieces === 0 || !(await store.takeAllowance(tx, { sku, locationId }, pieces, at))) continue
      promised.push({ id: newId('bko'), sku, locationId, quantity: pieces, filled: 0, status: 'waiting', expectedAt })
      missing -= pieces
    }
    if (missing === 0) return promised
    await forget(tx, promised)
    return null
  }

  async function forget(
    tx: Tx,
    promised: readonly Pick<Backorder, 'sku' | 'locationId' | 'quantity'>[],
  ): Promise<void> {
    for (const { sku, locationId, quantity } of promised) await store.giveAllowanceBack(tx, sku, locationId, quantity)
  }

  /** Gives up what a reservation still waits for; answers how many pieces of what. */
  async function cancel(tx: Tx, id: Reservation['id']) {
    const cancelled = await store.cancelBackorders(tx, id)
    await forget(tx, cancelled)
    return cancelled
  }

  /** Gives what may be sold of the skus at an instant to the buyers who wait for it, oldest first; answers how many pieces of each sku. */
  async function fill(tx: Tx, skus: readonly Sku[], at: string): Promise<Map<Sku, number>> {
    const filled = new Map<Sku, number>()
    const open = (await store.allowancesOf(tx, skus)).filter((allowance) => allowance.promised > 0)
    for (const allowance of open) {
      const { sku, locationId } = allowance
      // A shortfall may have made the allowance after this transaction locked those there were.
      await store.lockAllowance(tx, allowance)
      const level = (await store.levelsOf(tx, [sku])).find((one) => one.locationId === locationId)
      const pieces = await fillShelf(tx, { sku, locationId }, level ? availableAt(level) : 0, at)
      filled.set(sku, (filled.get(sku) ?? 0) + pieces)
    }
    return filled
  }

  async function fillShelf(
    tx: Tx,
    shelf: Pick<store.Allowance, 'sku' | 'locationId'>,
    available: number,
    at: string,
  ): Promise<number> {
    let left = available
    while (left > 0) {
      const waiting = await store.waitingAt(tx, shelf.sku, shelf.locationId, batch)
      const before = left
      for (const backorder of waiting) left -= await fillOne(tx, backorder, left, at)
      if (before === left) break
    }
    return available - left
  }

  async function fillOne(tx: Tx, waiting: store.OwnedBackorder, left: number, at: string): Promise<number> {
    const { sku, locationId, reference } = waiting
    const quantity = Math.min(left, waiting.quantity - waiting.filled)
    const ended = await store.lockReservation(tx, reference)
    if (quantity === 0 || (ended !== 'open' && ended !== 'converted')) return 0
    if (!(await take(tx, sku, locationId, quantity))) return 0
    if (!(await store.fillBackorder(tx, waiting, quantity))) {
      await giveBack(tx, sku, locationId, quantity)
      return 0
    }
    await store.giveAllowanceBack(tx, sku, locationId, quantity)
    await store.growLine(tx, waiting.reservationId, { sku, locationId, quantity })
    if (ended === 'converted') {
      await store.takeOut(tx, sku, locationId, quantity)
      await record(tx, [{ sku, locationId, quantity: -quantity, reference }], 'sold', at)
    }
    await outbox.append(tx, backorderFilled, { reference, sku, quantity })
    return quantity
  }

  return { allowBackorders, promisableOf, waitingBackorders, lockFor, lockOf, promise, forget, cancel, fill }
}
