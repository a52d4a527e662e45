import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder } from '@sangdo/core/testing'
import { createPayments, paymentMigrations, paymentInvariants } from '@sangdo/payments/server'
import { type FailureMode, fakeProvider, samplePayment } from '@sangdo/payments/testing'
import { openShop, won } from './shop.ts'

describe('payments in whatever order', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: Parameters<typeof openShop>[1] = {}) => openShop(database().db, options)

    test('in whatever order buyer, webhooks, poller and outages come, the end is the same and money adds up', async () => {
      const { db } = database()
      const step = fc.constantFrom('hear', 'process', 'sweep', 'return', 'before', 'after', 'start')
      // Longer outages than an approval lasts would end it, which is another story.
      const plot = fc
        .array(step, { maxLength: 10 })
        .filter((steps) => steps.filter((one) => one === 'before' || one === 'after').length <= 3)
      const stories = ['approved', 'declined', 'cancelled', 'deposited'] as const
      const ends = { approved: 'captured', declined: 'failed', cancelled: 'cancelled', deposited: 'captured' }
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...stories), plot, fc.nat(10), async (story, steps, at) => {
          const { payments, provider, start, hears, sweepAfter, viewOf, said, sound, charges } = shop()
          const [orderId, method] = [`ord_${round++}`, story === 'deposited' ? 'virtual_account' : 'card'] as const
          const { reference } = await start({ orderId, method })
          const acts = {
            approved: provider.approve,
            declined: provider.decline,
            cancelled: provider.giveUp,
            deposited: (one: string) => void (provider.issueAccount(one), provider.deposit(one)),
          }
          const doing: Record<(typeof steps)[number], () => Promise<unknown>> = {
            hear: () => hears(reference),
            process: () => payments.processInbox(db),
            sweep: () => sweepAfter(1),
            return: () => payments.sync(db, reference),
            before: async () => provider.failNext('before'),
            after: async () => provider.failNext('after'),
            start: async () => ends[story] === 'captured' && start({ orderId, method }),
          }
          for (const [index, one] of steps.entries()) {
            if (index === at) acts[story](reference)
            await doing[one]()
          }
          if (at >= steps.length) acts[story](reference)
          for (let turn = 0; turn < 25 && (await viewOf(orderId)).status !== ends[story]; turn++) await sweepAfter(60)
          expect((await viewOf(orderId)).status).toBe(ends[story])
          expect(said('payments.captured')).toHaveLength(ends[story] === 'captured' ? 1 : 0)
          expect(charges()).toBe(ends[story] === 'captured' ? 27_000 : 0)
          await sound()
        }),
        { numRuns: 25 },
      )
    }, 60_000)

    test('whatever fails, what came in and went back is in the ledger to the last won', async () => {
      const { db } = database()
      const action = fc.record({
        kind: fc.constantFrom(
          'start',
          'approve',
          'account',
          'deposit',
          'decline',
          'sync',
          'refund',
          'fail',
          'cancel',
          'sweep',
        ),
        order: fc.integer({ min: 1, max: 2 }),
        mode: fc.constantFrom<FailureMode>('before', 'after', 'timeout'),
        minor: fc.constantFrom(1_000, 13_500, 27_000),
      })
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
          const { payments, provider, start, sweepAfter, sound } = shop()
          const prefix = `r${round++}`
          const references = new Map<number, string>()
          const buyer = async (order: number, act: (reference: string) => unknown) =>
            act(references.get(order) ?? 'att_none')
          for (const { kind, order, mode, minor } of actions) {
            const orderId = `${prefix}-${order}`
            const doing: Record<typeof kind, () => Promise<unknown>> = {
              start: async () =>
                references.set(
                  order,
                  (
                    await start({
                      orderId,
                      method: minor === 1_000 ? 'virtual_account' : 'card',
                      expiresAt: '2027-01-01T00:00:00.000Z',
                    })
                  ).reference,
                ),
              approve: () => buyer(order, provider.approve),
              account: () => buyer(order, provider.issueAccount),
              deposit: () => buyer(order, (reference) => provider.deposit(reference, won(minor))),
              decline: () => buyer(order, provider.decline),
              sync: async () =>
                payments.sync(db, (await payments.paymentsOf(db, [orderId]))[orderId]?.id ?? 'pay_none'),
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
          const views = Object.values(
            await payments.paymentsOf(
              db,
              [1, 2].map((order) => `${prefix}-${order}`),
            ),
          )
          expect(held).toBe(views.reduce((total, view) => total + view.captured.minor - view.refunded.minor, 0))
        }),
        { numRuns: 20 },
      )
    }, 60_000)
  })

  describeDatabases(
    [paymentMigrations],
    (database) => {
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
          for (const handle of [db, other])
            await payments.receiveWebhook(handle, 'fake', await provider.webhook(reference))
        }
        await Promise.all([db, other, db, other].map((handle) => payments.processInbox(handle)))
        expect(outbox.events.filter((event) => event.name === 'payments.captured')).toHaveLength(10)
        const refunds = orders.flatMap((orderId) =>
          [db, other].map((handle, index) =>
            payments.refund(handle, { orderId, amount: won(20_000), reason: 'x', refundKey: `staff-${index}` }),
          ),
        )
        expect((await Promise.allSettled(refunds)).filter((one) => one.status === 'fulfilled')).toHaveLength(10)
        await other.destroy()
        expect(provider.captured().every((one) => one.refunded.minor === 20_000)).toBe(true)
        expect(await checkInvariants(db, paymentInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
