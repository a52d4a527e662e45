import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { sampleLines, sampleReceipts } from '@sangdo/inventory/testing'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

describe('reconciliation', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function stockedShop() {
      const { db } = database()
      const outbox = recorder()
      const inventory = createInventory({ outbox })
      for (const receipt of sampleReceipts) await inventory.receive(db, receipt)
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', sampleLines))
      outbox.events.length = 0
      const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      return { db, inventory, outbox, sound }
    }

    test('where counts agree with their ledgers there is nothing to do', async () => {
      const { db, inventory, outbox } = await stockedShop()
      expect(await inventory.reconcile(db)).toEqual({ repaired: [], unresolved: [] })
      expect(outbox.events).toEqual([])
    })

    test('a wrong number is set to what the ledger says, and the correction is written down and told', async () => {
      const { db, inventory, outbox, sound } = await stockedShop()
      await sql`update inventory_stock set on_hand = 9, reserved = 7 where sku = 'MUG'`.execute(db)
      const { repaired, unresolved } = await inventory.reconcile(db)
      expect(repaired).toMatchObject([{ sku: 'MUG', onHand: 9, moved: 5, reserved: 7, promised: 2 }])
      expect(unresolved).toEqual([])
      expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 5, reserved: 2, available: 3 })
      expect((await inventory.corrections(db)).items).toEqual(repaired)
      expect(outbox.events).toEqual([{ name: 'inventory.corrected', payload: { corrections: repaired } }])
      expect(await inventory.reconcile(db)).toEqual({ repaired: [], unresolved: [] })
      await sound()
    })

    test('goods that only the ledger knows of are found again, and the shop hears that they are back', async () => {
      const { db, inventory, outbox, sound } = await stockedShop()
      await inventory.receive(db, { sku: 'TRAY', quantity: 4 })
      outbox.events.length = 0
      await sql`delete from inventory_stock where sku = 'TRAY'`.execute(db)
      expect((await inventory.reconcile(db)).repaired).toMatchObject([{ sku: 'TRAY', onHand: 0, moved: 4 }])
      expect(outbox.events).toContainEqual({
        name: 'inventory.back_in_stock',
        payload: { levels: [{ sku: 'TRAY', available: 4 }] },
      })
      await sound()
    })

    test('what the ledger itself says cannot be is answered, and left for people', async () => {
      const { db, inventory } = await stockedShop()
      await sql`delete from inventory_movement where sku = 'MUG'`.execute(db)
      const { repaired, unresolved } = await inventory.reconcile(db)
      expect(repaired).toEqual([])
      expect(unresolved).toEqual([
        { sku: 'MUG', locationId: 'loc_main', onHand: 5, moved: 0, reserved: 2, promised: 2 },
      ])
      expect((await inventory.corrections(db)).items).toEqual([])
    })

    test('corrections are read in pages, newest first', async () => {
      const { db, inventory } = await stockedShop()
      for (const wrong of [11, 12, 13]) {
        await sql`update inventory_stock set on_hand = ${wrong} where sku = 'MUG'`.execute(db)
        await inventory.reconcile(db)
      }
      const first = await inventory.corrections(db, { limit: 2 })
      const second = await inventory.corrections(db, { limit: 2, after: first.next ?? '' })
      expect([...first.items, ...second.items].map((correction) => correction.onHand)).toEqual([13, 12, 11])
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('fifty buyers on two connections do not disturb it, nor it them', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        await inventory.receive(db, { sku: 'MUG', quantity: 80 })
        await sql`update inventory_stock set on_hand = 200 where sku = 'MUG'`.execute(db)
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, async (tx) => {
            await inventory.reserve(tx, `ord_${index}`, [{ sku: 'MUG', quantity: 1 }])
            if (index % 3 === 0) await inventory.convert(tx, `ord_${index}`)
          }),
        )
        const repairs = [db, other, db, other].map((handle) => inventory.reconcile(handle))
        await Promise.all([...buyers, ...repairs])
        await inventory.reconcile(db)
        await other.destroy()
        expect((await inventory.corrections(db)).items).toHaveLength(1)
        expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 63, reserved: 33, available: 30 })
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
