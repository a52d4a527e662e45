import { fork } from 'node:child_process'
import { once } from 'node:events'
import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import { sampleLines, sampleReceipts } from '@sangdo/inventory/testing'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const oneMug = [{ sku: 'MUG', quantity: 1 }]
const references = (many: number) => Array.from({ length: many }, (_, index) => `ord_${index}`)

describe('more time for a reservation', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function reserved(seconds?: number) {
      const { db } = database()
      const clock = stillClock()
      const inventory = createInventory({ now: clock.now })
      for (const receipt of sampleReceipts) await inventory.receive(db, receipt)
      const options = seconds === undefined ? {} : { seconds }
      await atomic(db, (tx) => inventory.reserve(tx, 'ord_1', sampleLines, options))
      const extend = (time: number | null) => atomic(db, (tx) => inventory.extend(tx, 'ord_1', time))
      const expiresAt = async () => (await inventory.reservationOf(db, 'ord_1'))?.expiresAt
      return { db, clock, inventory, extend, expiresAt }
    }

    test('is given once: who tries to pay again and again does not keep the goods from others', async () => {
      const { clock, extend, expiresAt, inventory, db } = await reserved(900)
      clock.advance(600_000)
      await extend(900)
      expect(await expiresAt()).toBe('2026-01-02T03:29:05.678Z')
      clock.advance(600_000)
      await expect(extend(900)).rejects.toMatchObject({
        code: 'inventory.already_extended',
        kind: 'conflict',
        details: { reference: 'ord_1', expiresAt: '2026-01-02T03:29:05.678Z' },
      })
      clock.advance(300_000)
      expect(await inventory.releaseExpired(db)).toBe(1)
    })

    test('asked for the same time twice, it is given once and nobody is refused', async () => {
      const { extend, expiresAt } = await reserved(900)
      await extend(1800)
      await extend(1800)
      await extend(60)
      expect(await expiresAt()).toBe('2026-01-02T03:34:05.678Z')
    })

    test('is never less time: neither the only extension nor the last hour is spent on it', async () => {
      const { extend, expiresAt } = await reserved(900)
      await extend(60)
      expect(await expiresAt()).toBe('2026-01-02T03:19:05.678Z')
      await extend(1800)
      expect(await expiresAt()).toBe('2026-01-02T03:34:05.678Z')
    })

    test('may be without end, also after it was given once', async () => {
      const { db, clock, extend, expiresAt, inventory } = await reserved(900)
      await extend(1800)
      await extend(null)
      expect(await expiresAt()).toBeNull()
      await extend(60)
      clock.advance(86_400_000)
      expect(await inventory.releaseExpired(db)).toBe(0)
    })

    test('is not given once the goods are gone', async () => {
      const { db, clock, extend, inventory } = await reserved(900)
      clock.advance(900_000)
      await inventory.releaseExpired(db)
      for (const time of [900, null])
        await expect(extend(time)).rejects.toMatchObject({ code: 'inventory.reservation_closed' })
    })
  })
})

describe('reservations whose time is over', () => {
  describeDatabases(
    [inventoryMigrations],
    (database) => {
      async function due(many: number) {
        const { db, url = '' } = database()
        const clock = stillClock()
        const outbox = recorder()
        const inventory = createInventory({ now: clock.now, outbox })
        await inventory.receive(db, { sku: 'MUG', quantity: many })
        for (const reference of references(many))
          await atomic(db, (tx) => inventory.reserve(tx, reference, oneMug, { seconds: 60 }))
        clock.advance(60_000)
        const other = await openDb(url)
        const sound = async () => expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
        return { db, other, url, inventory, outbox, sound }
      }
      const statuses = async () => {
        const { rows } = await sql<{ status: string; many: number }>`
          select status, count(*) as many from inventory_reservation group by status`.execute(database().db)
        return Object.fromEntries(rows.map(({ status, many }) => [status, many]))
      }

      test('end once each, whoever pays or is given more time in the same moment', async () => {
        const { db, other, inventory, sound } = await due(60)
        const buyers = references(60).map((reference, index) =>
          atomic(index % 2 ? db : other, (tx) =>
            index % 3 === 0 ? inventory.convert(tx, reference) : inventory.extend(tx, reference, 900),
          ),
        )
        const sweeps = [db, other, db, other].map((handle) => inventory.releaseExpired(handle))
        const bought = await Promise.allSettled(buyers)
        const released = (await Promise.all(sweeps)).reduce((sum, some) => sum + some, 0)
        await other.destroy()
        const kept = bought.filter((result) => result.status === 'fulfilled').length
        expect(kept + released).toBe(60)
        expect((await statuses())['expired'] ?? 0).toBe(released)
        expect(await inventory.releaseExpired(db)).toBe(0)
        await sound()
      }, 30_000)

      test('end once each, however many processes look for them and whenever one is killed', async () => {
        const { db, other, url, inventory, sound } = await due(90)
        await other.destroy()
        const sweepers = Array.from({ length: 3 }, () =>
          fork(new URL('./sweeper.ts', import.meta.url), [url], {
            execArgv: ['--conditions=@sangdo/source', '--import', 'tsx'],
          }),
        )
        const exits = sweepers.map((sweeper) => once(sweeper, 'exit'))
        const [victim] = sweepers
        await once(victim ?? process, 'message')
        victim?.kill('SIGKILL')
        await Promise.all(exits)
        await inventory.releaseExpired(db)
        expect(await statuses()).toEqual({ expired: 90 })
        const { rows } = await sql`
          select payload from core_outbox where name = 'inventory.released' group by payload having count(*) > 1`.execute(
          db,
        )
        expect(rows).toEqual([])
        expect((await inventory.stockOf(db, ['MUG']))['MUG']?.available).toBe(90)
        await sound()
      }, 60_000)
    },
    ['sqlite', 'postgres'],
  )
})
