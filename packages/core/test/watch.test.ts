import { type Breach, createWatch, type Db, type Invariant } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const settled: Invariant = {
  name: 'test.settled',
  says: 'Every event is delivered',
  breaches: sql<Breach>`select id as subject from core_outbox where delivered_at is null order by id`,
}

describe('the watch over a running shop', () => {
  describeDatabases([], (database) => {
    const happen = (db: Db, id: string) =>
      sql`insert into core_outbox (id, name, payload, occurred_at, due_at) values (${id}, 'x', '{}', 'now', 'now')`.execute(
        db,
      )
    const shop = () => {
      const { db } = database()
      const clock = stillClock()
      return { db, clock, watch: createWatch({ invariants: () => [settled], now: clock.now, settleMs: 0 }) }
    }

    test('says that all holds, and when that was seen; before the first check nothing is known', async () => {
      const { db, clock, watch } = shop()
      expect(await watch.latest(db)).toBe(null)
      await watch.check(db)
      expect(await watch.latest(db)).toEqual({ at: clock.now().toISOString(), broken: [] })
    })

    test('raises an alarm for what stays broken, and takes it back when it holds again', async () => {
      const { db, watch } = shop()
      await happen(db, 'evt_1')
      const broken = [{ name: 'test.settled', says: 'Every event is delivered', breaches: [{ subject: 'evt_1' }] }]
      expect((await watch.check(db)).broken).toEqual(broken)
      expect((await watch.latest(db))?.broken).toEqual(broken)
      await sql`update core_outbox set delivered_at = 'now'`.execute(db)
      expect((await watch.check(db)).broken).toEqual([])
    })

    test('raises none for what settles by itself in the meantime', async () => {
      const { db, clock } = shop()
      await happen(db, 'evt_1')
      let looked = 0
      const onItsWay: Invariant = {
        ...settled,
        get breaches() {
          looked += 1
          return looked === 1 ? settled.breaches : sql<Breach>`select id as subject from core_outbox where 1 = 0`
        },
      }
      const watch = createWatch({ invariants: () => [onItsWay], now: clock.now, settleMs: 0 })
      expect((await watch.check(db)).broken).toEqual([])
      expect(looked).toBe(2)
    })

    test('of several processes one checks each night, and another takes over from one that died', async () => {
      const { db, clock, watch } = shop()
      const night = clock.now().toISOString()
      clock.advance(1)
      expect(await Promise.all([watch.checkSince(db, night), watch.checkSince(db, night)])).toEqual(
        expect.arrayContaining([null, expect.objectContaining({ broken: [] })]),
      )
      expect(await watch.checkSince(db, night)).toBe(null)
      await sql`update core_check set checked_at = null, begun_at = ${clock.now().toISOString()}`.execute(db)
      expect(await watch.checkSince(db, night)).toBe(null)
      clock.advance(3_600_001)
      expect(await watch.checkSince(db, night)).not.toBe(null)
    })
  })
})
