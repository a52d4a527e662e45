import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { checkInvariants, migrate, openDb } from '@sangdo/core/server'
import { stillClock } from '@sangdo/core/testing'
import { createPayments, paymentInvariants, paymentMigrations } from '@sangdo/payments/server'
import { samplePayment } from '@sangdo/payments/testing'
import { paypal } from '../src/index.ts'
import { createExchange, eventOf, signed } from './exchange.ts'

/** A network that loses some answers after all was done, the same ones in each run of a seed. */
function losing(send: typeof fetch, seed: number): typeof fetch {
  let state = seed
  return async (input, init) => {
    const answer = await send(input, init)
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    if (seed > 0 && state / 2_147_483_648 < 0.25) throw new TypeError('fetch failed')
    return answer
  }
}

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
  'an order is paid once and refunded once, whichever answers are lost (%i)',
  async (seed) => {
    const db = await openDb(':memory:')
    await migrate(db, [paymentMigrations])
    const clock = stillClock()
    const exchange = createExchange()
    const provider = paypal({ ...exchange, fetch: losing(exchange.fetch, seed), now: clock.now })
    const payments = createPayments({ providers: [provider], now: clock.now, webhookUrl: () => null })
    const view = async () => (await payments.paymentsOf(db, ['ord_1']))['ord_1']
    const until = async (does: () => Promise<boolean>, stepMs = 5_000) => {
      for (let turn = 0; turn < 60; turn++) {
        if (await does().catch(() => false)) return
        clock.advance(stepMs)
      }
      throw new Error('It never came to that')
    }

    const expiresAt = new Date(clock.now().getTime() + 3_600_000).toISOString()
    const request = { ...samplePayment, expiresAt, amount: money(2_700, 'USD') }
    await until(async () => (await payments.start(db, request)).status === 'requires_action')
    const reference = (await view())?.attempts.at(-1)?.id ?? ''
    exchange.approve(reference)
    await until(async () => {
      const message = signed(eventOf(exchange.shown(reference)), exchange.webhookId, clock.now())
      await payments.receiveWebhook(db, 'paypal', message)
      await payments.processInbox(db)
      return (await view())?.status === 'captured'
    })
    const back = { orderId: 'ord_1', amount: money(700, 'USD'), reason: 'broken', refundKey: 'one' }
    await payments.refund(db, back)
    await until(async () => (await payments.sweep(db), (await view())?.refunds[0]?.status === 'succeeded'), 3_600_000)
    const { captures, refunds } = exchange.orderOf(reference)
    expect([captures, refunds].map((all) => all.map(({ amount }) => amount.value))).toEqual([['27.00'], ['7.00']])
    expect((await view())?.captured).toEqual(money(2_700, 'USD'))
    expect(await checkInvariants(db, paymentInvariants)).toEqual([])
  },
)
