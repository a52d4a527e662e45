import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { describe, expect, test } from 'vitest'

const mugs = (quantity: number) => [{ sku: 'MUG', quantity }]

describe('fewer on the shelf than are promised', () => {
  describeDatabases([inventoryMigrations], (database) => {
    /** Ten mugs, of which three buyers have reserved nine, one after the other. */
    async function promised() {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const inventory = createInventory({ outbox, now: clock.now })
      await inventory.receive(db, { sku: 'MUG', quantity: 10 })
      for (const [index, quantity] of [2, 4, 3].entries()) {
        await atomic(db, (tx) => inventory.reserve(tx, `ord_${index + 1}`, mugs(quantity)))
        clock.advance(1000)
      }
      outbox.events.length = 0
      const held = async (reference: string) => {
        const known = await inventory.reservationOf(db, reference)
        const waiting = known?.backorders.map(({ quantity, filled }) => quantity - filled) ?? []
        return [known?.lines[0]?.quantity ?? 0, waiting[0] ?? 0]
      }
      const count = (onHand: number) => inventory.count(db, { sku: 'MUG', onHand, shortfall: 'record' })
      const all = async () => [await held('ord_1'), await held('ord_2'), await held('ord_3')]
      const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      return { db, inventory, outbox, count, all, sound }
    }

    test('is refused, or the newest promises wait and the shop is told whose', async () => {
      const { db, inventory, outbox, count, all, sound } = await promised()
      await expect(inventory.count(db, { sku: 'MUG', onHand: 4 })).rejects.toMatchObject({
        code: 'inventory.below_reserved',
      })
      expect(await count(4)).toEqual({ onHand: 4, reserved: 4, available: 0 })
      expect(await all()).toEqual([
        [2, 0],
        [2, 2],
        [0, 3],
      ])
      const where = { sku: 'MUG', locationId: 'loc_main' }
      expect(outbox.events).toEqual([
        {
          name: 'inventory.fell_short',
          payload: {
            shortfalls: [
              { reference: 'ord_3', ...where, quantity: 3 },
              { reference: 'ord_2', ...where, quantity: 2 },
            ],
          },
        },
        { name: 'inventory.ran_low', payload: { levels: [{ sku: 'MUG', available: 0 }] } },
      ])
      await sound()
    })

    test('counted again, the pieces that are missing once are not missing twice', async () => {
      const { count, all, sound } = await promised()
      await count(6)
      await count(3)
      await count(3)
      expect(await all()).toEqual([
        [2, 0],
        [1, 3],
        [0, 3],
      ])
      await sound()
    })

    test('what turns up goes to the oldest promise first, before buyers who came later', async () => {
      const { db, inventory, count, all, sound } = await promised()
      await inventory.allowBackorders(db, { sku: 'MUG', limit: 9 })
      await count(4)
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_4', mugs(2)))
      await inventory.receive(db, { sku: 'MUG', quantity: 4 })
      expect(await all()).toEqual([
        [2, 0],
        [4, 0],
        [2, 1],
      ])
      await count(9)
      expect(await all()).toEqual([
        [2, 0],
        [4, 0],
        [3, 0],
      ])
      expect((await inventory.waitingBackorders(db)).items).toMatchObject([{ reference: 'ord_4', quantity: 2 }])
      await sound()
    })

    test('of promises made in one moment the older is served first, too', async () => {
      const { db, inventory } = await promised()
      await inventory.receive(db, { sku: 'PLATE', quantity: 2 })
      for (const reference of ['ord_4', 'ord_5'])
        await atomic(db, (tx) => inventory.reserve(tx, reference, [{ sku: 'PLATE', quantity: 1 }]))
      await inventory.count(db, { sku: 'PLATE', onHand: 0, shortfall: 'record' })
      await inventory.receive(db, { sku: 'PLATE', quantity: 1 })
      expect((await inventory.waitingBackorders(db)).items).toMatchObject([{ reference: 'ord_5', quantity: 1 }])
    })

    test('each ends as it would have: one is sold in part, one let go, one asked for again', async () => {
      const { db, inventory, count, sound } = await promised()
      await count(4)
      await atomic(db, async (tx) => {
        await inventory.convert(tx, 'ord_2')
        await inventory.release(tx, 'ord_3')
        expect(await inventory.reserve(tx, 'ord_1', mugs(2))).toMatchObject({ status: 'open' })
      })
      await sound()
      await inventory.receive(db, { sku: 'MUG', quantity: 5 })
      expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 5, reserved: 2, available: 3 })
      await sound()
    })

    test('nothing is promised beyond the stock because of it', async () => {
      const { db, inventory, count } = await promised()
      await count(4)
      await expect(atomic(db, (tx) => inventory.reserve(tx, 'ord_4', mugs(1)))).rejects.toMatchObject({
        code: 'inventory.out_of_stock',
      })
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('fifty buyers buy and leave on two connections while the shelf is counted: every piece is accounted for', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        await inventory.receive(db, { sku: 'MUG', quantity: 60 })
        const buyers = Array.from({ length: 50 }, async (_, index) => {
          const handle = index % 2 ? db : other
          const reference = `ord_${index}`
          await atomic(handle, (tx) => inventory.reserve(tx, reference, mugs(1)))
          if (index % 3 === 0) await atomic(handle, (tx) => inventory.convert(tx, reference))
          if (index % 3 === 1) await atomic(handle, (tx) => inventory.release(tx, reference))
        })
        const counts = [9, 5, 2].map((onHand, index) =>
          inventory.count(index % 2 ? other : db, { sku: 'MUG', onHand, shortfall: 'record' }),
        )
        const results = await Promise.allSettled([...buyers, ...counts])
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
        expect(refusals.filter((code) => code !== 'inventory.out_of_stock')).toEqual([])
        await inventory.receive(other, { sku: 'MUG', quantity: 60 })
        await other.destroy()
        expect((await inventory.waitingBackorders(db)).items).toEqual([])
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
