import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { describeProvider, sampleRequest } from '@sangdo/payments/testing'
import { stripe, stripeErrors, stripeFromEnv } from '../src/index.ts'
import { createExchange, signed } from './exchange.ts'

const open = (options: Partial<Parameters<typeof stripe>[0]> = {}) => {
  const exchange = createExchange()
  const { secretKey, webhookSecret, fetch } = exchange
  return { exchange, provider: stripe({ secretKey, webhookSecret, fetch, ...options }) }
}

describe('Stripe', () => {
  const { exchange, provider } = open()
  describeProvider(() => provider, {
    approve: exchange.approve,
    // A decline is the end only of a page that is closed with it.
    decline: (reference) => (exchange.decline(reference), exchange.runOut(reference)),
    webhook: async (reference, at) => signed(exchange.event(reference), exchange.webhookSecret, at),
    dispute: (reference, amount) => exchange.dispute(reference, amount.minor).id,
    closeDispute: (_, disputeId, outcome) => exchange.closeDispute(disputeId, outcome),
  })
})

describe('the page', () => {
  test('asks for exactly the amount, in the words of the order, and leads back to the shop', async () => {
    const { exchange, provider } = open()
    const payment = await provider.start(sampleRequest('att_1', { locale: 'ko-KR' }))
    const [product, session] = exchange.requests
    expect(product?.form).toEqual({ id: 'att_1', name: '찻잔 2개' })
    expect(session?.form).toMatchObject({
      client_reference_id: 'att_1',
      'line_items[0][price_data][unit_amount]': '27000',
      'line_items[0][price_data][currency]': 'krw',
      'payment_intent_data[capture_method]': 'manual',
      'payment_intent_data[metadata][reference]': 'att_1',
      'payment_method_options[card][request_three_d_secure]': 'automatic',
      success_url: 'http://127.0.0.1:3000/back?lang=ko&payment=att_1&result=approved',
      cancel_url: 'http://127.0.0.1:3000/back?lang=ko&payment=att_1&result=cancelled',
      customer_email: 'sky@example.com',
      locale: 'ko',
    })
    expect(session?.headers.get('stripe-version')).toBe('2026-10-28.endive')
    expect(payment.redirectUrl).toMatch(/^https:\/\/checkout\.stripe\.com\//)
  })

  test('of a risky order asks who pays, whatever the shop has set', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1', { challenge: true }))
    const session = exchange.requests.find(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions')
    expect(session?.form['payment_method_options[card][request_three_d_secure]']).toBe('challenge')
    expect(provider.authenticates).toBe(true)
  })

  test('is open for as long as the order waits, but never shorter or longer than Stripe allows', async () => {
    const now = new Date('2026-01-02T03:00:00Z')
    const opened = async (expiresAt: string) => {
      const { exchange, provider } = open({ now: () => now })
      await provider.start(sampleRequest('att_1', { expiresAt }))
      return (Number(exchange.requests[1]?.form['expires_at']) * 1000 - now.getTime()) / 60_000
    }
    expect(await opened('2026-01-02T03:15:00Z')).toBe(31)
    expect(await opened('2026-01-02T05:00:00Z')).toBe(120)
    expect(await opened('2126-01-02T03:00:00Z')).toBe(24 * 60 - 1)
  })

  test('speaks a language that Stripe has, or the browser’s', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1', { locale: 'eo' }))
    expect(exchange.requests[1]?.form['locale']).toBe('auto')
  })

  test('a declined card is not the end while the buyer can take another one', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1'))
    exchange.decline('att_1')
    expect(await provider.find('att_1')).toMatchObject({
      status: 'requires_action',
      failure: { code: 'insufficient_funds' },
    })
    exchange.approve('att_1')
    expect(await provider.find('att_1')).toMatchObject({ status: 'approved', failure: null })
  })

  test('that nobody has used in time has expired, and one that we closed is cancelled', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1'))
    exchange.runOut('att_1')
    expect((await provider.find('att_1'))?.status).toBe('expired')
    await provider.start(sampleRequest('att_2'))
    expect((await provider.cancel('att_2')).status).toBe('cancelled')
  })

  test('takes cards only', async () => {
    const { exchange, provider } = open()
    await expect(provider.start(sampleRequest('att_1', { method: 'virtual_account' }))).rejects.toThrow('refused')
    expect(exchange.requests).toEqual([])
  })
})

describe('a lost answer', () => {
  test('of the session leaves nothing that could be paid, and asking again a day later makes one payment', async () => {
    const { exchange, provider } = open()
    const pointer = exchange.fetch
    let lost = false
    const unlucky = stripe({
      ...exchange,
      fetch: async (input, init) => {
        const answer = await pointer(input, init)
        if (!lost && new Request(input, init).url.endsWith('/checkout/sessions'))
          throw ((lost = true), new TypeError('fetch failed'))
        return answer
      },
    })
    await expect(unlucky.start(sampleRequest('att_1'))).rejects.toThrow('gave no answer')
    expect(await provider.find('att_1')).toBeNull()
    const first = await provider.start(sampleRequest('att_1'))
    exchange.keys.clear()
    expect(await provider.start(sampleRequest('att_1', { email: 'other@example.com' }))).toEqual(first)
  })

  test('of a capture or a refund is found, and asking again takes and gives nothing more, even without the keys', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1', { capture: 'later' }))
    exchange.approve('att_1')
    const capture = { reference: 'att_1', captureId: 'cap_1', amount: money(7_000, 'KRW') }
    const refund = { reference: 'att_1', refundId: 'rfd_1', amount: money(3_000, 'KRW'), reason: 'late' }
    const [taken, back] = [await provider.capture(capture), await provider.refund(refund)]
    exchange.keys.clear()
    expect([await provider.capture(capture), await provider.refund(refund)]).toEqual([taken, back])
    expect(await provider.find('att_1')).toMatchObject({ captured: money(7_000, 'KRW') })
    expect(exchange.refunds.length).toBe(1)
  })

  test('and a key that was used with other words are no refusal, since the money may have gone back', async () => {
    const { exchange, provider } = open()
    const payment = await provider.start(sampleRequest('att_1'))
    exchange.approve('att_1')
    await provider.confirm('att_1', payment.amount)
    const refund = { reference: 'att_1', refundId: 'rfd_1', amount: money(3_000, 'KRW'), reason: 'late' }
    await provider.refund(refund)
    exchange.refunds.length = 0
    await expect(provider.refund({ ...refund, reason: 'broken' })).rejects.toThrow('gave no answer')
  })

  test('of a hanging server comes as an error, in time', async () => {
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const { provider } = open({ fetch: hanging, timeoutMs: 20 })
    await expect(provider.find('att_1')).rejects.toThrow('gave no answer')
  })
})

describe('money', () => {
  test('that was approved and let go was never refunded', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1', { capture: 'later' }))
    exchange.approve('att_1')
    await provider.capture({ reference: 'att_1', captureId: 'cap_1', amount: money(7_000, 'KRW') })
    expect(await provider.cancel('att_1')).toMatchObject({ captured: money(7_000, 'KRW'), refunded: money(0, 'KRW') })
    await provider.refund({ reference: 'att_1', refundId: 'rfd_1', amount: money(2_000, 'KRW'), reason: 'late' })
    expect(await provider.find('att_1')).toMatchObject({ refunded: money(2_000, 'KRW') })
  })

  test('a card that allows one capture refuses a part, and the rest is not let go', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1', { capture: 'later' }))
    exchange.approve('att_1')
    exchange.intentOf('att_1').multicapture = false
    const part = await provider.capture({ reference: 'att_1', captureId: 'cap_1', amount: money(7_000, 'KRW') })
    expect(part).toMatchObject({ status: 'failed', failure: { code: 'parameter_invalid' } })
    const all = await provider.capture({ reference: 'att_1', captureId: 'cap_2', amount: money(27_000, 'KRW') })
    expect(all.status).toBe('succeeded')
  })

  test('of an approval that has run out has expired', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1'))
    exchange.approve('att_1')
    Object.assign(exchange.intentOf('att_1'), { status: 'canceled', cancellation_reason: 'automatic' })
    expect((await provider.find('att_1'))?.status).toBe('expired')
  })

  test('an inquiry is no dispute, since it withholds nothing', async () => {
    const { exchange, provider } = open()
    const payment = await provider.start(sampleRequest('att_1'))
    exchange.approve('att_1')
    await provider.confirm('att_1', payment.amount)
    exchange.dispute('att_1', 27_000, 'warning_needs_response')
    expect((await provider.find('att_1'))?.disputes).toBeUndefined()
    exchange.dispute('att_1', 27_000, 'appeal_under_review')
    expect((await provider.find('att_1'))?.disputes).toMatchObject([
      { status: 'open', reason: 'fraudulent', dueAt: '2026-01-02T05:00:00.000Z' },
    ])
  })
})

describe('what can be shown', () => {
  test('says how the buyer was authenticated, and that their bank bears a fraud', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_1'))
    expect(await provider.evidence('att_1')).toBeNull()
    exchange.approve('att_1')
    expect(await provider.evidence('att_1')).toMatchObject({
      liabilityShifted: true,
      threeDSecure: { result: 'authenticated', flow: 'challenge', version: '2.2.0', eci: '05' },
      checks: { cvc: 'pass', street: null },
      networkTransactionId: '104102978678771',
      riskLevel: 'normal',
    })
    expect(await provider.evidence('att_2')).toBeNull()
    expect((await provider.find('att_1'))?.evidence).toEqual({
      version: '2.2.0',
      eci: '05',
      transactionStatus: 'authenticated',
      liabilityShifted: true,
    })
  })
})

describe('the keys', () => {
  test('are read from the environment, which is told at once what is missing', () => {
    const env = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1,whsec_2' }
    expect(stripeFromEnv(env).id).toBe('stripe')
    for (const variable of Object.keys(env))
      expect(() => stripeFromEnv({ ...env, [variable]: ' ' })).toThrow(stripeErrors.variable_missing({ variable }))
  })

  test('are in no error, however wrong they are', async () => {
    const { provider } = open({ secretKey: 'sk_live_very_secret_other' })
    const error: unknown = await provider.find('att_1').catch((thrown: unknown) => thrown)
    const told = [String(error), JSON.stringify(error), String((error as Error).cause)].join()
    expect(told).toContain('401')
    expect(told).not.toMatch(/secret_other|ther\b/)
  })
})
