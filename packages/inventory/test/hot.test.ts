import { atomic, checkInvariants, type Db, dialectOf, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { fromSeveral, shares } from '@sangdo/inventory'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const bucketsOf = async (db: Db) => {
  const { rows } = await sql<{ free: number }>`
    select free from inventory_bucket order by sku, location_id, bucket`.execute(db)
  return rows.map(({ free }) => free)
}
const broken = async (db: Db) => (await checkInvariants(db, inventoryInvariants)).map(({ name }) => name)
const sumOf = (pieces: readonly number[]) => pieces.reduce((sum, some) => sum + some, 0)

describe('the pieces of a hot sku', () => {
  test('are shared out to the last piece, and no bucket has two more than another', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 2, max: 64 }), (pieces, buckets) => {
        const each = shares(pieces, buckets)
        expect([each.length, sumOf(each)]).toEqual([buckets, pieces])
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('are taken from the fullest buckets first, and never more than a bucket has', () => {
    const buckets = [2, 5, 0, 5].map((free, bucket) => ({ bucket, free }))
    expect(fromSeveral(7, buckets)).toEqual([
      { bucket: 1, free: 5 },
      { bucket: 3, free: 2 },
    ])
    expect(sumOf(fromSeveral(99, buckets).map(({ free }) => free))).toBe(12)
  })
})

describe('a sku that many want at once', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function hotShop(quantity = 40, options: Parameters<typeof createInventory>[0] = {}) {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const inventory = createInventory({ now: clock.now, outbox, random: () => 0, ...options })
      await inventory.receive(db, { sku: 'MUG', quantity })
      await inventory.setHot(db, { sku: 'MUG', hot: true, buckets: 4 })
      const reserve = (reference: string, pieces: number, seconds?: number) =>
        atomic(db, (tx) =>
          inventory.reserve(
            tx,
            reference,
            [{ sku: 'MUG', quantity: pieces }],
            seconds === undefined ? {} : { seconds },
          ),
        )
      const stock = async () => (await inventory.stockOf(db, ['MUG']))['MUG']
      const buckets = async (expected: readonly number[]) =>
        expect(await bucketsOf(db)).toEqual(dialectOf(db) === 'sqlite' ? [] : expected)
      const says = () => outbox.events.map(({ name }) => name).filter((name) => /ran_low|back_in/.test(name))
      return { db, clock, outbox, inventory, reserve, stock, buckets, says }
    }

    test('is spread over buckets on PostgreSQL and put together again; nobody sees a difference', async () => {
      const { db, inventory, reserve, stock, buckets } = await hotShop(42)
      await buckets([11, 11, 10, 10])
      await reserve('ord_1', 5)
      const before = await stock()
      expect(before).toEqual({ onHand: 42, reserved: 5, available: 37 })
      expect(await inventory.hotSkus(db)).toEqual({ items: [{ sku: 'MUG', buckets: 4 }], next: null })
      await inventory.setHot(db, { sku: 'MUG', hot: true, buckets: 2 })
      await buckets([19, 18])
      await inventory.setHot(db, { sku: 'MUG', hot: false })
      await buckets([])
      expect([await stock(), (await inventory.hotSkus(db)).items]).toEqual([before, []])
      expect(await broken(db)).toEqual([])
    })

    test('is taken from the bucket at which chance begins, then from the next that has enough', async () => {
      const { inventory: _, ...first } = await hotShop(8, { random: () => 1 / 960_960 })
      await first.reserve('ord_1', 2)
      await first.buckets([2, 2, 2, 0])
      await first.reserve('ord_2', 1)
      await first.buckets([1, 2, 2, 0])
      await first.reserve('ord_3', 2)
      await first.buckets([1, 0, 2, 0])
    })

    test('is sold in quantities that no bucket has, down to the last piece, and not one more', async () => {
      const { db, reserve, stock, buckets } = await hotShop(10)
      await reserve('ord_1', 7)
      await expect(reserve('ord_2', 4)).rejects.toMatchObject({
        code: 'inventory.out_of_stock',
        details: { sku: 'MUG', wanted: 4, available: 3 },
      })
      await reserve('ord_3', 3)
      await buckets([0, 0, 0, 0])
      expect(await stock()).toEqual({ onHand: 10, reserved: 10, available: 0 })
      expect(await broken(db)).toEqual([])
    })

    test('keeps its buckets right through everything that happens to stock', async () => {
      const { db, clock, inventory, reserve, stock } = await hotShop(40)
      const far = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      const within = (work: (tx: Parameters<typeof inventory.release>[0]) => Promise<unknown>) => atomic(db, work)
      const transfer = async () => {
        const { id } = await inventory.dispatch(db, {
          from: 'loc_main',
          to: far.id,
          lines: [{ sku: 'MUG', quantity: 6 }],
        })
        await inventory.arrive(db, { transferId: id, lines: [{ sku: 'MUG', quantity: 4 }] })
        await inventory.lose(db, { transferId: id, lines: [{ sku: 'MUG', quantity: 2 }] })
      }
      const goods = { sku: 'MUG', quantity: 3, state: 'damaged' } as const
      const life: [() => Promise<unknown>, number][] = [
        [() => reserve('ord_1', 3), 37],
        [() => reserve('ord_2', 4, 60), 33],
        [() => within((tx) => inventory.convert(tx, 'ord_1')), 33],
        [() => within((tx) => inventory.restock(tx, 'ord_1')), 36],
        [async () => (clock.advance(60_000), inventory.releaseExpired(db)), 40],
        [() => reserve('ord_3', 5), 35],
        [() => within((tx) => inventory.release(tx, 'ord_3')), 40],
        [() => inventory.receive(db, { sku: 'MUG', quantity: 9 }), 49],
        [transfer, 47],
        [() => inventory.setAside(db, goods), 44],
        [() => inventory.putBack(db, goods), 47],
        [() => inventory.count(db, { sku: 'MUG', onHand: 20 }), 24],
        [() => inventory.keepBack(db, 'MUG', 18), 6],
        [() => reserve('ord_4', 6), 0],
        [() => inventory.count(db, { sku: 'MUG', onHand: 2, shortfall: 'record' }), 0],
        [() => inventory.receive(db, { sku: 'MUG', quantity: 1 }), 0],
        [() => within((tx) => inventory.release(tx, 'ord_4')), 4],
        [() => inventory.keepBack(db, 'MUG', 0), 7],
        [() => inventory.reconcile(db), 7],
      ]
      for (const [step, available] of life) {
        await step()
        expect([(await stock())?.available, await broken(db)]).toEqual([available, []])
      }
      expect(sumOf(await bucketsOf(db))).toBe(dialectOf(db) === 'sqlite' ? 0 : 7)
    })

    test('goes back on sale only as far as more is there than is kept back', async () => {
      const { db, inventory, reserve, stock } = await hotShop(8)
      await reserve('ord_1', 6)
      await inventory.keepBack(db, 'MUG', 5)
      await atomic(db, (tx) => inventory.release(tx, 'ord_1'))
      expect([await stock(), await broken(db)]).toEqual([{ onHand: 8, reserved: 0, available: 3 }, []])
    })

    test('gives nothing away when an order is refused, not even if the caller goes on', async () => {
      const { db, inventory, stock } = await hotShop(8)
      const lines = [
        { sku: 'MUG', quantity: 5 },
        { sku: 'PLATE', quantity: 1 },
      ]
      await atomic(db, async (tx) => {
        await expect(inventory.reserve(tx, 'ord_1', lines)).rejects.toMatchObject({ code: 'inventory.out_of_stock' })
        await expect(
          inventory.dispatch(tx, { from: 'loc_main', to: 'loc_moon', lines: [{ sku: 'MUG', quantity: 9 }] }),
        ).rejects.toMatchObject({ code: 'inventory.location_not_found' })
      })
      expect([await stock(), await broken(db)]).toEqual([{ onHand: 8, reserved: 0, available: 8 }, []])
    })

    test('serves who waits for it first, and then its buckets', async () => {
      const { db, inventory, reserve, stock, buckets } = await hotShop(4)
      await inventory.allowBackorders(db, { sku: 'MUG', limit: 5 })
      await reserve('ord_1', 7)
      await inventory.receive(db, { sku: 'MUG', quantity: 11 })
      expect(await stock()).toEqual({ onHand: 15, reserved: 7, available: 8 })
      await buckets([2, 2, 2, 2])
      expect(await broken(db)).toEqual([])
    })

    test('is announced when it runs low, sells out and comes back', async () => {
      const { db, inventory, reserve, says } = await hotShop(8)
      await reserve('ord_1', 3)
      await reserve('ord_2', 5)
      await atomic(db, (tx) => inventory.release(tx, 'ord_1'))
      const all = ['inventory.back_in_stock', 'inventory.ran_low', 'inventory.ran_low', 'inventory.back_in_stock']
      expect(says()).toEqual(all)
      await inventory.rebalance(db)
      expect(says()).toEqual(all)
    })

    test('is evened out, so that no buyer has to look for pieces', async () => {
      const { db, inventory, reserve, buckets } = await hotShop(40)
      for (const order of ['ord_1', 'ord_2', 'ord_3', 'ord_4']) await reserve(order, 2)
      await buckets([2, 10, 10, 10])
      expect(await inventory.rebalance(db)).toBe(dialectOf(db) === 'sqlite' ? 0 : 1)
      await buckets([8, 8, 8, 8])
      expect([await inventory.rebalance(db), await broken(db)]).toEqual([0, []])
    })

    test('that comes to a new location lies in buckets there too', async () => {
      const { db, inventory, buckets } = await hotShop(4)
      const far = await inventory.addLocation(db, { name: 'Jeju', priority: 2 })
      await inventory.receive(db, { sku: 'MUG', quantity: 5, locationId: far.id })
      expect((await inventory.levelsOf(db, ['MUG'])).map((level) => level.reserved)).toEqual([0, 0])
      expect((await bucketsOf(db)).toSorted((a, b) => a - b)).toEqual(
        dialectOf(db) === 'sqlite' ? [] : [1, 1, 1, 1, 1, 1, 1, 2],
      )
      await inventory.setHot(db, { sku: 'MUG', hot: false })
      await buckets([])
      expect(await broken(db)).toEqual([])
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('whose buckets were tampered with is found, and set right by its ledgers', async () => {
        const { db } = database()
        const outbox = recorder()
        const inventory = createInventory({ outbox })
        await inventory.receive(db, { sku: 'MUG', quantity: 40 })
        await inventory.setHot(db, { sku: 'MUG', hot: true })
        await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', [{ sku: 'MUG', quantity: 3 }]))
        await sql`update inventory_bucket set free = 30 where bucket = 9`.execute(db)
        expect(await broken(db)).toEqual(['inventory.reserved'])
        expect((await inventory.reconcile(db)).repaired).toHaveLength(1)
        expect(await broken(db)).toEqual([])
        await sql`update inventory_stock set safety = 2`.execute(db)
        expect(await broken(db)).toEqual(['inventory.buckets'])
        await inventory.keepBack(db, 'MUG', 2)
        await sql`update inventory_stock set safety = 1`.execute(db)
        expect(await broken(db)).toEqual(['inventory.buckets'])
        await inventory.keepBack(db, 'MUG', 0)
        expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 40, reserved: 3, available: 37 })
        expect(await broken(db)).toEqual([])
      })
    },
    ['pglite', 'postgres'],
  )

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('is sold to fifty buyers on two connections as often as it is there, while it gets hot and cold and comes in', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const outbox = recorder()
        const inventory = createInventory({ outbox })
        await inventory.receive(db, { sku: 'MUG', quantity: 60 })
        await inventory.setHot(db, { sku: 'MUG', hot: true, buckets: 8 })
        const buyers = Array.from({ length: 50 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) =>
            inventory.reserve(tx, `ord_${index}`, [{ sku: 'MUG', quantity: 1 + (index % 3) }]),
          ),
        )
        const changes = [false, true, false, true].map((hot) =>
          inventory.setHot(other, { sku: 'MUG', hot, buckets: 4 }),
        )
        const rest = [inventory.receive(other, { sku: 'MUG', quantity: 20 }), inventory.rebalance(db)]
        const results = await Promise.allSettled(buyers)
        await Promise.all([...changes, ...rest])
        await other.destroy()
        const sold = results.map((result, index) => (result.status === 'fulfilled' ? 1 + (index % 3) : 0))
        const stock = (await inventory.stockOf(db, ['MUG']))['MUG']
        expect(stock?.reserved).toBe(sumOf(sold))
        expect(stock?.available).toBe(80 - sumOf(sold))
        const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
        for (const reason of reasons) expect(reason).toMatchObject({ code: 'inventory.out_of_stock' })
        expect(await broken(db)).toEqual([])
      }, 60_000)

      test('is let go and sold by fifty on two connections without a piece lost, and the shop hears how it ends', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const outbox = recorder()
        const inventory = createInventory({ outbox })
        for (const sku of ['MUG', 'PLATE']) {
          await inventory.receive(db, { sku, quantity: 50 })
          await inventory.setHot(db, { sku, hot: true })
        }
        const both = [
          { sku: 'MUG', quantity: 1 },
          { sku: 'PLATE', quantity: 1 },
        ]
        const buyers = Array.from({ length: 60 }, (_, index) =>
          atomic(index % 2 ? db : other, (tx) =>
            inventory.reserve(tx, `ord_${index}`, index % 3 ? both : both.toReversed()),
          ),
        )
        const results = await Promise.allSettled(buyers)
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
        await inventory.rebalance(db)
        const told = (sku: string) =>
          outbox.events
            .filter(({ name }) => name === 'inventory.ran_low')
            .flatMap(({ payload }) => (payload as { levels: { sku: string; available: number }[] }).levels)
            .filter((level) => level.sku === sku)
            .at(-1)?.available
        expect([told('MUG'), told('PLATE')]).toEqual([0, 0])
        const held = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [`ord_${index}`] : []))
        await Promise.all(
          held.map((reference, index) =>
            atomic(index % 2 ? db : other, (tx) =>
              index % 2 ? inventory.convert(tx, reference) : inventory.release(tx, reference),
            ),
          ),
        )
        await other.destroy()
        expect((await inventory.stockOf(db, ['MUG']))['MUG']).toEqual({ onHand: 25, reserved: 0, available: 25 })
        expect(await broken(db)).toEqual([])
      }, 60_000)
    },
    ['sqlite', 'postgres'],
  )
})
