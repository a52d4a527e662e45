import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

describe('money that is taken back', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: Parameters<typeof openShop>[1] = {}) => openShop(database().db, options)

    /** An order that was paid into an account of its own. */
    const deposited = async () => {
      const open = shop()
      const { reference } = await open.start({ method: 'virtual_account' })
      open.provider.issueAccount(reference)
      open.provider.deposit(reference)
      await open.payments.sync(open.db, reference)
      expect((await open.viewOf()).status).toBe('captured')
      return { ...open, reference }
    }

    test('a deposit that the bank takes back leaves the order unpaid, the ledger even, and the account closed', async () => {
      const { db, payments, provider, reference, viewOf, said, sweepAfter, sound } = await deposited()
      provider.reverse(reference)
      await payments.sync(db, reference)
      await payments.sync(db, reference)
      expect(await viewOf()).toMatchObject({
        status: 'cancelled',
        captured: won(0),
        attempts: [{ reversed: won(27_000) }],
      })
      expect(await payments.reportsOf(db, reference as 'att_1')).toContainEqual(
        expect.objectContaining({ status: 'reversed', applied: true }),
      )
      expect(said('payments.reversed')).toMatchObject([
        { orderId: 'ord_1', attemptId: reference, amount: won(27_000), forOrder: true },
      ])
      expect((await payments.balances(db)).map(({ balance }) => balance)).toEqual([0, 0])
      await sweepAfter(5)
      expect((await provider.find(reference))?.status).toBe('cancelled')
      expect((await sweepAfter(9 * 24 * 3600)).attempts).toBe(1) // asked once more, since the account may take money yet
      expect(await sweepAfter(24 * 3600)).toEqual({ attempts: 0, captures: 0, refunds: 0 })
      await sound()
    })

    test('the order can be paid anew, and what still comes to the old account goes back', async () => {
      const { db, payments, provider, reference, start, viewOf, said, charges, sweepAfter, hears, sound } =
        await deposited()
      provider.reverse(reference)
      await hears(reference)
      await payments.processInbox(db)
      const second = await start()
      provider.approve(second.reference)
      await payments.sync(db, second.reference)
      provider.deposit(reference)
      await hears(reference)
      await payments.processInbox(db)
      await sweepAfter(0)
      expect([(await viewOf()).status, charges(), said('payments.captured').length]).toEqual(['captured', 27_000, 2])
      expect(said('payments.refunded')).toMatchObject([{ amount: won(27_000), forOrder: false }])
      await sound()
    })

    test('an old answer that still waits for the deposit takes nothing back', async () => {
      let old: unknown
      const { db, payments, another, provider, start, viewOf, sound } = shop({
        altered: (real) => ({
          find: async (reference) => {
            const found = await real.find(reference)
            if (old !== 'ask') return found
            old = undefined
            real.deposit(reference)
            await another().sync(db, reference as 'att_1')
            return found
          },
        }),
      })
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      old = 'ask'
      await payments.sync(db, reference)
      expect((await viewOf()).status).toBe('captured')
      await sound()
    })

    test('a refund that was asked for but not begun fails when its money is taken back', async () => {
      const { db, payments, provider, reference, sweepAfter, viewOf, said, sound } = await deposited()
      const request = { orderId: 'ord_1', amount: won(27_000), reason: 'cancelled', refundKey: 'evt_1' }
      await atomic(db, (tx) => payments.requestRefund(tx, request))
      provider.reverse(reference)
      await payments.sync(db, reference)
      await sweepAfter(0)
      expect((await viewOf()).refunds).toMatchObject([{ status: 'failed', failure: { code: 'gone' } }])
      expect([said('payments.refunded'), said('payments.refund_failed').length]).toEqual([[], 1])
      await sound()
    })

    test('a dispute withholds its money until it is won, and is told of once', async () => {
      const { db, payments, provider, paid, viewOf, said, refund, hears, sound } = shop()
      const reference = await paid()
      const { disputeId } = provider.dispute(reference, won(20_000))
      for (let times = 0; times < 2; times++) {
        await hears(reference)
        await payments.processInbox(db)
      }
      expect(await viewOf()).toMatchObject({
        disputed: won(20_000),
        disputes: [{ status: 'open', reason: 'fraudulent' }],
      })
      expect(said('payments.disputed')).toMatchObject([{ orderId: 'ord_1', amount: won(20_000), reason: 'fraudulent' }])
      expect((await payments.tasks(db)).items).toMatchObject([
        { kind: 'disputed', orderId: 'ord_1', amount: won(20_000) },
      ])
      await expect(refund(7_001, 'return-1')).rejects.toMatchObject({
        code: 'payments.refund_disputed',
        details: { disputed: 20_000, refundable: 7_000 },
      })
      expect((await refund(7_000, 'return-2')).status).toBe('succeeded')
      await sound()
      provider.closeDispute(reference, disputeId, 'won')
      await payments.sync(db, reference)
      await payments.sync(db, reference)
      expect(said('payments.dispute_closed')).toMatchObject([{ outcome: 'won', amount: won(20_000) }])
      expect((await refund(20_000, 'return-3')).status).toBe('succeeded')
      expect([(await viewOf()).status, (await payments.tasks(db, { resolved: true })).items]).toMatchObject([
        'refunded',
        [{ kind: 'disputed', resolution: 'won' }],
      ])
      await sound()
    })

    test('a dispute that is lost is money that has gone back: nothing goes back twice', async () => {
      const { db, payments, provider, paid, said, refund, viewOf, sound } = shop()
      const reference = await paid()
      const { disputeId } = provider.dispute(reference)
      provider.closeDispute(reference, disputeId, 'lost')
      await payments.sync(db, reference)
      expect([said('payments.disputed').length, said('payments.dispute_closed')]).toMatchObject([
        1,
        [{ outcome: 'lost' }],
      ])
      await expect(refund(1, 'return-1')).rejects.toMatchObject({ code: 'payments.refund_disputed' })
      expect(await viewOf()).toMatchObject({ disputed: won(27_000), disputes: [{ status: 'lost' }] })
      expect((await payments.balances(db)).map(({ balance }) => balance)).toEqual([0, 0, 0])
      await sound()
    })

    test.each([
      ['won', 'succeeded'],
      ['lost', 'failed'],
    ] as const)('a refund that waited for a dispute to be %s has %s', async (outcome, status) => {
      const { db, payments, provider, paid, viewOf, sweepAfter, asked, sound } = shop()
      const reference = await paid()
      const request = { orderId: 'ord_1', amount: won(10_000), reason: 'cancelled', refundKey: 'evt_1' }
      await atomic(db, (tx) => payments.requestRefund(tx, request))
      const { disputeId } = provider.dispute(reference)
      await payments.sync(db, reference)
      await sweepAfter(0)
      expect([(await viewOf()).refunds[0]?.status, asked('refund')]).toEqual(['requested', 0])
      provider.closeDispute(reference, disputeId, outcome)
      await payments.sync(db, reference)
      await sweepAfter(60)
      expect([(await viewOf()).refunds[0]?.status, asked('refund')]).toEqual([status, outcome === 'won' ? 1 : 0])
      await sound()
    })

    test('a refund and a dispute at the same moment never take more than came in', async () => {
      const { db, payments, provider, paid, refund, sweepAfter, charges, sound } = shop()
      const reference = await paid()
      const { disputeId } = provider.dispute(reference, won(20_000))
      await Promise.allSettled([payments.sync(db, reference), refund(20_000, 'return-1'), payments.sync(db, reference)])
      provider.closeDispute(reference, disputeId, 'lost')
      await payments.sync(db, reference)
      await sweepAfter(60)
      expect(charges()).toBe(27_000)
      await sound()
    })
  })
})
