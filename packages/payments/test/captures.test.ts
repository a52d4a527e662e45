import { describe, expect, test } from 'vitest'
import { describeDatabases } from '@sangdo/core/testing'
import { createPayments, paymentMigrations } from '@sangdo/payments/server'
import { samplePayment } from '@sangdo/payments/testing'
import { openShop, won } from './shop.ts'

describe('money that is promised now and taken later', () => {
  describeDatabases([paymentMigrations], (database) => {
    /** An order over 27,000 won whose money is promised by card. */
    const promised = async () => {
      const open = openShop(database().db)
      const { reference } = await open.start({ capture: 'later' })
      open.provider.approve(reference)
      await open.payments.sync(open.db, reference)
      expect((await open.viewOf()).status).toBe('authorized')
      const take = (minor: number, captureKey: string) =>
        open.payments.capture(open.db, { orderId: 'ord_1', amount: won(minor), captureKey })
      return { ...open, reference, take }
    }

    test('is not taken until somebody asks for it', async () => {
      const { sweepAfter, viewOf, says, charges, sound } = await promised()
      await sweepAfter(3600)
      expect([(await viewOf()).status, charges(), says()]).toEqual(['authorized', 0, ['payments.authorized']])
      await sound()
    })

    test('is taken in parts, each once for its key, and the order is paid when all is there', async () => {
      const { take, viewOf, said, charges, sound } = await promised()
      const first = await take(7_000, 'parcel-1')
      expect(first).toMatchObject({ status: 'succeeded', amount: won(7_000) })
      expect(await take(7_000, 'parcel-1')).toEqual(first)
      await expect(take(8_000, 'parcel-1')).rejects.toMatchObject({ code: 'payments.capture_key_taken' })
      expect(await viewOf()).toMatchObject({ status: 'authorized', captured: won(7_000), captures: [first] })
      expect(said('payments.part_captured')).toMatchObject([{ amount: won(7_000), total: won(7_000) }])
      await sound()
      await take(20_000, 'parcel-2')
      expect([await viewOf(), charges()]).toMatchObject([{ status: 'captured', captured: won(27_000) }, 27_000])
      expect(said('payments.captured')).toMatchObject([{ orderId: 'ord_1', amount: won(27_000) }])
      await sound()
    })

    test('two who take at once never take more than was promised: the loser is told how much is left', async () => {
      const { take, charges, asked, sound } = await promised()
      const results = await Promise.allSettled(['a', 'b', 'c'].map((key) => take(20_000, key)))
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      const refused = { code: 'payments.capture_exceeds', kind: 'conflict', details: { capturable: 7_000 } }
      expect(results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))).toMatchObject([
        refused,
        refused,
      ])
      expect([charges(), asked('capture')]).toEqual([20_000, 1])
      await sound()
    })

    test('the same capture asked for at once by many is one capture', async () => {
      const { take, charges, said, sound } = await promised()
      const results = await Promise.all(Array.from({ length: 5 }, () => take(7_000, 'parcel-1')))
      expect([new Set(results.map((one) => one.id)).size, charges()]).toEqual([1, 7_000])
      expect(said('payments.part_captured')).toHaveLength(1)
      await sound()
    })

    test('what is not needed is let go, and the order is paid with what was taken', async () => {
      const { db, payments, take, viewOf, said, charges, provider, reference, sound } = await promised()
      await take(7_000, 'parcel-1')
      await payments.cancelOpen(db, 'ord_1')
      expect([(await viewOf()).status, charges()]).toEqual(['captured', 7_000])
      expect(said('payments.captured')).toMatchObject([{ amount: won(7_000) }])
      await expect(take(1, 'parcel-2')).rejects.toMatchObject({ code: 'payments.capture_exceeds' })
      expect((await provider.find(reference))?.status).toBe('captured')
      await sound()
    })

    test('a promise that is let go whole is cancelled, and nothing was taken', async () => {
      const { db, payments, viewOf, said, charges, sound } = await promised()
      await payments.cancelOpen(db, 'ord_1')
      expect([(await viewOf()).status, charges(), said('payments.captured')]).toEqual(['cancelled', 0, []])
      await sound()
    })

    test('a promise runs out after some days, and says so', async () => {
      const { take, viewOf, said, sweepAfter, sound } = await promised()
      await sweepAfter(7 * 24 * 3600 + 1)
      expect([(await viewOf()).status, said('payments.failed')]).toMatchObject([
        'expired',
        [{ orderId: 'ord_1', failure: { code: 'auth_expired' } }],
      ])
      await expect(take(1, 'parcel-1')).rejects.toMatchObject({ code: 'payments.capture_exceeds' })
      await sound()
    })

    test('of a promise that runs out what was taken in time stays', async () => {
      const { take, viewOf, said, sweepAfter, sound } = await promised()
      await take(7_000, 'parcel-1')
      await sweepAfter(7 * 24 * 3600 + 1)
      expect([(await viewOf()).status, said('payments.captured')]).toMatchObject(['captured', [{ amount: won(7_000) }]])
      await sound()
    })

    test('a capture that comes too late is refused by the provider, and claims nothing any more', async () => {
      const { take, viewOf, clock, sound } = await promised()
      clock.advance(7 * 24 * 3_600_000 + 1)
      expect(await take(7_000, 'parcel-1')).toMatchObject({ status: 'failed', failure: { code: 'exceeds_approved' } })
      expect((await viewOf()).status).toBe('expired')
      await sound()
    })

    test.each(['before', 'after', 'timeout'] as const)(
      'a capture without an answer (%s) is finished by the sweep, once',
      async (mode) => {
        const { take, viewOf, provider, sweepAfter, charges, said, sound } = await promised()
        provider.failNext(mode, 'capture')
        expect((await take(7_000, 'parcel-1')).status).toBe('unknown')
        await sweepAfter(5)
        expect([(await viewOf()).captures[0]?.status, charges()]).toEqual(['succeeded', 7_000])
        expect(said('payments.part_captured')).toHaveLength(1)
        await sound()
      },
    )

    test('what was taken can go back, and no more', async () => {
      const { take, refund, charges, sound } = await promised()
      await take(7_000, 'parcel-1')
      await expect(refund(7_001, 'return-1')).rejects.toMatchObject({ details: { refundable: 7_000 } })
      expect((await refund(3_000, 'return-1')).status).toBe('succeeded')
      await take(20_000, 'parcel-2')
      expect(charges()).toBe(24_000)
      await sound()
    })

    test('an order whose money is taken at once has nothing to take later', async () => {
      const { db, payments, paid } = openShop(database().db)
      await paid()
      await expect(
        payments.capture(db, { orderId: 'ord_1', amount: won(1), captureKey: 'parcel-1' }),
      ).rejects.toMatchObject({ code: 'payments.capture_exceeds', details: { capturable: 0 } })
    })

    test('a provider that cannot take money later is not asked to', async () => {
      const { db, provider, clock } = openShop(database().db)
      const { capture: _, findCapture: __, ...plain } = provider
      const payments = createPayments({ providers: [plain], now: clock.now })
      await expect(payments.start(db, { ...samplePayment, capture: 'later' })).rejects.toMatchObject({
        code: 'payments.method_unavailable',
      })
    })
  })
})
