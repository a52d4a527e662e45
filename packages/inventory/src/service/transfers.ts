import { instant, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  Dispatch,
  type Incoming,
  inventoryErrors,
  type LocationId,
  type Quantities,
  type Sku,
  stockDispatched,
  type Transfer,
  transferClosed,
  type TransferId,
  TransferStep,
} from '../contract/index.ts'
import { availableAt, merged, soonestFirst, tooMuch } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'
import type { Ledger } from './ledger.ts'
import type { Lots } from './lots.ts'
import type { Shelves } from './shelves.ts'
import type { StockService } from './stock.ts'

/** Goods on their way between locations: for sale at neither, and each piece arrives or is lost once. */
export function createTransfers(
  { outbox, now, newId }: Dependencies,
  { record, announce }: Ledger,
  { fillThenAnnounce }: Pick<StockService, 'fillThenAnnounce'>,
  { lockOf }: Lots,
  { take, giveBack, settle }: Shelves,
) {
  /**
   * Sends goods from one location to another: all lines or none. Throws `inventory.out_of_stock` with the first sku of which fewer
   * are free at `from`, `inventory.location_not_found`.
   */
  async function dispatch(db: Db, input: Dispatch): Promise<Transfer> {
    const { from, to, lines: wanted, expectedAt, note } = parse(Dispatch, input)
    const lines = merged(wanted)
    const id = newId('trf')
    return atomic(db, async (tx) => {
      await mustExist(tx, [from, to])
      await lockOf(
        tx,
        lines.map((line) => line.sku),
      )
      await takeFrom(tx, from, lines, id)
      const sent = lines.map((line) => ({ ...line, received: 0, lost: 0 }))
      const dates = { dispatchedAt: instant(now()), expectedAt, closedAt: null }
      const transfer: Transfer = { id, from, to, status: 'in_transit', note, ...dates, lines: sent }
      await store.addTransfer(tx, transfer)
      await outbox.append(tx, stockDispatched, { transferId: id, from, to, lines })
      await announce(
        tx,
        lines.map(({ sku, quantity }) => ({ sku, quantity: -quantity })),
      )
      return transfer
    })
  }

  async function mustExist(tx: Tx, ids: readonly LocationId[]): Promise<void> {
    const known = new Set((await store.allLocations(tx)).map(({ id }) => id))
    const locationId = ids.find((id) => !known.has(id))
    if (locationId) throw inventoryErrors.location_not_found({ locationId })
  }

  /** Takes all lines or none, also where the caller goes on after the refusal. */
  async function takeFrom(tx: Tx, locationId: LocationId, lines: Quantities, reference: TransferId): Promise<void> {
    for (const [index, { sku, quantity }] of lines.entries()) {
      if (await take(tx, sku, locationId, quantity)) continue
      for (const taken of lines.slice(0, index)) await giveBack(tx, taken.sku, locationId, taken.quantity)
      await settle(
        tx,
        lines.map((line) => line.sku),
      )
      const level = (await store.levelsOf(tx, [sku])).find((one) => one.locationId === locationId)
      throw inventoryErrors.out_of_stock({ sku, wanted: quantity, available: level ? availableAt(level) : 0 })
    }
    for (const { sku, quantity } of lines) await store.takeOut(tx, sku, locationId, quantity)
    const left = lines.map(({ sku, quantity }) => ({ sku, locationId, quantity: -quantity, reference }))
    await record(tx, left, 'dispatched')
  }

  /**
   * Goods of a transfer have arrived, all of them or some: they may be sold there. The last ones close it. Throws
   * `inventory.not_in_transit` for more than is on its way, `inventory.transfer_not_found`.
   */
  const arrive = (db: Db, input: TransferStep): Promise<Transfer> =>
    step(db, input, 'received', async (tx, lines) => {
      await store.addOnHand(tx, lines)
      await record(tx, lines, 'arrived')
      await fillThenAnnounce(tx, lines)
    })

  /** Goods of a transfer will not arrive. The ledger says that they came and were lost. Throws as `arrive` does. */
  const lose = (db: Db, input: TransferStep): Promise<Transfer> =>
    step(db, input, 'lost', async (tx, lines) => {
      const arrived = await record(tx, lines, 'arrived')
      await record(
        tx,
        arrived.map((line) => ({ ...line, quantity: -line.quantity })),
        'lost',
      )
    })

  async function step(
    db: Db,
    input: TransferStep,
    column: 'received' | 'lost',
    book: (tx: Tx, lines: (Quantities[number] & { locationId: LocationId; reference: string })[]) => Promise<void>,
  ): Promise<Transfer> {
    const { transferId, lines: some } = parse(TransferStep, input)
    const lines = merged(some)
    return atomic(db, async (tx) => {
      await lockOf(
        tx,
        lines.map((line) => line.sku),
      )
      await store.lockTransfer(tx, transferId)
      const transfer = await existing(tx, transferId)
      const excess = tooMuch(transfer, lines)
      if (excess) throw inventoryErrors.not_in_transit({ transferId, ...excess })
      for (const { sku, quantity } of lines) await store.addToLine(tx, transferId, sku, column, quantity)
      await book(
        tx,
        lines.map((line) => ({ ...line, locationId: transfer.to, reference: transferId })),
      )
      return closed(tx, transferId)
    })
  }

  async function closed(tx: Tx, transferId: TransferId): Promise<Transfer> {
    const isClosed = await store.closeTransfer(tx, transferId, instant(now()))
    const transfer = await existing(tx, transferId)
    const lost = transfer.lines.filter((line) => line.lost > 0).map((line) => ({ sku: line.sku, quantity: line.lost }))
    if (isClosed) await outbox.append(tx, transferClosed, { transferId, lost })
    return transfer
  }

  async function existing(db: Db, transferId: TransferId): Promise<Transfer> {
    const transfer = await store.transferOf(db, transferId)
    if (!transfer) throw inventoryErrors.transfer_not_found({ transferId })
    return transfer
  }

  /** Transfers, newest first. */
  const transfers = (db: Db, page: Partial<PageQuery> = {}): Promise<Page<Transfer>> =>
    store.transfers(db, parse(PageQuery, page))

  /** What is coming of the given skus, from other locations and from suppliers, the first to come first. */
  const incomingOf = async (db: Db, skus: readonly Sku[]): Promise<Incoming[]> =>
    soonestFirst([...(await store.underWayOf(db, skus)), ...(await store.expectedOf(db, skus))])

  return { dispatch, arrive, lose, transfers, transferOf: store.transferOf, incomingOf }
}
