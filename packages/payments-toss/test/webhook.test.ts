import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { sampleRequest } from '@sangdo/payments/testing'
import { tokenHeader, toss } from '../src/index.ts'
import { createExchange } from './exchange.ts'

const now = new Date('2026-01-02T03:04:05Z')
const open = async (options: Partial<Parameters<typeof toss>[0]> = {}) => {
  const exchange = createExchange()
  const provider = toss({ ...exchange, now: () => now, ...options })
  await provider.start(sampleRequest('att_0001', { method: 'virtual_account' }))
  return { exchange, provider }
}

describe('a message of Toss Payments', () => {
  test('counts when it names the payment key that Toss Payments itself says is the payment’s', async () => {
    const { exchange, provider } = await open()
    const genuine = exchange.message('att_0001', now)
    expect(await provider.verify(genuine)).toEqual({
      eventId: genuine.headers['tosspayments-webhook-transmission-id'],
      reference: 'att_0001',
    })
    const guessed = genuine.body.replace(/"paymentKey":"[^"]*"/, '"paymentKey":"tdouble20260102120409999"')
    expect(await provider.verify({ ...genuine, body: guessed })).toBeNull()
  })

  test('about a deposit counts by the secret of the account, and by no other', async () => {
    const { exchange, provider } = await open()
    const { headers } = exchange.message('att_0001', now)
    const callback = (secret: unknown) =>
      provider.verify({
        headers,
        body: JSON.stringify({
          createdAt: '2026-01-02T12:04:05.000000',
          secret,
          status: 'DONE',
          transactionKey: '9FF15E1A29D0E77C218F57262BFA4986',
          orderId: 'att_0001',
        }),
      })
    expect(await callback('ps_Z61JOxRQVENPBp0xKNa8W0X9bAqw')).toBeNull()
    exchange.approve('att_0001')
    await provider.confirm('att_0001', money(27_000, 'KRW'))
    expect(await callback('ps_Z61JOxRQVENPBp0xKNa8W0X9bAqw')).toMatchObject({ reference: 'att_0001' })
    for (const wrong of ['ps_Z61JOxRQVENPBp0xKNa8W0X9bAqx', 'ps_Z61', '', null, undefined, 1])
      expect(await callback(wrong)).toBeNull()
  })

  test('counts for 300 seconds, and needs its time and its id', async () => {
    const { exchange, provider } = await open()
    const at = (seconds: number) =>
      provider.verify(exchange.message('att_0001', new Date(now.getTime() - seconds * 1000)))
    expect([(await at(300))?.reference, await at(301), await at(-301)]).toEqual(['att_0001', null, null])
    const genuine = exchange.message('att_0001', now)
    for (const name of ['tosspayments-webhook-transmission-time', 'tosspayments-webhook-transmission-id'])
      expect(await provider.verify({ ...genuine, headers: { ...genuine.headers, [name]: undefined } })).toBeNull()
  })

  test('from a stranger is not even asked about, where the address has a token', async () => {
    const { exchange, provider } = await open({ webhookToken: ['old', 'new'] })
    const asked = exchange.requests.length
    for (const token of ['', 'ol', 'older', 'NEW'])
      expect(await provider.verify(exchange.message('att_0001', now, { [tokenHeader]: token }))).toBeNull()
    expect(exchange.requests.length).toBe(asked)
    for (const token of ['old', 'new'])
      expect(await provider.verify(exchange.message('att_0001', now, { [tokenHeader]: token }))).not.toBeNull()
  })

  test('that is no JSON, no event, too large or endlessly deep is nobody’s', async () => {
    const { exchange, provider } = await open()
    const { headers, body } = exchange.message('att_0001', now)
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const bad = [
      '',
      '{',
      'null',
      '[]',
      '{"eventType":"PAYMENT_STATUS_CHANGED"}',
      deep,
      `${body}${' '.repeat(256 * 1024)}`,
    ]
    for (const one of bad) expect(await provider.verify({ headers, body: one })).toBeNull()
    expect(await provider.verify({ headers, body: body.replace('{', `{"more":${deep},`) })).toMatchObject({
      reference: 'att_0001',
    })
  })

  test('that cannot be asked about is not thrown away: Toss Payments sends it again', async () => {
    const { exchange } = await open()
    const deaf = toss({ ...exchange, now: () => now, fetch: () => Promise.reject(new TypeError('fetch failed')) })
    await expect(deaf.verify(exchange.message('att_0001', now))).rejects.toThrow('gave no answer')
  })
})
