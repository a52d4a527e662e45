import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { checkInvariants, migrate, openDb } from '@sangdo/core/server'
import { stillClock } from '@sangdo/core/testing'
import { createPayments, paymentInvariants, paymentMigrations } from '@sangdo/payments/server'
import { samplePayment } from '@sangdo/payments/testing'
import { toss } from '../src/index.ts'
import { createExchange } from './exchange.ts'

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
    const provider = toss({ ...exchange, fetch: losing(exchange.fetch, seed), now: clock.now })
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
    const request = { ...samplePayment, expiresAt }
    await until(async () => (await payments.start(db, request)).status === 'requires_action')
    const reference = (await view())?.attempts.at(-1)?.id ?? ''
    exchange.approve(reference)
    await until(async () => {
      await payments.receiveWebhook(db, 'toss', exchange.message(reference, clock.now()))
      await payments.processInbox(db)
      return (await view())?.status === 'captured'
    })
    const back = { orderId: 'ord_1', amount: money(7_000, 'KRW'), reason: '변심', refundKey: 'one' }
    await payments.refund(db, back)
    await until(async () => (await payments.sweep(db), (await view())?.refunds[0]?.status === 'succeeded'), 3_600_000)
    expect(exchange.payment(reference)).toMatchObject({ status: 'PARTIAL_CANCELED', balanceAmount: 20_000 })
    expect(exchange.payment(reference).cancels?.length).toBe(1)
    expect((await view())?.captured).toEqual(money(27_000, 'KRW'))
    expect(await checkInvariants(db, paymentInvariants)).toEqual([])
  },
)
