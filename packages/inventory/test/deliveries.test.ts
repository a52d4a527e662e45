import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const friday = '2026-01-09T00:00:00.000Z'
const monday = '2026-01-05T00:00:00.000Z'

describe('deliveries', () => {
  describeDatabases([inventoryMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const inventory = createInventory()
      const coming = async () =>
        (await inventory.incomingOf(db, ['MUG'])).map(({ quantity, expectedAt }) => [quantity, expectedAt])
      const broken = async () => (await checkInvariants(db, inventoryInvariants)).map(({ name }) => name)
      return { db, inventory, coming, broken }
    }

    test('are expected, come in parts, and are then for sale; the first to come is named first', async () => {
      const { db, inventory, coming, broken } = shop()
      await inventory.expectDelivery(db, { sku: 'MUG', quantity: 2 })
      await inventory.expectDelivery(db, { sku: 'MUG', quantity: 9, expectedAt: friday })
      const deliveryId = await inventory.expectDelivery(db, {
        sku: 'MUG',
        quantity: 5,
        expectedAt: monday,
        reference: 'PO-7',
      })
      expect(await coming()).toEqual([
        [5, monday],
        [9, friday],
        [2, null],
      ])
      expect(await inventory.receive(db, { sku: 'MUG', quantity: 3, deliveryId })).toMatchObject({ available: 3 })
      expect((await coming())[0]).toEqual([2, monday])
      await inventory.receive(db, { sku: 'MUG', quantity: 2, deliveryId })
      expect([await coming(), (await inventory.stockOf(db, ['MUG']))['MUG']?.onHand]).toEqual([
        [
          [9, friday],
          [2, null],
        ],
        5,
      ])
      expect(await broken()).toEqual([])
    })

    test('bring no more than was expected, nor another sku, nor to another place: nothing is booked in, even if the caller goes on', async () => {
      const { db, inventory, coming, broken } = shop()
      const deliveryId = await inventory.expectDelivery(db, { sku: 'MUG', quantity: 5 })
      const { id: locationId } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      await atomic(db, async (tx) => {
        for (const receipt of [
          { sku: 'MUG', quantity: 6 },
          { sku: 'PLATE', quantity: 1 },
          { sku: 'MUG', quantity: 1, locationId },
        ])
          await expect(inventory.receive(tx, { ...receipt, deliveryId })).rejects.toMatchObject({
            code: 'inventory.not_expected',
          })
      })
      expect([await coming(), (await inventory.movementsOf(db, 'MUG')).items, await broken()]).toEqual([
        [[5, null]],
        [],
        [],
      ])
    })

    test('that were called off are expected no more, and calling off twice changes nothing', async () => {
      const { db, inventory, coming, broken } = shop()
      const deliveryId = await inventory.expectDelivery(db, { sku: 'MUG', quantity: 5 })
      await inventory.receive(db, { sku: 'MUG', quantity: 1, deliveryId })
      await inventory.cancelDelivery(db, deliveryId)
      await inventory.cancelDelivery(db, deliveryId)
      expect(await coming()).toEqual([])
      await expect(inventory.receive(db, { sku: 'MUG', quantity: 1, deliveryId })).rejects.toMatchObject({
        code: 'inventory.not_expected',
      })
      await expect(inventory.cancelDelivery(db, 'dlv_9')).rejects.toMatchObject({
        code: 'inventory.delivery_not_found',
      })
      expect(await broken()).toEqual([])
    })

    test('the invariants find one that closed too early', async () => {
      const { db, inventory, broken } = shop()
      await inventory.expectDelivery(db, { sku: 'MUG', quantity: 5 })
      await sql`update inventory_delivery set status = 'closed'`.execute(db)
      expect(await broken()).toEqual(['inventory.expected'])
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('booked in by fifty hands at once, on two connections, come in once', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        const deliveryId = await inventory.expectDelivery(db, { sku: 'MUG', quantity: 30 })
        const hands = Array.from({ length: 50 }, (_, index) =>
          inventory.receive(index % 2 ? db : other, { sku: 'MUG', quantity: 1, deliveryId }),
        )
        const results = await Promise.allSettled(hands)
        await other.destroy()
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(30)
        expect((await inventory.stockOf(db, ['MUG']))['MUG']?.onHand).toBe(30)
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
