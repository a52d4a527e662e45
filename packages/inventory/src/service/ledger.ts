import { instant } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import {
  type Movement,
  type MovementReason,
  type Sku,
  type Stock,
  type StockLevel,
  stockCameBack,
  stockRanLow,
  stockRecovered,
} from '../contract/index.ts'
import { announcement, totalOf } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'
import { createTracing, type Move, type TracedMove } from './tracing.ts'

export type Ledger = ReturnType<typeof createLedger>

type MovedLine = Pick<Movement, 'sku' | 'locationId' | 'quantity'> &
  Pick<Move, 'lot' | 'serials'> & {
    readonly [Field in 'reference' | 'note' | 'state']?: Movement[Field] | undefined
  }

const announcements = [
  ['ran_low', stockRanLow],
  ['back_in_stock', stockCameBack],
  ['recovered', stockRecovered],
] as const

/** The stock of a sku among others; one that was never seen has none. */
export const stockIn = (stocks: Readonly<Record<Sku, Stock>>, sku: Sku): Stock => stocks[sku] ?? totalOf([])

const totalsOf = (skus: readonly Sku[], levels: readonly StockLevel[]): Record<Sku, Stock> => {
  const of = Map.groupBy(levels, (level) => level.sku)
  return Object.fromEntries(skus.map((sku) => [sku, totalOf(of.get(sku) ?? [])]))
}

/** What was last heard of a hot sku, and whether so few pieces were or are there that there may be news. */
interface Heard {
  readonly before: number
  readonly few: boolean
}

/** How many pieces buyers who do not see each other may take at one moment; what goes beyond, `rebalance` notices. */
const unseen = 50

/** What every change of stock writes down and says. */
export function createLedger({ outbox, now, newId, lowAt }: Dependencies) {
  const { trace, identify } = createTracing()

  /**
   * Writes lines of the ledger, one for each lot; the shelves that pieces leave are locked. Answers with what it has written, so that
   * the same pieces can go on elsewhere. Throws `inventory.not_in_lot`, `inventory.serial_taken`, `inventory.serial_not_there`.
   */
  async function record(
    tx: Tx,
    lines: readonly MovedLine[],
    reason: MovementReason,
    at = instant(now()),
  ): Promise<TracedMove[]> {
    if (lines.length === 0) return []
    const whole = lines.map((line) => ({ ...line, ...withDefaults(line) }))
    const traced = await trace(tx, whole, reason)
    const movements = traced.map(({ sku, locationId, state, lot, quantity, reference, note }) => ({
      id: newId('mov'),
      sku,
      locationId,
      state,
      lot,
      quantity,
      reason,
      reference,
      note,
      at,
    }))
    await store.addMovements(tx, movements)
    return traced
  }

  /** The stock of each given sku over all locations; a sku that was never seen has none. */
  const stocksOf = async (db: Db, skus: readonly Sku[]): Promise<Record<Sku, Stock>> =>
    totalsOf(skus, await store.levelsOf(db, skus, instant(now())))

  /**
   * Says which of the changed skus, each named once, ran low, came back or recovered, by the threshold of each; answers with their
   * stock.
   */
  async function announce(tx: Tx, changes: readonly { sku: Sku; quantity: number }[]): Promise<Record<Sku, Stock>> {
    const skus = changes.map((change) => change.sku)
    const levels = await store.toldLevelsOf(tx, skus, instant(now()))
    const lowOf = (sku: Sku) => levels.find((level) => level.sku === sku)?.lowAt ?? lowAt
    const seen = totalsOf(skus, levels)
    const heard = await takeTheWord(tx, levels, seen, lowOf)
    const stocks = [...heard.values()].some(({ few }) => few) ? await stocksOf(tx, skus) : seen
    const news = Map.groupBy(changes, ({ sku, quantity }) => {
      const { available } = stockIn(stocks, sku)
      return announcement(heard.get(sku)?.before ?? available - quantity, available, lowOf(sku))
    })
    for (const [kind, event] of announcements) {
      const levels = (news.get(kind) ?? []).map(({ sku }) => ({ sku, available: stockIn(stocks, sku).available }))
      if (levels.length > 0) await outbox.append(tx, event, { levels })
    }
    for (const [sku, { few }] of heard) if (few) await store.setHeard(tx, sku, stockIn(stocks, sku).available)
    return stocks
  }

  /**
   * Buyers of a hot sku do not see each other, so none of them knows what there was before; what was last heard is kept instead.
   * Only while much was heard of and much is there, nothing needs to be said, and they need not wait for each other.
   */
  async function takeTheWord(
    tx: Tx,
    levels: readonly store.ToldLevel[],
    stocks: Readonly<Record<Sku, Stock>>,
    lowOf: (sku: Sku) => number,
  ): Promise<Map<Sku, Heard>> {
    const hot = new Map(levels.flatMap(({ sku, heard: before }) => (before === null ? [] : [[sku, before]])))
    const heard = new Map<Sku, Heard>()
    for (const [sku, before] of hot) {
      const few = Math.min(before, stockIn(stocks, sku).available) <= lowOf(sku) + unseen
      const last = few ? await store.lockHeard(tx, sku) : before
      if (last !== null) heard.set(sku, { before: last, few })
    }
    return heard
  }

  return { record, identify, stocksOf, announce }
}

const withDefaults = ({ state = 'sellable', reference = null, note = null }: MovedLine) => ({ state, reference, note })
