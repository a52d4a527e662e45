import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { StartPayment } from '@sangdo/payments'
import { createPayments, paymentMigrations } from '@sangdo/payments/server'
import { fakeProvider, samplePayment } from '@sangdo/payments/testing'

const won = (minor: number) => money(minor, 'KRW')

describe('payments', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: { mayCapture?: () => Promise<boolean> } = {}) => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const provider = fakeProvider({ now: clock.now })
      const payments = createPayments({ providers: [provider], outbox, now: clock.now, timeoutMs: 50, ...options })
      const viewOf = async (orderId = 'ord_1') => {
        const payment = (await payments.paymentsOf(db, [orderId]))[orderId]
        if (!payment) throw new Error(`no payment of ${orderId}`)
        return payment
      }
      const lastAttempt = async (orderId = 'ord_1') => {
        const attempt = (await viewOf(orderId)).attempts.at(-1)
        if (!attempt) throw new Error('no attempt')
        return attempt.id
      }
      const start = async (request: Partial<StartPayment> = {}) => {
        const started = await payments.start(db, { ...samplePayment, ...request })
        return { ...started, reference: await lastAttempt(request.orderId) }
      }
      const paid = async () => {
        const { id, reference } = await start()
        provider.approve(reference)
        await payments.sync(db, id)
        return reference
      }
      const refund = (minor: number, refundKey: string) => payments.refund(db, { orderId: 'ord_1', amount: won(minor), reason: 'broken', refundKey })
      const says = () => outbox.events.map((event) => event.name)
      const charges = () => provider.captured().reduce((total, one) => total + one.captured.minor, 0)
      const sweepAfter = async (seconds: number) => {
        clock.advance(seconds * 1000)
        return payments.sweep(db)
      }
      const sound = async () => expect([await payments.unbalanced(db), await payments.drift(db)]).toEqual([[], []])
      return { db, clock, outbox, provider, payments, viewOf, lastAttempt, start, paid, refund, says, charges, sweepAfter, sound }
    }

    test('the buyer is sent to the provider, approves, and the money is taken once', async () => {
      const { db, payments, provider, start, says, outbox, charges, sound } = shop()
      const { id, status, redirectUrl, reference } = await start()
      expect([status, redirectUrl]).toEqual(['requires_action', expect.stringMatching(/^http/)])
      provider.approve(reference)
      expect(await payments.sync(db, reference)).toMatchObject({ id, orderId: 'ord_1', status: 'captured', captured: won(27_000), card: { last4: '4242' } })
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
      expect(await start({ method: 'bank_transfer' })).toMatchObject({ status: 'captured' })
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
      expect([(await viewOf()).status, says()]).toEqual(['captured', ['payments.failed', 'payments.authorized', 'payments.captured']])
    })

    test('a virtual account waits for its deposit, and the deposit is heard of', async () => {
      const { db, payments, provider, start, outbox, sweepAfter } = shop()
      const { id, reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      expect(await payments.sync(db, id)).toMatchObject({ status: 'awaiting_deposit', deposit: { bank: '누리은행', dueAt: '2026-01-03T03:04:05.678Z' } })
      expect(outbox.events.at(-1)).toEqual({ name: 'payments.awaiting_deposit', payload: { orderId: 'ord_1', paymentId: id, dueAt: '2026-01-03T03:04:05.678Z' } })
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
      expect([(await viewOf()).status, (await viewOf()).failure?.code, says()]).toEqual(['failed', 'not_received', ['payments.failed']])
      expect((await start()).status).toBe('requires_action')
    })

    test.each(['after', 'timeout'] as const)('an answer that is lost (%s) is found by asking, never by starting another payment', async (mode) => {
      const { provider, start, viewOf, sweepAfter } = shop()
      provider.failNext(mode, 'start')
      expect((await start()).status).toBe('unknown')
      await sweepAfter(5)
      expect(await viewOf()).toMatchObject({ status: 'requires_action', redirectUrl: expect.stringMatching(/^http/) })
      expect((await viewOf()).attempts).toHaveLength(1)
    })

    test('a buyer who tries again after an outage goes on with the same attempt', async () => {
      const { provider, start, viewOf } = shop()
      provider.failNext('before', 'start')
      const first = await start()
      const second = await start()
      expect([second.status, second.reference]).toEqual(['requires_action', first.reference])
      expect((await viewOf()).attempts).toHaveLength(1)
    })

    test.each(['after', 'timeout'] as const)('money that was taken without an answer (%s) is found by the sweep and not taken twice', async (mode) => {
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
      expect([await asked(4), await asked(1), await asked(14), await asked(1), await asked(59), await asked(1)]).toEqual([0, 1, 0, 1, 0, 1])
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

    test('a refund goes back once for each key, and the ledger says so', async () => {
      const { paid, refund, viewOf, outbox, payments, db, sound } = shop()
      await paid()
      const first = await refund(7_000, 'return-1')
      expect(first).toMatchObject({ status: 'succeeded', amount: won(7_000), forOrder: true })
      expect(await refund(7_000, 'return-1')).toEqual(first)
      expect(await viewOf()).toMatchObject({ status: 'partially_refunded', captured: won(27_000), refunded: won(7_000) })
      expect(outbox.events.at(-1)).toMatchObject({ name: 'payments.refunded', payload: { orderId: 'ord_1', refundId: first.id, amount: won(7_000), forOrder: true } })
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
      await expect(refund(7_001, 'return-2')).rejects.toMatchObject({ code: 'payments.refund_exceeds', details: { refundable: 7_000 } })
      await expect(refund(7_000, 'return-1')).rejects.toMatchObject({ code: 'payments.refund_key_taken' })
      expect(provider.calls.filter((call) => call.startsWith('refund'))).toHaveLength(1)
    })

    test('two members of staff who refund at once never give back more than came in', async () => {
      const { paid, refund, provider, sound } = shop()
      await paid()
      const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((key) => refund(20_000, key)))
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      expect(results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(Array(3).fill('payments.refund_exceeds'))
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

    test.each(['before', 'after', 'timeout'] as const)('a refund without an answer (%s) is finished by the sweep, once', async (mode) => {
      const { paid, refund, provider, sweepAfter, viewOf, says, sound } = shop()
      await paid()
      provider.failNext(mode, 'refund')
      expect((await refund(7_000, 'return-1')).status).toBe('unknown')
      await sweepAfter(5)
      expect((await viewOf()).refunds).toMatchObject([{ status: 'succeeded' }])
      expect(provider.captured()[0]?.refunded).toEqual(won(7_000))
      expect(says().filter((name) => name === 'payments.refunded')).toHaveLength(1)
      await sound()
    })

    test('a refund that an event asks for commits with its cause, and the sweep carries it out', async () => {
      const { db, payments, paid, provider, sweepAfter, viewOf } = shop()
      await paid()
      const request = { orderId: 'ord_1', amount: won(27_000), reason: 'order_cancelled', refundKey: 'evt_1' }
      await expect(atomic(db, async (tx) => {
        await payments.requestRefund(tx, request)
        throw new Error('the caller gave up')
      })).rejects.toThrow('the caller gave up')
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
      expect(await refund(10_000, 'return-1')).toMatchObject({ status: 'failed', failure: { code: 'exceeds_captured' } })
      expect(says().at(-1)).toBe('payments.refund_failed')
      expect(await payments.problems(db)).toMatchObject([{ kind: 'refund_failed', orderId: 'ord_1' }])
      await payments.sync(db, reference)
      expect(await viewOf()).toMatchObject({ status: 'partially_refunded', refunded: won(20_000) })
      await sound()
    })

    test('an order that was never paid has nothing to refund', async () => {
      const { start, refund } = shop()
      await start()
      await expect(refund(1, 'return-1')).rejects.toMatchObject({ code: 'payments.refund_exceeds' })
      await expect(shop().payments.refund(database().db, { orderId: 'ord_9', amount: won(1), reason: 'x', refundKey: 'y' })).rejects.toMatchObject({ code: 'payments.payment_not_found' })
    })

    test.each([
      ['amount.minor', { amount: won(0) }],
      ['amount.minor', { amount: { minor: 10.5, currency: 'KRW' } }],
      ['returnUrl', { returnUrl: 'javascript:alert(1)' }],
      ['total', { total: 1 }],
    ])('a wrong %s is refused by name', async (field, change) => {
      const { db, payments } = shop()
      await expect(payments.start(db, { ...samplePayment, ...change })).rejects.toMatchObject({ code: 'core.invalid_input', details: { issues: [{ field }] } })
    })

    test('a payment or a provider that does not exist is named', async () => {
      const { db, payments } = shop()
      await expect(payments.sync(db, 'att_none')).rejects.toMatchObject({ code: 'payments.payment_not_found' })
      await expect(payments.start(db, { ...samplePayment, provider: 'nobody' })).rejects.toMatchObject({ code: 'payments.method_unavailable' })
      await expect(payments.receiveWebhook(db, 'nobody', { headers: {}, body: '' })).rejects.toMatchObject({ code: 'payments.provider_not_found' })
    })
  })
})
