import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { describeProvider, sampleRequest } from '@sangdo/payments/testing'
import {
  bankCode,
  type BegunPayment,
  portone,
  portoneErrors,
  portoneFromEnv,
  type PortOneProvider,
} from '../src/index.ts'
import { createExchange, signed } from './exchange.ts'

type Exchange = ReturnType<typeof createExchange>

const open = (options: Partial<Parameters<typeof portone>[0]> = {}) => {
  const exchange = createExchange()
  return { exchange, provider: portone({ ...exchange, ...options }) }
}
const won = money(27_000, 'KRW')

/** The buyer opens the shop's page, fills PortOne's window in, and comes back with a token. */
async function approve(
  provider: PortOneProvider,
  exchange: Exchange,
  reference: string,
  how: Parameters<Exchange['authenticate']>[1] = {},
) {
  const address = (await provider.find(reference))?.redirectUrl ?? ''
  const html = await (await provider.page(new Request(address))).text()
  const back = new URL(/"redirectUrl":"([^"]+)"/.exec(html)?.[1] ?? '')
  back.searchParams.set('paymentToken', exchange.authenticate(reference, how))
  return provider.page(new Request(back))
}

describe('PortOne', () => {
  const { exchange, provider } = open()
  describeProvider(() => provider, {
    approve: (reference) => approve(provider, exchange, reference),
    decline: exchange.fail,
    webhook: async (reference, at) => signed(exchange.message(reference), exchange.webhookSecret, at),
  })
})

describe('the page', () => {
  test('opens the window for exactly what was asked, and leads back to the shop', async () => {
    const { exchange, provider } = open()
    const hostile = '찻잔 </script><script>alert(1)</script>'
    const { redirectUrl } = await provider.start(
      sampleRequest('att_0001', { title: hostile, webhookUrl: 'https://shop.example/hooks', payer: '김하늘' }),
    )
    expect(exchange.requests.at(-1)).toMatchObject({
      path: '/payments/att_0001/pre-register',
      body: { totalAmount: 27_000, currency: 'KRW', taxFreeAmount: 0 },
    })
    const response = await provider.page(new Request(redirectUrl ?? ''))
    const html = await response.text()
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
    expect(html.match(/nonce="([^"]+)"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`])
    expect(html).toContain('<html lang="ko">')
    expect(html).not.toContain('<script>alert')
    expect(JSON.parse(/id="request">(.*)<\/script>/.exec(html)?.[1] ?? '')).toEqual({
      storeId: exchange.storeId,
      channelKey: exchange.channelKey,
      paymentId: 'att_0001',
      orderName: hostile,
      totalAmount: 27_000,
      currency: 'KRW',
      payMethod: 'CARD',
      redirectUrl: `${redirectUrl}&back=1`,
      locale: 'KO_KR',
      customer: { email: 'sky@example.com', fullName: '김하늘' },
      noticeUrls: ['https://shop.example/hooks'],
    })
    const back = await approve(provider, exchange, 'att_0001')
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      'http://127.0.0.1:3000/back?lang=ko&payment=att_0001&result=approved',
    ])
  })

  test('asks for an account number that waits as long as the shop wants', async () => {
    const { provider } = open({ depositHours: 48 })
    const { redirectUrl } = await provider.start(sampleRequest('att_0001', { method: 'virtual_account', locale: 'en' }))
    const html = await (await provider.page(new Request(redirectUrl ?? ''))).text()
    expect(html).toContain('"payMethod":"VIRTUAL_ACCOUNT"')
    expect(html).toContain('"validHours":48')
    expect(html).toContain('"locale":"EN_US"')
  })

  test('has an address that tells nothing, and that nobody can make or change', async () => {
    const { provider } = open()
    const { redirectUrl } = await provider.start(sampleRequest('att_0001'))
    const address = new URL(redirectUrl ?? '')
    const sealed = address.searchParams.get('pay') ?? ''
    expect(Buffer.from(sealed, 'base64url').toString()).not.toMatch(/att_0001|sky@example/)
    const other = portone({ ...createExchange(), apiSecret: 'other' })
    expect((await other.page(new Request(address))).status).toBe(404)
    for (const bad of ['', 'x', sealed.slice(1), sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), '%%%'])
      expect((await provider.page(new Request(`${address.origin}?pay=${encodeURIComponent(bad)}`))).status).toBe(404)
  })

  test('is closed once its time is over, but still leads back to the shop', async () => {
    let now = new Date('2026-01-02T03:00:00Z')
    const { provider } = open({ now: () => now })
    const { redirectUrl } = await provider.start(sampleRequest('att_0001', { expiresAt: '2026-01-02T03:15:00.000Z' }))
    now = new Date('2026-01-02T03:16:00Z')
    expect((await provider.page(new Request(redirectUrl ?? ''))).status).toBe(404)
    const back = await provider.page(new Request(`${redirectUrl}&back=1&code=FAILURE_TYPE_PG`))
    expect(back.headers.get('location')).toContain('result=failed')
  })

  test('works for another process too, once what was begun is shared or asked for again', async () => {
    const { exchange, provider } = open()
    const first = await provider.start(sampleRequest('att_0001'))
    const other = portone({ ...exchange })
    expect(await other.find('att_0001')).toBeNull()
    expect(await other.start(sampleRequest('att_0001'))).toEqual(first)
    await approve(other, exchange, 'att_0001')
    expect((await other.confirm('att_0001', won)).status).toBe('captured')
    expect(await provider.find('att_0001')).toMatchObject({ status: 'captured', captured: won })
  })
})

describe('confirming', () => {
  test('needs a token of this payment; a made-up one leaves it waiting', async () => {
    const { exchange, provider } = open()
    const { redirectUrl } = await provider.start(sampleRequest('att_0001'))
    exchange.openWindow('att_0001')
    await provider.page(new Request(`${redirectUrl}&back=1&paymentToken=made-up`))
    expect((await provider.find('att_0001'))?.status).toBe('approved')
    expect((await provider.confirm('att_0001', won)).status).toBe('requires_action')
    await approve(provider, exchange, 'att_0001')
    expect((await provider.confirm('att_0001', won)).status).toBe('captured')
  })

  test('that the card refuses is a failure in the bank’s words', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_0001'))
    await approve(provider, exchange, 'att_0001', { declined: true })
    expect(await provider.confirm('att_0001', won)).toMatchObject({
      status: 'failed',
      failure: { code: '51', message: '한도초과' },
    })
  })

  test('whose answer is lost takes the money once', async () => {
    const { exchange } = open()
    const begun = shared()
    const unlucky = portone({
      ...exchange,
      begun,
      fetch: async (input, init) => {
        const answer = await exchange.fetch(input, init)
        if (new Request(input, init).url.endsWith('/confirm')) throw new TypeError('fetch failed')
        return answer
      },
    })
    await unlucky.start(sampleRequest('att_0001'))
    await approve(unlucky, exchange, 'att_0001')
    await expect(unlucky.confirm('att_0001', won)).rejects.toThrow('gave no answer')
    expect(await portone({ ...exchange, begun }).confirm('att_0001', won)).toMatchObject({
      status: 'captured',
      captured: won,
    })
  })

  test('of another amount than the window showed is found out by PortOne', async () => {
    const { exchange, provider } = open()
    await provider.start(sampleRequest('att_0001'))
    await approve(provider, exchange, 'att_0001')
    exchange.payment('att_0001').amount.total = 27
    await expect(provider.confirm('att_0001', won)).rejects.toThrow('refused')
    expect((await provider.find('att_0001'))?.amount).toEqual(money(27, 'KRW'))
  })
})

describe('a virtual account', () => {
  const issued = async () => {
    const opened = open()
    await opened.provider.start(sampleRequest('att_0001', { method: 'virtual_account' }))
    await approve(opened.provider, opened.exchange, 'att_0001', { virtual: true })
    return { ...opened, payment: await opened.provider.confirm('att_0001', won) }
  }

  test('says where to send the money, and until when', async () => {
    const { exchange, provider, payment } = await issued()
    expect(payment).toMatchObject({
      status: 'awaiting_deposit',
      method: 'virtual_account',
      deposit: { bank: '신한은행', account: '56211101234567', holder: '상도', dueAt: '2026-01-03T03:04:05.000Z' },
    })
    exchange.deposit('att_0001')
    expect(await provider.find('att_0001')).toMatchObject({ status: 'captured', captured: won })
  })

  test('is closed when its order is off', async () => {
    const { provider } = await issued()
    expect(await provider.cancel('att_0001')).toMatchObject({ status: 'cancelled', captured: money(0, 'KRW') })
  })

  test('is refunded to the buyer’s account, by the code of their bank', async () => {
    const { exchange, provider } = await issued()
    exchange.deposit('att_0001')
    const back = { reference: 'att_0001', refundId: 'rfd_1', amount: money(7_000, 'KRW'), reason: '변심' }
    expect(await provider.refund(back)).toMatchObject({ status: 'failed', failure: { code: '2211' } })
    const account = { bank: '카카오뱅크', account: '3333-01-1234567', holder: '김하늘' }
    expect(await provider.refund({ ...back, refundId: 'rfd_2', account })).toMatchObject({ status: 'succeeded' })
    expect(exchange.requests.findLast(({ path }) => path.endsWith('/cancel'))?.body).toMatchObject({
      refundAccount: { bank: 'KAKAO', number: '3333011234567', holderName: '김하늘' },
    })
    expect([bankCode('KAKAO'), bankCode('달빛은행')]).toEqual(['KAKAO', '달빛은행'])
  })
})

describe('refunds', () => {
  const paid = async (options: Parameters<typeof open>[0] = {}) => {
    const opened = open(options)
    await opened.provider.start(sampleRequest('att_0001'))
    await approve(opened.provider, opened.exchange, 'att_0001')
    await opened.provider.confirm('att_0001', won)
    return opened
  }
  const back = { reference: 'att_0001', refundId: 'rfd_1', amount: money(7_000, 'KRW'), reason: '변심' }

  test('are found by our id in the reason, even when the key is forgotten', async () => {
    const { exchange, provider } = await paid()
    const first = await provider.refund({ ...back, reason: '변'.repeat(500) })
    exchange.answers.clear()
    expect(await provider.refund(back)).toEqual(first)
    expect((await provider.find('att_0001'))?.refunded).toEqual(money(7_000, 'KRW'))
    expect(await provider.findRefund('att_0001', 'rfd_')).toBeNull()
  })

  test('of a payment that has changed meanwhile are asked for again, not made', async () => {
    const { exchange } = await paid()
    const overtaken = portone({
      ...exchange,
      fetch: async (input, init) => {
        if (new Request(input, init).url.endsWith('/cancel')) exchange.payment('att_0001').amount.cancelled = 100
        return exchange.fetch(input, init)
      },
    })
    await expect(overtaken.refund(back)).rejects.toThrow('gave no answer')
    expect(exchange.payment('att_0001').cancellations).toBeUndefined()
  })

  test('say how much of them was free of VAT', async () => {
    const { exchange, provider } = await paid({ taxFreeOf: ({ minor }) => minor / 2 })
    await provider.refund(back)
    const told = exchange.requests.flatMap(({ body }) => ('taxFreeAmount' in body ? [body['taxFreeAmount']] : []))
    expect(told).toEqual([13_500, 3_500])
  })

  test('that the bank still works on are pending', async () => {
    const { exchange, provider } = await paid()
    await provider.refund(back)
    const [cancellation] = exchange.payment('att_0001').cancellations ?? []
    Object.assign(cancellation ?? {}, { status: 'REQUESTED' })
    expect((await provider.findRefund('att_0001', 'rfd_1'))?.status).toBe('pending')
    Object.assign(cancellation ?? {}, { status: 'FAILED' })
    expect(await provider.findRefund('att_0001', 'rfd_1')).toMatchObject({
      status: 'failed',
      failure: { code: 'FAILED' },
    })
  })

  test('of everything leave a payment that was captured and went back', async () => {
    const { provider } = await paid()
    await provider.refund({ ...back, amount: won })
    expect(await provider.find('att_0001')).toMatchObject({ status: 'captured', captured: won, refunded: won })
  })

  test('disputes are told of, over all of the payment', async () => {
    const { exchange, provider } = await paid()
    const dispute = { status: 'UNRESOLVED', pgDisputeId: 'PP-D-1', reason: 'fraud', createdAt: '2026-01-02T03:04:05Z' }
    Object.assign(exchange.payment('att_0001'), { disputes: [dispute] })
    expect((await provider.find('att_0001'))?.disputes).toMatchObject([
      { disputeId: 'PP-D-1', status: 'open', amount: won },
    ])
    Object.assign(exchange.payment('att_0001'), { disputes: [{ ...dispute, status: 'RESOLVED' }] })
    expect((await provider.find('att_0001'))?.disputes).toMatchObject([{ status: 'won' }])
  })
})

describe('what says nothing of the money', () => {
  test.each([
    [500, { type: 'INTERNAL_ERROR', message: '' }],
    [401, { type: 'UNAUTHORIZED', message: '' }],
    [403, { type: 'FORBIDDEN', message: '' }],
    [409, { type: 'IDEMPOTENCY_OUTSTANDING_REQUEST', message: '' }],
    [502, '<html>'],
  ])('%i is no answer', async (status, body) => {
    const { provider } = open({ fetch: async () => new Response(JSON.stringify(body), { status }) })
    await expect(provider.find('att_0001')).rejects.toThrow('gave no answer')
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
    const env = {
      PORTONE_API_SECRET: 'secret',
      PORTONE_STORE_ID: 'store',
      PORTONE_CHANNEL_KEY: 'channel',
      PORTONE_WEBHOOK_SECRET: 'whsec_b25l,whsec_dHdv',
      PORTONE_PAGE_URL: 'https://shop.example/pay/portone',
    }
    expect(portoneFromEnv(env).id).toBe('portone')
    for (const variable of Object.keys(env))
      expect(() => portoneFromEnv({ ...env, [variable]: '' })).toThrow(portoneErrors.variable_missing({ variable }))
  })

  test('are in no error, however wrong they are', async () => {
    const { exchange } = open()
    const provider = portone({ ...exchange, apiSecret: 'very-wrong-secret' })
    const error: unknown = await provider.find('att_1').catch((thrown: unknown) => thrown)
    const told = [String(error), JSON.stringify(error), String((error as Error).cause)].join()
    expect(told).toContain('401 UNAUTHORIZED')
    expect(told).not.toContain('very-wrong-secret')
  })
})

function shared() {
  const all = new Map<string, BegunPayment>()
  return {
    find: async (reference: string) => all.get(reference) ?? null,
    save: async (reference: string, begun: BegunPayment) => void all.set(reference, begun),
  }
}
