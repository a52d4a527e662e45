import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

describe('refunds', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: Parameters<typeof openShop>[1] = {}) => openShop(database().db, options)

    test('a refund goes back once for each key, and the ledger says so', async () => {
      const { paid, refund, viewOf, outbox, payments, db, sound } = shop()
      await paid()
      const first = await refund(7_000, 'return-1')
      expect(first).toMatchObject({ status: 'succeeded', amount: won(7_000), forOrder: true })
      expect(await refund(7_000, 'return-1')).toEqual(first)
      expect(await viewOf()).toMatchObject({
        status: 'partially_refunded',
        captured: won(27_000),
        refunded: won(7_000),
      })
      expect(outbox.events.at(-1)).toMatchObject({
        name: 'payments.refunded',
        payload: { orderId: 'ord_1', refundId: first.id, amount: won(7_000), forOrder: true },
      })
      expect(await payments.balances(db)).toEqual([
        { account: 'orders', currency: 'KRW', balance: -20_000 },
        { account: 'provider:fake', currency: 'KRW', balance: 20_000 },
      ])
      await refund(20_000, 'return-2')
      expect((await viewOf()).status).toBe('refunded')
      await sound()
    })

    test('more than is left cannot be refunded, and one key is one amount', async () => {
      const { paid, refund, provider } = shop()
      await paid()
      await refund(20_000, 'return-1')
      await expect(refund(7_001, 'return-2')).rejects.toMatchObject({
        code: 'payments.refund_exceeds',
        details: { refundable: 7_000 },
      })
      await expect(refund(7_000, 'return-1')).rejects.toMatchObject({ code: 'payments.refund_key_taken' })
      expect(provider.calls.filter((call) => call.startsWith('refund'))).toHaveLength(1)
    })

    test('two members of staff who refund at once never give back more than came in', async () => {
      const { paid, refund, provider, sound } = shop()
      await paid()
      const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((key) => refund(20_000, key)))
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      expect(
        results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])),
      ).toEqual(Array(3).fill('payments.refund_exceeds'))
      expect(provider.captured()[0]?.refunded).toEqual(won(20_000))
      await sound()
    })

    test('the same refund asked for at once by many is one refund', async () => {
      const { paid, refund, provider, sound } = shop()
      await paid()
      const results = await Promise.all(Array.from({ length: 6 }, () => refund(20_000, 'return-1')))
      expect(new Set(results.map((one) => one.id)).size).toBe(1)
      expect(provider.captured()[0]?.refunded).toEqual(won(20_000))
      await sound()
    })

    test.each(['before', 'after', 'timeout'] as const)(
      'a refund without an answer (%s) is finished by the sweep, once',
      async (mode) => {
        const { paid, refund, provider, sweepAfter, viewOf, says, asked, sound } = shop()
        await paid()
        provider.failNext(mode, 'refund')
        expect((await refund(7_000, 'return-1')).status).toBe('unknown')
        await sweepAfter(5)
        expect((await viewOf()).refunds).toMatchObject([{ status: 'succeeded' }])
        expect(provider.captured()[0]?.refunded).toEqual(won(7_000))
        expect(says().filter((name) => name === 'payments.refunded')).toHaveLength(1)
        // What was carried out already is looked up, not asked for again.
        expect([asked('refund'), asked('findRefund')]).toEqual([mode === 'before' ? 2 : 1, 1])
        await sound()
      },
    )

    test('a refund that an event asks for commits with its cause, and the sweep carries it out', async () => {
      const { db, payments, paid, provider, sweepAfter, viewOf } = shop()
      await paid()
      const request = { orderId: 'ord_1', amount: won(27_000), reason: 'order_cancelled', refundKey: 'evt_1' }
      await expect(
        atomic(db, async (tx) => {
          await payments.requestRefund(tx, request)
          throw new Error('the caller gave up')
        }),
      ).rejects.toThrow('the caller gave up')
      expect((await viewOf()).refunds).toEqual([])
      await atomic(db, (tx) => payments.requestRefund(tx, request))
      expect(provider.calls.filter((call) => call.startsWith('refund'))).toEqual([])
      await sweepAfter(0)
      expect((await viewOf()).status).toBe('refunded')
    })

    test('a refund that the provider refuses leaves the ledger as it was, and someone is told', async () => {
      const { db, payments, paid, provider, refund, viewOf, says, sound } = shop()
      const reference = await paid()
      provider.bankRefund({ reference, refundId: 'rfd_elsewhere', amount: won(20_000), reason: 'at the desk' })
      expect(await refund(10_000, 'return-1')).toMatchObject({
        status: 'failed',
        failure: { code: 'exceeds_captured' },
      })
      expect(says().at(-1)).toBe('payments.refund_failed')
      const [task] = (await payments.tasks(db)).items
      expect(task).toMatchObject({ kind: 'refund_failed', orderId: 'ord_1', amount: won(10_000) })
      await payments.resolveTask(db, { taskId: task?.id ?? 'tsk_none', resolution: 'paid in cash' })
      expect([(await payments.tasks(db)).items, (await payments.tasks(db, { resolved: true })).items]).toMatchObject([
        [],
        [{ resolution: 'paid in cash' }],
      ])
      await payments.sync(db, reference)
      expect(await viewOf()).toMatchObject({ status: 'partially_refunded', refunded: won(20_000) })
      await sound()
    })

    test('an order that was never paid has nothing to refund', async () => {
      const { start, refund } = shop()
      await start()
      await expect(refund(1, 'return-1')).rejects.toMatchObject({ code: 'payments.refund_exceeds' })
      await expect(
        shop().payments.refund(database().db, { orderId: 'ord_9', amount: won(1), reason: 'x', refundKey: 'y' }),
      ).rejects.toMatchObject({ code: 'payments.payment_not_found' })
    })

    test("a refund made at the provider's own desk is found and booked, once", async () => {
      const { db, payments, provider, start, hears, viewOf, said, sound } = shop()
      const { reference } = await start()
      provider.approve(reference)
      await payments.sync(db, reference)
      provider.bankRefund({ reference, refundId: 'desk-1', amount: won(7_000), reason: 'at the desk' })
      for (let times = 0; times < 2; times++) {
        await hears(reference)
        await payments.processInbox(db)
      }
      expect(await viewOf()).toMatchObject({ status: 'partially_refunded', refunded: won(7_000) })
      expect(said('payments.refunded')).toMatchObject([{ reason: 'made_at_provider', amount: won(7_000) }])
      await sound()
    })
  })
})
