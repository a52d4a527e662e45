import { atomic, type Tx } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { createInventory, inventoryMigrations } from '@sangdo/inventory/server'
import { describe, expect, test } from 'vitest'

/** Somebody who stays until told to go, and a way to see that they are in. */
function guest() {
  const [entered, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const stay = async (_tx: Tx) => {
    entered.resolve()
    await left.promise
  }
  return { entered: entered.promise, stay, leave: () => left.resolve() }
}

const busy = { code: 'inventory.too_busy', kind: 'unavailable', details: { sku: 'MUG' } }

describe('the gate before a sku', () => {
  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('lets few in at a time, the others in the order in which they came', async () => {
        const { db } = database()
        const { gate } = createInventory({ gate: { inFlight: 2, waitMs: 60_000 } })
        const [first, second] = [guest(), guest()]
        const inside = [gate(db, ['MUG'], first.stay), gate(db, ['MUG'], second.stay)]
        await Promise.all([first.entered, second.entered])
        const order: number[] = []
        const waiting = [1, 2, 3].map((one) => gate(db, ['MUG'], async () => void order.push(one)))
        await gate(db, ['PLATE'], async () => {})
        expect(order).toEqual([])
        first.leave()
        await Promise.all(waiting)
        expect(order).toEqual([1, 2, 3])
        second.leave()
        await Promise.all(inside)
      })

      test('tells who has waited too long to come again, and forgets them', async () => {
        const { db } = database()
        const { gate } = createInventory({ gate: { inFlight: 1, waitMs: 20 } })
        const first = guest()
        const inside = gate(db, ['MUG'], first.stay)
        await first.entered
        let came = false
        const late = gate(db, ['CUP', 'MUG'], async () => void (came = true))
        await expect(late).rejects.toMatchObject(busy)
        await gate(db, ['CUP'], async () => {})
        first.leave()
        await inside
        await gate(db, ['MUG'], async () => {})
        expect(came).toBe(false)
      })

      test('is free again after a refusal, and the refusal is told as it is', async () => {
        const { db } = database()
        const inventory = createInventory({ gate: { inFlight: 1, waitMs: 20 } })
        for (const reference of ['ord_1', 'ord_2'])
          await expect(
            inventory.gate(db, ['MUG'], (tx) => inventory.reserve(tx, reference, [{ sku: 'MUG', quantity: 1 }])),
          ).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
      })

      test('does not hold up a transaction that has begun: its locks would hold up others', async () => {
        const { db } = database()
        const { gate } = createInventory({ gate: { inFlight: 1, waitMs: 20 } })
        await gate(db, ['MUG'], (tx) => gate(tx, ['MUG'], async () => {}))
      })

      test('stands before what a bundle is made of', async () => {
        const { db } = database()
        const componentsOf = async (_db: unknown, skus: readonly string[]) =>
          skus.includes('SET') ? { SET: [{ sku: 'MUG', quantity: 2 }] } : {}
        const { gate } = createInventory({ gate: { inFlight: 1, waitMs: 20 }, bundles: { componentsOf } })
        const first = guest()
        const inside = gate(db, ['MUG'], first.stay)
        await first.entered
        await expect(gate(db, ['SET'], async () => {})).rejects.toMatchObject(busy)
        first.leave()
        await inside
      })
    },
    ['postgres'],
  )

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('lets nobody wait in a circle: orders for two skus either way round all come through', async () => {
        const { db } = database()
        const inventory = createInventory({ gate: { inFlight: 1, waitMs: 60_000 } })
        for (const sku of ['MUG', 'PLATE']) await inventory.receive(db, { sku, quantity: 40 })
        const orders = Array.from({ length: 40 }, (_, index) => {
          const skus = index % 2 ? ['MUG', 'PLATE'] : ['PLATE', 'MUG']
          const lines = skus.map((sku) => ({ sku, quantity: 1 }))
          return inventory.gate(db, skus, (tx) => inventory.reserve(tx, `ord_${index}`, lines))
        })
        await Promise.all(orders)
        expect((await inventory.stockOf(db, ['MUG', 'PLATE']))['PLATE']?.available).toBe(0)
      }, 30_000)

      test('runs its work in one transaction, all of it or nothing', async () => {
        const { db } = database()
        const inventory = createInventory()
        await inventory.receive(db, { sku: 'MUG', quantity: 5 })
        const failed = inventory.gate(db, ['MUG'], async (tx) => {
          await inventory.reserve(tx, 'ord_1', [{ sku: 'MUG', quantity: 1 }])
          throw new Error('the buyer left')
        })
        await expect(failed).rejects.toThrow('the buyer left')
        expect((await inventory.stockOf(db, ['MUG']))['MUG']?.available).toBe(5)
      })
    },
    ['sqlite', 'postgres'],
  )

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('stands open on SQLite, where one writer serves everybody in turn', async () => {
        const { db } = database()
        const inventory = createInventory({ gate: { inFlight: 1, waitMs: 1 } })
        await inventory.receive(db, { sku: 'MUG', quantity: 30 })
        const orders = Array.from({ length: 30 }, (_, index) =>
          inventory.gate(db, ['MUG'], (tx) => inventory.reserve(tx, `ord_${index}`, [{ sku: 'MUG', quantity: 1 }])),
        )
        await Promise.all(orders)
        await atomic(db, async (tx) => inventory.gate(tx, ['MUG'], async () => {}))
        expect((await inventory.stockOf(db, ['MUG']))['MUG']?.available).toBe(0)
      })
    },
    ['sqlite'],
  )
})
