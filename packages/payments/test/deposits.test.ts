import { describe, expect, test } from 'vitest'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

describe('deposits and second payments', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: Parameters<typeof openShop>[1] = {}) => openShop(database().db, options)

    test.each([[26_999], [27_001]])(
      'a deposit of %d won instead of 27,000 does not pay the order and goes back',
      async (minor) => {
        const { provider, start, viewOf, hears, payments, db, sweepAfter, charges, says, said, sound } = shop()
        const { reference } = await start({ method: 'virtual_account' })
        provider.issueAccount(reference)
        await payments.sync(db, reference)
        provider.deposit(reference, won(minor))
        await hears(reference)
        await payments.processInbox(db)
        await sweepAfter(0)
        expect([(await viewOf()).status, charges(), says().includes('payments.captured')]).toEqual([
          'mismatched',
          0,
          false,
        ])
        expect(said('payments.refunded')).toMatchObject([{ amount: won(minor), forOrder: false }])
        await sound()
      },
    )

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
      expect(await viewOf()).toMatchObject({
        status: 'captured',
        method: 'card',
        captured: won(27_000),
        refunded: won(0),
      })
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
      expect([charges(), (await viewOf()).attempts.map((attempt) => attempt.status)]).toEqual([
        27_000,
        ['captured', 'cancelled'],
      ])
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
      expect([charges(), await viewOf()]).toMatchObject([
        27_000,
        {
          status: 'captured',
          captured: won(27_000),
          refunded: won(0),
          refunds: [{ reason: 'surplus', forOrder: false }],
        },
      ])
      await sound()
    })

    test('a deposit of a wrong amount that its bank takes back is nobody’s any more', async () => {
      const { provider, start, viewOf, payments, db, sweepAfter, charges, said, sound } = shop()
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      provider.deposit(reference, won(27_280))
      await payments.sync(db, reference)
      expect([(await viewOf()).status, charges()]).toEqual(['mismatched', 27_280])
      provider.reverse(reference)
      await payments.sync(db, reference)
      await sweepAfter(3600)
      expect([(await viewOf()).status, charges()]).toEqual(['cancelled', 0])
      expect(said('payments.reversed')).toMatchObject([{ amount: won(27_280), forOrder: false }])
      const { items } = await payments.tasks(db)
      expect(items).toEqual([])
      await sound()
    })

    test('a deposit that its bank takes back while it is on its way back is nobody’s any more', async () => {
      let line: 'cut' | 'open' = 'cut'
      const { provider, start, viewOf, payments, db, sweepAfter, charges, sound } = openShop(database().db, {
        altered: (honest) => ({
          refund: async (request) => {
            if (line === 'cut') throw new Error('The line is cut')
            return honest.refund(request)
          },
        }),
      })
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      provider.deposit(reference, won(27_280))
      await payments.sync(db, reference)
      await sweepAfter(60)
      expect((await viewOf()).refunds).toMatchObject([{ status: 'unknown', amount: won(27_280) }])
      provider.reverse(reference)
      await payments.sync(db, reference)
      line = 'open'
      await sweepAfter(24 * 3600)
      expect([(await viewOf()).refunds, charges()]).toMatchObject([[{ status: 'failed' }], 0])
      expect((await payments.tasks(db)).items).toEqual([])
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
      expect([(await viewOf()).status, says()]).toEqual([
        'captured',
        ['payments.awaiting_deposit', 'payments.failed', 'payments.captured'],
      ])
    })

    test('goods are held for ten minutes after a deposit, since banks take some back; a card lets them go at once', async () => {
      const { provider, start, viewOf, payments, db, clock } = shop()
      const { reference } = await start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      await payments.sync(db, reference)
      expect([(await viewOf()).shipFrom, await payments.heldUntil(db, ['ord_1'])]).toEqual([null, {}])
      provider.deposit(reference)
      await payments.sync(db, reference)
      const second = await start({ orderId: 'ord_2' })
      provider.approve(second.reference)
      await payments.sync(db, second.reference)
      const held = '2026-01-02T03:14:05.678Z'
      expect([(await viewOf()).shipFrom, (await viewOf('ord_2')).shipFrom]).toEqual([held, '2026-01-02T03:04:05.678Z'])
      expect(await payments.heldUntil(db, ['ord_1', 'ord_2', 'ord_3'])).toEqual({ ord_1: held })
      clock.advance(600_000)
      expect(await payments.heldUntil(db, ['ord_1', 'ord_2'])).toEqual({})
      provider.reverse(reference)
      await payments.sync(db, reference)
      expect((await viewOf()).shipFrom).toBeNull()
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
  })
})
