import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkInvariants, type Db } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { paymentErrors, type StartPayment } from '@sangdo/payments'
import { createPayments, paymentInvariants, paymentMigrations } from '@sangdo/payments/server'
import { type FailureMode, fakeProvider, samplePayment } from '@sangdo/payments/testing'
import { won } from './shop.ts'

let shops = 0

/** A shop with two providers, of which the first is preferred, and its orders by number. */
function openShop(db: Db, offer: Parameters<typeof fakeProvider>[0] = {}) {
  const clock = stillClock()
  const [shopId, outbox] = [++shops, recorder()]
  const first = fakeProvider({ id: 'first', now: clock.now, ...offer })
  const second = fakeProvider({ id: 'second', now: clock.now })
  const payments = createPayments({ providers: [first, second], outbox, now: clock.now, timeoutMs: 20 })
  const orderOf = (order: number) => `ord_${shopId}_${order}`
  const viewOf = async (order = 1) => (await payments.paymentsOf(db, [orderOf(order)]))[orderOf(order)]
  const start = async (order = 1, request: Partial<StartPayment> = {}) => {
    const expiresAt = new Date(clock.now().getTime() + 7_200_000).toISOString()
    const started = await payments.start(db, { ...samplePayment, orderId: orderOf(order), expiresAt, ...request })
    return { ...started, provider: (await viewOf(order))?.provider }
  }
  const providers = { first, second }
  /** The buyer pays wherever they were sent to. */
  const pays = async (order = 1) => {
    const { attempts = [] } = (await viewOf(order)) ?? {}
    const last = attempts.at(-1)
    if (last?.status === 'requires_action') providers[last.provider as 'first' | 'second'].approve(last.id)
    await payments.sync(db, last?.id ?? 'att_none')
    return (await viewOf(order))?.status
  }
  const passes = async (seconds: number) => {
    clock.advance(seconds * 1000)
    await payments.sweep(db)
  }
  const tried = async (order = 1) =>
    (await viewOf(order))?.attempts.map(({ provider, status }) => `${provider} ${status}`)
  /** What each provider holds, in won: taken less given back. */
  const held = () =>
    [first, second].map((one) =>
      one.captured().reduce((sum, { captured, refunded }) => sum + captured.minor - refunded.minor, 0),
    )
  /** What each provider has ever taken. */
  const taken = () =>
    [first, second].map((one) => one.captured().reduce((sum, { captured }) => sum + captured.minor, 0))
  const sound = async () => expect(await checkInvariants(db, paymentInvariants)).toEqual([])
  return { db, clock, outbox, first, second, payments, start, viewOf, pays, passes, tried, held, taken, sound }
}

describe('payments with two providers', () => {
  describeDatabases([paymentMigrations], (database) => {
    const shop = (offer?: Parameters<typeof fakeProvider>[0]) => openShop(database().db, offer)

    test('a buyer is offered what the market, the amount and the risk of the order leave', () => {
      const { payments } = shop({
        methods: ['card'],
        limits: { currencies: ['KRW'], maximum: [won(50_000)] },
        authenticates: true,
      })
      const cards = (query: Parameters<typeof payments.methods>[0]) =>
        payments.methods(query).flatMap(({ method, provider }) => (method === 'card' ? provider : []))
      expect(cards({})).toEqual(['first', 'second'])
      expect(cards({ amount: won(50_001) })).toEqual(['second'])
      expect(cards({ currency: 'USD', country: 'US' })).toEqual(['second'])
      expect(cards({ amount: won(100), risk: 'challenge' })).toEqual(['first'])
      expect(payments.methods({ amount: won(60_000), risk: 'challenge' }).map(({ method }) => method)).toEqual([
        'virtual_account',
        'bank_transfer',
      ])
      expect(payments.methods({ risk: 'deny' })).toEqual([])
    })

    test('a risky order is paid where its buyer is authenticated, and the provider is told to', async () => {
      const { start, second, first, payments, db } = shop()
      await expect(start(1, { risk: 'challenge' })).rejects.toMatchObject({ code: 'payments.method_unavailable' })
      const asked: unknown[] = []
      const strict = {
        ...second,
        authenticates: true,
        start: (request: Parameters<typeof second.start>[0]) => (asked.push(request.challenge), second.start(request)),
      }
      const both = createPayments({ providers: [first, strict] })
      const expiresAt = '2126-01-01T00:00:00.000Z'
      const { id } = await both.start(db, { ...samplePayment, orderId: 'ord_risky', expiresAt, risk: 'challenge' })
      expect([(await payments.paymentOf(db, id)).provider, asked]).toEqual(['second', [true]])
    })

    test('a first provider that refuses to begin makes way for the second at once', async () => {
      const { first, start, pays, tried, taken, sound } = shop()
      first.failNext('refused', 'start')
      expect(await start()).toMatchObject({ status: 'requires_action', provider: 'second' })
      expect([await pays(), await tried(), taken()]).toEqual([
        'captured',
        ['first failed', 'second captured'],
        [0, 27_000],
      ])
      await sound()
    })

    test('when both refuse, the buyer hears of it, and may try again', async () => {
      const { first, second, start, tried } = shop()
      first.failNext('refused', 'start')
      second.failNext('refused', 'start')
      expect(await start()).toMatchObject({ status: 'failed', provider: 'second' })
      expect(await tried()).toEqual(['first failed', 'second failed'])
      expect((await start()).status).toBe('requires_action')
    })

    test('a refusal of a payment that was asked for before without an answer is not believed', async () => {
      const { first, start, tried } = shop()
      first.failNext('before', 'start')
      await start()
      first.failNext('refused', 'start')
      expect(await start()).toMatchObject({ status: 'unknown', provider: 'first' })
      expect(await tried()).toEqual(['first unknown'])
    })

    test('a refusal by a provider that does know the payment is not believed either', async () => {
      const { db, clock, first, second } = shop()
      const contrary = {
        ...first,
        start: async (request: Parameters<typeof first.start>[0]) => {
          await first.start(request)
          throw paymentErrors.provider_refused({ provider: 'first', code: 'contrary' })
        },
      }
      const payments = createPayments({ providers: [contrary, second], now: clock.now })
      const expiresAt = '2126-01-01T00:00:00.000Z'
      const { id, status } = await payments.start(db, { ...samplePayment, orderId: 'ord_contrary', expiresAt })
      expect([status, (await payments.paymentOf(db, id)).provider, second.calls]).toEqual([
        'requires_action',
        'first',
        [],
      ])
    })

    test('a start that never reached the first provider is followed up first, and then the second is asked', async () => {
      const { first, start, pays, passes, tried, taken, sound } = shop()
      first.failNext('before', 'start')
      expect(await start()).toMatchObject({ status: 'unknown', provider: 'first' })
      first.outage('before')
      expect(await start()).toMatchObject({ status: 'unknown', provider: 'first' })
      first.outage(null)
      await passes(120)
      expect(await tried()).toEqual(['first failed'])
      expect(await start()).toMatchObject({ status: 'requires_action', provider: 'second' })
      expect([await pays(), taken()]).toEqual(['captured', [0, 27_000]])
      await sound()
    })

    test.each(['after', 'timeout'] as const)(
      'a start whose answer was lost (%s) is found at the first provider, and the second is never asked',
      async (mode) => {
        const { first, second, start, pays, passes, taken, sound } = shop()
        first.failNext(mode, 'start')
        expect((await start()).status).toBe('unknown')
        first.outage('before')
        for (let minute = 0; minute < 10; minute++) {
          await passes(60)
          expect(await start()).toMatchObject({ status: 'unknown', provider: 'first' })
        }
        first.outage(null)
        expect(await start()).toMatchObject({ status: 'requires_action', provider: 'first' })
        expect([await pays(), taken(), second.calls]).toEqual(['captured', [27_000, 0], []])
        await sound()
      },
    )

    test('while the first provider is down for an hour new orders are paid at the second, and old ones once it is known', async () => {
      const { first, second, start, pays, passes, viewOf, taken, sound } = shop()
      first.outage('before')
      for (let order = 1; order <= 5; order++) expect((await start(order)).status).toBe('unknown')
      for (let order = 6; order <= 8; order++) {
        expect(await start(order)).toMatchObject({ status: 'requires_action', provider: 'second' })
        expect(await pays(order)).toBe('captured')
        await passes(1_100)
      }
      expect([(await start(1)).status, taken()]).toEqual(['unknown', [0, 3 * 27_000]])
      first.outage(null)
      await passes(3_600)
      expect((await viewOf(1))?.status).toBe('failed')
      expect(await start(1)).toMatchObject({ status: 'requires_action', provider: 'second' })
      expect(await pays(1)).toBe('captured')
      expect(await start(9)).toMatchObject({ status: 'requires_action', provider: 'first' })
      expect([await pays(9), taken(), second.captured().length]).toEqual(['captured', [27_000, 4 * 27_000], 4])
      await sound()
    }, 60_000)

    test('after a minute the first provider is looked at by a question, not by a buyer', async () => {
      const { first, clock, start } = shop()
      first.outage('before')
      for (let order = 1; order <= 5; order++) await start(order)
      clock.advance(60_000)
      const before = first.calls.length
      expect((await start(6)).provider).toBe('second')
      expect(first.calls.slice(before).map((call) => call.split(' ')[0])).toEqual(['find'])
      first.outage(null)
      clock.advance(60_000)
      expect((await start(7)).provider).toBe('first')
    })

    test('without another provider one that does not answer is asked all the same', async () => {
      const { db, first, clock } = shop()
      const alone = createPayments({ providers: [first], now: clock.now, circuit: { failures: 1 } })
      first.failNext('before', 'start')
      const expiresAt = '2126-01-01T00:00:00.000Z'
      const begin = async (orderId: string) => (await alone.start(db, { ...samplePayment, orderId, expiresAt })).status
      expect([await begin('ord_alone_1'), await begin('ord_alone_2')]).toEqual(['unknown', 'requires_action'])
    })

    test('the practice provider never stands in for one that takes money', async () => {
      const { db, first, second, clock } = shop()
      const practice = { ...second, id: 'practice', substitute: false }
      const payments = createPayments({ providers: [first, practice], now: clock.now })
      first.failNext('refused', 'start')
      const expiresAt = '2126-01-01T00:00:00.000Z'
      expect((await payments.start(db, { ...samplePayment, orderId: 'ord_practice', expiresAt })).status).toBe('failed')
      expect(second.calls).toEqual([])
    })
  })

  describeDatabases([paymentMigrations], (database) => {
    const mode = fc.constantFrom<FailureMode>('before', 'after', 'timeout', 'refused')
    const call = fc.constantFrom('start', 'find', 'confirm', 'cancel')
    const step = fc.oneof(
      fc.record({ does: fc.constant('fails'), provider: fc.constantFrom('first', 'second'), mode, call } as const),
      fc.record({
        does: fc.constant('outage'),
        provider: fc.constantFrom('first', 'second'),
        mode: fc.option(mode),
      } as const),
      fc.record({ does: fc.constant('start') } as const),
      fc.record({ does: fc.constant('pays') } as const),
      fc.record({ does: fc.constant('passes'), seconds: fc.constantFrom(5, 61, 600) } as const),
    )

    test('whatever fails in whatever order, an order is never paid twice, and in the end once', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (story) => {
          const shop = openShop(database().db)
          const calm = (provider: 'first' | 'second') => shop[provider].outage(null)
          for (const one of story) {
            if (one.does === 'fails') shop[one.provider].failNext(one.mode, one.call)
            else if (one.does === 'outage') shop[one.provider].outage(one.mode)
            else if (one.does === 'passes') await shop.passes(one.seconds)
            else if (one.does === 'start') await shop.start().catch(() => null)
            else await shop.pays().catch(() => null)
            expect(shop.taken().reduce((sum, each) => sum + each)).toBeLessThanOrEqual(27_000)
          }
          for (const provider of ['first', 'second'] as const) calm(provider)
          for (let turn = 0; turn < 30 && (await shop.viewOf())?.status !== 'captured'; turn++) {
            await shop.start().catch(() => null)
            await shop.pays().catch(() => null)
            await shop.passes(120)
          }
          expect([(await shop.viewOf())?.status, shop.held().toSorted((left, right) => left - right)]).toEqual([
            'captured',
            [0, 27_000],
          ])
          const said = shop.outbox.events.filter(({ name }) => name === 'payments.captured')
          expect(said).toHaveLength(1)
          await shop.sound()
        }),
        { numRuns: 25 },
      )
    }, 120_000)
  })
})
