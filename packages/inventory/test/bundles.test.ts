import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { bundlesIn, expanded, type Quantities } from '@sangdo/inventory'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const teaSet: Quantities = [
  { sku: 'MUG', quantity: 2 },
  { sku: 'PLATE', quantity: 1 },
]
const bundles = { SET: teaSet }
const one = (sku: string) => [{ sku, quantity: 1 }]

describe('bundles', () => {
  test('are taken apart: a component on a line of its own counts with the others', () => {
    expect(expanded([{ sku: 'SET', quantity: 3 }, ...one('MUG')], bundles)).toEqual([
      { sku: 'MUG', quantity: 7 },
      { sku: 'PLATE', quantity: 3 },
    ])
  })

  test('are as many as the scarcest component makes, also where one is named twice', () => {
    expect(bundlesIn(teaSet, { MUG: 9, PLATE: 7 })).toBe(4)
    expect(bundlesIn(teaSet, { MUG: 9 })).toBe(0)
    expect(bundlesIn([...teaSet, ...one('MUG')], { MUG: 9, PLATE: 7 })).toBe(3)
  })

  test('of which there are so many can be taken apart so many times, and not once more', () => {
    const components = fc.array(
      fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 5 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    const pieces = fc.record({ A: fc.nat(40), B: fc.nat(40), C: fc.nat(40) })
    fc.assert(
      fc.property(components, pieces, (parts, there: Record<string, number>) => {
        const enough = (quantity: number) =>
          expanded([{ sku: 'SET', quantity }], { SET: parts }).every((line) => line.quantity <= (there[line.sku] ?? 0))
        const whole = bundlesIn(parts, there)
        expect(whole === 0 || enough(whole)).toBe(true)
        expect(enough(whole + 1)).toBe(false)
      }),
    )
  })

  describeDatabases([inventoryMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const inventory = createInventory()
      await inventory.receive(db, { sku: 'MUG', quantity: 9 })
      await inventory.receive(db, { sku: 'PLATE', quantity: 7 })
      const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      return { db, inventory, sound }
    }

    test('are reserved by component, sold and put back, and share the stock with loose pieces', async () => {
      const { db, inventory, sound } = await shop()
      const sets = [{ sku: 'SET', quantity: 2 }]
      const { lines } = await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', sets, { bundles }))
      expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
        ['MUG', 4],
        ['PLATE', 2],
      ])
      expect(await inventory.availableOfBundles(db, bundles)).toEqual({ SET: 2 })
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_2', [{ sku: 'MUG', quantity: 4 }]))
      expect(await inventory.availableOfBundles(db, bundles)).toEqual({ SET: 0 })
      await expect(
        atomic(db, (tx) => inventory.reserve(tx, 'ord_3', [{ sku: 'SET', quantity: 1 }], { bundles })),
      ).rejects.toMatchObject({ code: 'inventory.out_of_stock', details: { sku: 'MUG', wanted: 2, available: 1 } })
      await atomic(db, (tx) => inventory.convert(tx, 'ord_1'))
      await atomic(db, (tx) => inventory.restock(tx, 'ord_1'))
      expect(await inventory.availableOfBundles(db, bundles)).toEqual({ SET: 2 })
      await sound()
    })

    test('asked twice with one reference they are reserved once', async () => {
      const { db, inventory } = await shop()
      const reserve = () => atomic(db, (tx) => inventory.reserve(tx, 'ord_1', one('SET'), { bundles }))
      expect(await reserve()).toEqual(await reserve())
      expect(await inventory.availableOfBundles(db, bundles)).toEqual({ SET: 3 })
    })

    test('a shop that knows its bundles is asked for them, and answers for their stock like for any other', async () => {
      const { db } = await shop()
      const asked: (readonly string[])[] = []
      const port = {
        componentsOf: async (_: unknown, skus: readonly string[]) => (
          asked.push(skus),
          skus.includes('SET') ? bundles : {}
        ),
      }
      const inventory = createInventory({ bundles: port })
      expect(await inventory.stockOf(db, ['SET', 'MUG'])).toEqual({
        SET: { onHand: 4, reserved: 0, available: 4 },
        MUG: { onHand: 9, reserved: 0, available: 9 },
      })
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', [...one('SET'), ...one('PLATE')]))
      expect(asked).toEqual([
        ['SET', 'MUG'],
        ['SET', 'PLATE'],
      ])
      expect(await inventory.stockOf(db, ['SET', 'PLATE'])).toEqual({
        SET: { onHand: 4, reserved: 0, available: 3 },
        PLATE: { onHand: 7, reserved: 2, available: 5 },
      })
    })

    test('a bundle of nothing is refused by name', async () => {
      const { db, inventory } = await shop()
      await expect(inventory.availableOfBundles(db, { SET: [] })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'SET' }] },
      })
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('fifty buyers of sets and of loose pieces, on two connections, get no piece twice', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        for (const sku of ['MUG', 'PLATE']) await inventory.receive(db, { sku, quantity: 30 })
        const wanted = ['SET', 'MUG', 'PLATE']
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) =>
            inventory.reserve(tx, `ord_${index}`, one(wanted[index % 3] ?? ''), { bundles }),
          ),
        )
        const results = await Promise.allSettled(buyers)
        await other.destroy()
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
        expect(new Set(refusals)).toEqual(new Set(['inventory.out_of_stock']))
        const stock = await inventory.stockOf(db, ['MUG', 'PLATE'])
        expect(stock['MUG']?.available).toBeLessThan(2)
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
