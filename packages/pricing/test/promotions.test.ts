import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { type Buyer, type CartContext, type CartLine, type CartPromotion, priceCart } from '@sangdo/pricing'

const won = (minor: number) => money(minor, 'KRW')
const mug: CartLine = { id: 'mug', sku: 'MUG', quantity: 3, unitPrice: won(10_000), categoryIds: ['cups'] }
const tea: CartLine = { id: 'tea', sku: 'TEA', quantity: 2, unitPrice: won(4_000), categoryIds: ['tea'] }
const cart = [mug, tea]

const quoteOf = (promotions: readonly CartPromotion[], context: CartContext = {}, lines = cart) =>
  priceCart(lines, { promotions, context, shipping: won(3_000) })
const discounts = (promotion: CartPromotion, lines = cart) =>
  quoteOf([promotion], {}, lines).lines.map((line) => line.discount.minor)
const reason = (promotion: CartPromotion, context: CartContext = {}) => quoteOf([promotion], context).refused[0]?.reason

describe('a percentage', () => {
  test('stops at its maximum, which is shared in proportion', () => {
    const promotion: CartPromotion = { kind: 'percent_off', percent: 50, maximum: won(1_000) }
    expect(discounts(promotion)).toEqual([789, 211])
    expect(discounts({ ...promotion, target: 'line' })).toEqual([789, 211])
  })

  test('is on so many pieces of each line only', () => {
    expect(discounts({ kind: 'percent_off', percent: 10, target: 'line', maximumUnits: 1 })).toEqual([1_000, 400])
  })
})

describe('buy two, get one', () => {
  const promotion = { kind: 'buy_x_get_y', buy: 2, get: 1 } as const

  test('gives the cheapest pieces of the whole cart', () => {
    expect(discounts(promotion)).toEqual([0, 4_000])
    expect(discounts(promotion, [mug, { ...tea, quantity: 3 }])).toEqual([0, 8_000])
  })

  test('of the same product counts each product by itself', () => {
    expect(discounts({ ...promotion, per: 'sku' })).toEqual([10_000, 0])
  })

  test('may ask for one thing and give another, at half the price and so often only', () => {
    const cups: CartPromotion = {
      kind: 'buy_x_get_y',
      buy: 1,
      get: 1,
      percent: 50,
      skus: ['TEA'],
      buys: { skus: ['MUG'] },
    }
    expect(discounts(cups)).toEqual([0, 4_000])
    expect(discounts({ ...cups, times: 1 })).toEqual([0, 2_000])
  })

  test('never gives away what had to be bought', () => {
    const lines = [
      { ...mug, quantity: 1 },
      { ...tea, quantity: 1 },
    ]
    expect(
      discounts({ kind: 'buy_x_get_y', buy: 1, get: 1, skus: ['MUG', 'TEA'], buys: { skus: ['TEA'] } }, lines),
    ).toEqual([10_000, 0])
  })

  test('does not count with too few pieces', () => {
    expect(reason({ ...promotion, buy: 9 })).toBe('below_minimum')
  })
})

describe('three for a price', () => {
  const promotion = { kind: 'set_price', quantity: 3, price: won(20_000) } as const

  test('takes the dearest pieces first, and as many sets as are worth it', () => {
    expect(discounts(promotion)).toEqual([10_000, 0])
    expect(discounts(promotion, [{ ...mug, quantity: 7 }])).toEqual([20_000])
    expect(discounts({ ...promotion, times: 1 }, [{ ...mug, quantity: 7 }])).toEqual([10_000])
  })

  test('leaves a set alone that is dearer than its goods', () => {
    expect(reason({ ...promotion, price: won(30_000) })).toBe('nothing_left')
  })
})

test('spending more reaches a higher tier', () => {
  const tiers = [
    { from: won(10_000), percent: 5 },
    { from: won(38_000), amount: won(5_000) },
    { from: won(38_001), percent: 50 },
  ]
  expect(quoteOf([{ kind: 'spend_tiers', tiers }]).discount).toEqual(won(5_000))
  expect(quoteOf([{ kind: 'spend_tiers', tiers }], {}, [tea, { ...mug, quantity: 1 }]).discount).toEqual(won(900))
  expect(reason({ kind: 'spend_tiers', tiers: [{ from: won(99_000), percent: 5 }] })).toBe('below_minimum')
})

test('a live price is for so many pieces, in the order of the lines, and nobody gets one too many', () => {
  const live: CartPromotion = { kind: 'fixed_price', price: won(1_000), remaining: { units: 4 } }
  const quote = quoteOf([live])
  expect(quote.lines.map((line) => line.total.minor)).toEqual([3_000, 1_000 + 4_000])
  expect(quote.adjustments[0]?.units).toBe(4)
  expect(reason({ ...live, remaining: { units: 0 } })).toBe('used_up')
})

test('a gift is there as long as its condition holds', () => {
  const gift: CartPromotion = { id: 'cloth', kind: 'gift', sku: 'CLOTH', quantity: 2, minimum: won(38_000) }
  expect(quoteOf([gift]).gifts).toEqual([{ promotionId: 'cloth', code: null, sku: 'CLOTH', quantity: 2 }])
  expect(quoteOf([gift], {}, [mug])).toMatchObject({ gifts: [], refused: [{ reason: 'below_minimum' }] })
})

test('a creator and a cause get their share of what is paid for the goods, and the price stays', () => {
  const quote = quoteOf([
    { id: 'sale', kind: 'percent_off', percent: 10, priority: -1 },
    {
      id: 'jiu',
      code: 'JIU',
      kind: 'share_only',
      skus: ['MUG'],
      shares: [
        { to: 'jiu', purpose: 'commission', percent: 5 },
        { to: 'forest', purpose: 'donation', percent: '0.5' },
      ],
    },
  ])
  expect(quote.shares.map(({ to, base, amount }) => [to, base.minor, amount.minor])).toEqual([
    ['jiu', 27_000, 1_350],
    ['forest', 27_000, 135],
  ])
  expect(quote.total).toEqual(won(34_200 + 3_000))
})

describe('a floor', () => {
  test('holds against all discounts together; what it refuses goes to the other lines', () => {
    const lines = [{ ...mug, floor: won(9_500) }, tea]
    expect(discounts({ kind: 'amount_off', amount: won(5_000) }, lines)).toEqual([1_500, 3_500])
  })

  test('on a line by itself refuses, and what none can take is not given', () => {
    const lines = [
      { ...mug, floor: won(9_500) },
      { ...tea, floor: won(4_000) },
    ]
    const quote = quoteOf([{ kind: 'percent_off', percent: 50, target: 'line' }], {}, lines)
    expect(quote.lines.map((line) => line.discount.minor)).toEqual([1_500, 0])
    expect(quote.adjustments[0]).toMatchObject({ wanted: won(19_000), amount: won(1_500) })
  })
})

test('goods on sale, and goods that another promotion reached, can be left out', () => {
  const lines = [{ ...mug, compareAt: won(12_000) }, tea, { ...tea, id: 'pot', sku: 'POT' }]
  const quote = quoteOf(
    [
      { id: 'pots', kind: 'percent_off', percent: 10, target: 'line', skus: ['POT'], priority: 5 },
      { id: 'rest', kind: 'percent_off', percent: 50, notDiscounted: true },
    ],
    {},
    lines,
  )
  expect(quote.lines.map((line) => line.discount.minor)).toEqual([0, 4_000, 800])
})

test('a minimum looks at what is left, or at the lines before any discount if it says so', () => {
  const first: CartPromotion = { id: 'a', kind: 'amount_off', amount: won(1), priority: 1 }
  const free: CartPromotion = { id: 'b', kind: 'percent_off', percent: 100, target: 'shipping', minimum: won(38_000) }
  expect(quoteOf([first, free]).shipping.total).toEqual(won(3_000))
  expect(quoteOf([first, { ...free, minimumOf: 'before' }]).shipping.total).toEqual(won(0))
})

describe('a condition', () => {
  const at = (when: NonNullable<CartPromotion['when']>, context: CartContext = {}) =>
    reason({ kind: 'percent_off', percent: 10, when }, context) ?? 'counts'
  const buyer = (known: Buyer, instant = '2026-03-01T03:00:00.000Z'): CartContext => ({
    buyer: known,
    at: instant,
    timeZone: 'Asia/Seoul',
  })

  test('about what nobody knows never holds', () => {
    const unknown = [
      at({ markets: ['kr'] }),
      at({ channels: ['app'] }),
      at({ weekdays: [1, 2, 3, 4, 5, 6, 7] }),
      at({ segments: ['vip'] }),
      at({ orderNumber: 1 }),
      at({ newWithinDays: 30 }),
      at({ birthday: { daysBefore: 60, daysAfter: 60 } }),
      at({ paymentMethods: ['card'] }),
    ]
    expect(unknown).toEqual([
      'not_here',
      'not_here',
      'not_now',
      'not_for_you',
      'not_for_you',
      'not_for_you',
      'not_for_you',
      'wrong_payment',
    ])
  })

  test('may be the market, the channel, the segment, the group, the way to pay', () => {
    const context = {
      market: 'kr',
      channel: 'app',
      paymentMethod: 'card',
      buyer: { segments: ['vip'], customerGroups: ['gold'] },
    }
    expect(
      at(
        {
          markets: ['us', 'kr'],
          channels: ['app'],
          segments: ['vip'],
          customerGroups: ['gold'],
          paymentMethods: ['card'],
        },
        context,
      ),
    ).toBe('counts')
    expect(at({ customerGroups: ['silver'] }, context)).toBe('not_for_you')
  })

  test('may be the first or the third order', () => {
    expect([1, 3].map((orderNumber) => at({ orderNumber: 3 }, { buyer: { orderNumber } }))).toEqual([
      'not_for_you',
      'counts',
    ])
  })

  test('may be that the customer is new', () => {
    const joined = (registeredAt: string) => at({ newWithinDays: 7 }, buyer({ registeredAt }))
    expect(joined('2026-02-22T03:00:00.000Z')).toBe('counts')
    expect(joined('2026-02-22T02:59:59.999Z')).toBe('not_for_you')
  })

  test('may be the birthday, which on 29 February is kept on the 28th, also across New Year', () => {
    const near = { daysBefore: 1, daysAfter: 0 }
    const on = (birthday: string, day: string) => at({ birthday: near }, buyer({ birthday }, `${day}T03:00:00.000Z`))
    expect([on('1992-02-29', '2026-02-27'), on('1992-02-29', '2026-02-28'), on('1992-02-29', '2026-03-01')]).toEqual([
      'counts',
      'counts',
      'not_for_you',
    ])
    expect(on('1990-01-01', '2026-12-31')).toBe('counts')
    expect(
      at({ birthday: { daysBefore: 0, daysAfter: 5 } }, buyer({ birthday: '1990-12-30' }, '2026-01-02T03:00:00.000Z')),
    ).toBe('counts')
  })

  test("may be the hour and the day in the market's zone, past midnight too", () => {
    const night = { weekdays: [5], hours: { from: '22:00', to: '02:00' } }
    const seoul = (time: string) => at(night, { at: time, timeZone: 'Asia/Seoul' })
    // Friday 22:00 in Seoul is 13:00 UTC; Saturday 01:59 still belongs to Friday, Friday 01:59 to Thursday.
    expect(seoul('2026-11-20T13:00:00.000Z')).toBe('counts')
    expect(seoul('2026-11-20T16:59:00.000Z')).toBe('counts')
    expect(seoul('2026-11-20T17:00:00.000Z')).toBe('not_now')
    expect(seoul('2026-11-19T16:59:00.000Z')).toBe('not_now')
    expect(
      at({ hours: { from: '09:00', to: '18:00' } }, { at: '2026-11-20T09:00:00.000Z', timeZone: 'Asia/Seoul' }),
    ).toBe('not_now')
  })
})

describe('what a promotion may be spent', () => {
  const sale: CartPromotion = { kind: 'percent_off', percent: 10 }

  test('is never exceeded, and a budget never spent in part', () => {
    expect(reason({ ...sale, remaining: { uses: 0 } })).toBe('used_up')
    expect(reason({ ...sale, remaining: { amount: won(3_799) } })).toBe('used_up')
    expect(reason({ ...sale, remaining: { amount: won(3_800) } })).toBeUndefined()
  })
})

describe('stacking', () => {
  const off = (id: string, change: object = {}): CartPromotion => ({ id, kind: 'percent_off', percent: 10, ...change })
  const counted = (...promotions: CartPromotion[]) => quoteOf(promotions).adjustments.map((one) => one.promotionId)

  test('of one group only the first counts', () => {
    expect(counted(off('a', { group: 'welcome' }), off('b', { group: 'welcome' }), off('c'))).toEqual(['a', 'c'])
  })

  test('is only with the groups that a promotion names, whichever of them runs first', () => {
    const picky = off('picky', { stacksWith: ['shipping'] })
    expect(counted(picky, off('other', { priority: 1 }))).toEqual(['other'])
    expect(counted(picky, off('other', { priority: -1 }))).toEqual(['picky'])
    expect(counted(picky, off('ship', { group: 'shipping', target: 'shipping' }))).toEqual(['picky', 'ship'])
  })

  test('of one promotion through two codes is refused', () => {
    const quote = quoteOf([off('a', { code: 'ONE' }), off('a', { code: 'TWO' })])
    expect(quote.refused).toEqual([{ promotionId: 'a', code: 'TWO', reason: 'not_stackable' }])
  })
})

describe('the best combination', () => {
  const ten: CartPromotion = { id: 'ten', kind: 'percent_off', percent: 10, best: true, group: 'one' }
  const five: CartPromotion = {
    id: 'five',
    kind: 'amount_off',
    amount: won(5_000),
    best: true,
    group: 'one',
    priority: -1,
  }

  test('is taken instead of the first, and what lost is named with its total', () => {
    const quote = quoteOf([ten, five])
    expect(quote.adjustments.map((one) => one.promotionId)).toEqual(['five'])
    expect(quote.refused).toEqual([{ promotionId: 'ten', code: null, reason: 'not_best' }])
    expect(quote.combination).toMatchObject({
      searched: true,
      candidates: ['ten', 'five'],
      chosen: ['five'],
      others: [
        { promotionIds: ['ten'], total: won(37_200) },
        { promotionIds: ['ten', 'five'], total: won(37_200) },
        { promotionIds: [], total: won(41_000) },
      ],
    })
  })

  test('is not searched among more than eight, and the answer says so', () => {
    const many = Array.from({ length: 9 }, (_, index): CartPromotion => ({ ...ten, id: `p${index}`, group: null }))
    expect(quoteOf(many).combination).toMatchObject({ searched: false, chosen: [], others: [] })
    expect(quoteOf(many.slice(1)).combination).toMatchObject({ searched: true })
  })
})
