import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { type ListedPrice, type PriceContext, type PriceList, unitPrice } from '@sangdo/pricing'
import { explainPrice, whyPrice } from '@sangdo/pricing/why'
import { day, here, listOf, priceOf, won } from './listed.ts'

const usd = (minor: number) => money(minor, 'USD')

describe('the unit price', () => {
  test.each<[string, Partial<PriceList>, Partial<PriceContext>]>([
    ['market', { market: 'kr' }, { market: 'kr' }],
    ['channel', { channel: 'app' }, { channel: 'app' }],
    ['customer', { customerId: 'cus_1' }, { customerId: 'cus_1' }],
    ['company', { companyId: 'com_1' }, { companyId: 'com_1' }],
    ['customer group', { customerGroup: 'vip' }, { customerGroups: ['new', 'vip'] }],
  ])('is that of a list for a %s only for those who are known to be meant', (_, list, context) => {
    const prices = [priceOf(10_000), priceOf(12_000, { list: listOf(list) })]
    const unknown = { ...here, market: 'elsewhere' }
    expect(unitPrice(prices, { ...unknown, ...context })?.amount).toEqual(won(12_000))
    expect(unitPrice(prices, unknown)?.amount).toEqual(won(10_000))
  })

  test('is that of the price with more matching conditions, even where it is higher', () => {
    const two = listOf({ id: 'lst_b', market: 'kr', channel: 'app' })
    const prices = [priceOf(9_000, { list: listOf({ market: 'kr' }) }), priceOf(11_000, { list: two })]
    expect(unitPrice(prices, { ...here, channel: 'app' })?.priceListId).toBe('lst_b')
  })

  test('counts a quantity as a condition, but never the time in which a list holds', () => {
    const sale = listOf({ startsAt: day(1), endsAt: day(20) })
    const lasting = listOf({ id: 'lst_b' })
    expect(unitPrice([priceOf(9_000, { list: sale }), priceOf(8_000, { list: lasting })], here)?.amount).toEqual(
      won(8_000),
    )
    const bulk = [priceOf(9_500, { minQuantity: 10 }), priceOf(9_000, { list: lasting })]
    expect(unitPrice(bulk, { ...here, quantity: 10 })?.amount).toEqual(won(9_500))
    expect(unitPrice(bulk, { ...here, quantity: 9 })?.amount).toEqual(won(9_000))
  })

  test('is of a list rather than the base price, then the lower one, then that of the smaller list id', () => {
    const [a, b] = [listOf(), listOf({ id: 'lst_b' })]
    expect(unitPrice([priceOf(8_000), priceOf(9_000, { list: a })], here)?.amount).toEqual(won(9_000))
    expect(unitPrice([priceOf(9_000, { list: a }), priceOf(8_000, { list: b })], here)?.priceListId).toBe('lst_b')
    expect(unitPrice([priceOf(8_000, { list: b }), priceOf(8_000, { list: a })], here)?.priceListId).toBe('lst_a')
  })

  test('changes at the instant that was scheduled, up as well as down', () => {
    const prices = [priceOf(10_000), priceOf(12_000, { startsAt: day(10) }), priceOf(9_000, { startsAt: day(20) })]
    const at = (instant: string) => unitPrice(prices, { ...here, at: instant })?.amount.minor
    expect([at(day(9)), at(day(10)), at(day(19)), at(day(20))]).toEqual([10_000, 12_000, 12_000, 9_000])
  })

  test('is no price, and not zero, where nothing matches', () => {
    expect(unitPrice([priceOf(10_000)], { ...here, currency: 'USD' })).toBeNull()
    expect(unitPrice([], here)).toBeNull()
  })

  test.each<[string, Partial<PriceContext>]>([
    ['at', { at: '2026-01-10T00:00:00Z' }],
    ['at', { at: '2026-01-10T09:00:00.000+09:00' }],
    ['at', { at: '2026-02-30T00:00:00.000Z' }],
    ['at', { at: 'tomorrow' }],
    ['at', { at: undefined as never }],
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: 1.5 }],
    ['quantity', { quantity: Number.NaN }],
    ['quantity', { quantity: '2' as never }],
  ])('is not looked up with another %s than one that is written in the one way: %o', (field, context) => {
    const refused = expect.objectContaining({
      code: 'pricing.invalid_context',
      details: expect.objectContaining({ field }),
    })
    for (const prices of [[], [priceOf(10_000)]]) {
      expect(() => unitPrice(prices, { ...here, ...context })).toThrow(refused)
      expect(() => whyPrice(prices, { ...here, ...context })).toThrow(refused)
    }
  })

  const anyList = fc.record({
    id: fc.constantFrom('lst_a' as const, 'lst_b' as const, 'lst_c' as const),
    market: fc.constantFrom(null, 'kr', 'us'),
    channel: fc.constantFrom(null, 'app'),
    customerGroup: fc.constantFrom(null, 'vip'),
    startsAt: fc.constantFrom(null, day(5), day(15)),
    endsAt: fc.constantFrom(null, day(8), day(25)),
  })
  const anyPrices = fc
    .array(
      fc.record({
        minor: fc.integer({ min: 1, max: 5 }),
        list: fc.option(anyList),
        minQuantity: fc.constantFrom(1, 2),
        startsAt: fc.constantFrom(null, day(3), day(12)),
      }),
      { maxLength: 8 },
    )
    .map((all) => {
      const lists = new Map<string, PriceList>()
      const keys = new Map<string, ListedPrice>()
      for (const { minor, list, ...price } of all) {
        if (list && !lists.has(list.id)) lists.set(list.id, listOf(list))
        const priced = priceOf(minor, { ...price, list: (list && lists.get(list.id)) ?? null })
        keys.set(JSON.stringify([priced.priceListId, price]), priced)
      }
      return [...keys.values()]
    })
  const anyContext = fc.record({
    channel: fc.constantFrom(undefined, 'app', 'web'),
    customerGroups: fc.constantFrom(undefined, ['vip'], ['new']),
    quantity: fc.constantFrom(1, 2),
    at: fc.constantFrom(day(1), day(5), day(10), day(30)),
  })

  test('does not depend on the order of the prices, and its reasons name the same winner', () => {
    fc.assert(
      fc.property(anyPrices, anyContext, fc.nat(), (prices, context, turn) => {
        const asked = { ...here, ...context }
        const turned = [...prices.slice(turn % (prices.length || 1)), ...prices.slice(0, turn % (prices.length || 1))]
        const price = unitPrice(prices, asked)
        expect(unitPrice(turned, asked)).toEqual(price)
        const considered = whyPrice(turned, asked)
        expect(considered).toHaveLength(prices.length)
        expect(considered.filter(({ lost }) => lost === null).map(({ price: { amount } }) => amount)).toEqual(
          price ? [price.amount] : [],
        )
        expect(considered.map(({ lost }) => lost === null).lastIndexOf(true)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  test('takes only prices whose reason for losing is another, better price', () => {
    const matches = (lost: string | undefined) =>
      ['less_specific', 'base_price', 'dearer', 'later_list', 'smaller_quantity'].includes(lost ?? '')
    fc.assert(
      fc.property(anyPrices, anyContext, (prices, context) => {
        const considered = whyPrice(prices, { ...here, ...context })
        const [first, ...others] = considered
        if (first?.lost !== null) expect(considered.some(({ lost }) => matches(lost?.reason))).toBe(false)
        for (const { lost, price } of others.filter((other) => matches(other.lost?.reason)))
          if (lost?.reason === 'dearer') expect(price.amount.minor).toBeGreaterThan(first?.price.amount.minor ?? 0)
      }),
    )
  })
})

describe('why a price', () => {
  const reasonOf = (price: ListedPrice, context: PriceContext = here, others: ListedPrice[] = [priceOf(5_000)]) =>
    whyPrice([price, ...others], context).find((one) => one.price === price)?.lost

  test.each<[string, ListedPrice, object]>([
    ['is in another currency', priceOf(1, { amount: usd(1) }), { reason: 'other_currency' }],
    ['has not started', priceOf(1, { startsAt: day(11) }), { reason: 'not_yet' }],
    ['is of a list that has not started', priceOf(1, { list: listOf({ startsAt: day(11) }) }), { reason: 'not_yet' }],
    ['is of a list that is over', priceOf(1, { list: listOf({ endsAt: day(10) }) }), { reason: 'over' }],
    [
      'is for another market',
      priceOf(1, { list: listOf({ market: 'us' }) }),
      { reason: 'condition', condition: 'market', wanted: 'us', known: 'kr' },
    ],
    [
      'is for a channel that nobody named',
      priceOf(1, { list: listOf({ channel: 'app' }) }),
      { reason: 'condition', condition: 'channel', wanted: 'app', known: null },
    ],
    [
      'starts at more pieces',
      priceOf(1, { minQuantity: 10 }),
      { reason: 'condition', condition: 'quantity', wanted: '10', known: '1' },
    ],
  ])('does not apply that %s', (_, price, reason) => {
    expect(reasonOf(price)).toEqual(reason)
  })

  test('is beaten, and by what', () => {
    const [all, app] = [listOf(), listOf({ id: 'lst_b', channel: 'app' })]
    const inApp = { ...here, channel: 'app' }
    expect(reasonOf(priceOf(1, { list: all }), inApp, [priceOf(2, { list: app })])).toEqual({ reason: 'less_specific' })
    expect(reasonOf(priceOf(1), here, [priceOf(2, { list: all })])).toEqual({ reason: 'base_price' })
    expect(reasonOf(priceOf(3, { list: all }), here, [priceOf(2, { list: listOf({ id: 'lst_b' }) })])).toEqual({
      reason: 'dearer',
    })
    expect(reasonOf(priceOf(2, { list: listOf({ id: 'lst_b' }) }), here, [priceOf(2, { list: all })])).toEqual({
      reason: 'later_list',
    })
    expect(reasonOf(priceOf(1), here, [priceOf(2, { startsAt: day(3) })])).toEqual({ reason: 'replaced' })
  })

  test('of two from different quantities at one amount is that from the larger', () => {
    const [two, three] = [priceOf(1, { minQuantity: 2 }), priceOf(1, { minQuantity: 3 })]
    const asked = { ...here, quantity: 5 }
    expect(reasonOf(two, asked, [three])).toEqual({ reason: 'smaller_quantity' })
    expect(reasonOf(three, asked, [two])).toBeNull()
  })

  test('is said in sentences that a person can read', () => {
    const list = listOf({ name: '앱 전용', channel: 'app', market: 'kr' })
    const prices = [priceOf(10_000), priceOf(9_000, { list }), priceOf(8_000, { minQuantity: 10 })]
    const sentences = (context: PriceContext, locale: string) =>
      whyPrice(prices, context).map((considered) => explainPrice(considered, locale))
    expect(sentences({ ...here, channel: 'app' }, 'ko')).toEqual([
      '가격표 ‘앱 전용’의 가격 ₩9,000: 적용되는 가격입니다. 맞은 조건은 마켓, 채널입니다.',
      '기본 가격 ₩10,000: 적용되는 가격보다 맞은 조건이 적습니다.',
      '기본 가격 ₩8,000(10개부터): 10개부터 적용됩니다. 지금은 1개입니다.',
    ])
    expect(sentences(here, 'en')).toEqual([
      'The base price, ₩10,000, applies: it is for everyone.',
      'The price of “앱 전용”, ₩9,000, is for the channel app, which is not known here.',
      'The base price, ₩8,000 from 10 pieces, starts at 10 pieces; there are 1.',
    ])
  })
})
