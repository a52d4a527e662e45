import { atomic, type Db, dialectOf, type Tx } from '@sangdo/core/server'
import { inventoryErrors, type Sku } from '../contract/index.ts'
import type { Dependencies } from './dependencies.ts'

/** How many transactions of this process may take pieces of one sku at the same time, and how long the others wait. */
export interface GateOptions {
  /** 8 unless given: beyond that, a row of PostgreSQL gets slower with every buyer who waits for it. */
  readonly inFlight?: number
  /** A second unless given. */
  readonly waitMs?: number
}

interface Lane {
  busy: number
  readonly waiting: Set<() => void>
}

/** A gate before each sku, in this process: a crowd waits here, without a connection, rather than on a row. */
export function createGate({ bundles }: Pick<Dependencies, 'bundles'>, { inFlight = 8, waitMs = 1000 }: GateOptions) {
  const lanes = new Map<Sku, Lane>()

  /**
   * Runs `work` in one transaction, as `atomic` does, with few others of this process that take pieces of the same skus; to be
   * wrapped around the whole transaction that reserves, as its locks last until the commit. Whoever has waited too long is told
   * `inventory.too_busy`. Within a transaction of the caller, and on SQLite, nobody waits.
   */
  async function gate<Result>(db: Db, skus: readonly Sku[], work: (tx: Tx) => Promise<Result>): Promise<Result> {
    if (db.isTransaction || dialectOf(db) === 'sqlite') return atomic(db, work)
    const entered: Sku[] = []
    const until = performance.now() + waitMs
    try {
      for (const sku of await piecesOf(db, skus)) {
        await enter(sku, until)
        entered.push(sku)
      }
      return await atomic(db, work)
    } finally {
      for (const sku of entered) leave(sku)
    }
  }

  /** What is taken from shelves for the skus, each once and in the order in which everybody enters: so nobody waits in a circle. */
  async function piecesOf(db: Db, skus: readonly Sku[]): Promise<Sku[]> {
    const found = await bundles.componentsOf(db, skus)
    const pieces = skus.flatMap((sku) => found[sku]?.map((component) => component.sku) ?? [sku])
    return [...new Set(pieces)].toSorted((a, b) => (a < b ? -1 : 1))
  }

  function enter(sku: Sku, until: number): Promise<void> {
    const lane = lanes.get(sku) ?? { busy: 0, waiting: new Set() }
    lanes.set(sku, lane)
    if (lane.busy < inFlight) {
      lane.busy++
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const turnAway = setTimeout(() => {
        lane.waiting.delete(goOn)
        reject(inventoryErrors.too_busy({ sku, waitedMs: waitMs }))
      }, until - performance.now())
      const goOn = () => {
        clearTimeout(turnAway)
        resolve()
      }
      lane.waiting.add(goOn)
    })
  }

  /** The place goes to whoever has waited longest. */
  function leave(sku: Sku): void {
    const lane = lanes.get(sku)
    if (!lane) return
    const [next] = lane.waiting
    if (next) {
      lane.waiting.delete(next)
      return next()
    }
    lane.busy--
    if (lane.busy === 0) lanes.delete(sku)
  }

  return { gate }
}
