import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { type CartLine, type CartOptions, priceCart, refundPlan } from '@sangdo/pricing'

const won = (minor: number) => money(minor, 'KRW')
const one = { sku: 'MUG', quantity: 1, unitPrice: won(100) }
const off = { kind: 'percent_off', percent: 10 }
const tax = { pricesInclude: 'tax', rates: { standard: 10 } }

/** What a caller without types might send. */
const price = (lines: unknown, options: unknown = {}) => priceCart(lines as CartLine[], options as CartOptions)
const refusal = (field: string) =>
  expect.objectContaining({ code: 'pricing.invalid_cart', details: expect.objectContaining({ field }) })

describe('a line is refused by name', () => {
  test.each([
    ['lines.0.quantity', { ...one, quantity: 0 }],
    ['lines.0.quantity', { ...one, quantity: -1 }],
    ['lines.0.quantity', { ...one, quantity: 1.5 }],
    ['lines.0.quantity', { ...one, quantity: 1e308 }],
    ['lines.0.quantity', { ...one, quantity: Number.NaN }],
    ['lines.0.quantity', { ...one, quantity: '3' }],
    ['lines.0.quantity', { ...one, quantity: 1_000_001 }],
    ['lines.0.quantity', { sku: 'MUG', unitPrice: won(1) }],
    ['lines.0.sku', { ...one, sku: '' }],
    ['lines.0.unitPrice.minor', { ...one, unitPrice: won(-1) }],
    ['lines.0.unitPrice.minor', { ...one, unitPrice: { minor: 1e308, currency: 'KRW' } }],
    ['lines.0.unitPrice.minor', { ...one, unitPrice: { minor: 0.5, currency: 'KRW' } }],
    ['lines.0.unitPrice.minor', { ...one, unitPrice: { minor: '100', currency: 'KRW' } }],
    ['lines.0.compareAt.currency', { ...one, compareAt: money(1, 'USD') }],
    ['lines.0.floor.minor', { ...one, floor: { minor: Number.POSITIVE_INFINITY, currency: 'KRW' } }],
    ['lines.0.categoryIds', { ...one, categoryIds: 'cups' }],
    ['lines.0.colour', { ...one, colour: 'celadon' }],
    ['lines.0.constructor', { ...one, constructor: 1 }],
  ])('%s: %j', (field, line) => {
    expect(() => price([line])).toThrow(refusal(field))
  })

  test('when its currency is not that of the cart', () => {
    expect(() => price([one, { ...one, unitPrice: money(1, 'USD') }])).toThrow(refusal('lines.1.unitPrice.currency'))
  })

  test('when two of them have one id', () => {
    expect(() =>
      price([
        { ...one, id: 'a' },
        { ...one, id: 'a' },
      ]),
    ).toThrow(refusal('lines.1.id'))
  })
})

describe('a cart is refused by name', () => {
  test.each([
    ['lines', Array.from({ length: 201 }, () => one), {}],
    ['lines', 'MUG', { currency: 'KRW' }],
    ['currency', [], {}],
    ['currency', [{ ...one, unitPrice: { minor: 1, currency: 'XYZ' } }], {}],
    ['currency', [{ ...one, unitPrice: { minor: 1, currency: 'XAU' } }], {}],
    ['currency', [{ ...one, unitPrice: { minor: 1, currency: 'won' } }], {}],
    ['coupon', [one], { coupon: 'TEN' }],
    ['shipping.minor', [one], { shipping: { minor: -1, currency: 'KRW' } }],
    ['promotions', [one], { promotions: Array.from({ length: 101 }, () => off) }],
    ['tenders', [one], { tenders: [{ id: 'points', amount: won(101) }] }],
    ['context.timeZone', [one], { context: { timeZone: 'Seoul' } }],
    ['context.at', [one], { context: { at: 'tomorrow' } }],
    ['context.at', [one], { context: { at: '2026-03-01T23:30' } }],
    ['context.buyer.birthday', [one], { context: { buyer: { birthday: '2000-13-45' } } }],
    ['fees.0.id', [one], { fees: [{ id: 'shipping', amount: won(1) }] }],
    ['context.buyer.birthday', [one], { context: { buyer: { birthday: '29 February' } } }],
    ['tax.rates.standard', [one], { tax: { ...tax, rates: { standard: 101 } } }],
    [
      'tax.rates.standard',
      [one],
      { tax: { ...tax, rates: { standard: [60, 60].map((percent) => ({ name: 'a', percent })) } } },
    ],
    ['tax.rounding', [one], { tax: { ...tax, rounding: 'nearest' } }],
    ['tax.pricesInclude', [one], { tax: { rates: {} } }],
  ])('%s', (field, lines, options) => {
    expect(() => price(lines, options)).toThrow(refusal(field))
  })

  test.each([
    ['lines.0.quantity', [{ ...one, quantity: 9_999, unitPrice: won(1e12) }]],
    ['lines', Array.from({ length: 200 }, (_, id) => ({ ...one, id: `l${id}`, quantity: 90, unitPrice: won(1e12) }))],
  ])('%s, when a product or a sum is more than a number holds', (field, lines) => {
    expect(() => price(lines)).toThrow(refusal(field))
  })
})

describe('a promotion is refused by name', () => {
  test.each([
    ['promotions.0.percent', { ...off, percent: '100.0000001' }],
    ['promotions.0.percent', { ...off, percent: 100.0000001 }],
    ['promotions.0.percent', { ...off, percent: '1.1234567' }],
    ['promotions.0.percent', { ...off, percent: 1e-7 }],
    ['promotions.0.percent', { ...off, percent: -0.5 }],
    ['promotions.0.percent', { ...off, percent: Number.NaN }],
    ['promotions.0.percent', { kind: 'percent_off' }],
    ['promotions.0.kind', { kind: 'half_off' }],
    ['promotions.0.kind', { kind: 'toString' }],
    ['promotions.0.amount.minor', { kind: 'amount_off', amount: won(-1) }],
    ['promotions.0.amount.currency', { kind: 'amount_off', amount: money(1, 'USD') }],
    ['promotions.0.amount', { ...off, amount: won(1) }],
    ['promotions.0.maximumUnits', { ...off, maximumUnits: 1 }],
    ['promotions.0.remaining.units', { kind: 'gift', sku: 'CLOTH', remaining: { units: 1 } }],
    ['promotions.0.tiers.0.percent', { kind: 'spend_tiers', tiers: [{ from: won(0), percent: 200 }] }],
    ['promotions.0.tiers', { kind: 'spend_tiers', tiers: [] }],
    ['promotions.0.buy', { kind: 'buy_x_get_y', buy: 0, get: 1 }],
    ['promotions.0.when.weekdays.0', { ...off, when: { weekdays: [0] } }],
    ['promotions.0.when.hours.from', { ...off, when: { hours: { from: '24:00', to: '02:00' } } }],
    ['promotions.0.when.moon', { ...off, when: { moon: 'full' } }],
    [
      'promotions.0.shares.0.percent',
      { kind: 'share_only', shares: [{ to: 'jiu', purpose: 'commission', percent: 101 }] },
    ],
    ['promotions.0.priority', { ...off, priority: 1.5 }],
  ])('%s: %j', (field, promotion) => {
    expect(() => price([one], { promotions: [promotion] })).toThrow(refusal(field))
  })
})

test('whatever is sent, the answer is a quote of whole amounts or a refusal that names a field', () => {
  const anything = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constantFrom(0, -1, 1.5, 1e308, Number.NaN, '10', null))
  const line = fc.record(
    {
      sku: fc.oneof(fc.constant('MUG'), anything),
      quantity: fc.oneof(fc.nat(5), anything),
      unitPrice: fc.oneof(fc.constant(won(100)), anything),
      floor: anything,
    },
    { requiredKeys: [] },
  )
  const promotion = fc.record(
    {
      kind: fc.constantFrom('percent_off', 'amount_off', 'gift', 'set_price'),
      percent: anything,
      amount: anything,
      sku: anything,
      quantity: anything,
      price: anything,
      when: anything,
      remaining: anything,
    },
    { requiredKeys: ['kind'] },
  )
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 3 }),
      fc.array(promotion, { maxLength: 2 }),
      anything,
      (lines, promotions, shipping) => {
        try {
          const quote = price(lines, { promotions, shipping, currency: 'KRW' })
          expect(Number.isSafeInteger(quote.total.minor) && quote.total.minor >= 0).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'pricing.invalid_cart', details: { field: expect.stringMatching(/./) } })
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a refund of what was never bought is refused and names the field', () => {
  const order = { quote: priceCart([one]) }
  expect(() => refundPlan(order, [{ id: 'MUG', quantity: 1e308 }])).toThrow(
    expect.objectContaining({
      code: 'pricing.invalid_refund',
      details: expect.objectContaining({ field: 'returning.0.quantity' }),
    }),
  )
  expect(() =>
    refundPlan(order, [
      { id: 'MUG', quantity: 1 },
      { id: 'MUG', quantity: 1 },
    ]),
  ).toThrow(expect.objectContaining({ code: 'pricing.invalid_refund' }))
})
