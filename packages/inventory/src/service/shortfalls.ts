import type { PayloadOf } from '@sangdo/core'
import type { Tx } from '@sangdo/core/server'
import { type LocationId, type Sku, stockFellShort } from '../contract/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'
import type { Shelves } from './shelves.ts'

export type Shortfalls = ReturnType<typeof createShortfalls>

type Shortfall = PayloadOf<typeof stockFellShort>['shortfalls'][number]

/** A shelf on which fewer pieces lie than are promised. */
export interface ShortShelf {
  readonly sku: Sku
  readonly locationId: LocationId
  readonly missing: number
}

/** Promised pieces that are not there after all: a record of each, never a count below zero. */
export function createShortfalls(
  { outbox, newId }: Pick<Dependencies, 'outbox' | 'newId'>,
  { giveBack }: Pick<Shelves, 'giveBack'>,
) {
  /** Lets the newest promises of each shelf wait for the pieces that are missing there, and tells of it. */
  async function fallShort(tx: Tx, shelves: readonly ShortShelf[]): Promise<void> {
    const shortfalls: Shortfall[] = []
    for (const shelf of shelves) shortfalls.push(...(await giveUp(tx, shelf)))
    if (shortfalls.length > 0) await outbox.append(tx, stockFellShort, { shortfalls })
  }

  /** Locks whose goods may turn out to be missing, before the shelves: the order in which a sale or a release locks them. */
  async function lockPromises(tx: Tx, shelves: readonly Omit<ShortShelf, 'missing'>[]): Promise<void> {
    const lines = []
    for (const { sku, locationId } of shelves) lines.push(...(await store.openLinesAt(tx, sku, locationId, 1_000_000)))
    const references = [...new Set(lines.map((line) => line.reference))]
    for (const reference of references.toSorted((a, b) => (a < b ? -1 : 1))) await store.lockReservation(tx, reference)
  }

  async function giveUp(tx: Tx, { sku, locationId, missing }: ShortShelf): Promise<Shortfall[]> {
    const shortfalls: Shortfall[] = []
    let left = missing
    for (const line of await store.openLinesAt(tx, sku, locationId, missing)) {
      const quantity = Math.min(left, line.quantity)
      if (quantity === 0 || (await store.lockReservation(tx, line.reference)) !== 'open') continue
      await store.shrinkLine(tx, line.reservationId, { sku, locationId, quantity })
      await giveBack(tx, sku, locationId, quantity)
      await store.owe(tx, line, quantity, newId('bko'))
      shortfalls.push({ reference: line.reference, sku, locationId, quantity })
      left -= quantity
    }
    return shortfalls
  }

  return { fallShort, lockPromises }
}
