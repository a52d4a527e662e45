import { describe, expect, test } from 'vitest'
import { type Money, money } from '@sangdo/core'
import { describeProvider, sampleRequest } from '@sangdo/payments/testing'
import { type KnownOrder, paypal, paypalErrors, paypalFromEnv, paypalSandboxUrl } from '../src/index.ts'
import { createExchange, eventOf, signed } from './exchange.ts'
import { inYen } from './yen.ts'

const open = (options: Partial<Parameters<typeof paypal>[0]> = {}) => {
  const exchange = createExchange()
  const { clientId, clientSecret, webhookId, fetch } = exchange
  return { exchange, provider: paypal({ clientId, clientSecret, webhookId, fetch, ...options }) }
}
const dollars = (minor: number): Money => money(minor, 'USD')
const request = (more: Parameters<typeof sampleRequest>[1] = {}) =>
  sampleRequest('att_0001', { amount: dollars(2_750), ...more })

describe.each(['in its catalog', 'in a table of the shop'])('PayPal, its orders kept %s', (where) => {
  const table = new Map<string, KnownOrder>()
  const orders = {
    find: async (reference: string) => table.get(reference) ?? null,
    save: async (reference: string, known: KnownOrder) => void table.set(reference, known),
  }
  const { exchange, provider } = open(where === 'in its catalog' ? {} : { orders })
  describeProvider(() => inYen(provider), {
    approve: exchange.approve,
    decline: exchange.decline,
    webhook: async (reference, at) => signed(eventOf(exchange.shown(reference)), exchange.webhookId, at),
    dispute: (reference, amount) => exchange.dispute(reference, String(amount.minor)).dispute_id,
    closeDispute: (_, disputeId, outcome) =>
      exchange.closeDispute(disputeId, outcome === 'won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR'),
  })
})

describe('the order', () => {
  test('asks for exactly the amount, in decimals, and leads back to the shop', async () => {
    const { exchange, provider } = open()
    const { redirectUrl } = await provider.start(request({ locale: 'ko-KR' }))
    const asked = exchange.requests.find(({ path }) => path === '/v2/checkout/orders')
    expect(asked?.key).toBe('start:att_0001')
    expect(JSON.parse(asked?.text ?? '')).toEqual({
      intent: 'CAPTURE',
      purchase_units: [
        { custom_id: 'att_0001', description: '찻잔 2개', amount: { currency_code: 'USD', value: '27.50' } },
      ],
      payment_source: {
        paypal: {
          email_address: 'sky@example.com',
          experience_context: {
            return_url: 'http://127.0.0.1:3000/back?lang=ko&payment=att_0001&result=approved',
            cancel_url: 'http://127.0.0.1:3000/back?lang=ko&payment=att_0001&result=cancelled',
            user_action: 'PAY_NOW',
            shipping_preference: 'NO_SHIPPING',
            locale: 'ko-KR',
          },
        },
      },
    })
    expect(redirectUrl).toMatch(/^https:\/\/www\.paypal\.com\/checkoutnow/)
  })

  test('in won, or by bank, is refused before anybody is asked', async () => {
    const { exchange, provider } = open()
    await expect(provider.start(sampleRequest('att_0001'))).rejects.toThrow(
      paypalErrors.currency_not_payable({ currency: 'KRW' }),
    )
    await expect(provider.start(request({ method: 'bank_transfer' }))).rejects.toThrow('refused')
    expect(exchange.requests).toEqual([])
  })

  test('whose id was not kept is nobody’s, and asking again makes one payment', async () => {
    const { exchange } = open()
    let lost = false
    const unlucky = paypal({
      ...exchange,
      fetch: async (input, init) => {
        const answer = await exchange.fetch(input, init)
        if (!lost && new Request(input, init).url.endsWith('/orders'))
          throw ((lost = true), new TypeError('fetch failed'))
        return answer
      },
    })
    await expect(unlucky.start(request())).rejects.toThrow('gave no answer')
    expect(await unlucky.find('att_0001')).toBeNull()
    const first = await unlucky.start(request())
    exchange.keys.clear()
    expect(await unlucky.start(request({ email: 'other@example.com' }))).toEqual(first)
  })

  test('that was approved to be taken later is authorized as soon as it is seen, once', async () => {
    const { exchange, provider } = open()
    await provider.start(request({ capture: 'later' }))
    exchange.approve('att_0001')
    const seen = [await provider.find('att_0001'), await provider.find('att_0001')]
    expect(seen.map((one) => one?.status)).toEqual(['approved', 'approved'])
    expect(exchange.requests.filter(({ path }) => path.endsWith('/authorize')).length).toBe(1)
  })

  test.each(['now', 'later'] as const)(
    'whose money turns out not to be there leads the buyer back (%s)',
    async (capture) => {
      const { exchange, provider } = open()
      const { redirectUrl, amount } = await provider.start(request({ capture }))
      exchange.approve('att_0001')
      exchange.broke.add('att_0001')
      const asked = capture === 'now' ? provider.confirm('att_0001', amount) : provider.find('att_0001')
      expect(await asked).toMatchObject({ status: 'requires_action', redirectUrl, captured: dollars(0) })
    },
  )

  test('that was cancelled is not taken, also by another process, and not authorized', async () => {
    const { exchange, provider } = open()
    await provider.start(request({ capture: 'later' }))
    await provider.cancel('att_0001')
    exchange.approve('att_0001')
    const other = paypal({ ...exchange })
    expect((await other.find('att_0001'))?.status).toBe('cancelled')
    await expect(other.confirm('att_0001', dollars(2_750))).rejects.toThrow('refused')
    expect(exchange.orderOf('att_0001').authorizations).toEqual([])
  })
})

describe('money', () => {
  const promised = async () => {
    const opened = open()
    await opened.provider.start(request({ capture: 'later' }))
    opened.exchange.approve('att_0001')
    const take = (captureId: string, minor: number) =>
      opened.provider.capture({ reference: 'att_0001', captureId, amount: dollars(minor) })
    return { ...opened, take }
  }

  test('is never more than was approved, though PayPal would take 115 %', async () => {
    const { provider, take } = await promised()
    expect(await take('cap_1', 2_751)).toMatchObject({
      status: 'failed',
      failure: { code: 'MAX_CAPTURE_AMOUNT_EXCEEDED' },
    })
    expect((await provider.find('att_0001'))?.captured).toEqual(dollars(0))
  })

  test('that PayPal still looks at is neither taken nor refused', async () => {
    const { exchange, provider, take } = await promised()
    await take('cap_1', 1_000)
    Object.assign(exchange.orderOf('att_0001').captures[0] ?? {}, { status: 'PENDING' })
    await expect(provider.findCapture('att_0001', 'cap_1')).rejects.toThrow('gave no answer')
    expect(await provider.find('att_0001')).toMatchObject({ status: 'approved', captured: dollars(0) })
  })

  test('of several captures goes back of each, once, even when an answer was lost between them', async () => {
    const { exchange, take } = await promised()
    await take('cap_1', 1_000)
    await take('cap_2', 1_750)
    let refunds = 0
    const unlucky = paypal({
      ...exchange,
      fetch: async (input, init) => {
        if (new Request(input, init).url.endsWith('/refund') && ++refunds === 2) throw new TypeError('fetch failed')
        return exchange.fetch(input, init)
      },
    })
    const back = { reference: 'att_0001', refundId: 'rfd_1', amount: dollars(2_000), reason: 'late' }
    await expect(unlucky.refund(back)).rejects.toThrow('gave no answer')
    expect(await unlucky.findRefund('att_0001', 'rfd_1')).toBeNull()
    exchange.keys.clear()
    expect(await unlucky.refund(back)).toEqual({
      refundId: 'rfd_1',
      status: 'succeeded',
      amount: dollars(2_000),
      failure: null,
    })
    expect(await unlucky.findRefund('att_0001', 'rfd_1')).toMatchObject({ status: 'succeeded', amount: dollars(2_000) })
    expect((await unlucky.find('att_0001'))?.refunded).toEqual(dollars(2_000))
    expect(exchange.orderOf('att_0001').refunds.map(({ amount }) => amount.value)).toEqual(['10.00', '10.00'])
  })

  test('goes back in no part when it cannot go back as a whole', async () => {
    const { exchange, provider, take } = await promised()
    await take('cap_1', 1_000)
    await take('cap_2', 1_750)
    const back = { reference: 'att_0001', refundId: 'rfd_1', amount: dollars(2_751), reason: 'late' }
    expect((await provider.refund(back)).status).toBe('failed')
    expect(exchange.orderOf('att_0001').refunds).toEqual([])
  })

  test('that a refund failed to give back is not counted as gone', async () => {
    const { exchange, provider, take } = await promised()
    await take('cap_1', 2_750)
    const back = { reference: 'att_0001', refundId: 'rfd_1', amount: dollars(500), reason: 'late' }
    await provider.refund(back)
    const [refund] = exchange.orderOf('att_0001').refunds
    Object.assign(refund ?? {}, { status: 'PENDING' })
    expect((await provider.findRefund('att_0001', 'rfd_1'))?.status).toBe('pending')
    Object.assign(refund ?? {}, { status: 'FAILED' })
    expect(await provider.findRefund('att_0001', 'rfd_1')).toMatchObject({
      status: 'failed',
      failure: { code: 'FAILED' },
    })
    expect((await provider.find('att_0001'))?.refunded).toEqual(dollars(0))
  })

  test('that a buyer has won back in a dispute is lost', async () => {
    const { exchange, provider, take } = await promised()
    await take('cap_1', 2_750)
    const { dispute_id: id } = exchange.dispute('att_0001', '27.50')
    exchange.closeDispute(id, 'RESOLVED_BUYER_FAVOUR')
    expect((await provider.find('att_0001'))?.disputes).toEqual([
      {
        disputeId: id,
        status: 'lost',
        amount: dollars(2_750),
        reason: 'merchandise_or_service_not_received',
        dueAt: '2026-01-12T03:04:05.000Z',
      },
    ])
    const silent = paypal({ ...exchange, disputes: false })
    expect((await silent.find('att_0001'))?.disputes).toBeUndefined()
  })
})

describe('the access token', () => {
  const asked = (exchange: ReturnType<typeof createExchange>) =>
    exchange.requests.filter(({ path }) => path === '/v1/oauth2/token').length

  test('is asked for once, by however many at once, until a minute before it ends', async () => {
    let now = 0
    const { exchange, provider } = open({ now: () => new Date(now) })
    await Promise.all([provider.find('att_1'), provider.find('att_2')])
    now = (31_668 - 61) * 1000
    await provider.find('att_1')
    expect(asked(exchange)).toBe(1)
    now += 2_000
    await provider.find('att_1')
    expect(asked(exchange)).toBe(2)
  })

  test('that was revoked is renewed, and the question asked again', async () => {
    const { exchange, provider } = open()
    await provider.find('att_1')
    exchange.tokens.clear()
    expect(await provider.find('att_1')).toBeNull()
    expect(asked(exchange)).toBe(2)
  })

  test('that could not be had is asked for again the next time', async () => {
    const { exchange } = open()
    let down = true
    const provider = paypal({
      ...exchange,
      fetch: (input, init) => (down ? Promise.reject(new TypeError('fetch failed')) : exchange.fetch(input, init)),
    })
    await expect(provider.find('att_1')).rejects.toThrow('gave no answer')
    down = false
    expect(await provider.find('att_1')).toBeNull()
  })
})

describe('what says nothing of the money', () => {
  test.each([
    [500, { name: 'INTERNAL_SERVER_ERROR', message: 'An internal server error has occurred.' }],
    [403, { name: 'NOT_AUTHORIZED', message: 'Authorization failed due to insufficient permissions.' }],
    [422, { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'PREVIOUS_REQUEST_IN_PROGRESS' }] }],
    [429, { name: 'RATE_LIMIT_REACHED', message: 'Too many requests.' }],
    [502, '<html>'],
  ])('%i is no answer', async (status, body) => {
    const { exchange } = open()
    const provider = paypal({
      ...exchange,
      fetch: async (input, init) =>
        new Request(input, init).url.endsWith('/token')
          ? exchange.fetch(input, init)
          : new Response(JSON.stringify(body), { status }),
    })
    await expect(provider.find('att_0001')).rejects.toThrow('gave no answer')
  })

  test('is a server that hangs', async () => {
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    await expect(open({ fetch: hanging, timeoutMs: 20 }).provider.find('att_1')).rejects.toThrow('gave no answer')
  })
})

describe('the keys', () => {
  const env = { PAYPAL_CLIENT_ID: 'client', PAYPAL_CLIENT_SECRET: 'very-secret', PAYPAL_WEBHOOK_ID: 'WH-1,WH-2' }

  test('are read from the environment, which is told at once what is missing', () => {
    expect(paypalFromEnv(env).id).toBe('paypal')
    for (const variable of Object.keys(env))
      expect(() => paypalFromEnv({ ...env, [variable]: '' })).toThrow(paypalErrors.variable_missing({ variable }))
  })

  test('go where the environment says, and are in no error', async () => {
    const urls: string[] = []
    const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
      urls.push(new Request(input, init).url)
      return new Response(JSON.stringify({ error: 'invalid_client' }), { status: 401 })
    }
    const provider = paypalFromEnv({ ...env, PAYPAL_URL: paypalSandboxUrl }, { fetch })
    const error: unknown = await provider.find('att_1').catch((thrown: unknown) => thrown)
    const told = [String(error), JSON.stringify(error), String((error as Error).cause)].join()
    expect(urls).toEqual(['https://api-m.sandbox.paypal.com/v1/oauth2/token'])
    expect(told).toContain('401')
    expect(told).not.toMatch(/very-secret|Y2xpZW50/)
  })
})
