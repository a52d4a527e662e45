import { instant, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { type Correction, stockCorrected } from '../contract/index.ts'
import { availableAt, merged } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'
import type { Lots } from './lots.ts'
import type { StockService } from './stock.ts'

/** What `reconcile` did: which counts it set right, and which it cannot, as the ledger itself says that more is promised than there is. */
export interface Reconciliation {
  readonly repaired: readonly Correction[]
  readonly unresolved: readonly store.Drift[]
}

/** Counts beside the ledgers they can be rebuilt from. */
export function createReconciliation(
  { outbox, now, newId }: Dependencies,
  { fillThenAnnounce }: Pick<StockService, 'fillThenAnnounce'>,
  { lockOf }: Pick<Lots, 'lockOf'>,
) {
  /**
   * Sets every count that differs from its ledger to what the ledger says, all in one transaction, and writes each correction
   * down. Safe beside the work of a shop: a count and its ledger change together, so a count that a buyer changes meanwhile is
   * left for the next time. What cannot be, as more is promised than the ledger has, is left as it is and answered.
   */
  async function reconcile(db: Db): Promise<Reconciliation> {
    return atomic(db, async (tx) => {
      const lots = await repairLots(tx)
      const drifts = await store.drift(tx)
      await lockOf(
        tx,
        drifts.map(({ sku }) => sku),
      )
      const [possible, unresolved] = [drifts.filter(isPossible), drifts.filter((drift) => !isPossible(drift))]
      const repaired: Correction[] = [...lots]
      for (const drift of possible) {
        const correction = { id: newId('cor'), ...drift, state: 'sellable' as const, lot: null, at: instant(now()) }
        if (await repair(tx, correction)) repaired.push(correction)
      }
      if (repaired.length > 0) await tell(tx, repaired)
      return { repaired, unresolved }
    })
  }

  async function repair(tx: Tx, correction: Correction): Promise<boolean> {
    await store.addOnHand(tx, [{ sku: correction.sku, locationId: correction.locationId, quantity: 0 }])
    const inBuckets = store.hasBuckets(tx) ? await withoutBuckets(tx, correction) : 0
    if (!(await store.setCounts(tx, correction, inBuckets))) {
      if (inBuckets > 0) await store.changeReserved(tx, correction, -inBuckets)
      return false
    }
    await store.addCorrection(tx, correction)
    return true
  }

  /** Before anything else, as what expires is taken off the shelf by the counts of its lots. */
  async function repairLots(tx: Tx): Promise<Correction[]> {
    const repaired: Correction[] = []
    for (const { counted: onHand, moved, ...shelf } of await store.lotDrift(tx)) {
      const correction = { id: newId('cor'), ...shelf, onHand, moved, reserved: 0, promised: 0, at: instant(now()) }
      if (moved < 0 || !(await store.changeLot(tx, { ...shelf, quantity: moved - onHand }))) continue
      await store.addCorrection(tx, correction)
      repaired.push(correction)
    }
    return repaired
  }

  async function withoutBuckets(tx: Tx, correction: Correction): Promise<number> {
    await store.lockShelf(tx, correction)
    await store.lockBuckets(tx, correction)
    return store.removeBuckets(tx, correction)
  }

  async function tell(tx: Tx, repaired: readonly Correction[]): Promise<void> {
    await outbox.append(tx, stockCorrected, { corrections: [...repaired] })
    const levels = await store.levelsOf(
      tx,
      repaired.map(({ sku }) => sku),
    )
    const changes = repaired.map(({ sku, locationId, onHand, reserved }) => {
      const level = levels.find((one) => one.sku === sku && one.locationId === locationId)
      return { sku, quantity: level ? availableAt(level) - availableAt({ ...level, onHand, reserved }) : 0 }
    })
    await fillThenAnnounce(tx, merged(changes))
  }

  /** The corrections that were made, newest first. */
  const corrections = (db: Db, page: Partial<PageQuery> = {}): Promise<Page<Correction>> =>
    store.corrections(db, parse(PageQuery, page))

  return { drift: store.drift, reconcile, corrections }
}

const isPossible = ({ moved, promised }: store.Drift): boolean => moved >= promised
