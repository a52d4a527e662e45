import { createIdempotency } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { describe, expect, test } from 'vitest'

const clock = stillClock()
const { once, prune } = createIdempotency({ now: clock.now })
const request = { scope: 'guest POST /orders', key: 'abc', fingerprint: 'f1' }

describe('a request with an idempotency key', () => {
  describeDatabases([], (database) => {
    test('has one effect and the same answer each time', async () => {
      let effects = 0
      const work = async () => ({ order: ++effects })
      expect(await once(database().db, request, work)).toEqual({ answer: { order: 1 }, replayed: false })
      expect(await once(database().db, request, work)).toEqual({ answer: { order: 1 }, replayed: true })
    })

    test('sent a hundred times at once still has one effect', async () => {
      let effects = 0
      const work = async () => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        return ++effects
      }
      const results = await Promise.allSettled(Array.from({ length: 100 }, () => once(database().db, request, work)))
      expect(effects).toBe(1)
      const refused = results.filter((result) => result.status === 'rejected')
      expect(refused.every((result) => (result.reason as { code: string }).code === 'core.in_progress')).toBe(true)
    })

    test('and another content is refused', async () => {
      await once(database().db, request, async () => 1)
      await expect(once(database().db, { ...request, fingerprint: 'f2' }, async () => 2)).rejects.toMatchObject({
        code: 'core.key_reused',
      })
    })

    test('of another customer is another request', async () => {
      await once(database().db, request, async () => 1)
      expect((await once(database().db, { ...request, scope: 'cus_2 POST /orders' }, async () => 2)).answer).toBe(2)
    })

    test('that failed may be sent again', async () => {
      await expect(once(database().db, request, async () => Promise.reject(new Error('no answer')))).rejects.toThrow(
        'no answer',
      )
      expect((await once(database().db, request, async () => 2)).answer).toBe(2)
    })

    test('whose run crashed may run again after its lease, but not before', async () => {
      void once(database().db, request, () => new Promise(() => {}))
      await new Promise((resolve) => setTimeout(resolve, 50))
      await expect(once(database().db, request, async () => 2)).rejects.toMatchObject({ code: 'core.in_progress' })
      clock.advance(61_000)
      expect((await once(database().db, request, async () => 2)).answer).toBe(2)
    })

    test('is forgotten after fifteen days', async () => {
      await once(database().db, request, async () => 1)
      clock.advance(16 * 86_400_000)
      await prune(database().db)
      expect((await once(database().db, request, async () => 2)).answer).toBe(2)
    })

    test('whose run outlasts its lease is still running, and not run a second time', async () => {
      const { once } = createIdempotency({ now: () => new Date(), leaseSeconds: 1 })
      let [runs, end] = [0, () => {}]
      const long = once(database().db, request, async () => {
        runs += 1
        await new Promise<void>((resolve) => (end = resolve))
        return 'done'
      })
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await expect(once(database().db, request, async () => 'again')).rejects.toMatchObject({
        code: 'core.in_progress',
      })
      end()
      expect([await long, runs]).toEqual([{ answer: 'done', replayed: false }, 1])
    })

    test.each(['', 'a'.repeat(256), '키', 'with space'])('the key %j is refused', async (key) => {
      await expect(once(database().db, { ...request, key }, async () => 1)).rejects.toMatchObject({
        code: 'core.invalid_input',
      })
    })
  })
})
