import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { toss } from '../src/index.ts'

interface Exchange {
  readonly documentation: string
  readonly request: { readonly method: string; readonly path: string }
  readonly status: number
  readonly body: unknown
}

const folder = new URL('exchanges/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Exchange

/** The provider, with a documented answer of Toss Payments played. */
const play = (name: string) =>
  toss({
    secretKey: 'test_sk_played',
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
    expect(read(name.replace('.json', '')).documentation).toMatch(/^https:\/\/docs\.tosspayments\.com\//)
  expect(names.length).toBeGreaterThan(6)
})

const none = money(0, 'KRW')

test.each([
  ['ready', { status: 'requires_action', redirectUrl: expect.stringContaining('/checkout'), captured: none }],
  ['done', { status: 'captured', method: 'card', captured: money(1_000, 'KRW'), refunded: none, redirectUrl: null }],
  [
    'waiting-for-deposit',
    {
      status: 'awaiting_deposit',
      method: 'virtual_account',
      deposit: { bank: '우리은행', account: 'X6505636518308', holder: '박토스', dueAt: '2024-02-15T13:57:51.000Z' },
    },
  ],
  ['partial-canceled', { status: 'captured', captured: money(1_000, 'KRW'), refunded: money(700, 'KRW') }],
  ['canceled-unpaid', { status: 'cancelled', captured: none, refunded: none }],
  ['aborted', { status: 'failed', failure: { code: 'REJECT_CARD_PAYMENT' } }],
  ['expired', { status: 'expired', captured: none }],
])('%s is understood', async (name, expected) => {
  expect(await play(name).find('att_0001')).toMatchObject({
    reference: 'att_0001',
    amount: money(1_000, 'KRW'),
    ...expected,
  })
})

test('a cancellation is a refund by the id in its reason, and what is not there is null', async () => {
  expect(await play('partial-canceled').findRefund('att_0001', 'rfd_1')).toEqual({
    refundId: 'rfd_1',
    status: 'succeeded',
    amount: money(700, 'KRW'),
    failure: null,
  })
  expect(await play('missing').find('att_0001')).toBeNull()
})
