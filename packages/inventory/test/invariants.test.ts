import { atomic, checkInvariants, type Db, dialectOf, type Tx } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { sampleLines, sampleReceipts } from '@sangdo/inventory/testing'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

/** Takes the checks off the stock until the transaction ends, as a broken backup or another program might. */
async function withoutChecks(db: Db, work: (tx: Tx) => Promise<void>): Promise<void> {
  const postgres = dialectOf(db) === 'postgres'
  if (!postgres) await sql`pragma ignore_check_constraints = on`.execute(db)
  const undone = new Error('undone')
  const corrupted = atomic(db, async (tx) => {
    if (postgres) await sql`alter table inventory_stock drop constraint inventory_stock_covered`.execute(tx)
    await work(tx)
    throw undone
  })
  await expect(corrupted).rejects.toBe(undone)
  if (!postgres) await sql`pragma ignore_check_constraints = off`.execute(db)
}

describe('the invariants of stock', () => {
  describeDatabases([inventoryMigrations], (database) => {
    /** A shop in which one order waits, one is sold, one was put back, one was let go and one ran out of time. */
    async function busyShop() {
      const { db } = database()
      const clock = stillClock()
      const inventory = createInventory({ now: clock.now })
      for (const { sku } of sampleReceipts) await inventory.receive(db, { sku, quantity: 20 })
      const orders = ['open', 'sold', 'back', 'free', 'late']
      for (const order of orders)
        await atomic(db, (tx) => inventory.reserve(tx, order, sampleLines, order === 'late' ? { seconds: 60 } : {}))
      await atomic(db, (tx) => inventory.convert(tx, 'sold'))
      await atomic(db, (tx) => inventory.convert(tx, 'back'))
      await atomic(db, (tx) => inventory.restock(tx, 'back'))
      await atomic(db, (tx) => inventory.release(tx, 'free'))
      clock.advance(60_000)
      await inventory.releaseExpired(db)
      await inventory.allowBackorders(db, { sku: 'BOWL', limit: 5 })
      await atomic(db, (tx) => inventory.reserve(tx, 'waits', [{ sku: 'BOWL', quantity: 3 }]))
      return db
    }
    const broken = async (db: Db) =>
      (await checkInvariants(db, inventoryInvariants)).map(({ name, breaches }) => [name, breaches[0]?.subject])

    test('hold in a busy shop', async () => {
      expect(await checkInvariants(await busyShop(), inventoryInvariants)).toEqual([])
    })

    test.each([
      [
        'a count that nothing explains',
        sql`update inventory_stock set on_hand = on_hand + 1 where sku = 'MUG'`,
        'inventory.on_hand',
        'MUG at loc_main',
      ],
      [
        'a delivery that was never counted',
        sql`insert into inventory_movement (id, sku, location_id, quantity, reason, at) values ('mov_1', 'TRAY', 'loc_main', 3, 'received', '2026-01-02T03:04:05.678Z')`,
        'inventory.on_hand',
        'TRAY at loc_main',
      ],
      [
        'a promise to nobody',
        sql`update inventory_stock set reserved = reserved + 1 where sku = 'MUG'`,
        'inventory.reserved',
        'MUG at loc_main',
      ],
      [
        'a promise that was forgotten',
        sql`update inventory_stock set reserved = 0 where sku = 'MUG'`,
        'inventory.reserved',
        'MUG at loc_main',
      ],
      [
        'an end without a time',
        sql`update inventory_reservation set closed_at = null where reference = 'free'`,
        'inventory.ended_once',
        'free',
      ],
      [
        'goods that came back unsold',
        sql`update inventory_reservation set restocked_at = closed_at where reference = 'free'`,
        'inventory.ended_once',
        'free',
      ],
      [
        'goods that left unnoticed',
        sql`update inventory_movement set reason = 'counted' where reason = 'sold' and reference = 'sold' and sku = 'MUG'`,
        'inventory.sold_once',
        'sold, MUG at loc_main',
      ],
      [
        'goods that were sold to nobody',
        sql`update inventory_movement set reference = null where reason = 'sold' and reference = 'sold' and sku = 'MUG'`,
        'inventory.sold_once',
        'nobody, MUG at loc_main',
      ],
      [
        'goods that came back unseen',
        sql`update inventory_movement set reason = 'counted' where reason = 'restocked' and sku = 'MUG'`,
        'inventory.restocked_once',
        'back, MUG at loc_main',
      ],
      [
        'a promise for later to nobody',
        sql`update inventory_allowance set promised = 4`,
        'inventory.backordered',
        'BOWL at loc_main',
      ],
      [
        'pieces that came in and reached nobody',
        sql`update inventory_backorder set filled = 1`,
        'inventory.backordered',
        'BOWL at loc_main',
      ],
      [
        'someone who waits for nothing',
        sql`update inventory_backorder set id = 'bko_1', filled = 3`,
        'inventory.waits_for_something',
        'bko_1',
      ],
      [
        'goods that wait for someone who has left',
        sql`update inventory_backorder set id = 'bko_1', reservation_id = (select id from inventory_reservation where reference = 'free')`,
        'inventory.waits_for_something',
        'bko_1',
      ],
    ])('find %s', async (_, corruption, name, subject) => {
      const db = await busyShop()
      await corruption.execute(db)
      expect(await broken(db)).toContainEqual([name, subject])
    })

    test('find more promised than is there', async () => {
      const db = await busyShop()
      await withoutChecks(db, async (tx) => {
        await sql`update inventory_stock set on_hand = 1 where sku = 'MUG'`.execute(tx)
        expect(await broken(tx)).toContainEqual(['inventory.covered', 'MUG at loc_main'])
      })
    })
  })
})
