import { atomic, checkInvariants, dialectOf, openDb, type Tx } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { firstExpired } from '@sangdo/inventory'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const minute = 60_000
const soon = '2026-01-02T03:14:05.678Z' // ten minutes after the clock stands still
const later = '2026-02-01T00:00:00.000Z'

describe('the lot that is taken from', () => {
  test('is the one that expires first; without a date comes after, and without a lot last', () => {
    const lots = [
      { lot: 'C', expiresAt: null, quantity: 2 },
      { lot: 'B', expiresAt: later, quantity: 3 },
      { lot: 'A', expiresAt: soon, quantity: 1 },
    ]
    expect(firstExpired(2, lots)).toEqual([
      { lot: 'A', quantity: 1 },
      { lot: 'B', quantity: 1 },
    ])
    expect(firstExpired(8, lots).map(({ lot, quantity }) => [lot, quantity])).toEqual([
      ['A', 1],
      ['B', 3],
      ['C', 2],
      [null, 2],
    ])
  })

  test('gives no more than it has, and all pieces are of some lot or of none', () => {
    const lot = fc.record({
      lot: fc.string({ minLength: 1, maxLength: 3 }),
      expiresAt: fc.constantFrom(null, soon, later),
      quantity: fc.nat(9),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(lot, { selector: (one) => one.lot }),
        (wanted, lots) => {
          const shares = firstExpired(wanted, lots)
          expect(shares.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(wanted)
          for (const share of shares.filter((one) => one.lot !== null))
            expect(share.quantity).toBeLessThanOrEqual(lots.find((one) => one.lot === share.lot)?.quantity ?? 0)
        },
      ),
    )
  })
})

describe('goods of lots', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function dairy() {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const inventory = createInventory({ now: clock.now, outbox, random: () => 0 })
      await inventory.receive(db, { sku: 'MILK', quantity: 4, lot: 'L2', expiresAt: later })
      await inventory.receive(db, { sku: 'MILK', quantity: 3, lot: 'L1', expiresAt: soon })
      const within = <Result>(work: (tx: Tx) => Promise<Result>) => atomic(db, work)
      const reserve = (reference: string, quantity: number) =>
        within((tx) => inventory.reserve(tx, reference, [{ sku: 'MILK', quantity }]))
      const sell = async (reference: string, quantity: number) => {
        await reserve(reference, quantity)
        await within((tx) => inventory.convert(tx, reference))
      }
      const stock = async () => (await inventory.stockOf(db, ['MILK']))['MILK']
      const lots = async () =>
        (await inventory.lotsOf(db, ['MILK'])).map(({ lot, state, quantity }) => `${quantity} ${state} of ${lot}`)
      const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      return { db, clock, outbox, inventory, within, reserve, sell, stock, lots, sound }
    }

    test('that expire first leave first, and the ledger says of which lot they were', async () => {
      const { db, inventory, sell, lots, sound } = await dairy()
      await sell('ord_1', 5)
      expect(await lots()).toEqual(['2 sellable of L2'])
      const { items } = await inventory.movementsOf(db, 'MILK', { limit: 2 })
      expect(items.toReversed().map(({ lot, quantity }) => [lot, quantity])).toEqual([
        ['L1', -3],
        ['L2', -2],
      ])
      await sound()
    })

    test('are for sale until their date and not a millisecond longer, whether or not somebody has taken them off the shelf', async () => {
      const { db, clock, inventory, reserve, stock, lots, sound } = await dairy()
      clock.advance(10 * minute - 1)
      expect(await stock()).toEqual({ onHand: 7, reserved: 0, available: 7 })
      clock.advance(1)
      const after = [{ onHand: 4, reserved: 0, available: 4 }, [{ state: 'expired', quantity: 3 }]]
      expect([await stock(), await inventory.asideOf(db, ['MILK'])]).toMatchObject(after)
      expect(await inventory.expireLots(db)).toBe(1)
      expect([await stock(), await inventory.asideOf(db, ['MILK'])]).toMatchObject(after)
      expect([await inventory.expireLots(db), await lots()]).toEqual([0, ['3 expired of L1', '4 sellable of L2']])
      await expect(reserve('ord_1', 5)).rejects.toMatchObject({ details: { available: 4 } })
      await sound()
    })

    test('that have expired are refused before anything was tidied up, and are tidied up by the next who buys', async () => {
      const { clock, reserve, lots, sound } = await dairy()
      clock.advance(10 * minute)
      await expect(reserve('ord_1', 5)).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
      expect(await lots()).toEqual(['3 sellable of L1', '4 sellable of L2'])
      await reserve('ord_2', 4)
      expect(await lots()).toEqual(['3 expired of L1', '4 sellable of L2'])
      await sound()
    })

    test('that were promised and expire before they are paid are waited for, and the next that come in fill the promise', async () => {
      const { db, clock, outbox, inventory, within, reserve, stock, sound } = await dairy()
      await reserve('ord_1', 6)
      clock.advance(10 * minute)
      await within((tx) => inventory.convert(tx, 'ord_1'))
      expect(outbox.events).toContainEqual({
        name: 'inventory.fell_short',
        payload: { shortfalls: [{ reference: 'ord_1', sku: 'MILK', locationId: 'loc_main', quantity: 2 }] },
      })
      expect(await stock()).toEqual({ onHand: 0, reserved: 0, available: 0 })
      await inventory.receive(db, { sku: 'MILK', quantity: 9, lot: 'L3', expiresAt: later })
      expect(await stock()).toEqual({ onHand: 7, reserved: 0, available: 7 })
      expect((await inventory.recall(db, 'MILK', 'L3')).holders.items).toEqual([{ reference: 'ord_1', quantity: 2 }])
      await sound()
    })

    test('that come in too late are never for sale, and nobody who waits gets them', async () => {
      const { db, clock, inventory, reserve, stock, lots, outbox, sound } = await dairy()
      await inventory.allowBackorders(db, { sku: 'MILK', limit: 5 })
      await reserve('ord_1', 9)
      clock.advance(9 * minute)
      outbox.events.length = 0
      await inventory.receive(db, { sku: 'MILK', quantity: 5, lot: 'L0', expiresAt: '2026-01-01T00:00:00.000Z' })
      expect(await lots()).toEqual(['5 expired of L0', '3 sellable of L1', '4 sellable of L2'])
      expect([await stock(), outbox.events]).toEqual([{ onHand: 7, reserved: 7, available: 0 }, []])
      await sound()
    })

    test('go back to their lot when a sale is off; what has expired meanwhile goes back as expired', async () => {
      const { clock, inventory, within, sell, stock, lots, sound } = await dairy()
      await sell('ord_1', 2)
      await sell('ord_2', 2)
      await within((tx) => inventory.restock(tx, 'ord_1'))
      expect(await lots()).toEqual(['2 sellable of L1', '3 sellable of L2'])
      clock.advance(10 * minute)
      await within((tx) => inventory.restock(tx, 'ord_2'))
      expect(await lots()).toEqual(['3 expired of L1', '4 sellable of L2'])
      expect(await stock()).toEqual({ onHand: 4, reserved: 0, available: 4 })
      await sound()
    })

    test('stay of their lot on the way to another location, when they arrive in parts and when some are lost', async () => {
      const { db, inventory, sound } = await dairy()
      const { id: to } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      const milk = (quantity: number) => [{ sku: 'MILK', quantity }]
      const { id: transferId } = await inventory.dispatch(db, { from: 'loc_main', to, lines: milk(5) })
      await inventory.arrive(db, { transferId, lines: milk(2) })
      await inventory.lose(db, { transferId, lines: milk(2) })
      const { here, onTheWay } = await inventory.recall(db, 'MILK', 'L2')
      expect(here.map(({ locationId, quantity }) => [locationId, quantity])).toEqual([['loc_main', 2]])
      expect(onTheWay).toEqual([{ reference: transferId, quantity: 1 }])
      await inventory.arrive(db, { transferId, lines: milk(1) })
      expect((await inventory.lotsOf(db, ['MILK'])).map((level) => [level.lot, level.quantity])).toEqual([
        ['L1', 2],
        ['L2', 1],
        ['L2', 2],
      ])
      await sound()
    })

    test('can be called back: who has got some, and how much is still here and in what state', async () => {
      const { db, inventory, within, sell, sound } = await dairy()
      for (const reference of ['ord_1', 'ord_2', 'ord_3']) await sell(reference, 1)
      await sell('ord_4', 2)
      await within((tx) => inventory.restock(tx, 'ord_2'))
      await inventory.setAside(db, { sku: 'MILK', quantity: 1, state: 'damaged', lot: 'L1' })
      const first = await inventory.recall(db, 'MILK', 'L1', { limit: 1 })
      expect(first.here).toEqual([
        { sku: 'MILK', lot: 'L1', expiresAt: soon, locationId: 'loc_main', state: 'damaged', quantity: 1 },
      ])
      const rest = await inventory.recall(db, 'MILK', 'L1', { after: first.holders.next ?? '' })
      expect([...first.holders.items, ...rest.holders.items]).toEqual([
        { reference: 'ord_1', quantity: 1 },
        { reference: 'ord_3', quantity: 1 },
      ])
      expect(first.onTheWay).toEqual([])
      await sound()
    })

    test('are set aside, put back and written off by lot, never more than there are of it', async () => {
      const { db, inventory, lots, stock, sound } = await dairy()
      const goods = { sku: 'MILK', quantity: 2, state: 'quarantined', lot: 'L2' } as const
      await inventory.setAside(db, goods)
      await inventory.putBack(db, { ...goods, quantity: 1 })
      expect(await lots()).toEqual(['3 sellable of L1', '1 quarantined of L2', '3 sellable of L2'])
      await inventory.writeOff(db, { ...goods, quantity: 1 })
      await expect(inventory.setAside(db, { ...goods, quantity: 4 })).rejects.toMatchObject({
        code: 'inventory.not_in_lot',
        details: { sku: 'MILK', lot: 'L2', wanted: 4 },
      })
      await inventory.receiveAside(db, { ...goods, lot: 'L9', quantity: 1 })
      await inventory.count(db, { sku: 'MILK', onHand: 2 })
      expect([await lots(), (await stock())?.onHand]).toEqual([['2 sellable of L2', '1 quarantined of L9'], 2])
      await sound()
    })

    test('of one lot have one date, and goods with a date are of a lot', async () => {
      const { db, inventory, sound } = await dairy()
      const again = { sku: 'MILK', quantity: 1, lot: 'L1' }
      await inventory.receive(db, again)
      await expect(inventory.receive(db, { ...again, expiresAt: later })).rejects.toMatchObject({
        code: 'inventory.lot_differs',
        details: { expiresAt: soon },
      })
      await expect(inventory.receive(db, { sku: 'MILK', quantity: 1, expiresAt: later })).rejects.toMatchObject({
        details: { issues: [{ field: 'lot' }] },
      })
      await sound()
    })

    test('that many want at once expire as any others', async () => {
      const { db, clock, inventory, reserve, within, stock, sound } = await dairy()
      await inventory.setHot(db, { sku: 'MILK', hot: true, buckets: 4 })
      await reserve('ord_1', 5)
      clock.advance(10 * minute)
      await reserve('ord_2', 1).catch(() => {})
      expect(await inventory.expireLots(db)).toBe(1)
      expect(await stock()).toEqual({ onHand: 4, reserved: 4, available: 0 })
      await within((tx) => inventory.release(tx, 'ord_1'))
      expect(await stock()).toEqual({ onHand: 4, reserved: 0, available: 4 })
      await sound()
    })

    test('are news when they expire, once', async () => {
      const { db, clock, outbox, inventory, sell } = await dairy()
      await sell('ord_1', 1)
      outbox.events.length = 0
      clock.advance(10 * minute)
      await inventory.expireLots(db)
      await inventory.expireLots(db)
      expect(outbox.events).toEqual([
        { name: 'inventory.ran_low', payload: { levels: [{ sku: 'MILK', available: 4 }] } },
      ])
    })

    test('whose count has drifted from the ledger are set right', async () => {
      const { db, inventory, sound } = await dairy()
      await sql`update inventory_lot_stock set quantity = 1 where lot = 'L2'`.execute(db)
      const { repaired } = await inventory.reconcile(db)
      expect(repaired).toMatchObject([{ sku: 'MILK', lot: 'L2', state: 'sellable', onHand: 1, moved: 4 }])
      expect((await inventory.corrections(db)).items).toEqual(repaired)
      await sound()
    })

    test.each<[string, RawBuilder<unknown>, string]>([
      [
        'a lot that nothing explains',
        sql`update inventory_lot_stock set quantity = 4 where lot = 'L1'`,
        'inventory.lots',
      ],
      ['more of all lots than there is', sql`update inventory_stock set on_hand = 6`, 'inventory.lots_fit'],
      [
        'a sale after the date',
        sql`update inventory_lot set expires_at = '2026-01-01T00:00:00.000Z'`,
        'inventory.sold_in_time',
      ],
      [
        'a numbered piece that is not there',
        sql`insert into inventory_serial (sku, serial, lot, location_id, state) values ('MILK', 'S1', 'L9', 'loc_main', 'damaged')`,
        'inventory.serials',
      ],
      [
        'a numbered piece that nobody bought',
        sql`insert into inventory_serial (sku, serial, location_id, reason, reference) values ('MILK', 'S1', 'loc_main', 'sold', 'ord_9')`,
        'inventory.serials',
      ],
    ])('with %s are found', async (_, corruption, name) => {
      const { db, sell, sound } = await dairy()
      await sell('ord_1', 1)
      await inventoryRefill(db)
      await sound()
      await corruption.execute(db)
      expect((await checkInvariants(db, inventoryInvariants)).map((found) => found.name)).toContain(name)
    })

    const inventoryRefill = (db: ReturnType<typeof database>['db']) =>
      createInventory({ now: stillClock().now }).receive(db, { sku: 'MILK', quantity: 1, lot: 'L1' })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('are sold to fifty buyers on two connections while they expire, and none is sold after its date', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const clock = stillClock()
        const inventory = createInventory({ now: clock.now })
        await inventory.receive(db, { sku: 'MILK', quantity: 20, lot: 'L1', expiresAt: soon })
        await inventory.receive(db, { sku: 'MILK', quantity: 30, lot: 'L2', expiresAt: later })
        const hot = dialectOf(db) === 'postgres'
        await inventory.setHot(db, { sku: 'MILK', hot })
        let sold = 0
        const buyers = Array.from({ length: 50 }, async (_, index) => {
          const handle = index % 2 ? db : other
          await atomic(handle, (tx) => inventory.reserve(tx, `ord_${index}`, [{ sku: 'MILK', quantity: 1 }]))
          await atomic(handle, (tx) => inventory.convert(tx, `ord_${index}`))
          if (++sold === 8) clock.advance(10 * minute)
          if (sold > 8) await inventory.expireLots(handle)
        })
        const results = await Promise.allSettled(buyers)
        await other.destroy()
        for (const result of results)
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'inventory.out_of_stock' })
        const { holders } = await inventory.recall(db, 'MILK', 'L2', { limit: 100 })
        expect([sold >= 8, holders.items.length <= 30]).toEqual([true, true])
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 60_000)
    },
    ['sqlite', 'postgres'],
  )
})
