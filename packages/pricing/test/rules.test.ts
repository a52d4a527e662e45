import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, money } from '@sangdo/core'
import {
  type CartLine,
  type CartPromotion,
  CouponCode,
  explain,
  type ListedPrice,
  priceCart,
  type TaxOptions,
  unitPrice,
} from '@sangdo/pricing'
import { sampleCart, samplePromotion, sampleTax } from '@sangdo/pricing/testing'

const won = (minor: number) => money(minor, 'KRW')
const won10: TaxOptions = { pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } }

describe('a cart', () => {
  test('costs its lines: unit price times quantity, discounts on the line and not on the piece', () => {
    const quote = priceCart([{ sku: 'MUG', quantity: 3, unitPrice: money(333, 'EUR') }], {
      promotions: [samplePromotion],
    })
    expect(quote.total).toEqual(money(899, 'EUR'))
  })

  test('in Korea contains its tax, shipping included', () => {
    const quote = priceCart([{ sku: 'MUG', quantity: 2, unitPrice: won(19_500) }], { tax: won10, shipping: won(3_000) })
    expect([quote.total.minor, quote.taxIncluded.minor, quote.taxAdded.minor]).toEqual([42_000, 3_545 + 273, 0])
  })

  test('in the United States has its tax added', () => {
    const quote = priceCart([{ sku: 'MUG', quantity: 1, unitPrice: money(1_999, 'USD') }], {
      tax: { pricesInclude: 'no_tax', rates: { standard: '8.875' } },
    })
    expect([quote.taxAdded.minor, quote.total.minor]).toEqual([177, 2_176])
  })

  test('of mixed tax rates keeps each line at its own rate under an order discount', () => {
    const quote = priceCart(sampleCart, { promotions: [samplePromotion], tax: sampleTax })
    expect(quote.lines.map((line) => [line.total.minor, line.taxRate, line.tax.minor])).toEqual([
      [899, '19', 144],
      [1_125, '7', 74],
    ])
  })

  test.each([
    ['KRW', 0],
    ['JPY', 0],
    ['USD', 2],
    ['EUR', 2],
    ['KWD', 3],
  ])('in %s is a whole number of minor units', (currency) => {
    const quote = priceCart([{ sku: 'MUG', quantity: 3, unitPrice: money(3_333, currency) }], {
      promotions: [{ kind: 'percent_off', percent: '33.333333' }],
    })
    expect(quote.total).toEqual(money(9_999 - 3_333, currency))
  })

  test('that is empty costs nothing but its shipping', () => {
    expect(priceCart([], { currency: 'KRW', shipping: won(3_000) }).total).toEqual(won(3_000))
  })
})

describe('promotions', () => {
  const cart: CartLine[] = [
    { id: 'a', sku: 'MUG', quantity: 1, unitPrice: won(10_000), categoryIds: ['cups'] },
    { id: 'b', sku: 'TEA', quantity: 2, unitPrice: won(15_000), categoryIds: ['tea'] },
  ]
  const priced = (...promotions: CartPromotion[]) => priceCart(cart, { promotions, shipping: won(3_000) })

  test('run in descending priority, each on what the former left', () => {
    const half: CartPromotion = { id: 'half', kind: 'percent_off', percent: 50, priority: 1 }
    const fixed: CartPromotion = { id: 'fixed', kind: 'amount_off', amount: won(10_000) }
    expect(priced(fixed, half).discount).toEqual(won(30_000))
    expect(priced({ ...fixed, priority: 2 }, half).discount).toEqual(won(25_000))
  })

  test('on the order are split over the lines by what is left of each, and the parts sum up', () => {
    const [adjustment] = priced({ kind: 'amount_off', amount: won(999) }).adjustments
    expect(adjustment?.lines).toEqual([
      { id: 'a', amount: won(250) },
      { id: 'b', amount: won(749) },
    ])
  })

  test('on lines take their amount off every piece', () => {
    expect(
      priced({ kind: 'amount_off', amount: won(1_000), target: 'line', skus: ['TEA'] }).lines[1]?.discount,
    ).toEqual(won(2_000))
  })

  test('reach only the goods they are for', () => {
    const quote = priced({ kind: 'percent_off', percent: 10, target: 'line', categoryIds: ['tea'] })
    expect(quote.lines.map((line) => line.discount.minor)).toEqual([0, 3_000])
  })

  test('may be on shipping, and never make it negative', () => {
    const { shipping, total } = priced({ kind: 'amount_off', amount: won(5_000), target: 'shipping' })
    expect([shipping.discount, total]).toEqual([won(3_000), won(40_000)])
  })

  test('never make a line negative, however many there are', () => {
    const quote = priced(
      { id: 'x', kind: 'amount_off', amount: won(90_000) },
      { id: 'y', kind: 'percent_off', percent: 100 },
    )
    expect(quote.lines.every((line) => line.total.minor === 0)).toBe(true)
    expect(quote.refused).toEqual([{ promotionId: 'y', code: null, reason: 'nothing_left' }])
  })

  test('that do not count are named with the reason', () => {
    const { refused } = priced(
      { code: 'BIG', kind: 'percent_off', percent: 10, minimum: won(40_001) },
      { code: 'SOAP', kind: 'percent_off', percent: 10, skus: ['SOAP'] },
    )
    expect(refused).toEqual([
      { promotionId: 'BIG', code: 'BIG', reason: 'below_minimum' },
      { promotionId: 'SOAP', code: 'SOAP', reason: 'nothing_eligible' },
    ])
  })

  test('see the state that earlier promotions left', () => {
    const { refused } = priced(
      { id: 'first', kind: 'amount_off', amount: won(1), priority: 9 },
      { id: 'then', kind: 'percent_off', percent: 10, minimum: won(40_000) },
    )
    expect(refused).toMatchObject([{ promotionId: 'then', reason: 'below_minimum' }])
  })

  test('that are exclusive replace all others, the one of highest priority first', () => {
    const quote = priced(
      { id: 'ten', kind: 'percent_off', percent: 10, priority: 9 },
      { id: 'alone', kind: 'percent_off', percent: 20, exclusive: true },
    )
    expect([quote.adjustments.map((one) => one.promotionId), quote.refused]).toEqual([
      ['alone'],
      [{ promotionId: 'ten', code: null, reason: 'exclusive' }],
    ])
  })

  test('that are exclusive but not eligible replace nothing', () => {
    const quote = priced(
      { id: 'ten', kind: 'percent_off', percent: 10 },
      { id: 'alone', kind: 'percent_off', percent: 20, exclusive: true, minimum: won(99_999) },
    )
    expect(quote.adjustments.map((one) => one.promotionId)).toEqual(['ten'])
  })
})

describe('every cart', () => {
  const promotion = fc.record({
    kind: fc.constantFrom('percent_off', 'amount_off'),
    percent: fc.integer({ min: 0, max: 100_000_000 }).map((millionths) => (millionths / 1e6).toFixed(6)),
    minor: fc.nat(50_000),
    target: fc.constantFrom('line', 'order', 'shipping'),
    priority: fc.integer({ min: -3, max: 3 }),
    exclusive: fc.boolean(),
    skus: fc.option(fc.subarray(['A', 'B', 'C'], { minLength: 1 }), { nil: undefined }),
    minimum: fc.option(fc.nat(80_000), { nil: undefined }),
  })
  const line = fc.record({
    sku: fc.constantFrom('A', 'B', 'C'),
    quantity: fc.integer({ min: 1, max: 50 }),
    minor: fc.nat(100_000),
    taxClass: fc.constantFrom('standard', 'reduced', 'free'),
  })
  const carts = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    promotions: fc.array(promotion, { maxLength: 6 }),
    currency: fc.constantFrom('KRW', 'USD', 'KWD'),
    shipping: fc.nat(10_000),
    pricesInclude: fc.constantFrom('tax', 'no_tax'),
    rounding: fc.constantFrom('half_up', 'half_even', 'down'),
  })
  type Sample = typeof carts extends fc.Arbitrary<infer T> ? T : never

  const build = ({ lines, promotions, currency, shipping, pricesInclude, rounding }: Sample) => ({
    lines: lines.map(({ minor, ...rest }, index): CartLine => ({
      id: `l${index}`,
      ...rest,
      unitPrice: money(minor, currency),
    })),
    options: {
      promotions: promotions.map(({ kind, percent, minor, minimum, skus, ...rest }, index): CartPromotion => {
        const common = {
          id: `p${index}`,
          ...rest,
          ...(skus ? { skus } : {}),
          ...(minimum === undefined ? {} : { minimum: money(minimum, currency) }),
        }
        return kind === 'percent_off'
          ? { ...common, kind, percent }
          : { ...common, kind, amount: money(minor, currency) }
      }),
      shipping: money(shipping, currency),
      tax: { pricesInclude, rounding, rates: { standard: 10, reduced: '5.5', shipping: 10 } } satisfies TaxOptions,
    },
  })

  test('adds up to the last minor unit, and nothing in it is negative', () => {
    fc.assert(
      fc.property(carts, (sample) => {
        const { lines, options } = build(sample)
        const quote = priceCart(lines, options)
        const parts = quote.lines.reduce((total, one) => total + one.total.minor, 0)
        expect(quote.total.minor).toBe(parts + quote.shipping.total.minor + quote.taxAdded.minor)
        expect(quote.subtotal.minor - quote.discount.minor).toBe(parts)
        const taken = quote.adjustments.flatMap((one) => one.lines).reduce((total, one) => total + one.amount.minor, 0)
        expect(taken).toBe(quote.discount.minor)
        for (const one of quote.adjustments) {
          const split = one.lines.reduce((total, part) => total + part.amount.minor, 0)
          expect(one.lines.length === 0 || split === one.amount.minor).toBe(true)
        }
        for (const one of quote.lines)
          expect(Math.min(one.total.minor, one.discount.minor, one.tax.minor)).toBeGreaterThanOrEqual(0)
        expect(quote.shipping.total.minor).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('costs the same whatever the order of its lines and promotions, and when it is priced again', () => {
    fc.assert(
      fc.property(carts, fc.nat(), (sample, seed) => {
        const { lines, options } = build(sample)
        const shuffled = <T>(list: readonly T[]) =>
          list.toSorted((a, b) => ((JSON.stringify(a).length * seed) % 7) - ((JSON.stringify(b).length * seed) % 7))
        const quote = priceCart(lines, options)
        const again = priceCart(shuffled(lines.toReversed()), {
          ...options,
          promotions: shuffled(options.promotions.toReversed()),
        })
        expect(again.total).toEqual(quote.total)
        expect(again.lines.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
          quote.lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        )
        expect(priceCart(lines, options)).toEqual(quote)
      }),
    )
  })

  test('pays for k of n units what telescopes to the line', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 300 }), (paid, pieces) => {
        const units = allocate(
          won(paid),
          Array.from({ length: pieces }, () => 1),
        )
        expect(units.reduce((total, unit) => total + unit.minor, 0)).toBe(paid)
      }),
    )
  })

  test('can explain each of its amounts in Korean and in English', () => {
    const { trace } = priceCart(sampleCart, {
      promotions: [samplePromotion],
      tax: sampleTax,
      shipping: money(490, 'EUR'),
    })
    expect(trace.map((step) => explain(step, 'en'))).toContain('order: TEN takes 10 % of €22.49 = €2.25 off (half_up)')
    expect(trace.map((step) => explain(step, 'ko'))).toContain('MUG: €9.99 × 3개 = €9.99'.replace('€9.99 ×', '€3.33 ×'))
    expect(new Set(trace.map((step) => step.step))).toEqual(
      new Set(['line_amount', 'discount', 'allocation', 'tax_included', 'subtotal', 'total']),
    )
  })
})

describe('hostile carts are refused by name', () => {
  const one = { sku: 'MUG', quantity: 1, unitPrice: won(100) }
  test.each([
    ['lines.0.quantity', [{ ...one, quantity: 0 }], {}],
    ['lines.0.quantity', [{ ...one, quantity: 1.5 }], {}],
    ['lines.0.unitPrice', [{ ...one, unitPrice: won(-1) }], {}],
    ['lines.1.unitPrice', [one, { ...one, unitPrice: money(1, 'USD') }], {}],
    ['lines', Array.from({ length: 201 }, () => one), {}],
    ['currency', [], {}],
    ['promotions.0.percent', [one], { promotions: [{ kind: 'percent_off', percent: '100.000001' }] }],
    ['promotions.0.amount', [one], { promotions: [{ kind: 'amount_off', amount: won(-1) }] }],
  ] as const)('%s', (field, lines, options) => {
    expect(() => priceCart(lines, options)).toThrow(
      expect.objectContaining({ code: 'pricing.invalid_cart', details: expect.objectContaining({ field }) }),
    )
  })

  test('a product beyond the safe range', () => {
    expect(() => priceCart([{ ...one, quantity: 9_999, unitPrice: won(1e12) }])).toThrow(
      expect.objectContaining({ code: 'core.invalid_amount' }),
    )
  })
})

describe('the price of one piece', () => {
  const at = '2026-11-27T00:00:00.000Z'
  const list = (id: string, change: object = {}) =>
    ({ id: `lst_${id}`, name: id, currency: 'KRW', market: null, startsAt: null, endsAt: null, ...change }) as const
  const price = (minor: number, change: Partial<ListedPrice> = {}): ListedPrice => ({
    sku: 'MUG',
    amount: won(minor),
    compareAt: null,
    priceListId: change.list?.id ?? null,
    minQuantity: 1,
    list: null,
    ...change,
  })
  const context = { currency: 'KRW', market: 'kr', quantity: 1, at }
  const found = (prices: ListedPrice[], change: object = {}) =>
    unitPrice(prices, { ...context, ...change })?.amount.minor

  test('is the most specific that matches', () => {
    const prices = [
      price(10_000),
      price(12_000, { list: list('a') }),
      price(13_000, { list: list('b', { market: 'kr' }) }),
      price(9_000, { list: list('c', { market: 'us' }) }),
    ]
    expect(found(prices)).toBe(13_000)
  })

  test('is the lower one of two that are as specific', () => {
    expect(found([price(12_000, { list: list('a') }), price(11_000, { list: list('b') })])).toBe(11_000)
  })

  test('falls with the quantity', () => {
    expect(
      [1, 10, 11].map((quantity) => found([price(10_000), price(9_000, { minQuantity: 10 })], { quantity })),
    ).toEqual([10_000, 9_000, 9_000])
  })

  test('holds from the first moment of its time and no longer at the last', () => {
    const sale = list('sale', { startsAt: at, endsAt: '2026-11-30T00:00:00.000Z' })
    const prices = [price(10_000), price(7_000, { list: sale })]
    const times = ['2026-11-26T23:59:59.999Z', at, '2026-11-29T23:59:59.999Z', '2026-11-30T00:00:00.000Z']
    expect(times.map((time) => found(prices, { at: time }))).toEqual([10_000, 7_000, 7_000, 10_000])
  })

  test('is no answer in a currency that has none, and not zero', () => {
    expect(found([price(10_000)], { currency: 'USD' })).toBeUndefined()
  })
})

test.each([
  ['welcome-10', 'WELCOME10'],
  [' ｗｅｌｃｏｍｅ１０ ', 'WELCOME10'],
  ['봄 맞이', '봄맞이'],
])('the code %j is read as %s', (typed, code) => {
  expect(CouponCode.parse(typed)).toBe(code)
})
