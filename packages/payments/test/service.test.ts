import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations } from '@sangdo/payments/server'
import { samplePayment } from '@sangdo/payments/testing'
import { openShop, won } from './shop.ts'

describe('payments', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: Parameters<typeof openShop>[1] = {}) => openShop(database().db, options)

    test('the buyer is sent to the provider, approves, and the money is taken once', async () => {
      const { db, payments, provider, start, says, outbox, charges, sound } = shop()
      const { id, status, redirectUrl, reference } = await start()
      expect([status, redirectUrl]).toEqual(['requires_action', expect.stringMatching(/^http/)])
      provider.approve(reference)
      expect(await payments.sync(db, reference)).toMatchObject({
        id,
        orderId: 'ord_1',
        status: 'captured',
        captured: won(27_000),
        card: { last4: '4242' },
      })
      await payments.sync(db, id)
      expect(says()).toEqual(['payments.authorized', 'payments.captured'])
      expect(outbox.events.at(-1)?.payload).toEqual({ orderId: 'ord_1', paymentId: id, amount: won(27_000) })
      expect(charges()).toBe(27_000)
      await sound()
    })

    test('started again it is the same attempt, in whatever tab', async () => {
      const { start, provider, viewOf } = shop()
      const [first, second] = [await start(), await start()]
      expect(second).toEqual(first)
      expect((await viewOf()).attempts).toHaveLength(1)
      expect(provider.calls.filter((call) => call.startsWith('start'))).toHaveLength(1)
    })

    test('two tabs that start at once share one attempt', async () => {
      const { db, payments, viewOf } = shop()
      const started = await Promise.all(Array.from({ length: 8 }, () => payments.start(db, samplePayment)))
      expect(new Set(started.map((one) => one.id)).size).toBe(1)
      expect((await viewOf()).attempts).toHaveLength(1)
    })

    test('another way to pay cancels the first attempt before it begins', async () => {
      const { start, viewOf } = shop()
      await start()
      await start({ method: 'virtual_account' })
      expect((await viewOf()).attempts.map((attempt) => [attempt.method, attempt.status])).toEqual([
        ['card', 'cancelled'],
        ['virtual_account', 'requires_action'],
      ])
    })

    test('an order that is paid is not asked for money again', async () => {
      const { paid, start, viewOf } = shop()
      await paid()
      expect(await start({ method: 'bank_transfer' })).toMatchObject({ status: 'captured', redirectUrl: null })
      expect((await viewOf()).attempts).toHaveLength(1)
    })

    test('a declined card leaves the order payable by another attempt', async () => {
      const { db, payments, provider, start, viewOf, says } = shop()
      const first = await start()
      provider.decline(first.reference)
      expect(await payments.sync(db, first.id)).toMatchObject({ status: 'failed', failure: { code: 'card_declined' } })
      const second = await start()
      provider.approve(second.reference)
      await payments.sync(db, second.reference)
      expect([(await viewOf()).status, says()]).toEqual([
        'captured',
        ['payments.failed', 'payments.authorized', 'payments.captured'],
      ])
    })

    test('a virtual account waits for its deposit, and the deposit is heard of', async () => {
      const { db, payments, provider, start, outbox, sweepAfter } = shop()
      const { id, reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      expect(await payments.sync(db, id)).toMatchObject({
        status: 'awaiting_deposit',
        deposit: { bank: '누리은행', dueAt: '2026-01-03T03:04:05.678Z' },
      })
      expect(outbox.events.at(-1)).toEqual({
        name: 'payments.awaiting_deposit',
        payload: { orderId: 'ord_1', paymentId: id, dueAt: '2026-01-03T03:04:05.678Z' },
      })
      provider.deposit(reference)
      await sweepAfter(60)
      expect(outbox.events.at(-1)?.name).toBe('payments.captured')
    })

    test('an attempt that never reached the provider fails after a minute, and the buyer may pay again', async () => {
      const { provider, start, viewOf, sweepAfter, says } = shop()
      provider.failNext('before', 'start')
      expect(await start()).toMatchObject({ status: 'unknown', redirectUrl: null })
      await sweepAfter(5)
      expect((await viewOf()).status).toBe('unknown')
      await sweepAfter(60)
      expect([(await viewOf()).status, (await viewOf()).failure?.code, says()]).toEqual([
        'failed',
        'not_received',
        ['payments.failed'],
      ])
      expect((await start()).status).toBe('requires_action')
    })

    test.each(['after', 'timeout'] as const)(
      'an answer that is lost (%s) is found by asking, never by starting another payment',
      async (mode) => {
        const { provider, start, viewOf, sweepAfter } = shop()
        provider.failNext(mode, 'start')
        expect((await start()).status).toBe('unknown')
        await sweepAfter(5)
        expect(await viewOf()).toMatchObject({ status: 'requires_action', redirectUrl: expect.stringMatching(/^http/) })
        expect((await viewOf()).attempts).toHaveLength(1)
      },
    )

    test('a buyer who tries again after an outage goes on with the same attempt', async () => {
      const { provider, start, viewOf } = shop()
      provider.failNext('before', 'start')
      const first = await start()
      const second = await start()
      expect([second.status, second.reference]).toEqual(['requires_action', first.reference])
      expect((await viewOf()).attempts).toHaveLength(1)
    })

    test.each(['after', 'timeout'] as const)(
      'money that was taken without an answer (%s) is found by the sweep and not taken twice',
      async (mode) => {
        const { db, payments, provider, start, viewOf, charges, sweepAfter, says, sound } = shop()
        const { id, reference } = await start()
        provider.approve(reference)
        provider.failNext(mode, 'confirm')
        expect((await payments.sync(db, id)).status).toBe('authorized')
        await sweepAfter(15)
        expect([(await viewOf()).status, charges()]).toEqual(['captured', 27_000])
        expect(provider.calls.filter((call) => call.startsWith('confirm'))).toHaveLength(1)
        expect(says().filter((name) => name === 'payments.captured')).toHaveLength(1)
        await sound()
      },
    )

    test('the buyer and the message of the provider, who come at once, are served one after the other', async () => {
      let [asking, most] = [0, 0]
      const { payments, provider, db, start, hears, asked, sound } = shop({
        altered: (real) => ({
          find: async (reference) => {
            most = Math.max(most, ++asking)
            await new Promise((resolve) => setTimeout(resolve, 5))
            asking -= 1
            return real.find(reference)
          },
        }),
      })
      const { id, reference } = await start()
      provider.approve(reference)
      await hears(reference)
      await Promise.all([payments.sync(db, id), payments.processInbox(db)])
      expect([most, asked('find'), asked('confirm')]).toEqual([1, 2, 1])
      expect((await payments.paymentOf(db, id)).status).toBe('captured')
      await sound()
    })

    test('how the buyer was authenticated is kept with the attempt, also when later news does not say', async () => {
      const evidence = { version: '2.2.0', eci: '05', transactionStatus: 'Y', liabilityShifted: true }
      const { db, payments, provider, start, viewOf } = shop({
        altered: (real) => ({
          find: async (reference) => {
            const found = await real.find(reference)
            return found?.status === 'approved' ? { ...found, evidence } : found
          },
        }),
      })
      const { id, reference } = await start()
      expect((await viewOf()).attempts.map((attempt) => attempt.evidence)).toEqual([null])
      provider.approve(reference)
      expect((await payments.sync(db, id)).status).toBe('captured')
      await payments.sync(db, id)
      expect((await viewOf()).attempts.map((attempt) => attempt.evidence)).toEqual([evidence])
    })

    test('an outage before the money was taken takes it later', async () => {
      const { db, payments, provider, start, charges, sweepAfter } = shop()
      const { id, reference } = await start()
      provider.approve(reference)
      provider.failNext('before', 'confirm')
      await payments.sync(db, id)
      expect(charges()).toBe(0)
      await sweepAfter(15)
      expect(charges()).toBe(27_000)
    })

    test('a provider that is down is asked at growing intervals', async () => {
      const { provider, start, sweepAfter } = shop()
      await start()
      const asked = async (seconds: number) => {
        provider.failNext('before', 'find')
        return (await sweepAfter(seconds)).attempts
      }
      expect([
        await asked(4),
        await asked(1),
        await asked(14),
        await asked(1),
        await asked(59),
        await asked(1),
      ]).toEqual([0, 1, 0, 1, 0, 1])
    })

    test('a buyer who reloads the page does not make the poller slower', async () => {
      const { db, payments, provider, start, sweepAfter, charges } = shop()
      const { id, reference } = await start()
      for (let times = 0; times < 10; times++) await payments.sync(db, id)
      provider.approve(reference)
      await sweepAfter(5)
      expect(charges()).toBe(27_000)
    })

    test('approved money of an order that is off is not taken but let go', async () => {
      const { db, payments, provider, start, charges, says } = shop({ mayCapture: async () => false })
      const { id, reference } = await start()
      provider.approve(reference)
      expect((await payments.sync(db, id)).status).toBe('cancelled')
      expect([charges(), says()]).toEqual([0, []])
    })

    test('a cancelled order ends its open attempts, at once or by the sweep', async () => {
      const { db, payments, provider, start, viewOf, sweepAfter } = shop()
      await start()
      await payments.cancelOpen(db, 'ord_1')
      expect((await viewOf()).status).toBe('cancelled')
      await start({ orderId: 'ord_2', method: 'virtual_account' })
      await atomic(db, (tx) => payments.requestCancel(tx, 'ord_2'))
      provider.failNext('before', 'cancel')
      await sweepAfter(0)
      expect((await viewOf('ord_2')).status).toBe('requires_action')
      await sweepAfter(15)
      expect((await viewOf('ord_2')).status).toBe('cancelled')
    })

    test('a payment that the buyer abandons ends with its time', async () => {
      const { start, viewOf, sweepAfter, says } = shop()
      await start()
      await sweepAfter(901)
      expect([(await viewOf()).status, says()]).toEqual(['expired', ['payments.failed']])
      expect((await start({ expiresAt: '2026-01-02T04:00:00.000Z' })).status).toBe('requires_action')
    })

    test('an approval that is not taken in time expires, and the order may be paid anew', async () => {
      const { db, payments, provider, start, sweepAfter, viewOf, charges } = shop()
      const { id, reference } = await start()
      provider.approve(reference)
      provider.failNext('before', 'confirm')
      await payments.sync(db, id)
      await sweepAfter(1801)
      expect([(await viewOf()).status, charges()]).toEqual(['expired', 0])
    })

    test.each([
      ['amount.minor', { amount: won(0) }],
      ['amount.minor', { amount: { minor: 10.5, currency: 'KRW' } }],
      ['returnUrl', { returnUrl: 'javascript:alert(1)' }],
      ['total', { total: 1 }],
    ])('a wrong %s is refused by name', async (field, change) => {
      const { db, payments } = shop()
      await expect(payments.start(db, { ...samplePayment, ...change })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field }] },
      })
    })

    test('a payment or a provider that does not exist is named', async () => {
      const { db, payments } = shop()
      await expect(payments.sync(db, 'att_none')).rejects.toMatchObject({ code: 'payments.payment_not_found' })
      await expect(payments.start(db, { ...samplePayment, provider: 'nobody' })).rejects.toMatchObject({
        code: 'payments.method_unavailable',
      })
      await expect(payments.receiveWebhook(db, 'nobody', { headers: {}, body: '' })).rejects.toMatchObject({
        code: 'payments.provider_not_found',
      })
    })
  })
})
