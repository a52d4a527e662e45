import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atomic, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { createInventory, inventoryMigrations, mainLocation } from '@sangdo/inventory/server'
import { sampleLines, sampleReceipts } from '@sangdo/inventory/testing'

describe('inventory', () => {
  describeDatabases([inventoryMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const inventory = createInventory({ outbox, now: clock.now })
      const stocked = async () => {
        for (const receipt of sampleReceipts) await inventory.receive(db, receipt)
        outbox.events.length = 0
      }
      const reserve = (reference: string, lines = sampleLines, options = {}) =>
        atomic(db, (tx) => inventory.reserve(tx, reference, lines, options))
      const available = async (sku: string) => (await inventory.stockOf(db, [sku]))[sku]?.available
      const says = () => outbox.events.map((event) => event.name)
      return { db, clock, outbox, inventory, stocked, reserve, available, says }
    }

    test('goods that came in may be sold, and the ledger says where they came from', async () => {
      const { db, inventory, says } = shop()
      expect(await inventory.receive(db, { sku: 'MUG', quantity: 5, reference: 'PO-7' })).toEqual({
        onHand: 5,
        reserved: 0,
        available: 5,
      })
      const { items } = await inventory.movementsOf(db, 'MUG')
      expect(items).toMatchObject([
        { sku: 'MUG', quantity: 5, reason: 'received', reference: 'PO-7', locationId: mainLocation },
      ])
      expect(says()).toEqual(['inventory.back_in_stock'])
    })

    test('a reservation keeps goods aside without moving them', async () => {
      const { db, inventory, stocked, reserve, says } = shop()
      await stocked()
      const reservation = await reserve('ord_1')
      expect(reservation).toMatchObject({ reference: 'ord_1', status: 'open', expiresAt: null })
      expect(await inventory.stockOf(db, ['MUG', 'PLATE'])).toEqual({
        MUG: { onHand: 5, reserved: 2, available: 3 },
        PLATE: { onHand: 3, reserved: 1, available: 2 },
      })
      expect(says()).toEqual(['inventory.reserved'])
    })

    test('when one line is short nothing is kept aside, not even if the caller goes on', async () => {
      const { db, inventory, stocked, available, says } = shop()
      await stocked()
      const lines = [
        { sku: 'MUG', quantity: 2 },
        { sku: 'PLATE', quantity: 4 },
      ]
      await atomic(db, async (tx) => {
        await expect(inventory.reserve(tx, 'ord_1', lines)).rejects.toMatchObject({
          code: 'inventory.out_of_stock',
          details: { sku: 'PLATE', wanted: 4, available: 3 },
        })
      })
      expect([await available('MUG'), await available('PLATE'), says()]).toEqual([5, 3, []])
    })

    test('the same sku on two lines cannot dodge the check', async () => {
      const { stocked, reserve } = shop()
      await stocked()
      await expect(
        reserve('ord_1', [
          { sku: 'PLATE', quantity: 2 },
          { sku: 'PLATE', quantity: 2 },
        ]),
      ).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
    })

    test('asked twice with one reference it is reserved once', async () => {
      const { stocked, reserve, available } = shop()
      await stocked()
      const first = await reserve('ord_1')
      expect(await reserve('ord_1')).toEqual(first)
      expect(await available('MUG')).toBe(3)
      await expect(reserve('ord_1', [{ sku: 'MUG', quantity: 1 }])).rejects.toMatchObject({
        code: 'inventory.reference_taken',
      })
    })

    test('released goods may be sold again, and releasing twice changes nothing', async () => {
      const { db, inventory, stocked, reserve, available, says } = shop()
      await stocked()
      await reserve('ord_1')
      await atomic(db, (tx) => inventory.release(tx, 'ord_1'))
      await atomic(db, (tx) => inventory.release(tx, 'ord_1'))
      expect(await available('MUG')).toBe(5)
      expect(says().filter((name) => name === 'inventory.released')).toHaveLength(1)
    })

    test('a converted reservation takes the goods out of the house, once', async () => {
      const { db, inventory, stocked, reserve } = shop()
      await stocked()
      await reserve('ord_1')
      await atomic(db, (tx) => inventory.convert(tx, 'ord_1'))
      await atomic(db, (tx) => inventory.convert(tx, 'ord_1'))
      expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 3, reserved: 0, available: 3 })
      expect((await inventory.movementsOf(db, 'MUG')).items[0]).toMatchObject({
        quantity: -2,
        reason: 'sold',
        reference: 'ord_1',
      })
      await expect(atomic(db, (tx) => inventory.release(tx, 'ord_1'))).rejects.toMatchObject({
        code: 'inventory.reservation_closed',
      })
    })

    test('goods of a cancelled sale go back on the shelf, once', async () => {
      const { db, inventory, stocked, reserve, available } = shop()
      await stocked()
      await reserve('ord_1')
      await atomic(db, (tx) => inventory.convert(tx, 'ord_1'))
      await atomic(db, (tx) => inventory.restock(tx, 'ord_1'))
      await atomic(db, (tx) => inventory.restock(tx, 'ord_1'))
      expect(await available('MUG')).toBe(5)
    })

    test('a reservation whose time is over ends by itself, and not a millisecond earlier', async () => {
      const { db, clock, inventory, stocked, reserve, available } = shop()
      await stocked()
      await reserve('ord_1', sampleLines, { seconds: 900 })
      clock.advance(899_999)
      expect(await inventory.releaseExpired(db)).toBe(0)
      clock.advance(1)
      expect(await inventory.releaseExpired(db)).toBe(1)
      expect(await inventory.releaseExpired(db)).toBe(0)
      expect(await available('MUG')).toBe(5)
      expect((await inventory.reservationOf(db, 'ord_1'))?.status).toBe('expired')
      await expect(atomic(db, (tx) => inventory.convert(tx, 'ord_1'))).rejects.toMatchObject({
        code: 'inventory.reservation_closed',
      })
    })

    test('a reservation that was given more time is not swept', async () => {
      const { db, clock, inventory, stocked, reserve } = shop()
      await stocked()
      await reserve('ord_1', sampleLines, { seconds: 900 })
      await atomic(db, (tx) => inventory.extend(tx, 'ord_1', 1800))
      clock.advance(900_000)
      expect(await inventory.releaseExpired(db)).toBe(0)
    })

    test('a count sets the stock, writes the difference down, and cannot go below what is promised', async () => {
      const { db, inventory, stocked, reserve } = shop()
      await stocked()
      await reserve('ord_1')
      expect(await inventory.count(db, { sku: 'MUG', onHand: 4 })).toEqual({ onHand: 4, reserved: 2, available: 2 })
      await expect(inventory.count(db, { sku: 'MUG', onHand: 1 })).rejects.toMatchObject({
        code: 'inventory.below_reserved',
      })
      expect((await inventory.movementsOf(db, 'MUG')).items[0]).toMatchObject({ quantity: -1, reason: 'counted' })
    })

    test('a whole stocktaking is one change, and one piece of news for all that came back', async () => {
      const { db, inventory, outbox, stocked } = shop()
      await stocked()
      const stocks = await inventory.countAll(db, [
        { sku: 'TRAY', onHand: 9 },
        { sku: 'BOWL', onHand: 1 },
        { sku: 'PLATE', onHand: 3 },
        { sku: 'MUG', onHand: 0, reason: 'damaged', note: 'dropped' },
        { sku: 'BOWL', onHand: 7 },
      ])
      const onHand = Object.entries(stocks).map(([sku, stock]) => [sku, stock.onHand])
      expect(Object.fromEntries(onHand)).toEqual({ BOWL: 7, MUG: 0, PLATE: 3, TRAY: 9 })
      expect(outbox.events).toEqual([
        { name: 'inventory.ran_low', payload: { levels: [{ sku: 'MUG', available: 0 }] } },
        {
          name: 'inventory.back_in_stock',
          payload: {
            levels: [
              { sku: 'BOWL', available: 7 },
              { sku: 'TRAY', available: 9 },
            ],
          },
        },
      ])
      const ledger = async (sku: string) => (await inventory.movementsOf(db, sku)).items
      expect(await ledger('MUG')).toMatchObject([{ quantity: -5, reason: 'damaged', note: 'dropped' }, { quantity: 5 }])
      expect([(await ledger('PLATE')).length, (await ledger('BOWL')).length]).toEqual([1, 1])
      expect(await inventory.drift(db)).toEqual([])
    })

    test('when one count cannot be, none of them is stored', async () => {
      const { db, inventory, stocked, reserve, available } = shop()
      await stocked()
      await reserve('ord_1')
      const counts = [
        { sku: 'BOWL', onHand: 4 },
        { sku: 'MUG', onHand: 1 },
      ]
      await expect(inventory.countAll(db, counts)).rejects.toMatchObject({
        code: 'inventory.below_reserved',
        details: { sku: 'MUG', onHand: 1, reserved: 2 },
      })
      expect([await available('BOWL'), await available('MUG')]).toEqual([0, 3])
    })

    test('the same sku may be counted at two locations at once', async () => {
      const { db, inventory, outbox } = shop()
      const far = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      const counts = [
        { sku: 'MUG', onHand: 2 },
        { sku: 'MUG', onHand: 3, locationId: far.id },
      ]
      expect(await inventory.countAll(db, counts)).toEqual({ MUG: { onHand: 5, reserved: 0, available: 5 } })
      expect(outbox.events).toEqual([
        { name: 'inventory.back_in_stock', payload: { levels: [{ sku: 'MUG', available: 5 }] } },
      ])
    })

    test('what is kept back is not sold', async () => {
      const { db, inventory, stocked, available } = shop()
      await stocked()
      await inventory.keepBack(db, 'MUG', 4)
      expect(await available('MUG')).toBe(1)
    })

    test('several locations serve one buyer, the one of lower priority first', async () => {
      const { db, inventory, reserve } = shop()
      const near = await inventory.addLocation(db, { name: 'Seoul', priority: 1 })
      const far = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      await inventory.receive(db, { sku: 'MUG', quantity: 2, locationId: near.id })
      await inventory.receive(db, { sku: 'MUG', quantity: 2, locationId: far.id })
      const { lines } = await reserve('ord_1', [{ sku: 'MUG', quantity: 3 }])
      expect(lines).toEqual([
        { sku: 'MUG', locationId: near.id, quantity: 2 },
        { sku: 'MUG', locationId: far.id, quantity: 1 },
      ])
    })

    test('the shop hears when a sku runs low, sells out and comes back', async () => {
      const { db, inventory, outbox, reserve } = shop()
      await inventory.receive(db, { sku: 'MUG', quantity: 8 })
      await reserve('ord_1', [{ sku: 'MUG', quantity: 3 }])
      await reserve('ord_2', [{ sku: 'MUG', quantity: 5 }])
      await atomic(db, (tx) => inventory.release(tx, 'ord_1'))
      const levels = outbox.events.filter((event) => !/reserved|released/.test(event.name))
      expect(levels).toMatchObject([
        { name: 'inventory.back_in_stock', payload: { levels: [{ sku: 'MUG', available: 8 }] } },
        { name: 'inventory.ran_low', payload: { levels: [{ sku: 'MUG', available: 5 }] } },
        { name: 'inventory.ran_low', payload: { levels: [{ sku: 'MUG', available: 0 }] } },
        { name: 'inventory.back_in_stock', payload: { levels: [{ sku: 'MUG', available: 3 }] } },
      ])
    })

    test.each([
      ['lines.0.quantity', [{ sku: 'MUG', quantity: 0 }]],
      ['lines.0.quantity', [{ sku: 'MUG', quantity: -1 }]],
      ['lines.0.quantity', [{ sku: 'MUG', quantity: 1.5 }]],
      ['lines.0.quantity', [{ sku: 'MUG', quantity: 1e308 }]],
      ['lines.0.sku', [{ sku: '', quantity: 1 }]],
      ['lines', []],
    ])('a wrong %s is refused by name', async (field, lines) => {
      const { db, inventory } = shop()
      await expect(atomic(db, (tx) => inventory.reserve(tx, 'ord_1', lines))).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: expect.arrayContaining([expect.objectContaining({ field })]) },
      })
    })

    test('a location or reservation that does not exist is named', async () => {
      const { db, inventory } = shop()
      await expect(inventory.receive(db, { sku: 'MUG', quantity: 1, locationId: 'loc_moon' })).rejects.toMatchObject({
        code: 'inventory.location_not_found',
      })
      await expect(atomic(db, (tx) => inventory.release(tx, 'ord_9'))).rejects.toMatchObject({
        code: 'inventory.reservation_not_found',
      })
    })

    test('the ledger is read in pages, newest first', async () => {
      const { db, inventory } = shop()
      for (const quantity of [1, 2, 3]) await inventory.receive(db, { sku: 'MUG', quantity })
      const first = await inventory.movementsOf(db, 'MUG', { limit: 2 })
      const second = await inventory.movementsOf(db, 'MUG', { limit: 2, after: first.next ?? '' })
      expect([...first.items, ...second.items].map((movement) => movement.quantity)).toEqual([3, 2, 1])
      expect(second.next).toBeNull()
    })

    test('whatever happens, counts agree with their ledgers and nothing is promised twice', async () => {
      const { db } = database()
      const action = fc.record({
        kind: fc.constantFrom('receive', 'count', 'reserve', 'release', 'convert', 'restock', 'expire'),
        sku: fc.constantFrom('MUG', 'PLATE'),
        quantity: fc.integer({ min: 1, max: 6 }),
        order: fc.constantFrom('ord_1', 'ord_2', 'ord_3', 'ord_4'),
      })
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
          const clock = stillClock()
          const inventory = createInventory({ now: clock.now })
          const prefix = `r${round++}`
          for (const { kind, quantity, ...step } of actions) {
            const [sku, order] = [`${prefix}${step.sku}`, `${prefix}${step.order}`]
            clock.advance(300_000)
            const doing: Record<typeof kind, () => Promise<unknown>> = {
              receive: () => inventory.receive(db, { sku, quantity }),
              count: () => inventory.count(db, { sku, onHand: quantity }),
              reserve: () => atomic(db, (tx) => inventory.reserve(tx, order, [{ sku, quantity }], { seconds: 900 })),
              release: () => atomic(db, (tx) => inventory.release(tx, order)),
              convert: () => atomic(db, (tx) => inventory.convert(tx, order)),
              restock: () => atomic(db, (tx) => inventory.restock(tx, order)),
              expire: () => inventory.releaseExpired(db),
            }
            await doing[kind]().catch((error: { code?: string }) => {
              if (!error.code?.startsWith('inventory.')) throw error
            })
          }
          expect(await inventory.drift(db)).toEqual([])
        }),
        { numRuns: 15 },
      )
    }, 60_000)
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('a hundred buyers on two connections get exactly the fifty pieces there are', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        await inventory.receive(db, { sku: 'MUG', quantity: 50 })
        const buyers = Array.from({ length: 100 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) => inventory.reserve(tx, `ord_${index}`, [{ sku: 'MUG', quantity: 1 }])),
        )
        const results = await Promise.allSettled(buyers)
        await other.destroy()
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(50)
        const refusals = results.flatMap((result) =>
          result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
        )
        expect(new Set(refusals)).toEqual(new Set(['inventory.out_of_stock']))
        expect(await inventory.drift(db)).toEqual([])
      }, 30_000)

      test('orders for the same two skus in opposite order do not lock each other out', async () => {
        const { db } = database()
        const inventory = createInventory()
        for (const sku of ['MUG', 'PLATE']) await inventory.receive(db, { sku, quantity: 100 })
        const lines = [
          { sku: 'MUG', quantity: 1 },
          { sku: 'PLATE', quantity: 1 },
        ]
        await Promise.all(
          Array.from({ length: 40 }, (_, index) =>
            atomic(db, (tx) => inventory.reserve(tx, `ord_${index}`, index % 2 ? lines : lines.toReversed())),
          ),
        )
        expect((await inventory.stockOf(db, ['MUG']))['MUG']?.available).toBe(60)
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
