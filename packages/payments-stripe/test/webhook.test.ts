import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sampleRequest } from '@sangdo/payments/testing'
import { stripe } from '../src/index.ts'
import { createExchange, signed } from './exchange.ts'

const now = new Date('2026-01-02T03:04:05Z')
const open = async () => {
  const exchange = createExchange()
  const provider = stripe({ ...exchange, webhookSecret: ['whsec_old', exchange.webhookSecret], now: () => now })
  await provider.start(sampleRequest('att_1'))
  return { exchange, provider }
}

describe('a message of Stripe', () => {
  test('carries HMAC-SHA256 over the seconds, a dot and the body, in hexadecimal', () => {
    // Computed once by another implementation: printf '1767323045.{}' | openssl dgst -sha256 -hmac whsec_double
    expect(signed('{}', 'whsec_double', now).headers['stripe-signature']).toContain(
      `t=1767323045,v1=${createHmac('sha256', 'whsec_double').update('1767323045.{}').digest('hex')}`,
    )
  })

  test('counts when either of two secrets has signed it', async () => {
    const { exchange, provider } = await open()
    for (const secret of ['whsec_old', exchange.webhookSecret])
      expect(await provider.verify(signed(exchange.event('att_1'), secret, now))).toMatchObject({ reference: 'att_1' })
    expect(await provider.verify(signed(exchange.event('att_1'), 'whsec_wrong', now))).toBeNull()
  })

  test('counts for 300 seconds, and not one more', async () => {
    const { exchange, provider } = await open()
    const at = (seconds: number) =>
      provider.verify(signed(exchange.event('att_1'), exchange.webhookSecret, new Date(now.getTime() - seconds * 1000)))
    expect([(await at(300))?.reference, await at(301)]).toEqual(['att_1', null])
  })

  test('that was changed, unsigned, or signed for another body is nobody’s', async () => {
    const { exchange, provider } = await open()
    const genuine = signed(exchange.event('att_1'), exchange.webhookSecret, now)
    const { 'stripe-signature': signature } = genuine.headers
    const bad = [
      { ...genuine, body: `${genuine.body} ` },
      { ...genuine, headers: {} },
      { ...genuine, headers: { 'stripe-signature': '' } },
      { ...genuine, headers: { 'stripe-signature': 'v1=00' } },
      { ...genuine, headers: { 'stripe-signature': signature.replace('v1=', 'v2=') } },
      { ...genuine, headers: { 'stripe-signature': signature.replace(/t=\d+/, 't=1767323046') } },
    ]
    for (const one of bad) expect(await provider.verify(one)).toBeNull()
  })

  test('that is no JSON, no event or endlessly deep is nobody’s, though it is signed', async () => {
    const { exchange, provider } = await open()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const inside = exchange.event('att_1').replace('"object":"event"', `"object":${deep}`)
    for (const body of ['', '{', 'null', '[]', '{"id":"evt_1"}', deep])
      expect(await provider.verify(signed(body, exchange.webhookSecret, now))).toBeNull()
    expect(await provider.verify(signed(inside, exchange.webhookSecret, now))).toMatchObject({ reference: 'att_1' })
  })

  test('about a dispute names its payment by asking, and one about nobody’s payment is nobody’s', async () => {
    const { exchange, provider } = await open()
    exchange.approve('att_1')
    const told = (object: object, type: string) =>
      provider.verify(signed(exchange.event('att_1', object, type), exchange.webhookSecret, now))
    expect(await told(exchange.dispute('att_1', 100), 'charge.dispute.created')).toMatchObject({ reference: 'att_1' })
    expect(await told(exchange.intentOf('att_1'), 'payment_intent.succeeded')).toMatchObject({ reference: 'att_1' })
    expect(await told({ id: 'cus_1', object: 'customer' }, 'customer.created')).toBeNull()
  })
})
