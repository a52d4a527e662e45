import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { type BackorderTerms, promisable } from '@sangdo/inventory'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { describe, expect, test } from 'vitest'

const mugs = (quantity: number) => [{ sku: 'MUG', quantity }]
const monday = '2026-01-05T00:00:00.000Z'
const friday = '2026-01-09T00:00:00.000Z'

describe('what may be promised', () => {
  const terms = {
    sku: 'MUG',
    locationId: 'loc_a',
    limit: 5,
    kind: 'backorder',
    until: null,
    expectedAt: monday,
  } as const

  test('is what is left of all allowances that hold, and comes when the last of it comes', () => {
    const allowances = [
      { ...terms, promised: 2 },
      { ...terms, promised: 4, expectedAt: friday },
      { ...terms, promised: 7, expectedAt: null },
      { ...terms, promised: 0, until: monday, expectedAt: null },
    ]
    expect(promisable(3, allowances, monday)).toEqual({ available: 3, beyond: 4, expectedAt: friday })
  })

  test('has no date when the date of some of it is not known', () => {
    const allowances = [
      { ...terms, promised: 0 },
      { ...terms, promised: 0, expectedAt: null },
    ]
    expect(promisable(0, allowances, monday).expectedAt).toBeNull()
    expect(promisable(0, [], monday)).toEqual({ available: 0, beyond: 0, expectedAt: null })
  })
})

describe('backorders', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function shop(terms: Partial<BackorderTerms> = {}, quantity = 2) {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const inventory = createInventory({ outbox, now: clock.now })
      await inventory.receive(db, { sku: 'MUG', quantity })
      await inventory.allowBackorders(db, { sku: 'MUG', limit: 10, expectedAt: friday, ...terms })
      outbox.events.length = 0
      const reserve = (reference: string, lines = mugs(5), options = {}) =>
        atomic(db, (tx) => inventory.reserve(tx, reference, lines, options))
      const held = async (reference: string) => {
        const known = await inventory.reservationOf(db, reference)
        const [waiting] = known?.backorders ?? []
        return [known?.lines[0]?.quantity ?? 0, waiting?.filled, waiting?.status]
      }
      const mug = async () => (await inventory.stockOf(db, ['MUG']))['MUG']
      const says = (name: string) => outbox.events.flatMap((event) => (event.name === name ? [event.payload] : []))
      const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      return { db, clock, inventory, reserve, held, mug, says, sound }
    }

    test('a buyer gets what is there, and a promise for the rest that is a record of its own', async () => {
      const { db, inventory, reserve, mug, says, sound } = await shop()
      expect(await inventory.promisableOf(db, ['MUG', 'PLATE'])).toEqual({
        MUG: { available: 2, beyond: 10, expectedAt: friday },
        PLATE: { available: 0, beyond: 0, expectedAt: null },
      })
      const { lines, backorders } = await reserve('ord_1')
      expect(lines).toMatchObject([{ sku: 'MUG', quantity: 2 }])
      expect(backorders).toMatchObject([{ quantity: 3, filled: 0, status: 'waiting', expectedAt: friday }])
      expect(await mug()).toEqual({ onHand: 2, reserved: 2, available: 0 })
      expect((await inventory.promisableOf(db, ['MUG']))['MUG']?.beyond).toBe(7)
      expect(says('inventory.backordered')).toEqual([
        { reference: 'ord_1', lines: [{ sku: 'MUG', quantity: 3, expectedAt: friday }] },
      ])
      expect((await inventory.waitingBackorders(db)).items).toMatchObject([{ reference: 'ord_1', quantity: 3 }])
      await sound()
    })

    test('no more is promised than may be, and who is refused leaves nothing behind', async () => {
      const { db, inventory, reserve, mug, sound } = await shop({ limit: 3 })
      await expect(reserve('ord_1', mugs(6))).rejects.toMatchObject({
        code: 'inventory.out_of_stock',
        details: { sku: 'MUG', wanted: 6, available: 2 },
      })
      await atomic(db, async (tx) => {
        const lines = [...mugs(5), { sku: 'PLATE', quantity: 1 }]
        await expect(inventory.reserve(tx, 'ord_2', lines)).rejects.toMatchObject({ details: { sku: 'PLATE' } })
      })
      expect(await mug()).toMatchObject({ available: 2 })
      expect((await inventory.promisableOf(db, ['MUG']))['MUG']?.beyond).toBe(3)
      await reserve('ord_3')
      await expect(reserve('ord_4', mugs(1))).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
      await sound()
    })

    test('a pre-order is possible until its day, and ended by a limit of nothing; what was promised stays so', async () => {
      const { db, clock, inventory, reserve, held } = await shop({
        kind: 'preorder',
        until: '2026-01-02T03:05:05.678Z',
      })
      await reserve('ord_1')
      clock.advance(59_999)
      await reserve('ord_2', mugs(1))
      clock.advance(1)
      await expect(reserve('ord_3', mugs(1))).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
      await inventory.allowBackorders(db, { sku: 'MUG', limit: 0 })
      await expect(reserve('ord_3', mugs(1))).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
      await inventory.receive(db, { sku: 'MUG', quantity: 9 })
      expect([await held('ord_1'), await held('ord_2')]).toEqual([
        [5, 3, 'filled'],
        [1, 1, 'filled'],
      ])
    })

    test('what comes in goes to the oldest first, and only the rest is for sale', async () => {
      const { db, clock, inventory, reserve, held, mug, says, sound } = await shop()
      for (const reference of ['ord_1', 'ord_2', 'ord_3']) {
        await reserve(reference, mugs(3))
        clock.advance(1000)
      }
      expect(await inventory.receive(db, { sku: 'MUG', quantity: 3 })).toMatchObject({ available: 0 })
      expect([await held('ord_1'), await held('ord_2'), await held('ord_3')]).toEqual([
        [3, 1, 'filled'],
        [2, 2, 'waiting'],
        [0, 0, 'waiting'],
      ])
      expect(says('inventory.backorder_filled')).toEqual([
        { reference: 'ord_1', sku: 'MUG', quantity: 1 },
        { reference: 'ord_2', sku: 'MUG', quantity: 2 },
      ])
      expect(says('inventory.back_in_stock')).toEqual([])
      await inventory.receive(db, { sku: 'MUG', quantity: 9 })
      expect(await mug()).toEqual({ onHand: 14, reserved: 9, available: 5 })
      expect(says('inventory.back_in_stock')).toEqual([{ levels: [{ sku: 'MUG', available: 5 }] }])
      await sound()
    })

    test('what was sold before it came in leaves at once when it comes', async () => {
      const { db, inventory, reserve, held, mug, sound } = await shop()
      await reserve('ord_1')
      await atomic(db, (tx) => inventory.convert(tx, 'ord_1'))
      expect(await mug()).toEqual({ onHand: 0, reserved: 0, available: 0 })
      await inventory.receive(db, { sku: 'MUG', quantity: 4 })
      expect([await held('ord_1'), await mug()]).toEqual([[5, 3, 'filled'], { onHand: 1, reserved: 0, available: 1 }])
      await sound()
      await atomic(db, (tx) => inventory.restock(tx, 'ord_1'))
      expect(await mug()).toMatchObject({ onHand: 6, available: 6 })
      await sound()
    })

    test.each(['release', 'expire', 'restock'])(
      'who leaves (%s) waits no longer, and the next gets the goods',
      async (how) => {
        const { db, clock, inventory, reserve, held, sound } = await shop()
        await reserve('ord_1', mugs(4), { seconds: 60 })
        await reserve('ord_2', mugs(3))
        if (how === 'restock') await atomic(db, (tx) => inventory.convert(tx, 'ord_1'))
        if (how === 'release') await atomic(db, (tx) => inventory.release(tx, 'ord_1'))
        clock.advance(60_000)
        await (how === 'restock' ? atomic(db, (tx) => inventory.restock(tx, 'ord_1')) : inventory.releaseExpired(db))
        expect(await held('ord_1')).toEqual([2, 0, 'cancelled'])
        expect(await held('ord_2')).toEqual([2, 2, 'waiting'])
        expect((await inventory.promisableOf(db, ['MUG']))['MUG']?.beyond).toBe(9)
        await sound()
      },
    )

    test('somebody who waits for all of it can leave, and can ask again meanwhile', async () => {
      const { db, inventory, reserve, says, sound } = await shop({}, 1)
      await reserve('ord_1', mugs(1))
      const first = await reserve('ord_2', mugs(3))
      expect(await reserve('ord_2', mugs(3))).toEqual(first)
      await inventory.receive(db, { sku: 'MUG', quantity: 1 })
      expect(await reserve('ord_2', mugs(3))).toMatchObject({ lines: [{ quantity: 1 }], backorders: [{ filled: 1 }] })
      await atomic(db, (tx) => inventory.release(tx, 'ord_2'))
      expect(says('inventory.released')).toEqual([{ reference: 'ord_2', lines: mugs(3) }])
      await sound()
    })

    test('a count, and pieces no longer kept back, also reach who waits', async () => {
      const { db, inventory, reserve, held, sound } = await shop()
      await reserve('ord_1')
      await inventory.count(db, { sku: 'MUG', onHand: 3 })
      expect(await held('ord_1')).toEqual([3, 1, 'waiting'])
      await inventory.keepBack(db, 'MUG', 9)
      await inventory.receive(db, { sku: 'MUG', quantity: 9 })
      expect(await held('ord_1')).toEqual([3, 1, 'waiting'])
      await inventory.keepBack(db, 'MUG', 8)
      expect(await held('ord_1')).toEqual([4, 2, 'waiting'])
      await sound()
    })

    test('several locations promise in their order, and each fills what it promised', async () => {
      const { db, inventory, reserve, sound } = await shop({ limit: 1 }, 1)
      const { id } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      await inventory.allowBackorders(db, { sku: 'MUG', locationId: id, limit: 4 })
      const { backorders } = await reserve('ord_1', mugs(4))
      expect(backorders.map(({ locationId, quantity }) => [locationId, quantity])).toEqual([
        ['loc_main', 1],
        [id, 2],
      ])
      await inventory.receive(db, { sku: 'MUG', quantity: 5, locationId: id })
      expect((await inventory.reservationOf(db, 'ord_1'))?.backorders.map(({ status }) => status)).toEqual([
        'waiting',
        'filled',
      ])
      await sound()
    })

    test('a place that is not known cannot promise', async () => {
      const { db, inventory } = await shop()
      await expect(
        inventory.allowBackorders(db, { sku: 'MUG', locationId: 'loc_moon', limit: 1 }),
      ).rejects.toMatchObject({ code: 'inventory.location_not_found' })
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('fifty buyers on two connections get what is there and what may be promised, and not one piece more', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        await inventory.receive(db, { sku: 'MUG', quantity: 12 })
        await inventory.allowBackorders(db, { sku: 'MUG', limit: 11 })
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) => inventory.reserve(tx, `ord_${index}`, mugs(1))),
        )
        const results = await Promise.allSettled(buyers)
        await other.destroy()
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(23)
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
        expect(new Set(refusals)).toEqual(new Set(['inventory.out_of_stock']))
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)

      test('fifty buyers on two connections, crosswise, while goods come in: as many promises as may be, each kept once', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        for (const sku of ['MUG', 'PLATE']) {
          await inventory.receive(db, { sku, quantity: 12 })
          await inventory.allowBackorders(db, { sku, limit: 38 })
        }
        const both = [...mugs(1), { sku: 'PLATE', quantity: 1 }]
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, async (tx) => {
            await inventory.reserve(tx, `ord_${index}`, index % 4 < 2 ? both : both.toReversed())
            if (index % 5 === 0) await inventory.convert(tx, `ord_${index}`)
          }),
        )
        const deliveries = Array.from({ length: 8 }, (_, index) =>
          inventory.receive(index % 2 ? other : db, { sku: index % 4 < 2 ? 'MUG' : 'PLATE', quantity: 2 }),
        )
        await Promise.all([...buyers, ...deliveries])
        const waiting = async () => (await inventory.waitingBackorders(db, { limit: 100 })).items.length
        expect(await waiting()).toBe(60)
        const ends = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) =>
            index % 5 === 0 ? inventory.restock(tx, `ord_${index}`) : inventory.release(tx, `ord_${index}`),
          ),
        )
        await Promise.all([...ends, inventory.receive(other, { sku: 'MUG', quantity: 7 })])
        await other.destroy()
        expect(await waiting()).toBe(0)
        expect(await inventory.stockOf(db, ['MUG', 'PLATE'])).toEqual({
          MUG: { onHand: 27, reserved: 0, available: 27 },
          PLATE: { onHand: 20, reserved: 0, available: 20 },
        })
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
