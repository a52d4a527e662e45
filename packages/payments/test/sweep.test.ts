import { describe, expect, test } from 'vitest'
import { atomic, checkInvariants, type Db, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { PaymentProvider } from '@sangdo/payments'
import { createPayments, paymentInvariants, paymentMigrations } from '@sangdo/payments/server'
import { fakeProvider, samplePayment } from '@sangdo/payments/testing'

let runs = 0

/** Orders that wait at one provider, whose answers take a moment, and any number of processes that look after them. */
function openWork() {
  const clock = stillClock()
  const run = ++runs
  const provider = fakeProvider({ now: clock.now })
  const outbox = recorder()
  let [underWay, most] = [0, 0]
  let hold: Promise<unknown> = Promise.resolve()
  const slow: PaymentProvider = {
    ...provider,
    async find(reference) {
      most = Math.max(most, ++underWay)
      await Promise.all([new Promise((resolve) => setTimeout(resolve, 2)), hold])
      underWay -= 1
      return provider.find(reference)
    },
  }
  const processOf = (one: PaymentProvider = slow) =>
    createPayments({ providers: [one], outbox, now: clock.now, timeoutMs: 60_000 })
  const start = async (db: Db, count: number) => {
    const expiresAt = new Date(clock.now().getTime() + 7_200_000).toISOString()
    const payments = processOf(provider)
    for (let order = 0; order < count; order++)
      await payments.start(db, { ...samplePayment, orderId: `ord_${run}_${order}`, expiresAt })
    const orders = Array.from({ length: count }, (_, order) => `ord_${run}_${order}`)
    const views = Object.values(await payments.paymentsOf(db, orders))
    return views.flatMap(({ attempts }) => attempts.map(({ id }) => id))
  }
  const finds = () => provider.calls.filter((call) => call.startsWith('find ')).map((call) => call.slice(5))
  /** Holds every answer back until it is let go. */
  const holdBack = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    hold = promise
    return () => {
      hold = Promise.resolve()
      resolve()
    }
  }
  return { clock, provider, outbox, processOf, start, finds, holdBack, most: () => most }
}

describe('the sweep in several processes', () => {
  describeDatabases([paymentMigrations], (database) => {
    /** The database as another process has it, where it can be reached from another. */
    const another = async (): Promise<{ db: Db; close: () => Promise<void> }> => {
      const { url, db } = database()
      if (!url) return { db, close: async () => {} }
      const other = await openDb(url)
      return { db: other, close: () => other.destroy() }
    }

    test('nobody asks the provider twice about the same payment, and eight are asked about at once', async () => {
      const { clock, start, processOf, finds, most } = openWork()
      const { db } = database()
      const other = await another()
      const references = await start(db, 40)
      clock.advance(5_000)
      const counts = await Promise.all([processOf().sweep(db), processOf().sweep(other.db)])
      await other.close()
      expect(finds().toSorted()).toEqual(references.toSorted())
      expect(counts.map(({ attempts }) => attempts).reduce((sum, count) => sum + count)).toBe(40)
      expect(most()).toBeGreaterThan(1)
      expect(most()).toBeLessThanOrEqual(16)
    })

    test('one process alone asks about eight at once and no more, and stops where it is told to', async () => {
      const { clock, start, processOf, holdBack, most } = openWork()
      const { db } = database()
      await start(db, 20)
      clock.advance(5_000)
      const payments = processOf()
      const letGo = holdBack()
      const first = payments.sweep(db, 10)
      while (most() < 8) await new Promise((resolve) => setTimeout(resolve, 1))
      letGo()
      expect([(await first).attempts, (await payments.sweep(db)).attempts, most()]).toEqual([10, 10, 8])
    })

    test('what a killed process had claimed is due again after a minute, by itself', async () => {
      const { clock, provider, outbox, start, processOf, holdBack, most } = openWork()
      const { db } = database()
      const references = await start(db, 3)
      for (const reference of references) provider.approve(reference)
      clock.advance(5_000)
      const letGo = holdBack()
      const late = processOf().sweep(db)
      while (most() < 3) await new Promise((resolve) => setTimeout(resolve, 1))
      clock.advance(59_000)
      expect(await processOf(provider).sweep(db)).toEqual({ attempts: 0, captures: 0, refunds: 0 })
      clock.advance(1_000)
      expect((await processOf(provider).sweep(db)).attempts).toBe(3)
      expect(provider.captured().map(({ captured }) => captured.minor)).toEqual([27_000, 27_000, 27_000])
      // It was not dead after all, and what it learns late changes nothing.
      letGo()
      await late
      expect(outbox.events.filter(({ name }) => name === 'payments.captured')).toHaveLength(3)
      expect(await checkInvariants(db, paymentInvariants)).toEqual([])
    })

    test('one that was asked about is asked at growing intervals, and one whose end is known no more', async () => {
      const { clock, provider, start, processOf } = openWork()
      const { db } = database()
      const [reference = ''] = await start(db, 1)
      const payments = processOf(provider)
      const asked = async (seconds: number) => (clock.advance(seconds * 1000), (await payments.sweep(db)).attempts)
      expect([await asked(5), await asked(14), await asked(1), await asked(59), await asked(1)]).toEqual([
        1, 0, 1, 0, 1,
      ])
      provider.approve(reference)
      expect([await asked(300), await asked(86_400)]).toEqual([1, 0])
    })

    test('payments of a provider that is not configured any more wait as if it did not answer', async () => {
      const { clock, provider, start, processOf } = openWork()
      const { db } = database()
      await start(db, 2)
      const without = processOf(fakeProvider({ id: 'another' }))
      const asked = async (seconds: number) => (clock.advance(seconds * 1000), (await without.sweep(db)).attempts)
      expect([await asked(5), await asked(10), await asked(5)]).toEqual([2, 0, 2])
      clock.advance(60_000)
      expect([(await processOf(provider).sweep(db)).attempts, provider.calls.length]).toEqual([2, 4])
    })

    test('refunds are claimed too: two processes give money back once', async () => {
      const { clock, provider, start, processOf } = openWork()
      const { db } = database()
      const references = await start(db, 10)
      const payments = processOf(provider)
      for (const reference of references) {
        provider.approve(reference)
        const { orderId } = await payments.sync(db, reference)
        const amount = { minor: 7_000, currency: 'KRW' }
        await atomic(db, (tx) => payments.requestRefund(tx, { orderId, amount, reason: 'broken', refundKey: 'one' }))
      }
      clock.advance(1_000)
      const counts = await Promise.all([processOf(provider).sweep(db), processOf(provider).sweep(db)])
      expect(counts.reduce((sum, { refunds }) => sum + refunds, 0)).toBe(10)
      expect(provider.calls.filter((call) => call.startsWith('refund ')).length).toBe(10)
      expect(await checkInvariants(db, paymentInvariants)).toEqual([])
    })
  })
})
