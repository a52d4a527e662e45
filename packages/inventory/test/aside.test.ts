import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const mugs = (quantity: number) => [{ sku: 'MUG', quantity }]

describe('goods that are not for sale', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function stocked() {
      const { db } = database()
      const outbox = recorder()
      const inventory = createInventory({ outbox })
      await inventory.receive(db, { sku: 'MUG', quantity: 8 })
      outbox.events.length = 0
      const onHand = async () => (await inventory.stockOf(db, ['MUG']))['MUG']?.onHand
      const aside = async () => (await inventory.asideOf(db, ['MUG'])).map(({ state, quantity }) => [state, quantity])
      const broken = async () =>
        (await checkInvariants(db, inventoryInvariants)).map(({ name, breaches }) => [name, breaches[0]?.subject])
      return { db, inventory, outbox, onHand, aside, broken }
    }

    test('are counted by their state, put back after a look, or written off', async () => {
      const { db, inventory, outbox, onHand, aside, broken } = await stocked()
      await inventory.setAside(db, { sku: 'MUG', quantity: 2, state: 'damaged', note: 'dropped' })
      await inventory.setAside(db, { sku: 'MUG', quantity: 6, state: 'quarantined', reference: 'recall-1' })
      expect([await onHand(), await aside()]).toEqual([
        0,
        [
          ['damaged', 2],
          ['quarantined', 6],
        ],
      ])
      await inventory.putBack(db, { sku: 'MUG', quantity: 5, state: 'quarantined' })
      await inventory.writeOff(db, { sku: 'MUG', quantity: 2, state: 'damaged' })
      expect([await onHand(), await aside()]).toEqual([5, [['quarantined', 1]]])
      expect(outbox.events.map(({ name }) => name)).toEqual(['inventory.ran_low', 'inventory.back_in_stock'])
      expect(await broken()).toEqual([])
      expect(await inventory.drift(db)).toEqual([])
    })

    test('every step is a line of the ledger, and says in which state', async () => {
      const { db, inventory } = await stocked()
      await inventory.setAside(db, { sku: 'MUG', quantity: 2, state: 'quarantined' })
      await inventory.putBack(db, { sku: 'MUG', quantity: 1, state: 'quarantined' })
      await inventory.writeOff(db, { sku: 'MUG', quantity: 1, state: 'quarantined' })
      const { items } = await inventory.movementsOf(db, 'MUG')
      expect(items.toReversed().map(({ quantity, state, reason }) => [quantity, state, reason])).toEqual([
        [8, 'sellable', 'received'],
        [-2, 'sellable', 'quarantined'],
        [2, 'quarantined', 'quarantined'],
        [-1, 'quarantined', 'inspected'],
        [1, 'sellable', 'inspected'],
        [-1, 'quarantined', 'written_off'],
      ])
    })

    test('that came back from a buyer are sold again only after a look, and then first to who waits', async () => {
      const { db, inventory, onHand, aside, broken } = await stocked()
      await inventory.allowBackorders(db, { sku: 'MUG', limit: 5 })
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', mugs(10)))
      await inventory.receiveAside(db, { sku: 'MUG', quantity: 3, state: 'quarantined', reference: 'ret_1' })
      expect([await onHand(), await aside()]).toEqual([8, [['quarantined', 3]]])
      await inventory.putBack(db, { sku: 'MUG', quantity: 3, state: 'quarantined' })
      expect((await inventory.reservationOf(db, 'ord_1'))?.backorders).toMatchObject([{ filled: 2, status: 'filled' }])
      expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 11, reserved: 10, available: 1 })
      expect(await broken()).toEqual([])
    })

    test('cannot be what somebody was promised, nor more than are in that state', async () => {
      const { db, inventory, broken } = await stocked()
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', mugs(5)))
      await expect(inventory.setAside(db, { sku: 'MUG', quantity: 4, state: 'damaged' })).rejects.toMatchObject({
        code: 'inventory.out_of_stock',
        details: { sku: 'MUG', wanted: 4, available: 3 },
      })
      await inventory.setAside(db, { sku: 'MUG', quantity: 3, state: 'damaged' })
      for (const step of [inventory.putBack, inventory.writeOff])
        await expect(step(db, { sku: 'MUG', quantity: 4, state: 'damaged' })).rejects.toMatchObject({
          code: 'inventory.not_set_aside',
          details: { sku: 'MUG', state: 'damaged', wanted: 4, there: 3 },
        })
      await expect(
        inventory.receiveAside(db, { sku: 'MUG', quantity: 1, state: 'damaged', locationId: 'loc_moon' }),
      ).rejects.toMatchObject({ code: 'inventory.location_not_found' })
      expect(await broken()).toEqual([])
    })

    test('are missed by the invariants when a count of them is wrong', async () => {
      const { db, inventory, broken } = await stocked()
      await inventory.setAside(db, { sku: 'MUG', quantity: 3, state: 'damaged' })
      await sql`update inventory_aside set quantity = 4`.execute(db)
      expect(await broken()).toEqual([['inventory.aside', 'MUG at loc_main, damaged']])
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('are taken from the same pieces as fifty buyers take, on two connections, and no piece twice', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        await inventory.receive(db, { sku: 'MUG', quantity: 40 })
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) => inventory.reserve(tx, `ord_${index}`, mugs(1))),
        )
        const finds = Array.from({ length: 20 }, (_, index) =>
          inventory.setAside(index % 2 ? other : db, { sku: 'MUG', quantity: 1, state: 'damaged' }),
        )
        const results = await Promise.allSettled([...buyers, ...finds])
        await other.destroy()
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(40)
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
        expect(new Set(refusals)).toEqual(new Set(['inventory.out_of_stock']))
        expect((await inventory.stockOf(db, ['MUG']))['MUG']?.available).toBe(0)
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
