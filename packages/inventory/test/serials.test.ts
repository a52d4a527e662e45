import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { describe, expect, test } from 'vitest'

const minute = 60_000
const soon = '2026-01-02T03:14:05.678Z' // ten minutes after the clock stands still

describe('pieces with numbers', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function phones() {
      const { db } = database()
      const inventory = createInventory()
      await inventory.receive(db, { sku: 'PHONE', quantity: 3, serials: ['S1', 'S2', 'S3'] })
      const sell = (reference: string, quantity: number) =>
        atomic(db, async (tx) => {
          await inventory.reserve(tx, reference, [{ sku: 'PHONE', quantity }])
          await inventory.convert(tx, reference)
        })
      const given = async (...references: string[]) =>
        Object.values(await inventory.serialsOf(db, references)).map((pieces) => pieces.map(({ serial }) => serial))
      const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      return { db, inventory, sell, given, sound }
    }

    test('are given out when they are sold and taken back when the sale is off', async () => {
      const { db, inventory, sell, given, sound } = await phones()
      await sell('ord_1', 2)
      await sell('ord_2', 1)
      expect(await given('ord_1', 'ord_2', 'ord_9')).toEqual([['S1', 'S2'], ['S3'], []])
      expect(await inventory.serialOf(db, 'PHONE', 'S2')).toMatchObject({ state: null, reference: 'ord_1' })
      await atomic(db, (tx) => inventory.restock(tx, 'ord_1'))
      expect(await given('ord_1', 'ord_2')).toEqual([[], ['S3']])
      expect(await inventory.serialOf(db, 'PHONE', 'S2')).toMatchObject({ state: 'sellable', reference: null })
      await sell('ord_3', 1)
      expect(await given('ord_3')).toEqual([['S1']])
      await sound()
    })

    test('come in once, each with a number of its own, and may come back after they were sold', async () => {
      const { db, inventory, sell, sound } = await phones()
      await expect(inventory.receive(db, { sku: 'PHONE', quantity: 1, serials: ['S2'] })).rejects.toMatchObject({
        code: 'inventory.serial_taken',
        details: { sku: 'PHONE', serial: 'S2' },
      })
      for (const serials of [['S4'], ['S4', 'S4']])
        await expect(inventory.receive(db, { sku: 'PHONE', quantity: 2, serials })).rejects.toMatchObject({
          details: { issues: [{ field: 'serials' }] },
        })
      await inventory.receive(db, { sku: 'RADIO', quantity: 1, serials: ['S2'] })
      await sell('ord_1', 1)
      await inventory.receiveAside(db, { sku: 'PHONE', quantity: 1, state: 'quarantined', serials: ['S1'] })
      expect(await inventory.serialOf(db, 'PHONE', 'S1')).toMatchObject({ state: 'quarantined', reference: null })
      await sound()
    })

    test('are set aside and put back by number, and travel with their numbers', async () => {
      const { db, inventory, sell, given, sound } = await phones()
      const broken = { sku: 'PHONE', quantity: 1, state: 'damaged', serials: ['S1'] } as const
      await inventory.setAside(db, { ...broken, serials: ['S1'] })
      await expect(inventory.setAside(db, { ...broken, serials: ['S1'] })).rejects.toMatchObject({
        code: 'inventory.serial_not_there',
      })
      const { id: to } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      const lines = [{ sku: 'PHONE', quantity: 2 }]
      const { id: transferId } = await inventory.dispatch(db, { from: 'loc_main', to, lines })
      expect(await given(transferId)).toEqual([['S2', 'S3']])
      await inventory.arrive(db, { transferId, lines: [{ sku: 'PHONE', quantity: 1 }] })
      await inventory.lose(db, { transferId, lines: [{ sku: 'PHONE', quantity: 1 }] })
      expect(await inventory.serialOf(db, 'PHONE', 'S2')).toMatchObject({ state: 'sellable', locationId: to })
      expect(await inventory.serialOf(db, 'PHONE', 'S3')).toMatchObject({ state: null })
      await inventory.putBack(db, { ...broken, serials: ['S1'] })
      await sell('ord_1', 2)
      expect(await given('ord_1')).toEqual([['S1', 'S2']])
      await sound()
    })

    test('are of a lot where they came in with one, and expire with it', async () => {
      const { db, sound } = await phones()
      const clock = stillClock()
      const inventory = createInventory({ now: clock.now })
      await inventory.receive(db, { sku: 'PUMP', quantity: 1, lot: 'L1', expiresAt: soon, serials: ['P1'] })
      await inventory.receive(db, { sku: 'PUMP', quantity: 2 })
      clock.advance(10 * minute)
      await inventory.expireLots(db)
      expect(await inventory.serialOf(db, 'PUMP', 'P1')).toMatchObject({ state: 'expired', lot: 'L1' })
      await sound()
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('go to one of fifty buyers on two connections each', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        const serials = Array.from({ length: 40 }, (_, index) => `S${index}`)
        await inventory.receive(db, { sku: 'PHONE', quantity: 40, serials })
        const references = Array.from({ length: 50 }, (_, index) => `ord_${index}`)
        const buyers = references.map((reference, index) =>
          atomic(index % 2 ? db : other, async (tx) => {
            await inventory.reserve(tx, reference, [{ sku: 'PHONE', quantity: 1 }])
            await inventory.convert(tx, reference)
          }),
        )
        await Promise.allSettled(buyers)
        await other.destroy()
        const given = Object.values(await inventory.serialsOf(db, references)).flat()
        expect(given.map(({ serial }) => serial).toSorted()).toEqual(serials.toSorted())
        expect(new Set(given.map(({ reference }) => reference)).size).toBe(40)
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 60_000)
    },
    ['sqlite', 'postgres'],
  )
})
