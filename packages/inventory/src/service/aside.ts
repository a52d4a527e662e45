import { instant, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type AsideLevel,
  type GoodsState,
  inventoryErrors,
  type LocationId,
  SetAside,
  type Sku,
} from '../contract/index.ts'
import { availableAt } from '../rules/index.ts'
import * as store from '../store/index.ts'
import { type Dependencies, mainLocation } from './dependencies.ts'
import type { Ledger } from './ledger.ts'
import type { Lots } from './lots.ts'
import type { Shelves } from './shelves.ts'
import type { StockService } from './stock.ts'
import type { TracedMove } from './tracing.ts'

type Placed = SetAside & { locationId: LocationId }

/** Goods that are there and not for sale: damaged, or in quarantine until somebody has looked at them. */
export function createAside(
  { now }: Dependencies,
  { record, identify, announce }: Ledger,
  { fillThenAnnounce }: Pick<StockService, 'fillThenAnnounce'>,
  { lockOf }: Lots,
  { take }: Shelves,
) {
  const placed = (input: SetAside): Placed => ({ locationId: mainLocation, ...withoutGaps(parse(SetAside, input)) })

  /** Takes goods off sale, as damaged or into quarantine. Throws `inventory.out_of_stock` when fewer are free. */
  async function setAside(db: Db, input: SetAside): Promise<void> {
    const goods = placed(input)
    const { sku, locationId, quantity, state } = goods
    await atomic(db, async (tx) => {
      await lockOf(tx, [sku])
      if (!(await take(tx, sku, locationId, quantity))) throw await tooFew(tx, goods)
      await store.takeOut(tx, sku, locationId, quantity)
      await store.addAside(tx, goods)
      const left = { ...goods, state: 'sellable' as const, quantity: -quantity }
      const gone = await record(tx, [left], state)
      await record(tx, gone.map(turned(state)), state)
      await announce(tx, [left])
    })
  }

  /** Goods come in that must not be sold yet, such as returned ones. Throws `inventory.location_not_found`. */
  async function receiveAside(db: Db, input: SetAside): Promise<void> {
    const goods = placed(input)
    await atomic(db, async (tx) => {
      if (goods.locationId === mainLocation) await store.addMainLocation(tx, mainLocation)
      const known = (await store.allLocations(tx)).some(({ id }) => id === goods.locationId)
      if (!known) throw inventoryErrors.location_not_found({ locationId: goods.locationId })
      await identify(tx, goods)
      await store.addAside(tx, goods)
      await record(tx, [goods], 'received')
    })
  }

  /** Somebody has looked at the goods: they are for sale again. Throws `inventory.not_set_aside` when fewer are in that state. */
  async function putBack(db: Db, input: SetAside): Promise<void> {
    const goods = placed(input)
    await atomic(db, async (tx) => {
      await lockOf(tx, [goods.sku])
      await takeAside(tx, goods)
      await store.addOnHand(tx, [goods])
      const gone = await record(tx, [{ ...goods, quantity: -goods.quantity }], 'inspected')
      await record(tx, gone.map(turned('sellable')), 'inspected')
      await fillThenAnnounce(tx, [goods])
    })
  }

  /** The goods are worth nothing and leave the house. Throws `inventory.not_set_aside` when fewer are in that state. */
  async function writeOff(db: Db, input: SetAside): Promise<void> {
    const goods = placed(input)
    await atomic(db, async (tx) => {
      await takeAside(tx, goods)
      await record(tx, [{ ...goods, quantity: -goods.quantity }], 'written_off')
    })
  }

  async function takeAside(tx: Tx, goods: Placed): Promise<void> {
    if (await store.takeAside(tx, goods)) return
    const { sku, state, quantity: wanted } = goods
    const levels = await store.asideOf(tx, [sku])
    const there = levels.find((level) => level.locationId === goods.locationId && level.state === state)?.quantity ?? 0
    throw inventoryErrors.not_set_aside({ sku, state, wanted, there })
  }

  async function tooFew(tx: Tx, { sku, locationId, quantity }: Placed) {
    const level = (await store.levelsOf(tx, [sku])).find((one) => one.locationId === locationId)
    return inventoryErrors.out_of_stock({ sku, wanted: quantity, available: level ? availableAt(level) : 0 })
  }

  /** Goods of the given skus that are there and not for sale, with what has expired and still lies on the shelf. */
  const asideOf = (db: Db, skus: readonly Sku[]): Promise<AsideLevel[]> => store.asideOf(db, skus, instant(now()))

  return { setAside, receiveAside, putBack, writeOff, asideOf }
}

/** The same pieces, in another state: those that left one shelf come to another. */
const turned =
  (state: GoodsState) =>
  (gone: TracedMove): TracedMove => ({ ...gone, state, quantity: -gone.quantity })

/** Leaves out what is undefined, so that it does not hide a default. */
const withoutGaps = ({ locationId, ...goods }: SetAside) => (locationId ? { ...goods, locationId } : goods)
