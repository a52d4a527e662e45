import { describe, expect, test } from 'vitest'
import { digitsOf, money } from '@sangdo/core'
import { describeProvider, sampleRequest } from '@sangdo/payments/testing'
import { bankCode, bankName, tokenHeader, toss, tossErrors, tossFromEnv, toToss } from '../src/index.ts'
import { createExchange } from './exchange.ts'

const token = 'c0ffee00c0ffee00c0ffee00c0ffee00'
const open = (options: Partial<Parameters<typeof toss>[0]> = {}) => {
  const exchange = createExchange()
  const { secretKey, fetch } = exchange
  return { exchange, provider: toss({ secretKey, fetch, ...options }) }
}
const won = money(27_000, 'KRW')

describe('Toss Payments', () => {
  const { exchange, provider } = open({ webhookToken: token })
  describeProvider(() => provider, {
    approve: exchange.approve,
    decline: exchange.decline,
    webhook: async (reference, at) => exchange.message(reference, at, { [tokenHeader]: token }),
    // The number of an account is given when the payment is confirmed.
    deposit: async (reference) => {
      exchange.approve(reference)
      await provider.confirm(reference, won)
      exchange.deposit(reference)
    },
    reverse: exchange.reverse,
  })
})

describe('the pay window', () => {
  test('asks for exactly the amount, and leads back to the shop', async () => {
    const { exchange, provider } = open()
    const { redirectUrl } = await provider.start(sampleRequest('att_0001'))
    const [asked, made] = exchange.requests
    expect([asked?.path, made?.key]).toEqual(['/v1/payments/orders/att_0001', 'start:att_0001'])
    expect(made?.body).toEqual({
      method: 'CARD',
      amount: 27_000,
      orderId: 'att_0001',
      orderName: '찻잔 2개',
      successUrl: 'http://127.0.0.1:3000/back?lang=ko&payment=att_0001&result=approved',
      failUrl: 'http://127.0.0.1:3000/back?lang=ko&payment=att_0001&result=failed',
      customerEmail: 'sky@example.com',
    })
    expect(redirectUrl).toMatch(/^https:\/\/api\.tosspayments\.com\/v1\/payments\/.*\/checkout$/)
  })

  test('gives an account number that says where to send the money, and until when', async () => {
    const { exchange, provider } = open({ depositHours: 48 })
    const request = {
      method: 'virtual_account',
      payer: '김하늘',
      webhookUrl: 'https://shop.example/hooks/toss',
    } as const
    await provider.start(sampleRequest('att_0001', request))
    expect(exchange.requests[1]?.body).toMatchObject({
      method: 'VIRTUAL_ACCOUNT',
      validHours: 48,
      customerName: '김하늘',
      virtualAccountCallbackUrl: 'https://shop.example/hooks/toss',
    })
    exchange.approve('att_0001')
    expect(await provider.confirm('att_0001', won)).toMatchObject({
      status: 'awaiting_deposit',
      method: 'virtual_account',
      captured: money(0, 'KRW'),
      deposit: { bank: '우리은행', account: 'X6505636518308', holder: '박토스', dueAt: '2026-01-03T03:04:05.000Z' },
    })
    expect((await provider.confirm('att_0001', won)).status).toBe('awaiting_deposit')
    expect(exchange.requests.filter(({ path }) => path.endsWith('/confirm')).length).toBe(1)
    expect((await provider.cancel('att_0001')).status).toBe('cancelled')
  })

  test('shows of a card its issuer and the last four digits', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_0001'))
    exchange.approve('att_0001')
    expect((await provider.confirm('att_0001', won)).card).toEqual({ brand: '현대카드', last4: '1234' })
    exchange.change('att_0001', { card: { issuerCode: '61', number: '43301234****123*' } })
    expect((await provider.find('att_0001'))?.card).toBeNull()
  })

  test('is opened once for an order, even when the key is forgotten', async () => {
    const { exchange, provider } = open()
    const first = await provider.start(sampleRequest('att_0001'))
    exchange.keys.clear()
    expect(await provider.start(sampleRequest('att_0001', { email: 'other@example.com' }))).toEqual(first)
  })

  test('takes won only, and says so', async () => {
    const { exchange, provider } = open()
    for (const currency of Intl.supportedValuesOf('currency'))
      if (currency === 'KRW')
        for (const minor of [0, 1, 999, 2 ** 53 - 1]) expect(toToss(money(minor, currency))).toBe(minor)
      else expect(() => toToss(money(1, currency))).toThrow(tossErrors.currency_not_payable({ currency }))
    expect(digitsOf('KRW')).toBe(0)
    const dollars = sampleRequest('att_0001', { amount: money(100, 'USD') })
    await expect(provider.start(dollars)).rejects.toThrow('not USD')
    expect(exchange.requests).toEqual([])
  })
})

describe('confirming', () => {
  test('that another has done already is answered with how it stands', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_0001'))
    exchange.approve('att_0001')
    const overtaken = toss({
      ...exchange,
      fetch: async (input, init) => {
        if (new Request(input, init).url.endsWith('/confirm'))
          exchange.change('att_0001', { status: 'DONE', approvedAt: '2026-01-02T12:04:05+09:00' })
        return exchange.fetch(input, init)
      },
    })
    expect(await overtaken.confirm('att_0001', won)).toMatchObject({ status: 'captured', captured: won })
    expect([...exchange.keys.values()].at(-1)?.body).toContain('ALREADY_PROCESSED_PAYMENT')
  })

  test('that the card refuses is a failure in the bank’s words', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_0001'))
    const failure = { code: 'REJECT_CARD_PAYMENT', message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.' }
    exchange.change('att_0001', { status: 'IN_PROGRESS', failure })
    expect(await provider.confirm('att_0001', won)).toMatchObject({
      status: 'failed',
      failure,
      captured: money(0, 'KRW'),
    })
  })

  test('whose answer is lost takes the money once', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_0001'))
    exchange.approve('att_0001')
    const unlucky = toss({
      ...exchange,
      fetch: async (input, init) => {
        const answer = await exchange.fetch(input, init)
        if (new Request(input, init).url.endsWith('/confirm')) throw new TypeError('fetch failed')
        return answer
      },
    })
    await expect(unlucky.confirm('att_0001', won)).rejects.toThrow('gave no answer')
    expect(await provider.confirm('att_0001', won)).toMatchObject({ status: 'captured', captured: won })
  })
})

describe('refunds', () => {
  const paid = async (request: Parameters<typeof sampleRequest>[1] = {}, options: Parameters<typeof open>[0] = {}) => {
    const opened = open(options)
    await opened.provider.start(sampleRequest('att_0001', request))
    opened.exchange.approve('att_0001')
    await opened.provider.confirm('att_0001', won)
    if (request.method === 'virtual_account') opened.exchange.deposit('att_0001')
    return opened
  }
  const back = { reference: 'att_0001', refundId: 'rfd_1', amount: money(7_000, 'KRW'), reason: '변심' }

  test('are found by our id in the reason, even when the key is forgotten', async () => {
    const { exchange, provider } = await paid()
    const first = await provider.refund({ ...back, reason: '변'.repeat(500) })
    exchange.keys.clear()
    expect(await provider.refund(back)).toEqual(first)
    expect(String(exchange.payment('att_0001').cancels?.[0]?.['cancelReason'])).toHaveLength(200)
    expect((await provider.find('att_0001'))?.refunded).toEqual(money(7_000, 'KRW'))
    expect(await provider.findRefund('att_0001', 'rfd_')).toBeNull()
  })

  test('of a deposit go to the buyer’s account, by the code of their bank', async () => {
    const { exchange, provider } = await paid({ method: 'virtual_account' })
    expect(await provider.refund(back)).toMatchObject({
      status: 'failed',
      failure: { code: 'INVALID_REFUND_ACCOUNT_INFO' },
    })
    const account = { bank: '신한은행', account: '110-123-456789', holder: '김하늘' }
    expect(await provider.refund({ ...back, refundId: 'rfd_2', account })).toMatchObject({ status: 'succeeded' })
    expect(exchange.requests.at(-1)?.body).toMatchObject({
      refundReceiveAccount: { bank: '88', accountNumber: '110123456789', holderName: '김하늘' },
    })
    expect([bankCode('88'), bankName('88'), bankCode('달빛은행'), bankName('99')]).toEqual([
      '88',
      '신한은행',
      '달빛은행',
      '99',
    ])
  })

  test('say how much of them was free of VAT', async () => {
    const { exchange, provider } = await paid({}, { taxFreeOf: ({ minor }) => minor / 2 })
    await provider.refund(back)
    const told = exchange.requests.flatMap(({ body }) => ('taxFreeAmount' in body ? [body['taxFreeAmount']] : []))
    expect(told).toEqual([13_500, 3_500])
  })

  test('that the bank still works on are pending, and are not counted as gone', async () => {
    const { exchange, provider } = await paid()
    await provider.refund(back)
    const status = (cancelStatus: string) =>
      exchange.change('att_0001', {
        cancels: exchange.payment('att_0001').cancels?.map((one) => ({ ...one, cancelStatus })) ?? null,
      })
    status('IN_PROGRESS')
    expect((await provider.findRefund('att_0001', 'rfd_1'))?.status).toBe('pending')
    expect((await provider.find('att_0001'))?.refunded).toEqual(money(0, 'KRW'))
    status('ABORTED')
    expect(await provider.findRefund('att_0001', 'rfd_1')).toMatchObject({
      status: 'failed',
      failure: { code: 'ABORTED' },
    })
  })

  test('of everything leave a payment that was captured and went back, not one that was cancelled', async () => {
    const { provider } = await paid()
    await provider.refund({ ...back, amount: won })
    expect(await provider.find('att_0001')).toMatchObject({ status: 'captured', captured: won, refunded: won })
  })
})

describe('what says nothing of the money', () => {
  test.each([
    [500, { code: 'FAILED_INTERNAL_SYSTEM_PROCESSING', message: '내부 시스템 처리 작업이 실패했습니다.' }],
    [400, { code: 'PROVIDER_ERROR', message: '일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.' }],
    [401, { code: 'UNAUTHORIZED_KEY', message: '인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.' }],
    [409, { code: 'IDEMPOTENT_REQUEST_PROCESSING', message: '이전 멱등 요청이 처리중입니다.' }],
    [502, '<html>'],
  ])('%i is no answer', async (status, body) => {
    const { provider } = open({ fetch: async () => new Response(JSON.stringify(body), { status }) })
    const refund = { reference: 'att_0001', refundId: 'rfd_1', amount: won, reason: '변심' }
    await expect(provider.refund(refund)).rejects.toThrow('gave no answer')
  })

  test('is a server that hangs', async () => {
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    await expect(open({ fetch: hanging, timeoutMs: 20 }).provider.find('att_0001')).rejects.toThrow('gave no answer')
  })
})

describe('the keys', () => {
  test('are read from the environment, which is told at once what is missing', () => {
    const env = { TOSS_SECRET_KEY: 'test_sk_1', TOSS_WEBHOOK_TOKEN: 'one,two' }
    expect(tossFromEnv(env).id).toBe('toss')
    for (const variable of Object.keys(env))
      expect(() => tossFromEnv({ ...env, [variable]: '' })).toThrow(tossErrors.variable_missing({ variable }))
  })

  test('are in no error, however wrong they are', async () => {
    const error: unknown = await open({ secretKey: 'live_sk_other' })
      .provider.find('att_1')
      .catch((thrown: unknown) => thrown)
    const told = [String(error), JSON.stringify(error), String((error as Error).cause)].join()
    expect(told).toContain('401 UNAUTHORIZED_KEY')
    expect(told).not.toMatch(/live_sk|bGl2ZV9za19/)
  })
})
