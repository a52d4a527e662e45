import { createNewId, defineEvent } from '@sangdo/core'
import { atomic, createOutbox, on, openDb, type Subscription } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const poured = defineEvent('tea.poured', z.object({ cup: z.string() }))
const clock = stillClock()
const outbox = createOutbox({ newId: createNewId(clock.now), now: clock.now })

describe('the outbox', () => {
  describeDatabases([], (database) => {
    const pour = (cup: string) => atomic(database().db, (tx) => outbox.append(tx, poured, { cup }))
    const listener = (name: string, failures = 0) => {
      const heard: string[] = []
      const subscription: Subscription = on(poured, name, async (_tx, { cup }) => {
        heard.push(cup)
        if (heard.length <= failures) throw new Error('spilled')
      })
      return { heard, subscription }
    }

    test('every subscriber hears every event once, in order', async () => {
      const [a, b] = [listener('a'), listener('b')]
      for (const cup of ['one', 'two', 'three']) await pour(cup)
      await outbox.deliver(database().db, [a.subscription, b.subscription])
      await outbox.deliver(database().db, [a.subscription, b.subscription])
      expect([a.heard, b.heard]).toEqual([
        ['one', 'two', 'three'],
        ['one', 'two', 'three'],
      ])
    })

    test('a thousand events that nobody hears do not hold up the one that somebody does', async () => {
      const spilt = defineEvent('tea.spilt', z.object({ cup: z.string() }))
      const a = listener('a')
      await atomic(database().db, async (tx) => {
        for (let cup = 0; cup < 1001; cup++) await outbox.append(tx, spilt, { cup: String(cup) })
        await outbox.append(tx, poured, { cup: 'one' })
      })
      await outbox.deliver(database().db, [a.subscription])
      expect(a.heard).toEqual(['one'])
      const left = database().db.selectFrom('core_outbox').select('id').where('delivered_at', 'is', null)
      expect(await left.execute()).toEqual([])
    })

    test('an event of a change that was rolled back is never heard', async () => {
      const a = listener('a')
      await expect(
        atomic(database().db, async (tx) => {
          await outbox.append(tx, poured, { cup: 'one' })
          throw new Error('spilled')
        }),
      ).rejects.toThrow()
      await outbox.deliver(database().db, [a.subscription])
      expect(a.heard).toEqual([])
    })

    test('a failing subscriber is tried again later and holds up nobody else', async () => {
      const [failing, healthy] = [listener('failing', 1), listener('healthy')]
      const subscriptions = [failing.subscription, healthy.subscription]
      await pour('one')
      const deliver = () => outbox.deliver(database().db, subscriptions)
      expect(await deliver()).toEqual({ delivered: 1, failed: 1, more: false })
      expect(await deliver()).toEqual({ delivered: 0, failed: 0, more: false })
      clock.advance(1001)
      expect(await deliver()).toEqual({ delivered: 1, failed: 0, more: false })
      expect([failing.heard.length, healthy.heard.length]).toEqual([2, 1])
    })

    test('after eight failures a delivery is given up and listed with its error', async () => {
      const failing = listener('failing', 99)
      await pour('one')
      for (let attempt = 0; attempt < 12; attempt++) {
        await outbox.deliver(database().db, [failing.subscription])
        clock.advance(1000 * 2 ** attempt + 1)
      }
      expect(failing.heard).toHaveLength(8)
      expect(await outbox.failures(database().db)).toMatchObject([
        { subscriber: 'failing', attempts: 8, error: 'Error: spilled' },
      ])
    })

    test('what a failing handler wrote is rolled back with its receipt', async () => {
      const greedy = on(poured, 'greedy', async (tx) => {
        await outbox.append(tx, poured, { cup: 'another' })
        throw new Error('spilled')
      })
      await pour('one')
      await outbox.deliver(database().db, [greedy])
      const rows = await database().db.selectFrom('core_outbox').select('id').execute()
      expect(rows).toHaveLength(1)
    })

    test('events are heard together, and one that fails takes nothing from the others', async () => {
      const another = defineEvent('tea.refilled', z.object({ cup: z.string() }))
      const picky = on(poured, 'picky', async (tx, { cup }) => {
        await outbox.append(tx, another, { cup })
        if (cup === 'two') throw new Error('spilled')
      })
      for (const cup of ['one', 'two', 'three']) await pour(cup)
      expect(await outbox.deliver(database().db, [picky])).toEqual({ delivered: 2, failed: 1, more: false })
      const refilled = () =>
        database().db.selectFrom('core_outbox').select('payload').where('name', '=', 'tea.refilled').execute()
      expect(await refilled()).toEqual([{ payload: '{"cup":"one"}' }, { payload: '{"cup":"three"}' }])
    })

    test('who asks for a delivery while one is under way shares the next, and misses nothing', async () => {
      let runs = 0
      const heard: string[] = []
      const slow = on(poured, 'slow', async (_tx, { cup }) => {
        runs++
        heard.push(cup)
        await new Promise((resolve) => setTimeout(resolve, 5))
      })
      const subscriptions = [slow]
      const deliver = () => outbox.deliver(database().db, subscriptions)
      await pour('one')
      const first = deliver()
      const later = Array.from({ length: 20 }, async (_, cup) => {
        await pour(String(cup))
        await deliver()
        expect(heard).toContain(String(cup))
      })
      await Promise.all([first, ...later])
      expect(runs).toBe(21)
    })

    test('more than a hundred events are told of in turns, and a full one says so', async () => {
      const a = listener('a')
      await atomic(database().db, async (tx) => {
        for (let cup = 0; cup < 101; cup++) await outbox.append(tx, poured, { cup: String(cup) })
      })
      expect(await outbox.deliver(database().db, [a.subscription])).toMatchObject({ delivered: 100, more: true })
      expect(await outbox.deliver(database().db, [a.subscription])).toMatchObject({ delivered: 1, more: false })
    })

    test('a payload that breaks its schema is refused when it is written', async () => {
      const wrong = { cup: 7 } as unknown as { cup: string }
      await expect(atomic(database().db, (tx) => outbox.append(tx, poured, wrong))).rejects.toMatchObject({
        code: 'core.invalid_input',
      })
    })

    test('old events are forgotten once everyone has received them', async () => {
      await pour('one')
      await outbox.deliver(database().db, [])
      clock.advance(31 * 86_400_000)
      await pour('two')
      await outbox.prune(database().db)
      expect(await database().db.selectFrom('core_outbox').select('payload').execute()).toEqual([
        { payload: '{"cup":"two"}' },
      ])
    })
  })

  describeDatabases(
    [],
    (database) => {
      test('two processes that deliver at once run each handler once', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        let runs = 0
        const slow = on(poured, 'slow', async () => {
          runs++
          await new Promise((resolve) => setTimeout(resolve, 20))
        })
        await atomic(db, (tx) => outbox.append(tx, poured, { cup: 'one' }))
        await Promise.all([outbox.deliver(db, [slow]), outbox.deliver(other, [slow])])
        await other.destroy()
        expect(runs).toBe(1)
      })
    },
    ['sqlite', 'postgres'],
  )
})
