import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { sampleRequest } from '@sangdo/payments/testing'
import { paypal } from '../src/index.ts'
import { createExchange, eventOf, signed } from './exchange.ts'

const now = new Date('2026-01-02T03:04:05Z')
const open = async () => {
  const exchange = createExchange()
  const provider = paypal({ ...exchange, webhookId: ['WH-OLD', exchange.webhookId], now: () => now })
  await provider.start(sampleRequest('att_0001', { amount: money(2_750, 'USD') }))
  const message = (at = now) => signed(eventOf(exchange.shown('att_0001')), exchange.webhookId, at)
  return { exchange, provider, message }
}
const verifications = (exchange: ReturnType<typeof createExchange>) =>
  exchange.requests.filter(({ path }) => path.endsWith('/verify-webhook-signature')).length

describe('a message of PayPal', () => {
  test('counts when PayPal says that it has signed the body exactly as it came', async () => {
    const { exchange, provider, message } = await open()
    const genuine = message()
    expect(await provider.verify(genuine)).toMatchObject({ reference: 'att_0001' })
    // The space is not in what `JSON.stringify` would write, and is signed all the same.
    const spaced = signed(genuine.body.replaceAll(',', ', '), exchange.webhookId, now)
    expect(await provider.verify(spaced)).toMatchObject({ reference: 'att_0001' })
    expect(await provider.verify({ ...genuine, body: genuine.body.replaceAll(',', ', ') })).toBeNull()
  })

  test('of another webhook, altered, or with another id or time is nobody’s', async () => {
    const { provider, message } = await open()
    const { headers, body } = message()
    expect(await provider.verify(signed(body, 'WH-OTHER', now))).toBeNull()
    const changes = {
      'paypal-transmission-id': 'other',
      'paypal-transmission-time': '2026-01-02T03:04:06.000Z',
      'paypal-transmission-sig': headers['paypal-transmission-sig']?.replace(/^..../, 'AAAA'),
    }
    for (const [name, value] of Object.entries(changes))
      expect(await provider.verify({ headers: { ...headers, [name]: value }, body })).toBeNull()
  })

  test('counts for 300 seconds, and needs all its headers; PayPal is not asked about any other', async () => {
    const { exchange, provider, message } = await open()
    const before = (seconds: number) => provider.verify(message(new Date(now.getTime() - seconds * 1000)))
    expect((await before(300))?.reference).toBe('att_0001')
    const asked = verifications(exchange)
    expect([await before(301), await before(-301)]).toEqual([null, null])
    const { headers, body } = message()
    for (const name of Object.keys(headers))
      expect(await provider.verify({ headers: { ...headers, [name]: undefined }, body })).toBeNull()
    for (const cert of [
      'https://paypal.com.example/cert',
      'https://evilpaypal.com/cert',
      'http://api.paypal.com/cert',
      'x',
    ])
      expect(await provider.verify({ headers: { ...headers, 'paypal-cert-url': cert }, body })).toBeNull()
    expect(verifications(exchange)).toBe(asked)
  })

  test('that is no JSON, no event, too large or endlessly deep is nobody’s', async () => {
    const { exchange, provider } = await open()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const large = eventOf({ custom_id: 'att_0001', more: 'x'.repeat(256 * 1024) })
    const injected = '{}, "webhook_id": "WH-OTHER", "x": {}'
    for (const body of ['', '{', 'null', '[]', '{"id":"WH-1"}', deep, large, injected])
      expect(await provider.verify(signed(body, exchange.webhookId, now))).toBeNull()
    expect(verifications(exchange)).toBe(0)
    const inside = eventOf({ custom_id: 'att_0001' }).replace('{', `{"more":${deep},`)
    expect(await provider.verify(signed(inside, exchange.webhookId, now))).toMatchObject({ reference: 'att_0001' })
  })

  test('about a dispute names its payment, or is asked about by its capture; one of nobody’s payment is nobody’s', async () => {
    const { exchange, provider } = await open()
    exchange.approve('att_0001')
    await provider.confirm('att_0001', money(2_750, 'USD'))
    const {
      disputed_transactions: [one],
      ...rest
    } = exchange.dispute('att_0001', '27.50')
    const told = (resource: object) => provider.verify(signed(eventOf(resource), exchange.webhookId, now))
    const transaction = { seller_transaction_id: one?.seller_transaction_id }
    for (const disputed of [one, transaction])
      expect(await told({ ...rest, disputed_transactions: [disputed] })).toMatchObject({ reference: 'att_0001' })
    expect(await told({ ...rest, disputed_transactions: [{ seller_transaction_id: 'NOBODYS' }] })).toBeNull()
    expect(await told({ id: 'P-1', status: 'ACTIVE' })).toBeNull()
  })
})
