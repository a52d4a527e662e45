import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { paypal } from '../src/index.ts'

interface Exchange {
  readonly documentation: string
  readonly request: { readonly method: string; readonly path: string }
  readonly status: number
  readonly body: unknown
}

const folder = new URL('exchanges/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Exchange

/** The provider, with PayPal's documented answers played in this order, after the one with the token. */
function play(...names: string[]) {
  const left = ['token', ...names].map(read)
  const provider = paypal({
    clientId: 'played',
    clientSecret: 'played',
    webhookId: 'WH-PLAYED',
    fetch: async (input, init) => {
      const { request, status, body } = left.shift() ?? read('product-missing')
      const asked = new Request(input, init)
      expect([asked.method, new URL(asked.url).pathname]).toEqual([request.method, request.path])
      return new Response(JSON.stringify(body), { status })
    },
  })
  return { provider, left }
}

test('every exchange names the page of the documentation that it is taken from', () => {
  const names = readdirSync(folder)
  for (const name of names)
    expect(read(name.replace('.json', '')).documentation).toMatch(/^https:\/\/developer\.paypal\.com\//)
  expect(names.length).toBeGreaterThan(10)
})

const usd = (minor: number) => money(minor, 'USD')

test.each([
  [
    ['order-created'],
    { status: 'requires_action', redirectUrl: 'https://www.paypal.com/checkoutnow?token=5O190127TN364715T' },
  ],
  [['order-approved'], { status: 'approved', redirectUrl: null, captured: usd(0) }],
  [['order-authorized'], { status: 'approved', redirectUrl: null, captured: usd(0) }],
  [['order-captured', 'disputes-none'], { status: 'captured', captured: usd(10_000), refunded: usd(0) }],
  [['order-refunded', 'disputes-none'], { status: 'captured', captured: usd(10_000), refunded: usd(1_099) }],
  [
    ['order-declined'],
    { status: 'failed', failure: { code: '5400', message: 'PayPal could not take the money: declined' } },
  ],
])('%s is understood', async (names, expected) => {
  const { provider, left } = play('product', ...names)
  expect(await provider.find('att_0001')).toMatchObject({ reference: 'att_0001', amount: usd(10_000), ...expected })
  expect(left).toEqual([])
})

test('a dispute says how it went', async () => {
  const { provider } = play('product', 'order-captured', 'disputes', 'dispute')
  expect((await provider.find('att_0001'))?.disputes).toMatchObject([
    { disputeId: 'PP-D-4012', status: 'lost', amount: usd(5_000), dueAt: '2019-04-20T04:18:00.000Z' },
  ])
})

test('a refund is found by our id, and what is not there is null', async () => {
  const { provider } = play('product', 'order-refunded')
  expect(await provider.findRefund('att_0001', 'rfd_1')).toMatchObject({ status: 'succeeded', amount: usd(1_099) })
  expect(await play('product-missing').provider.find('att_0001')).toBeNull()
})
