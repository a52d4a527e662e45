import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { portone } from '../src/index.ts'

interface Exchange {
  readonly documentation: string
  readonly request: { readonly method: string; readonly path: string }
  readonly status: number
  readonly body: unknown
}

const folder = new URL('exchanges/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Exchange

/** The provider, with a documented answer of PortOne played. */
const play = (name: string) =>
  portone({
    apiSecret: 'played',
    storeId: 'store-4ff4af41-85e3-4559-8eb8-0d08a2c6ceec',
    channelKey: 'channel-key-played',
    webhookSecret: 'whsec_cGxheWVk',
    pageUrl: 'https://shop.example/pay/portone',
    fetch: async (input, init) => {
      const { request, status, body } = read(name)
      const asked = new Request(input, init)
      expect([asked.method, new URL(asked.url).pathname]).toEqual([request.method, request.path])
      return new Response(JSON.stringify(body), { status })
    },
  })

test('every exchange names the page of the documentation that it is taken from', () => {
  const names = readdirSync(folder)
  for (const name of names)
    expect(read(name.replace('.json', '')).documentation).toMatch(/^https:\/\/developers\.portone\.io\//)
  expect(names.length).toBeGreaterThan(7)
})

const [none, all] = [money(0, 'KRW'), money(1_000, 'KRW')]

test.each([
  ['ready', { status: 'requires_action', captured: none }],
  ['pay-pending', { status: 'requires_action', redirectUrl: null, captured: none }],
  [
    'virtual-account-issued',
    {
      status: 'awaiting_deposit',
      method: 'virtual_account',
      deposit: { bank: '국민은행', account: '12345678901234', holder: '포트원', dueAt: '2024-04-26T14:59:59.000Z' },
    },
  ],
  ['paid', { status: 'captured', captured: all, refunded: none, card: { brand: '현대카드', last4: '1234' } }],
  ['partial-cancelled', { status: 'captured', captured: all, refunded: money(700, 'KRW') }],
  ['cancelled', { status: 'captured', captured: all, refunded: all }],
  ['account-closed', { status: 'cancelled', captured: none, refunded: none }],
  [
    'failed',
    { status: 'failed', failure: { code: 'PAY_PROCESS_CANCELED', message: '사용자가 결제를 취소하셨습니다' } },
  ],
])('%s is understood', async (name, expected) => {
  expect(await play(name).find('att_0001')).toMatchObject({ reference: 'att_0001', amount: all, ...expected })
})

test('a cancellation is a refund by the id in its reason, and what is not there is null', async () => {
  expect(await play('partial-cancelled').findRefund('att_0001', 'rfd_1')).toEqual({
    refundId: 'rfd_1',
    status: 'succeeded',
    amount: money(700, 'KRW'),
    failure: null,
  })
  expect(await play('missing').find('att_0001')).toBeNull()
})
