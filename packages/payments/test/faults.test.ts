import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { describeDatabases } from '@sangdo/core/testing'
import { createPayments, paymentMigrations } from '@sangdo/payments/server'
import { fakeProvider, samplePayment } from '@sangdo/payments/testing'
import { openShop, won } from './shop.ts'

describe('payments when things go wrong', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (options: Parameters<typeof openShop>[1] = {}) => openShop(database().db, options)

    test.each([
      ['amount', (found: { amount: unknown }) => ({ ...found, amount: won(2_700) })],
      ['currency', (found: { amount: unknown }) => ({ ...found, amount: money(27_000, 'JPY') })],
    ])(
      'a payment over another %s does not pay the order and is cancelled at the provider',
      async (difference, alter) => {
        const { db, payments, provider, start, viewOf, said, says, charges, tasks, sound } = shop({
          altered: (real) => ({
            find: async (reference) => {
              const found = await real.find(reference)
              return found && (alter(found) as typeof found)
            },
            cancel: async (reference) => alter(await real.cancel(reference)) as Awaited<ReturnType<typeof real.cancel>>,
          }),
        })
        const { id, reference } = await start()
        provider.approve(reference)
        await payments.sync(db, id)
        expect([(await viewOf()).status, charges(), (await provider.find(reference))?.status]).toEqual([
          'mismatched',
          0,
          'cancelled',
        ])
        expect(said('payments.mismatched')).toMatchObject([{ orderId: 'ord_1', difference, expected: won(27_000) }])
        expect([says().includes('payments.captured'), await tasks()]).toMatchObject([
          false,
          [{ kind: 'mismatched', orderId: 'ord_1', attemptId: reference, resolvedAt: null }],
        ])
        await sound()
      },
    )

    test("a payment of another reference is nobody's: it neither pays the order nor is it touched", async () => {
      const { db, payments, provider, start, said, sound } = shop({
        altered: (real) => ({ find: () => real.find('att_cheap') }),
      })
      await provider.start({ ...samplePayment, reference: 'att_cheap', amount: won(27_000), webhookUrl: null })
      provider.approve('att_cheap')
      const { id } = await start()
      expect((await payments.sync(db, id)).status).toBe('mismatched')
      expect(said('payments.mismatched')).toMatchObject([{ difference: 'reference' }])
      expect((await provider.find('att_cheap'))?.status).toBe('approved')
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
      await Promise.all([
        payments.sync(db, id),
        payments.processInbox(db),
        payments.sweep(db),
        payments.sync(db, reference),
        payments.processInbox(db),
      ])
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
    }, 30_000)

    test('thirty different webhooks of one payment have one effect', async () => {
      const { db, payments, provider, start, hears, said, sound } = shop()
      const { reference } = await start()
      provider.approve(reference)
      for (let count = 0; count < 30; count++) await hears(reference)
      await Promise.all(Array.from({ length: 3 }, () => payments.processInbox(db)))
      expect(said('payments.captured')).toHaveLength(1)
      expect(await payments.processInbox(db)).toBe(0)
      await sound()
    }, 30_000)

    test('a forged, altered or old webhook is refused and nothing of it is stored', async () => {
      const { db, clock, payments, provider, start } = shop()
      const { reference } = await start()
      const genuine = await provider.webhook(reference)
      const old = await provider.webhook(reference, { at: new Date(clock.now().getTime() - 301_000) })
      for (const webhook of [
        { ...genuine, headers: {} },
        { ...genuine, body: genuine.body.replace(reference, 'att_dear') },
        { ...genuine, body: '[[[[' },
        old,
      ]) {
        await expect(payments.receiveWebhook(db, 'fake', webhook)).rejects.toMatchObject({
          code: 'payments.forged_webhook',
          kind: 'forbidden',
        })
      }
      await expect(
        payments.receiveWebhook(db, 'fake', { headers: {}, body: ' '.repeat(300_000) }),
      ).rejects.toMatchObject({ code: 'payments.webhook_too_large' })
      expect(await payments.processInbox(db)).toBe(0)
      expect(await payments.tasks(db)).toEqual({ items: [], next: null })
    })

    test('a webhook of a payment that nobody knows is kept, tried for a day, and shown to someone', async () => {
      const { db, clock, payments, hears, provider } = shop()
      await hears('att_nobody')
      for (let hour = 0; hour < 30; hour++) {
        await payments.processInbox(db)
        clock.advance(3_600_000)
      }
      expect((await payments.tasks(db)).items).toMatchObject([
        { kind: 'unmatched_webhook', subject: 'fake:att_nobody', amount: null },
      ])
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

    test('late and lower-ranked news is noted, never applied', async () => {
      let answer: 'now' | 'before' = 'now'
      const { db, payments, provider, start, viewOf, says } = shop({
        altered: (real) => ({
          find: async (reference) => {
            const found = await real.find(reference)
            return found && answer === 'before' ? { ...found, status: 'requires_action', captured: won(0) } : found
          },
        }),
      })
      const { id, reference } = await start()
      provider.approve(reference)
      await payments.sync(db, id)
      answer = 'before'
      await payments.sync(db, id)
      expect([(await viewOf()).status, says()]).toEqual(['captured', ['payments.authorized', 'payments.captured']])
      expect(
        (await payments.reportsOf(db, (await viewOf()).attempts[0]?.id ?? 'att_none')).map(({ status, applied }) => [
          status,
          applied,
        ]),
      ).toEqual([
        ['requires_action', true],
        ['authorized', true],
        ['captured', true],
        ['requires_action', false],
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

    test('a provider with two secrets in turn, or a second provider, does not mix up messages', async () => {
      const { db, clock, payments, start } = shop()
      const stranger = fakeProvider({ id: 'stranger', now: clock.now })
      const both = createPayments({ providers: [fakeProvider({ now: clock.now }), stranger], now: clock.now })
      const { reference } = await start()
      await both.receiveWebhook(db, 'stranger', await stranger.webhook(reference))
      expect(await payments.processInbox(db)).toBe(0)
      expect((await payments.tasks(db)).items).toMatchObject([{ kind: 'unmatched_webhook' }])
    })
  })
})
