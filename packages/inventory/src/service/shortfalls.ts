import type { PayloadOf } from '@sangdo/core'
import type { Tx } from '@sangdo/core/server'
import { type LocationId, type Sku, stockFellShort } from '../contract/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'

export type Shortfalls = ReturnType<typeof createShortfalls>

type Shortfall = PayloadOf<typeof stockFellShort>['shortfalls'][number]

/** A shelf on which fewer pieces lie than are promised. */
export interface ShortShelf {
  readonly sku: Sku
  readonly locationId: LocationId
  readonly missing: number
}

/** Promised pieces that are not there after all: a record of each, never a count below zero. */
export function createShortfalls({ outbox, newId }: Pick<Dependencies, 'outbox' | 'newId'>) {
  /** Lets the newest promises of each shelf wait for the pieces that are missing there, and tells of it. */
  async function fallShort(tx: Tx, shelves: readonly ShortShelf[]): Promise<void> {
    const shortfalls: Shortfall[] = []
    for (const shelf of shelves) shortfalls.push(...(await giveUp(tx, shelf)))
    if (shortfalls.length > 0) await outbox.append(tx, stockFellShort, { shortfalls })
  }

  async function giveUp(tx: Tx, { sku, locationId, missing }: ShortShelf): Promise<Shortfall[]> {
    const shortfalls: Shortfall[] = []
    let left = missing
    for (const line of await store.openLinesAt(tx, sku, locationId, missing)) {
      const quantity = Math.min(left, line.quantity)
      if (quantity === 0 || !(await store.keepOpen(tx, line.reference))) continue
      await store.shrinkLine(tx, line.reservationId, { sku, locationId, quantity })
      await store.giveBack(tx, sku, locationId, quantity)
      await store.owe(tx, line, quantity, newId('bko'))
      shortfalls.push({ reference: line.reference, sku, locationId, quantity })
      left -= quantity
    }
    return shortfalls
  }

  return { fallShort }
}
