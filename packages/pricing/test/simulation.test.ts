import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { type CartPromotion, priceCart } from '@sangdo/pricing'
import { type PastOrder, simulate, type Simulation } from '@sangdo/pricing/simulate'

const won = (minor: number) => money(minor, 'KRW')
const tax = { pricesInclude: 'tax', rates: { standard: 10 } } as const
const ten: CartPromotion = { id: 'ten', kind: 'percent_off', percent: 10, minimum: won(20_000) }

function* past(count: number): Generator<PastOrder> {
  for (let index = 0; index < count; index += 1)
    yield {
      id: `o${index}`,
      lines: [{ sku: 'MUG', quantity: 1 + (index % 3), unitPrice: won(11_000), cost: won(4_000) }],
      shipping: won(3_000),
    }
}

test('a draft is tried on past orders: what it costs, how many it touches, and the margin after it', async () => {
  const found = await simulate(past(3), { drafts: [ten], tax, currency: 'KRW' })
  expect(found).toMatchObject({
    orders: 3,
    touched: 2,
    cost: won(2_200 + 3_300),
    before: { total: won(66_000 + 9_000), goods: won(66_000), margin: won(60_000 - 24_000) },
    after: { goods: won(60_500), margin: won(55_000 - 24_000) },
    refused: { below_minimum: 1 },
    skipped: 0,
  })
})

test('it costs exactly what the same promotion would have cost in each cart', async () => {
  const orders = [...past(30)]
  const found = await simulate(orders, {
    drafts: [ten],
    promotions: [{ id: 'always', kind: 'amount_off', amount: won(777) }],
    tax,
    currency: 'KRW',
  })
  const each = orders.map(({ lines }) => {
    const goods = lines.map(({ cost: _, ...line }) => line)
    const always: CartPromotion = { id: 'always', kind: 'amount_off', amount: won(777) }
    const [as, would] = [[always], [always, ten]].map((promotions) => priceCart(goods, { promotions, tax }).total.minor)
    return (as ?? 0) - (would ?? 0)
  })
  expect(found.cost.minor).toBe(each.reduce((sum, one) => sum + one, 0))
})

test('an order that cannot be priced is counted and named, and spoils nothing', async () => {
  const orders = [...past(2), { id: 'strange', lines: [{ sku: 'MUG', quantity: -1, unitPrice: won(1) }] }]
  const found = await simulate(orders, { drafts: [ten], currency: 'KRW' })
  expect(found).toMatchObject({
    orders: 2,
    skipped: 1,
    firstSkipped: { id: 'strange', reason: expect.stringMatching(/lines.0.quantity/) },
  })
})

test('an order that is none, or a cost that is none, is counted and named too', async () => {
  const line = { sku: 'MUG', quantity: 1, unitPrice: won(1) }
  const orders = [
    { id: 'no lines' },
    { id: 'no line', lines: [null] },
    { id: 'dollars', lines: [{ ...line, cost: money(1, 'USD') }] },
    { id: 'no cost', lines: [{ ...line, cost: { minor: Number.NaN, currency: 'KRW' } }] },
    ...past(1),
  ] as unknown as PastOrder[]
  const found = await simulate(orders, { drafts: [{ kind: 'gift', sku: 'constructor' }], currency: 'KRW' })
  expect(found).toMatchObject({ orders: 1, skipped: 4, gifts: { constructor: 1 } })
})

test('progress is told on the way, and the last word is the answer', async () => {
  const told: Simulation[] = []
  const found = await simulate(past(25), {
    drafts: [ten],
    currency: 'KRW',
    every: 10,
    onProgress: (one) => told.push(one),
  })
  expect(told.map(({ orders }) => orders)).toEqual([10, 20, 25])
  expect(told.at(-1)).toEqual(found)
})

test('gifts and shares of the draft are counted', async () => {
  const drafts: CartPromotion[] = [
    { kind: 'gift', sku: 'CLOTH', minimum: won(30_000) },
    { code: 'JIU', kind: 'share_only', shares: [{ to: 'jiu', purpose: 'commission', percent: 5 }] },
  ]
  expect(await simulate(past(3), { drafts, currency: 'KRW' })).toMatchObject({
    gifts: { CLOTH: 1 },
    shares: won(3_300),
    touched: 3,
    cost: won(0),
  })
})
