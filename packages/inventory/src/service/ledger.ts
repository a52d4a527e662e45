import { instant } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import {
  type Movement,
  type MovementReason,
  type Sku,
  type Stock,
  stockCameBack,
  stockRanLow,
} from '../contract/index.ts'
import { announcement, totalOf } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'

export type Ledger = ReturnType<typeof createLedger>

type MovedLine = Pick<Movement, 'sku' | 'locationId' | 'quantity'> & {
  readonly [Field in 'reference' | 'note' | 'state']?: Movement[Field] | undefined
}

/** The stock of a sku among others; one that was never seen has none. */
export const stockIn = (stocks: Readonly<Record<Sku, Stock>>, sku: Sku): Stock => stocks[sku] ?? totalOf([])

/** What every change of stock writes down and says. */
export function createLedger({ outbox, now, newId, lowAt }: Dependencies) {
  /** Writes lines of the ledger. */
  async function record(tx: Tx, lines: readonly MovedLine[], reason: MovementReason): Promise<void> {
    const at = instant(now())
    const movements = lines.map(({ sku, locationId, state = 'sellable', quantity, reference = null, note = null }) => ({
      id: newId('mov'),
      sku,
      locationId,
      state,
      quantity,
      reason,
      reference,
      note,
      at,
    }))
    if (movements.length > 0) await store.addMovements(tx, movements)
  }

  /** The stock of each given sku over all locations; a sku that was never seen has none. */
  async function stocksOf(db: Db, skus: readonly Sku[]): Promise<Record<Sku, Stock>> {
    const levels = Object.groupBy(await store.levelsOf(db, skus), (level) => level.sku)
    return Object.fromEntries(skus.map((sku) => [sku, totalOf(levels[sku] ?? [])]))
  }

  /** Says which of the changed skus, each named once, ran low or came back; answers with the stock of each. */
  async function announce(tx: Tx, changes: readonly { sku: Sku; quantity: number }[]): Promise<Record<Sku, Stock>> {
    const stocks = await stocksOf(
      tx,
      changes.map((change) => change.sku),
    )
    const news = Map.groupBy(changes, ({ sku, quantity }) => {
      const { available } = stockIn(stocks, sku)
      return announcement(available - quantity, available, lowAt)
    })
    const levelsOf = (kind: 'ran_low' | 'back_in_stock') =>
      (news.get(kind) ?? []).map(({ sku }) => ({ sku, available: stockIn(stocks, sku).available }))
    const [low, back] = [levelsOf('ran_low'), levelsOf('back_in_stock')]
    if (low.length > 0) await outbox.append(tx, stockRanLow, { levels: low })
    if (back.length > 0) await outbox.append(tx, stockCameBack, { levels: back })
    return stocks
  }

  return { record, stocksOf, announce }
}
