import type { Db, Tx } from '@sangdo/core/server'
import {
  inventoryErrors,
  type Lot,
  type LotLevel,
  type Movement,
  type MovementReason,
  type Serial,
  type Sku,
} from '../contract/index.ts'
import { firstExpired, shelfOf } from '../rules/index.ts'
import * as store from '../store/index.ts'

/** Pieces that come to a shelf or, negative, leave it; of a lot and with numbers, where somebody says so. */
export interface Move extends Pick<Movement, 'sku' | 'locationId' | 'state' | 'quantity' | 'reference'> {
  readonly lot?: Lot | null | undefined
  readonly serials?: readonly Serial[] | undefined
  readonly note: string | null
}

/** Pieces of one lot, or of none, and their numbers where they have any. */
export interface TracedMove extends Move {
  readonly lot: Lot | null
  readonly serials: readonly Serial[]
}

/** What came back by the second reason left by the first; sold goods come back to where they left. */
const returns: { readonly [Reason in MovementReason]?: readonly [MovementReason, MovementReason] } = {
  restocked: ['sold', 'restocked'],
  arrived: ['dispatched', 'arrived'],
}

/** Splits moves of pieces by lot and number, and keeps the counts of both. The shelves that pieces leave are locked. */
export function createTracing() {
  /** Makes a lot known. Throws `inventory.lot_differs` when it is known with another date. */
  async function identify(
    tx: Tx,
    { sku, lot, expiresAt }: { sku: Sku; lot?: Lot | undefined; expiresAt?: string | undefined },
  ): Promise<void> {
    if (lot === undefined) return
    const known = await store.knowLot(tx, sku, lot, expiresAt ?? null)
    if (expiresAt !== undefined && known !== expiresAt)
      throw inventoryErrors.lot_differs({ sku, lot, expiresAt: known })
  }

  /** Throws `inventory.not_in_lot`, `inventory.serial_taken`, `inventory.serial_not_there`. */
  async function trace(tx: Tx, moves: readonly Move[], reason: MovementReason): Promise<TracedMove[]> {
    const skus = [...new Set(moves.map(({ sku }) => sku))]
    const areTraced = await store.areTraced(tx, skus)
    const lots = areTraced ? await store.lotsOf(tx, skus) : []
    const numbered = areTraced ? await store.skusWithSerials(tx, skus) : new Set<Sku>()
    const traced: TracedMove[] = []
    for (const move of moves)
      for (const part of await partsOf(tx, move, reason, lots)) traced.push(await carried(tx, part, reason, numbered))
    return traced
  }

  /** By lot: as it is said, as it left, or first expired, first out. */
  async function partsOf(tx: Tx, move: Move, reason: MovementReason, lots: readonly LotLevel[]) {
    const { sku, reference, locationId, lot, serials } = move
    if (serials && move.quantity < 0) return named(tx, move, serials)
    if (lot !== undefined) return [{ ...move, lot }]
    const came = returns[reason]
    const quantity = Math.abs(move.quantity)
    if (move.quantity > 0 && !(came && reference)) return [{ ...move, lot: null }]
    const known =
      move.quantity > 0 && came && reference
        ? await store.outOf(tx, { sku, reference, locationId: reason === 'restocked' ? locationId : null }, came)
        : lots.filter((level) => shelfOf(level) === shelfOf(move) && level.state === move.state)
    const sign = Math.sign(move.quantity)
    return firstExpired(quantity, known).map((share) => ({ ...move, lot: share.lot, quantity: sign * share.quantity }))
  }

  /** The pieces with these numbers, by lot. */
  async function named(tx: Tx, move: Move, serials: readonly Serial[]) {
    const pieces = await store.serialsAt(tx, move, serials)
    const fits = (serial: Serial) =>
      pieces.some((piece) => piece.serial === serial && (move.lot ?? piece.lot) === piece.lot)
    const missing = serials.find((serial) => !fits(serial))
    if (missing !== undefined) throw inventoryErrors.serial_not_there({ sku: move.sku, serial: missing })
    const parts = [...Map.groupBy(pieces, ({ lot }) => lot)].map(([lot, some]) => {
      const numbers = some.map(({ serial }) => serial)
      return { ...move, lot, quantity: -numbers.length, serials: numbers }
    })
    const rest = -move.quantity - pieces.length
    return rest > 0 ? [...parts, { ...move, lot: move.lot ?? null, quantity: -rest, serials: [] }] : parts
  }

  async function carried(
    tx: Tx,
    part: Move & { readonly lot: Lot | null },
    reason: MovementReason,
    numbered: ReadonlySet<Sku>,
  ): Promise<TracedMove> {
    const { sku, lot, quantity } = part
    if (lot !== null && !(await store.changeLot(tx, { ...part, lot })))
      throw inventoryErrors.not_in_lot({ sku, lot, wanted: -quantity })
    const known = numbered.has(sku) || (part.serials ?? []).length > 0
    return { ...part, serials: known ? await numbersOf(tx, part, reason) : [] }
  }

  async function numbersOf(tx: Tx, part: Move & { readonly lot: Lot | null }, reason: MovementReason) {
    const { sku, reference, quantity } = part
    if (quantity < 0) return store.giveOut(tx, part, -quantity, { reason, reference }, part.serials)
    const serials = part.serials ?? (await cameBack(tx, part, reason))
    const came = serials.length > 0 ? await store.bringIn(tx, part, serials) : []
    const taken = serials.find((serial) => !came.includes(serial))
    if (taken) throw inventoryErrors.serial_taken({ sku, serial: taken })
    return serials
  }

  async function cameBack(db: Db, part: Move & { readonly lot: Lot | null }, reason: MovementReason) {
    const [left] = returns[reason] ?? []
    const { sku, lot, reference, quantity } = part
    if (!left || !reference) return []
    const locationId = reason === 'restocked' ? part.locationId : null
    return store.serialsOut(db, { sku, lot, reference, locationId }, left, quantity)
  }

  return { identify, trace }
}
