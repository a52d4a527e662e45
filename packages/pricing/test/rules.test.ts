import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { type CartLine, type CartPromotion, CouponCode, priceCart, type TaxOptions } from '@sangdo/pricing'
import { explain, traceOf } from '@sangdo/pricing/why'
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
      { id: 'a', base: won(10_000), amount: won(250) },
      { id: 'b', base: won(30_000), amount: won(749) },
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

describe('every amount', () => {
  const quote = priceCart(sampleCart, {
    promotions: [
      { ...samplePromotion, name: { ko: '열 번째 생일', en: 'Tenth birthday' } },
      { id: 'free', kind: 'amount_off', amount: money(900, 'EUR'), target: 'shipping' },
      { id: 'tea', kind: 'percent_off', percent: 50, target: 'line', skus: ['PLATE'] },
    ],
    tax: sampleTax,
    shipping: money(490, 'EUR'),
    tenders: [{ id: 'points', amount: money(100, 'EUR') }],
  })

  test('says why it is so, in English and in Korean', () => {
    const said = (locale: string) => traceOf(quote).map((step) => explain(step, locale))
    expect(said('en')).toEqual([
      'MUG: €3.33 × 3 = €9.99',
      'MUG: its part of Tenth birthday is €1.00, in proportion to €9.99',
      'MUG: €8.99 contains 19 % tax, €1.44 (rounded half up)',
      'PLATE: €12.50 × 1 = €12.50',
      'PLATE: its part of Tenth birthday is €1.25, in proportion to €12.50',
      'PLATE: tea takes 50 % of €11.25 = €5.63 off (rounded half up)',
      'PLATE: €5.62 contains 7 % tax, €0.37 (rounded half up)',
      'order: Tenth birthday takes 10 % of €22.49 = €2.25 off (rounded half up)',
      'Shipping is €4.90',
      'shipping: free takes €9.00 off',
      'shipping: of the €9.00 of free, €4.90 can be given',
      'shipping: €0.00 contains 19 % tax, €0.00 (rounded half up)',
      'All lines come to €22.49',
      'With discounts, shipping, fees and tax the total is €14.61',
      'Of €14.61, €13.61 is left to pay',
    ])
    expect(said('ko').slice(0, 3)).toEqual([
      'MUG: €3.33 × 3개 = €9.99',
      'MUG: 열 번째 생일 할인 중 €9.99에 비례한 몫 €1.00',
      'MUG: €8.99에 포함된 세금 19%, €1.44 (반올림)',
    ])
  })

  test('can be asked for by the line, and an order that kept its quote as JSON still answers', () => {
    const kept = JSON.parse(JSON.stringify(quote)) as typeof quote
    expect(traceOf(kept, 'PLATE').map(({ step }) => step)).toEqual(['line_amount', 'split', 'discount', 'tax_included'])
  })

  test('has a bounded answer, however large the cart', () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({ sku: `S${index}`, quantity: 2, unitPrice: won(1_000) }))
    const promotions = Array.from({ length: 50 }, (_, index): CartPromotion => ({
      id: `p${index}`,
      kind: 'percent_off',
      percent: 1,
    }))
    const large = priceCart(lines, { promotions })
    expect(traceOf(large)).toHaveLength(200 + 50 * 201 + 3)
    expect(JSON.stringify(large).length).toBeLessThan(1_500_000)
  })
})

test.each([
  ['welcome-10', 'WELCOME10'],
  [' ｗｅｌｃｏｍｅ１０ ', 'WELCOME10'],
  ['봄 맞이', '봄맞이'],
])('the code %j is read as %s', (typed, code) => {
  expect(CouponCode.parse(typed)).toBe(code)
})
