import { createNewId, type NewId, type Now } from '@sangdo/core'
import { type Announce, silent } from '@sangdo/core/server'
import type { SourcingStrategy } from '../contract/index.ts'
import { type BundlePort, noBundles } from '../ports.ts'
import * as store from '../store/index.ts'
import { createAside } from './aside.ts'
import { createBackorders } from './backorders.ts'
import { createGate, type GateOptions } from './gate.ts'
import { createHot } from './hot.ts'
import { createLots } from './lots.ts'
import { createLedger } from './ledger.ts'
import { createReconciliation } from './reconciliation.ts'
import { createReorder } from './reorder.ts'
import { createReservations } from './reservations.ts'
import { createShelves } from './shelves.ts'
import { createShortfalls } from './shortfalls.ts'
import { createStock } from './stock.ts'
import { createTransfers } from './transfers.ts'

export { mainLocation } from './dependencies.ts'
export type { GateOptions } from './gate.ts'
export type { Recall } from './lots.ts'

/** What `createInventory` may be given; all of it has a default, so that the package stands alone. */
export interface InventoryOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
  /** At how many available pieces a sku counts as running low: 5. */
  readonly lowAt?: number
  /** Which locations serve a buyer, where a reservation does not say: `priority`. */
  readonly sourcing?: SourcingStrategy
  /** Which skus are bundles, and of what: none unless given. */
  readonly bundles?: BundlePort
  /** How many buyers of one sku are served at a time in this process. */
  readonly gate?: GateOptions
  /** At which of its buckets a buyer of a hot sku begins: a number from 0 to 1, 1 excluded. */
  readonly random?: () => number
}

export type Inventory = ReturnType<typeof createInventory>

/** Stock that cannot oversell: counts that change by guarded statements only, beside a ledger they can be rebuilt from. */
export function createInventory({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
  lowAt = 5,
  sourcing = 'priority',
  bundles = noBundles,
  gate = {},
  random = Math.random,
}: InventoryOptions = {}) {
  const dependencies = { outbox, now, newId, lowAt, sourcing, bundles, random }
  const ledger = createLedger(dependencies)
  const shelves = createShelves(dependencies)
  const promises = createBackorders(dependencies, ledger, shelves)
  const shortfalls = createShortfalls(dependencies, shelves)
  const lots = createLots(dependencies, ledger, promises, shelves, shortfalls)
  const { fillThenAnnounce, ...stock } = createStock(dependencies, ledger, promises, lots, shelves, shortfalls)
  const { allowBackorders, promisableOf, waitingBackorders } = promises
  const { expireLots, recall, lotsOf, serialsOf, serialOf } = lots
  return {
    ...stock,
    allowBackorders,
    promisableOf,
    waitingBackorders,
    expireLots,
    recall,
    lotsOf,
    serialsOf,
    serialOf,
    ...createReservations(dependencies, { ...ledger, fillThenAnnounce }, promises, lots, shelves),
    ...createReconciliation(dependencies, { fillThenAnnounce }, lots),
    ...createAside(dependencies, ledger, { fillThenAnnounce }, lots, shelves),
    ...createTransfers(dependencies, ledger, { fillThenAnnounce }, lots, shelves),
    ...createHot(ledger, shelves),
    ...createGate(dependencies, gate),
    ...createReorder(dependencies),
    locations: store.allLocations,
    reservationOf: store.reservationOf,
  }
}
