import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { StartPayment } from '@sangdo/payments'
import { createPayments, paymentMigrations, type PaymentProvider } from '@sangdo/payments/server'
import { type FailureMode, fakeProvider, samplePayment } from '@sangdo/payments/testing'

const won = (minor: number) => money(minor, 'KRW')

describe('payments when things go wrong', () => {
  describeDatabases([paymentMigrations], (database) => {
    /** `altered` stands between the shop and its provider, and may answer something else. */
    const shop = (altered: (provider: ReturnType<typeof fakeProvider>) => Partial<PaymentProvider> = () => ({})) => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const provider = fakeProvider({ now: clock.now })
      const payments = createPayments({ providers: [{ ...provider, ...altered(provider) }], outbox, now: clock.now, timeoutMs: 50 })
      const viewOf = async (orderId = 'ord_1') => {
        const payment = (await payments.paymentsOf(db, [orderId]))[orderId]
        if (!payment) throw new Error(`no payment of ${orderId}`)
        return payment
      }
      const start = async (request: Partial<StartPayment> = {}) => {
        const started = await payments.start(db, { ...samplePayment, ...request })
        const reference = (await viewOf(request.orderId)).attempts.at(-1)?.id ?? 'att_none'
        return { ...started, reference }
      }
      const hears = async (reference: string, eventId: string = crypto.randomUUID()) =>
        payments.receiveWebhook(db, 'fake', await provider.webhook(reference, { eventId }))
      const sweepAfter = async (seconds: number) => {
        clock.advance(seconds * 1000)
        return payments.sweep(db)
      }
      const says = () => outbox.events.map((event) => event.name)
      const said = (name: string) => outbox.events.filter((event) => event.name === name).map((event) => event.payload)
      const charges = () => provider.captured().reduce((total, one) => total + one.captured.minor - one.refunded.minor, 0)
      const sound = async () => expect([await payments.unbalanced(db), await payments.drift(db)]).toEqual([[], []])
      return { db, clock, outbox, provider, payments, viewOf, start, hears, sweepAfter, says, said, charges, sound }
    }

    test.each([
      ['amount', (found: { amount: unknown }) => ({ ...found, amount: won(2_700) })],
      ['currency', (found: { amount: unknown }) => ({ ...found, amount: money(27_000, 'JPY') })],
    ])('a payment over another %s does not pay the order and is cancelled at the provider', async (difference, alter) => {
      const { db, payments, provider, start, viewOf, said, says, charges, sound } = shop((real) => ({
        find: async (reference) => {
          const found = await real.find(reference)
          return found && (alter(found) as typeof found)
        },
        cancel: async (reference) => alter(await real.cancel(reference)) as Awaited<ReturnType<typeof real.cancel>>,
      }))
      const { id, reference } = await start()
      provider.approve(reference)
      await payments.sync(db, id)
      expect([(await viewOf()).status, charges(), (await provider.find(reference))?.status]).toEqual(['mismatched', 0, 'cancelled'])
      expect(said('payments.mismatched')).toMatchObject([{ orderId: 'ord_1', difference, expected: won(27_000) }])
      expect([says().includes('payments.captured'), await payments.problems(db)]).toEqual([false, [{ kind: 'mismatched', orderId: 'ord_1', attemptId: reference }]])
      await sound()
    })

    test('a payment of another reference is nobody\'s: it neither pays the order nor is it touched', async () => {
      const { db, payments, provider, start, said, sound } = shop((real) => ({ find: () => real.find('att_cheap') }))
      await provider.start({ ...samplePayment, reference: 'att_cheap', amount: won(27_000), webhookUrl: null })
      provider.approve('att_cheap')
      const { id } = await start()
      expect((await payments.sync(db, id)).status).toBe('mismatched')
      expect(said('payments.mismatched')).toMatchObject([{ difference: 'reference' }])
      expect((await provider.find('att_cheap'))?.status).toBe('approved')
      await sound()
    })

    test.each([[26_999], [27_001]])('a deposit of %d won instead of 27,000 does not pay the order and goes back', async (minor) => {
      const { provider, start, viewOf, hears, payments, db, sweepAfter, charges, says, said, sound } = shop()
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      provider.deposit(reference, won(minor))
      await hears(reference)
      await payments.processInbox(db)
      await sweepAfter(0)
      expect([(await viewOf()).status, charges(), says().includes('payments.captured')]).toEqual(['mismatched', 0, false])
      expect(said('payments.refunded')).toMatchObject([{ amount: won(minor), forOrder: false }])
      await sound()
    })

    test('a webhook that comes before the buyer returns completes the payment, and the return shows the same', async () => {
      const { db, payments, provider, start, hears, said } = shop()
      const { id, reference } = await start()
      provider.approve(reference)
      await hears(reference)
      expect(await payments.processInbox(db)).toBe(1)
      expect(await payments.sync(db, reference)).toMatchObject({ id, status: 'captured' })
      expect(said('payments.captured')).toHaveLength(1)
    })

    test('redirect, webhook, poller and staff at the same moment have one effect', async () => {
      const { db, payments, provider, start, hears, said, charges, sound } = shop()
      const { id, reference } = await start()
      provider.approve(reference)
      await hears(reference)
      await Promise.all([payments.sync(db, id), payments.processInbox(db), payments.sweep(db), payments.sync(db, reference), payments.processInbox(db)])
      expect([said('payments.captured').length, said('payments.authorized').length, charges()]).toEqual([1, 1, 27_000])
      await sound()
    })

    test('the same webhook a hundred times in parallel has one effect, and each is answered', async () => {
      const { db, payments, provider, start, hears, said, charges, sound } = shop()
      const { reference } = await start()
      provider.approve(reference)
      await Promise.all(Array.from({ length: 100 }, () => hears(reference, 'evt_1')))
      expect(await payments.processInbox(db)).toBe(1)
      expect([said('payments.captured').length, charges()]).toEqual([1, 27_000])
      await sound()
    })

    test('thirty different webhooks of one payment have one effect', async () => {
      const { db, payments, provider, start, hears, said, sound } = shop()
      const { reference } = await start()
      provider.approve(reference)
      for (let count = 0; count < 30; count++) await hears(reference)
      await Promise.all(Array.from({ length: 3 }, () => payments.processInbox(db)))
      expect(said('payments.captured')).toHaveLength(1)
      expect(await payments.processInbox(db)).toBe(0)
      await sound()
    })

    test('a forged, altered or old webhook is refused and nothing of it is stored', async () => {
      const { db, clock, payments, provider, start } = shop()
      const { reference } = await start()
      const genuine = await provider.webhook(reference)
      const old = await provider.webhook(reference, { at: new Date(clock.now().getTime() - 301_000) })
      for (const webhook of [{ ...genuine, headers: {} }, { ...genuine, body: genuine.body.replace(reference, 'att_dear') }, { ...genuine, body: '[[[[' }, old]) {
        await expect(payments.receiveWebhook(db, 'fake', webhook)).rejects.toMatchObject({ code: 'payments.forged_webhook', kind: 'forbidden' })
      }
      await expect(payments.receiveWebhook(db, 'fake', { headers: {}, body: ' '.repeat(300_000) })).rejects.toMatchObject({ code: 'payments.webhook_too_large' })
      expect(await payments.processInbox(db)).toBe(0)
      expect(await payments.problems(db)).toEqual([])
    })

    test('a webhook of a payment that nobody knows is kept, tried for a day, and shown to someone', async () => {
      const { db, clock, payments, hears, provider } = shop()
      await hears('att_nobody')
      for (let hour = 0; hour < 30; hour++) {
        await payments.processInbox(db)
        clock.advance(3_600_000)
      }
      expect(await payments.problems(db)).toEqual([{ kind: 'unmatched_webhook', provider: 'fake', reference: 'att_nobody' }])
      expect(provider.calls).toEqual([])
    })

    test('a webhook during an outage is acted upon after it', async () => {
      const { db, clock, payments, provider, start, hears, said } = shop()
      const { reference } = await start()
      provider.approve(reference)
      await hears(reference)
      provider.failNext('before', 'find')
      expect([await payments.processInbox(db), said('payments.captured').length]).toEqual([0, 0])
      clock.advance(5_000)
      expect([await payments.processInbox(db), said('payments.captured').length]).toEqual([1, 1])
    })

    test('without any webhook the poller finds the money within a minute', async () => {
      const { provider, start, sweepAfter, said } = shop()
      const { reference } = await start()
      await sweepAfter(5)
      provider.approve(reference)
      await sweepAfter(55)
      expect(said('payments.captured')).toHaveLength(1)
    })

    test('a buyer who pays twice gets the second payment back, all by itself', async () => {
      const { provider, start, viewOf, hears, payments, db, sweepAfter, said, charges, sound } = shop()
      const first = await start({ method: 'virtual_account' })
      provider.issueAccount(first.reference)
      const second = await start()
      provider.deposit(first.reference)
      provider.approve(second.reference)
      await payments.sync(db, second.reference)
      await hears(first.reference)
      await payments.processInbox(db)
      await sweepAfter(0)
      expect(await viewOf()).toMatchObject({ status: 'captured', method: 'card', captured: won(27_000), refunded: won(0) })
      expect([charges(), said('payments.captured').length]).toEqual([27_000, 1])
      expect(said('payments.refunded')).toMatchObject([{ reason: 'paid_twice', amount: won(27_000), forOrder: false }])
      await sound()
    })

    test('when one attempt has paid, the other is not taken even if it was approved', async () => {
      const { provider, start, payments, db, sweepAfter, charges, viewOf } = shop()
      const first = await start({ method: 'virtual_account' })
      provider.issueAccount(first.reference)
      provider.failNext('before', 'find')
      const second = await start()
      provider.approve(second.reference)
      provider.deposit(first.reference)
      await payments.sync(db, first.reference)
      await sweepAfter(20)
      expect([charges(), (await viewOf()).attempts.map((attempt) => attempt.status)]).toEqual([27_000, ['captured', 'cancelled']])
    })

    test('a second deposit to one account goes back, and the order stays paid', async () => {
      const { provider, start, viewOf, hears, payments, db, sweepAfter, charges, sound } = shop()
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      provider.deposit(reference)
      await payments.sync(db, reference)
      provider.deposit(reference)
      await hears(reference)
      await payments.processInbox(db)
      await sweepAfter(0)
      expect([charges(), await viewOf()]).toMatchObject([27_000, { status: 'captured', captured: won(27_000), refunded: won(0), refunds: [{ reason: 'surplus', forOrder: false }] }])
      await sound()
    })

    test('a deposit after its time is captured and announced, for the order to take or to give back', async () => {
      const { provider, start, viewOf, hears, payments, db, sweepAfter, says } = shop()
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      await sweepAfter(25 * 3600)
      expect((await viewOf()).status).toBe('expired')
      provider.deposit(reference)
      await hears(reference)
      await payments.processInbox(db)
      expect([(await viewOf()).status, says()]).toEqual(['captured', ['payments.awaiting_deposit', 'payments.failed', 'payments.captured']])
    })

    test('a deposit that lands while the buyer cancels is not lost', async () => {
      const { provider, start, viewOf, payments, db, said } = shop()
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      provider.deposit(reference)
      await Promise.all([payments.cancelOpen(db, 'ord_1'), payments.sync(db, reference)])
      expect([(await viewOf()).status, said('payments.captured').length]).toEqual(['captured', 1])
    })

    test('late and lower-ranked news is noted, never applied', async () => {
      let answer: 'now' | 'before' = 'now'
      const { db, payments, provider, start, viewOf, says } = shop((real) => ({
        find: async (reference) => {
          const found = await real.find(reference)
          return found && answer === 'before' ? { ...found, status: 'requires_action', captured: won(0) } : found
        },
      }))
      const { id, reference } = await start()
      provider.approve(reference)
      await payments.sync(db, id)
      answer = 'before'
      await payments.sync(db, id)
      expect([(await viewOf()).status, says()]).toEqual(['captured', ['payments.authorized', 'payments.captured']])
      expect((await payments.reportsOf(db, (await viewOf()).attempts[0]?.id ?? 'att_none')).map(({ status, applied }) => [status, applied])).toEqual([
        ['requires_action', true], ['authorized', true], ['captured', true], ['requires_action', false],
      ])
    })

    test('a failure of the first attempt that is heard of after the second has paid changes nothing', async () => {
      const { db, payments, provider, start, hears, viewOf, said } = shop()
      const first = await start()
      provider.decline(first.reference)
      const second = await start()
      provider.approve(second.reference)
      await payments.sync(db, second.reference)
      await hears(first.reference)
      await payments.processInbox(db)
      expect([(await viewOf()).status, said('payments.captured').length]).toEqual(['captured', 1])
    })

    test('a refund made at the provider\'s own desk is found and booked, once', async () => {
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

    test('a provider with two secrets in turn, or a second provider, does not mix up messages', async () => {
      const { db, clock, payments, start } = shop()
      const stranger = fakeProvider({ id: 'stranger', now: clock.now })
      const both = createPayments({ providers: [fakeProvider({ now: clock.now }), stranger], now: clock.now })
      const { reference } = await start()
      await both.receiveWebhook(db, 'stranger', await stranger.webhook(reference))
      expect(await payments.processInbox(db)).toBe(0)
      expect(await payments.problems(db)).toMatchObject([{ kind: 'unmatched_webhook', provider: 'stranger' }])
    })

    test('in whatever order buyer, webhooks, poller and outages come, the end is the same and money adds up', async () => {
      const { db } = database()
      const step = fc.constantFrom('hear', 'process', 'sweep', 'return', 'before', 'after', 'start')
      // Longer outages than an approval lasts would end it, which is another story.
      const plot = fc.array(step, { maxLength: 10 }).filter((steps) => steps.filter((one) => one === 'before' || one === 'after').length <= 3)
      const stories = ['approved', 'declined', 'cancelled', 'deposited'] as const
      const ends = { approved: 'captured', declined: 'failed', cancelled: 'cancelled', deposited: 'captured' }
      let round = 0
      await fc.assert(fc.asyncProperty(fc.constantFrom(...stories), plot, fc.nat(10), async (story, steps, at) => {
        const { payments, provider, start, hears, sweepAfter, viewOf, said, sound, charges } = shop()
        const [orderId, method] = [`ord_${round++}`, story === 'deposited' ? 'virtual_account' : 'card'] as const
        const { reference } = await start({ orderId, method })
        const acts = { approved: provider.approve, declined: provider.decline, cancelled: provider.giveUp, deposited: (one: string) => void (provider.issueAccount(one), provider.deposit(one)) }
        const doing: Record<typeof steps[number], () => Promise<unknown>> = {
          hear: () => hears(reference),
          process: () => payments.processInbox(db),
          sweep: () => sweepAfter(1),
          return: () => payments.sync(db, reference),
          before: async () => provider.failNext('before'),
          after: async () => provider.failNext('after'),
          start: async () => ends[story] === 'captured' && start({ orderId, method }),
        }
        for (const [index, one] of steps.entries()) {
          if (index === at) await acts[story](reference)
          await doing[one]()
        }
        if (at >= steps.length) await acts[story](reference)
        for (let turn = 0; turn < 25 && (await viewOf(orderId)).status !== ends[story]; turn++) await sweepAfter(60)
        expect((await viewOf(orderId)).status).toBe(ends[story])
        expect(said('payments.captured')).toHaveLength(ends[story] === 'captured' ? 1 : 0)
        expect(charges()).toBe(ends[story] === 'captured' ? 27_000 : 0)
        await sound()
      }), { numRuns: 25 })
    }, 60_000)

    test('whatever fails, what came in and went back is in the ledger to the last won', async () => {
      const { db } = database()
      const action = fc.record({
        kind: fc.constantFrom('start', 'approve', 'account', 'deposit', 'decline', 'sync', 'refund', 'fail', 'cancel', 'sweep'),
        order: fc.integer({ min: 1, max: 2 }),
        mode: fc.constantFrom<FailureMode>('before', 'after', 'timeout'),
        minor: fc.constantFrom(1_000, 13_500, 27_000),
      })
      let round = 0
      await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const { payments, provider, start, sweepAfter, sound } = shop()
        const prefix = `r${round++}`
        const references = new Map<number, string>()
        const buyer = async (order: number, act: (reference: string) => unknown) => act(references.get(order) ?? 'att_none')
        for (const { kind, order, mode, minor } of actions) {
          const orderId = `${prefix}-${order}`
          const doing: Record<typeof kind, () => Promise<unknown>> = {
            start: async () => references.set(order, (await start({ orderId, method: minor === 1_000 ? 'virtual_account' : 'card', expiresAt: '2027-01-01T00:00:00.000Z' })).reference),
            approve: () => buyer(order, provider.approve),
            account: () => buyer(order, provider.issueAccount),
            deposit: () => buyer(order, (reference) => provider.deposit(reference, won(minor))),
            decline: () => buyer(order, provider.decline),
            sync: async () => payments.sync(db, (await payments.paymentsOf(db, [orderId]))[orderId]?.id ?? 'pay_none'),
            refund: () => payments.refund(db, { orderId, amount: won(minor), reason: 'x', refundKey: `${minor}` }),
            fail: async () => provider.failNext(mode),
            cancel: () => payments.cancelOpen(db, orderId),
            sweep: () => sweepAfter(60),
          }
          await doing[kind]().catch((error: { code?: string }) => {
            if (!error.code?.startsWith('payments.')) throw error
          })
        }
        for (let turn = 0; turn < 4; turn++) await sweepAfter(7 * 3600)
        for (const reference of references.values()) await payments.sync(db, reference as 'att_x').catch(() => {})
        await sweepAfter(7 * 3600)
        await sound()
        const held = provider.captured().reduce((total, one) => total + one.captured.minor - one.refunded.minor, 0)
        const views = Object.values(await payments.paymentsOf(db, [1, 2].map((order) => `${prefix}-${order}`)))
        expect(held).toBe(views.reduce((total, view) => total + view.captured.minor - view.refunded.minor, 0))
      }), { numRuns: 20 })
    }, 60_000)
  })

  describeDatabases([paymentMigrations], (database) => {
    test('two processes that work through the same inbox, sweep and refunds have one effect', async () => {
      const { db, url = '' } = database()
      const other = await openDb(url)
      const provider = fakeProvider()
      const outbox = recorder()
      const payments = createPayments({ providers: [provider], outbox })
      const expiresAt = new Date(Date.now() + 900_000).toISOString()
      const orders = Array.from({ length: 10 }, (_, index) => `ord_${index}`)
      for (const orderId of orders) {
        await payments.start(db, { ...samplePayment, orderId, expiresAt })
        const reference = (await payments.paymentsOf(db, [orderId]))[orderId]?.attempts[0]?.id ?? 'att_none'
        provider.approve(reference)
        for (const handle of [db, other]) await payments.receiveWebhook(handle, 'fake', await provider.webhook(reference))
      }
      await Promise.all([db, other, db, other].map((handle) => payments.processInbox(handle)))
      expect(outbox.events.filter((event) => event.name === 'payments.captured')).toHaveLength(10)
      const refunds = orders.flatMap((orderId) => [db, other].map((handle, index) => payments.refund(handle, { orderId, amount: won(20_000), reason: 'x', refundKey: `staff-${index}` })))
      expect((await Promise.allSettled(refunds)).filter((one) => one.status === 'fulfilled')).toHaveLength(10)
      await other.destroy()
      expect(provider.captured().every((one) => one.refunded.minor === 20_000)).toBe(true)
      expect([await payments.unbalanced(db), await payments.drift(db)]).toEqual([[], []])
    }, 30_000)
  }, ['sqlite', 'postgres'])
})
