import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const mugs = (quantity: number) => [{ sku: 'MUG', quantity }]

describe('transfers', () => {
  describeDatabases([inventoryMigrations], (database) => {
    /** Ten mugs and four plates in Seoul, nothing in Jeju. */
    async function twoPlaces() {
      const { db } = database()
      const outbox = recorder()
      const inventory = createInventory({ outbox, now: stillClock().now })
      const { id: from } = await inventory.addLocation(db, { name: 'Seoul', priority: 1 })
      const { id: to } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      await inventory.receive(db, { sku: 'MUG', quantity: 10, locationId: from })
      await inventory.receive(db, { sku: 'PLATE', quantity: 4, locationId: from })
      outbox.events.length = 0
      const at = async (sku: string) => {
        const levels = await inventory.levelsOf(db, [sku])
        return [from, to].map((place) => levels.find((level) => level.locationId === place)?.onHand ?? 0)
      }
      const broken = async () =>
        (await checkInvariants(db, inventoryInvariants)).map(({ name, breaches }) => [name, breaches[0]?.subject])
      return { db, inventory, outbox, from, to, at, broken }
    }

    test('goods on their way are for sale nowhere, and arrive in parts', async () => {
      const { db, inventory, outbox, from, to, at, broken } = await twoPlaces()
      const lines = [...mugs(6), { sku: 'PLATE', quantity: 1 }]
      const sent = await inventory.dispatch(db, { from, to, lines, expectedAt: '2026-01-05T00:00:00.000Z' })
      expect(sent).toMatchObject({
        status: 'in_transit',
        closedAt: null,
        lines: [{ sku: 'MUG', quantity: 6 }, { sku: 'PLATE' }],
      })
      expect([await at('MUG'), (await inventory.stockOf(db, ['MUG']))['MUG']]).toEqual([
        [4, 0],
        { onHand: 4, reserved: 0, available: 4 },
      ])
      expect(await inventory.incomingOf(db, ['MUG'])).toEqual([
        { sku: 'MUG', locationId: to, quantity: 6, expectedAt: '2026-01-05T00:00:00.000Z' },
      ])
      await inventory.arrive(db, { transferId: sent.id, lines: mugs(4) })
      expect([await at('MUG'), (await inventory.incomingOf(db, ['MUG']))[0]?.quantity]).toEqual([[4, 4], 2])
      expect(await broken()).toEqual([])
      await inventory.arrive(db, { transferId: sent.id, lines: [{ sku: 'PLATE', quantity: 1 }] })
      const done = await inventory.lose(db, { transferId: sent.id, lines: mugs(2) })
      expect(done).toMatchObject({ status: 'closed', lines: [{ quantity: 6, received: 4, lost: 2 }, { received: 1 }] })
      expect(await inventory.transferOf(db, sent.id)).toEqual(done)
      expect([await at('MUG'), await at('PLATE'), await inventory.incomingOf(db, ['MUG', 'PLATE'])]).toEqual([
        [4, 4],
        [3, 1],
        [],
      ])
      expect(
        outbox.events.filter((event) => event.name.includes('transfer') || event.name.includes('dispatched')),
      ).toEqual([
        { name: 'inventory.dispatched', payload: { transferId: sent.id, from, to, lines } },
        { name: 'inventory.transfer_closed', payload: { transferId: sent.id, lost: mugs(2) } },
      ])
      expect(await broken()).toEqual([])
    })

    test('every step is a line of the ledger', async () => {
      const { db, inventory, from, to } = await twoPlaces()
      const { id } = await inventory.dispatch(db, { from, to, lines: mugs(3) })
      await inventory.arrive(db, { transferId: id, lines: mugs(2) })
      await inventory.lose(db, { transferId: id, lines: mugs(1) })
      const { items } = await inventory.movementsOf(db, 'MUG')
      expect(items.toReversed().map(({ quantity, reason, reference }) => [quantity, reason, reference])).toEqual([
        [10, 'received', null],
        [-3, 'dispatched', id],
        [2, 'arrived', id],
        [1, 'arrived', id],
        [-1, 'lost', id],
      ])
    })

    test('what is promised is not sent away, and when one line is short nothing leaves, not even if the caller goes on', async () => {
      const { db, inventory, from, to, at, broken } = await twoPlaces()
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', [{ sku: 'PLATE', quantity: 2 }]))
      const lines = [...mugs(5), { sku: 'PLATE', quantity: 3 }]
      await atomic(db, async (tx) => {
        await expect(inventory.dispatch(tx, { from, to, lines })).rejects.toMatchObject({
          code: 'inventory.out_of_stock',
          details: { sku: 'PLATE', wanted: 3, available: 2 },
        })
      })
      expect([await at('MUG'), await at('PLATE'), await inventory.incomingOf(db, ['MUG'])]).toEqual([
        [10, 0],
        [4, 0],
        [],
      ])
      expect((await inventory.stockOf(db, ['MUG']))['MUG']?.available).toBe(10)
      expect(await broken()).toEqual([])
    })

    test('no more arrives, or is lost, than is on its way', async () => {
      const { db, inventory, from, to, at, broken } = await twoPlaces()
      const { id: transferId } = await inventory.dispatch(db, { from, to, lines: mugs(3) })
      await inventory.arrive(db, { transferId, lines: mugs(2) })
      for (const step of [inventory.arrive, inventory.lose])
        await expect(step(db, { transferId, lines: mugs(2) })).rejects.toMatchObject({
          code: 'inventory.not_in_transit',
          details: { transferId, sku: 'MUG', wanted: 2, inTransit: 1 },
        })
      await expect(inventory.arrive(db, { transferId, lines: [{ sku: 'PLATE', quantity: 1 }] })).rejects.toMatchObject({
        details: { inTransit: 0 },
      })
      expect([await at('MUG'), await broken()]).toEqual([[7, 2], []])
    })

    test('what arrives reaches who waits for it there', async () => {
      const { db, inventory, from, to, broken } = await twoPlaces()
      await inventory.allowBackorders(db, { sku: 'TRAY', locationId: to, limit: 5 })
      await inventory.receive(db, { sku: 'TRAY', quantity: 3, locationId: from })
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', [{ sku: 'TRAY', quantity: 1 }]))
      const { id: transferId } = await inventory.dispatch(db, { from, to, lines: [{ sku: 'TRAY', quantity: 2 }] })
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_2', [{ sku: 'TRAY', quantity: 1 }]))
      await inventory.arrive(db, { transferId, lines: [{ sku: 'TRAY', quantity: 2 }] })
      expect((await inventory.reservationOf(db, 'ord_2'))?.backorders).toMatchObject([{ filled: 1, status: 'filled' }])
      expect((await inventory.stockOf(db, ['TRAY']))['TRAY']).toEqual({ onHand: 3, reserved: 2, available: 1 })
      expect(await broken()).toEqual([])
    })

    test('places and transfers that do not exist are named, and nothing is sent to where it is', async () => {
      const { db, inventory, from, to } = await twoPlaces()
      await expect(inventory.dispatch(db, { from, to: 'loc_moon', lines: mugs(1) })).rejects.toMatchObject({
        code: 'inventory.location_not_found',
        details: { locationId: 'loc_moon' },
      })
      await expect(inventory.dispatch(db, { from: to, to, lines: mugs(1) })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'to' }] },
      })
      await expect(inventory.arrive(db, { transferId: 'trf_9', lines: mugs(1) })).rejects.toMatchObject({
        code: 'inventory.transfer_not_found',
      })
    })

    test('transfers are read in pages, newest first', async () => {
      const { db, inventory, from, to } = await twoPlaces()
      for (const quantity of [1, 2, 3]) await inventory.dispatch(db, { from, to, lines: mugs(quantity) })
      const first = await inventory.transfers(db, { limit: 2 })
      const second = await inventory.transfers(db, { limit: 2, after: first.next ?? '' })
      expect([...first.items, ...second.items].map(({ lines }) => lines[0]?.quantity)).toEqual([3, 2, 1])
    })

    test.each([
      ['pieces that arrived and were never booked', sql`update inventory_transfer_line set received = 2`],
      ['pieces that were lost without a trace', sql`update inventory_transfer_line set lost = 1`],
      ['a transfer that closed too early', sql`update inventory_transfer set status = 'closed'`],
      ['goods that left for nowhere', sql`delete from inventory_transfer_line`],
    ])('the invariants find %s', async (_, corruption) => {
      const { db, inventory, from, to, broken } = await twoPlaces()
      const { id } = await inventory.dispatch(db, { from, to, lines: mugs(3) })
      expect(await broken()).toEqual([])
      await corruption.execute(db)
      expect(await broken()).toEqual([['inventory.transferred_once', `${id}, MUG`]])
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('fifty buyers and twenty transfers on two connections, crosswise, take each piece once', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        const { id: near } = await inventory.addLocation(db, { name: 'Seoul', priority: 1 })
        const { id: far } = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
        for (const sku of ['MUG', 'PLATE'])
          for (const locationId of [near, far]) await inventory.receive(db, { sku, quantity: 20, locationId })
        const both = [...mugs(1), { sku: 'PLATE', quantity: 1 }]
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) =>
            inventory.reserve(tx, `ord_${index}`, index % 4 < 2 ? both : both.toReversed()),
          ),
        )
        const trips = Array.from({ length: 20 }, async (_, index) => {
          const [from, to] = index % 2 ? [near, far] : [far, near]
          const { id: transferId } = await inventory.dispatch(index % 2 ? db : other, { from, to, lines: both })
          const steps = [db, other].map((handle) => inventory.arrive(handle, { transferId, lines: both }))
          const arrived = await Promise.allSettled(steps)
          return arrived.filter((result) => result.status === 'fulfilled').length
        })
        const results = await Promise.allSettled([...buyers, ...trips])
        await other.destroy()
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
        expect(refusals.filter((code) => code !== 'inventory.out_of_stock')).toEqual([])
        const arrivals = results.slice(50).flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
        expect(arrivals.every((times) => times === 1)).toBe(true)
        const stock = await inventory.stockOf(db, ['MUG', 'PLATE'])
        expect([stock['MUG']?.onHand, stock['PLATE']?.onHand]).toEqual([40, 40])
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
