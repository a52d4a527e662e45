import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { toOrder } from '@sangdo/inventory'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('what to order', () => {
  const terms = { point: 10, target: 30, multiple: 1 }
  test.each([
    [11, 0, 0, 1, 0],
    [10, 0, 0, 1, 20],
    [0, 0, 0, 12, 36],
    [3, 8, 0, 1, 0],
    [3, 8, 1, 1, 20],
    [-4, 0, 6, 1, 40],
  ])(
    'with %d free, %d coming and %d waited for, in cartons of %d, is %d',
    (free, incoming, waiting, multiple, quantity) => {
      expect(toOrder({ ...terms, free, incoming, waiting, multiple })).toBe(quantity)
    },
  )

  test('brings the stock to the target with as few cartons as do, and is then not asked for again', () => {
    const pieces = fc.nat(1000)
    const sku = fc.record({
      free: fc.integer({ min: -50, max: 1000 }),
      incoming: pieces,
      waiting: pieces,
      point: pieces,
      more: fc.integer({ min: 1, max: 500 }),
      multiple: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(sku, ({ more, ...given }) => {
        const below = { ...given, target: given.point + more }
        const quantity = toOrder(below)
        expect(toOrder({ ...below, incoming: below.incoming + quantity })).toBe(0)
        const position = below.free + below.incoming - below.waiting + quantity
        expect(quantity % below.multiple).toBe(0)
        if (quantity > 0) expect(position - below.multiple).toBeLessThan(below.target)
        if (quantity > 0) expect(position).toBeGreaterThanOrEqual(below.target)
      }),
    )
  })
})

describe('reorder points', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function shop() {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const inventory = createInventory({ now: clock.now, outbox })
      await inventory.receive(db, { sku: 'MUG', quantity: 12 })
      await inventory.setReorderPoint(db, { sku: 'MUG', point: 10, target: 24, multiple: 6 })
      outbox.events.length = 0
      const reserve = (reference: string, quantity: number) =>
        atomic(db, (tx) => inventory.reserve(tx, reference, [{ sku: 'MUG', quantity }]))
      const release = (reference: string) => atomic(db, (tx) => inventory.release(tx, reference))
      const news = () =>
        outbox.events.flatMap(({ name, payload }) => {
          const { levels = [] } = payload as { levels?: { sku: string; available: number }[] }
          return levels.map(({ sku, available }) => `${name.replace('inventory.', '')} ${sku} ${available}`)
        })
      return { db, clock, outbox, inventory, reserve, release, news }
    }

    test('say what to order and how much of it, and nothing twice', async () => {
      const { db, inventory, reserve } = await shop()
      expect((await inventory.reorder(db)).items).toEqual([])
      await reserve('ord_1', 3)
      const mug = { sku: 'MUG', free: 9, incoming: 0, waiting: 0, point: 10, target: 24, multiple: 6, quantity: 18 }
      expect((await inventory.reorder(db)).items).toEqual([mug])
      const deliveryId = await inventory.expectDelivery(db, { sku: 'MUG', quantity: 18 })
      expect((await inventory.reorder(db)).items).toEqual([])
      await inventory.receive(db, { sku: 'MUG', quantity: 6, deliveryId })
      await inventory.cancelDelivery(db, deliveryId)
      await reserve('ord_2', 6)
      expect((await inventory.reorder(db)).items).toEqual([mug])
    })

    test('count what is on its way between locations, what is waited for, kept back, hot and expired', async () => {
      const { db, clock, inventory, reserve } = await shop()
      const { id: to } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      await inventory.dispatch(db, { from: 'loc_main', to, lines: [{ sku: 'MUG', quantity: 5 }] })
      await inventory.keepBack(db, 'MUG', 2)
      await inventory.setHot(db, { sku: 'MUG', hot: true })
      expect((await inventory.reorder(db)).items).toMatchObject([{ free: 5, incoming: 5, waiting: 0, quantity: 18 }])
      await inventory.allowBackorders(db, { sku: 'MUG', limit: 9 })
      await reserve('ord_1', 9)
      expect((await inventory.reorder(db)).items).toMatchObject([{ free: 0, incoming: 5, waiting: 4, quantity: 24 }])
      await inventory.count(db, { sku: 'MUG', onHand: 6 })
      expect((await inventory.reorder(db)).items).toMatchObject([{ free: -1, waiting: 4 }])
      await inventory.setReorderPoint(db, { sku: 'MILK', point: 0, target: 5 })
      await inventory.receive(db, { sku: 'MILK', quantity: 9, lot: 'L1', expiresAt: '2026-01-02T03:14:05.678Z' })
      const milk = async () => (await inventory.reorder(db)).items.filter(({ sku }) => sku === 'MILK')
      expect(await milk()).toEqual([])
      clock.advance(600_000)
      expect(await milk()).toMatchObject([{ free: 0, quantity: 5 }])
      expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
    })

    test('are listed in pages, also for what has never been there; and can be changed and forgotten', async () => {
      const { db, inventory } = await shop()
      for (const sku of ['BOWL', 'CUP', 'TRAY']) await inventory.setReorderPoint(db, { sku, point: 0, target: 4 })
      const first = await inventory.reorder(db, { limit: 2 })
      const second = await inventory.reorder(db, { limit: 2, after: first.next ?? '' })
      expect([...first.items, ...second.items].map(({ sku, quantity }) => [sku, quantity])).toEqual([
        ['BOWL', 4],
        ['CUP', 4],
        ['TRAY', 4],
      ])
      expect(second.next).toBeNull()
      await inventory.setReorderPoint(db, { sku: 'CUP', point: 2, target: 9, lowAt: 1 })
      for (const sku of ['BOWL', 'TRAY', 'TRAY']) await inventory.removeReorderPoint(db, sku)
      expect((await inventory.reorder(db)).items).toMatchObject([{ sku: 'CUP', quantity: 9 }])
      expect(await inventory.reorderPointsOf(db, ['BOWL', 'CUP'])).toEqual([
        { sku: 'CUP', point: 2, target: 9, multiple: 1, lowAt: 1 },
      ])
    })

    test('lie below their target', async () => {
      const { db, inventory } = await shop()
      await expect(inventory.setReorderPoint(db, { sku: 'MUG', point: 5, target: 5 })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'target' }] },
      })
    })

    test('are where a sku runs low and recovers; sold out and back are said at zero', async () => {
      const { db, inventory, reserve, release, news } = await shop()
      await reserve('ord_1', 2)
      await reserve('ord_2', 10)
      await release('ord_1')
      await release('ord_2')
      expect(news()).toEqual(['ran_low MUG 10', 'ran_low MUG 0', 'back_in_stock MUG 2', 'recovered MUG 12'])
      await inventory.setReorderPoint(db, { sku: 'MUG', point: 10, target: 24, lowAt: 3 })
      await reserve('ord_3', 8)
      await reserve('ord_4', 1)
      expect(news().slice(4)).toEqual(['ran_low MUG 3'])
      await inventory.removeReorderPoint(db, 'MUG')
      await release('ord_3')
      expect(news().slice(5)).toEqual(['recovered MUG 11'])
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test.each([false, true])(
        'are passed once by fifty buyers on two connections (hot: %s), and once on the way back',
        async (hot) => {
          const { db, url = '' } = database()
          const other = await openDb(url)
          const outbox = recorder()
          const inventory = createInventory({ outbox })
          await inventory.receive(db, { sku: 'MUG', quantity: 50 })
          await inventory.setReorderPoint(db, { sku: 'MUG', point: 30, target: 60 })
          await inventory.setHot(db, { sku: 'MUG', hot })
          outbox.events.length = 0
          const references = Array.from({ length: 50 }, (_, index) => `ord_${index}`)
          const all = (work: (reference: string, index: number) => Promise<unknown>) =>
            Promise.all(references.map(work))
          await all((reference, index) =>
            atomic(index % 2 ? db : other, (tx) => inventory.reserve(tx, reference, [{ sku: 'MUG', quantity: 1 }])),
          )
          expect((await inventory.reorder(db)).items).toMatchObject([{ sku: 'MUG', free: 0, quantity: 60 }])
          await all((reference, index) => atomic(index % 2 ? other : db, (tx) => inventory.release(tx, reference)))
          await other.destroy()
          const names = outbox.events.map(({ name }) => name).filter((name) => !/reserved|released/.test(name))
          expect(names).toEqual([
            'inventory.ran_low',
            'inventory.ran_low',
            'inventory.back_in_stock',
            'inventory.recovered',
          ])
          expect((await inventory.reorder(db)).items).toEqual([])
          expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
        },
        60_000,
      )
    },
    ['sqlite', 'postgres'],
  )
})
