import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { stripe } from '../src/index.ts'

interface Exchange {
  readonly documentation: string
  readonly request: { readonly method: string; readonly path: string }
  readonly status: number
  readonly body: unknown
}

const folder = new URL('exchanges/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Exchange

/** The provider, with Stripe's documented answers played in this order. */
function play(...names: string[]) {
  const left = names.map(read)
  const provider = stripe({
    secretKey: 'sk_test_played',
    webhookSecret: 'whsec_played',
    fetch: async (input, init) => {
      const { request, status, body } = left.shift() ?? read('missing')
      const asked = new Request(input, init)
      expect([asked.method, new URL(asked.url).pathname]).toEqual([request.method, request.path])
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    },
  })
  return { provider, left }
}

test('every exchange names the page of the documentation that it is taken from', () => {
  const names = readdirSync(folder)
  for (const name of names)
    expect(read(name.replace('.json', '')).documentation).toMatch(/^https:\/\/docs\.stripe\.com\//)
  expect(names.length).toBeGreaterThan(8)
})

test.each([
  ['session-open', { status: 'requires_action', redirectUrl: expect.stringContaining('checkout.stripe.com') }],
  ['session-approved', { status: 'approved', card: { brand: 'visa', last4: '4242' }, redirectUrl: null }],
  ['session-captured', { status: 'captured', captured: money(1_099, 'USD'), refunded: money(500, 'USD') }],
  [
    'session-declined',
    { status: 'requires_action', failure: { code: 'generic_decline', message: 'Your card was declined.' } },
  ],
])('%s is understood', async (name, expected) => {
  const { provider, left } = play('product', name)
  expect(await provider.find('att_1')).toMatchObject({ reference: 'att_1', amount: money(1_099, 'USD'), ...expected })
  expect(left).toEqual([])
})

test('disputes and refunds are understood', async () => {
  expect((await play('product', 'session-disputed', 'disputes').provider.find('att_1'))?.disputes).toEqual([
    {
      disputeId: 'du_1MtJUT2eZvKYlo2CNaw2HvEv',
      status: 'open',
      amount: money(1_000, 'USD'),
      reason: 'general',
      dueAt: '2023-04-23T23:59:59.000Z',
    },
  ])
  const { provider } = play('product', 'session-captured', 'refunds')
  expect(await provider.findRefund('att_1', 'rfd_1')).toMatchObject({ status: 'succeeded', amount: money(500, 'USD') })
})

test('what is not there is null; what was not answered says nothing', async () => {
  expect(await play('missing').provider.find('att_1')).toBeNull()
  await expect(play('rate-limited').provider.find('att_1')).rejects.toThrow('gave no answer')
})
