import { describe, expect, test } from 'vitest'
import { portone } from '../src/index.ts'
import { createExchange, signed } from './exchange.ts'

const now = new Date('2026-01-02T03:04:05Z')
const old = `whsec_${Buffer.from('an old secret').toString('base64')}`
const open = () => {
  const exchange = createExchange()
  const provider = portone({ ...exchange, webhookSecret: [old, exchange.webhookSecret], now: () => now })
  return { exchange, provider, genuine: signed(exchange.message('att_0001'), exchange.webhookSecret, now, 'msg_1') }
}

describe('a message of PortOne', () => {
  test('is signed as the example of the Standard Webhooks is', async () => {
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const body = '{"test": 2432232314}'
    const example = signed(body, secret, new Date(1_614_265_330_000), 'msg_p5jXN8AQM9LWM0D4loKWxJek')
    expect(example.headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  test('names its event and its payment, whichever of two secrets has signed it', async () => {
    const { exchange, provider, genuine } = open()
    expect(await provider.verify(genuine)).toEqual({ eventId: 'msg_1', reference: 'att_0001' })
    expect(await provider.verify(signed(genuine.body, old, now))).not.toBeNull()
    expect(await provider.verify(signed(genuine.body, 'whsec_d3Jvbmc=', now))).toBeNull()
    const both = `v1,AAAA v2,AAAA ${genuine.headers['webhook-signature']}`
    expect(
      await provider.verify({ ...genuine, headers: { ...genuine.headers, 'webhook-signature': both } }),
    ).not.toBeNull()
    const other = signed(exchange.message('att_0001', 'store-of-another'), exchange.webhookSecret, now)
    expect(await provider.verify(other)).toBeNull()
  })

  test('that was changed anywhere, or lacks a header, is nobody’s', async () => {
    const { provider, genuine } = open()
    const { headers, body } = genuine
    expect(await provider.verify({ headers, body: `${body} ` })).toBeNull()
    for (const name of Object.keys(headers))
      for (const value of [undefined, '', `${headers[name]}0`, 'v1,', 'v1,***', '-1', 'NaN'])
        if (name !== 'webhook-signature' || !value?.endsWith('=0'))
          expect(await provider.verify({ headers: { ...headers, [name]: value }, body })).toBeNull()
  })

  test('counts for 300 seconds, and not one more', async () => {
    const { exchange, provider } = open()
    const before = (seconds: number) =>
      provider.verify(
        signed(exchange.message('att_0001'), exchange.webhookSecret, new Date(now.getTime() - seconds * 1000)),
      )
    expect([(await before(300))?.reference, (await before(-300))?.reference]).toEqual(['att_0001', 'att_0001'])
    expect([await before(301), await before(-301)]).toEqual([null, null])
  })

  test('that is no JSON, no event or endlessly deep is nobody’s, though it is signed', async () => {
    const { exchange, provider, genuine } = open()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"type":"Transaction.Paid"}',
      '{"type":"BillingKey.Issued","data":{}}',
      deep,
    ])
      expect(await provider.verify(signed(body, exchange.webhookSecret, now))).toBeNull()
    const inside = genuine.body.replace('{', `{"more":${deep},`)
    expect(await provider.verify(signed(inside, exchange.webhookSecret, now))).toMatchObject({ reference: 'att_0001' })
  })

  test('that is signed by nothing is nobody’s, also where a secret is empty or no base64', async () => {
    const { exchange, genuine } = open()
    for (const webhookSecret of ['', 'whsec_', 'whsec_***'])
      expect(await portone({ ...exchange, webhookSecret, now: () => now }).verify(genuine)).toBeNull()
  })
})
