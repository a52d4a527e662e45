import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Money, money } from '@sangdo/core'
import {
  exchanged,
  floorFrom,
  isWellFormedCode,
  type ListChange,
  type ListedPrice,
  lowestBefore,
  marginOf,
  Market,
  presentSince,
  type PriceChange,
  type PriceContext,
  PriceList,
  pricePer,
  ratesFor,
  unitPrice,
} from '@sangdo/pricing'
import { explainPrice, whyPrice } from '@sangdo/pricing/why'
import { codeFrom } from '../src/rules/codes.ts'

const won = (minor: number) => money(minor, 'KRW')
const usd = (minor: number) => money(minor, 'USD')
const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString()
const here: PriceContext = { currency: 'KRW', market: 'kr', quantity: 1, at: day(10) }

const listOf = (list: Partial<PriceList> = {}): PriceList =>
  PriceList.parse({ id: 'lst_a', name: 'Sale', currency: 'KRW', ...list })

const priceOf = (minor: number, { list = null, ...price }: Partial<ListedPrice> = {}): ListedPrice => ({
  ...{ sku: 'MUG', amount: won(minor), compareAt: null, minQuantity: 1, startsAt: null },
  ...price,
  priceListId: list?.id ?? null,
  list,
})

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

const change = (minor: number | null, recordedAt: string, more: Partial<PriceChange> = {}): PriceChange => ({
  ...{ sku: 'MUG', currency: 'KRW', compareAt: null, priceListId: null, minQuantity: 1, startsAt: null },
  amount: minor === null ? null : won(minor),
  recordedAt,
  ...more,
})

describe('the lowest price of the 30 days before a reduction', () => {
  const { at: _, ...context } = here

  test('is the least that was asked, and not what was asked longer ago', () => {
    const prices = [change(8_000, day(1)), change(12_000, day(5)), change(11_000, day(20)), change(9_000, day(36))]
    expect(lowestBefore({ prices, lists: [] }, context, day(36))).toEqual(won(11_000))
    expect(lowestBefore({ prices, lists: [] }, context, day(34))).toEqual(won(8_000))
  })

  test('counts the price that held when the 30 days began, up to the very instant', () => {
    const prices = [change(8_000, day(1)), change(12_000, day(5))]
    expect(lowestBefore({ prices, lists: [] }, context, day(35))).toEqual(won(12_000))
    const justBefore = new Date(Date.parse(day(35)) - 1).toISOString()
    expect(lowestBefore({ prices, lists: [] }, context, justBefore)).toEqual(won(8_000))
  })

  test('sees sales that came and went in between, by price list and by schedule', () => {
    const sale: ListChange = { ...listOf({ startsAt: day(10), endsAt: day(12) }), recordedAt: day(2) }
    const listed = [change(10_000, day(1)), change(7_000, day(3), { priceListId: 'lst_a' })]
    expect(lowestBefore({ prices: listed, lists: [sale] }, context, day(30))).toEqual(won(7_000))
    expect(lowestBefore({ prices: listed, lists: [sale] }, context, day(10))).toEqual(won(10_000))
    const scheduled = [change(10_000, day(1)), change(6_000, day(2), { startsAt: day(9) })]
    expect(lowestBefore({ prices: scheduled, lists: [] }, context, day(9))).toEqual(won(10_000))
    expect(lowestBefore({ prices: scheduled, lists: [] }, context, day(11))).toEqual(won(6_000))
  })

  test('does not take a price back in time: what was recorded later did not hold before', () => {
    const late = [change(10_000, day(1)), change(5_000, day(20), { startsAt: day(5) })]
    expect(lowestBefore({ prices: late, lists: [] }, context, day(20))).toEqual(won(10_000))
  })

  test('knows nothing of a price that was taken away, or of a time before all records', () => {
    const prices = [change(5_000, day(1)), change(null, day(2)), change(9_000, day(40))]
    expect(lowestBefore({ prices, lists: [] }, context, day(40))).toBeNull()
    expect(lowestBefore({ prices: [], lists: [] }, context, day(40))).toBeNull()
  })

  test('is what a look at every single day of the window finds', () => {
    const when = fc.integer({ min: 1, max: 60 })
    const anyChange = fc.record({
      minor: fc.option(fc.integer({ min: 1, max: 50 }), { freq: 5 }),
      recorded: when,
      starts: fc.option(when.map(day)),
      listed: fc.boolean(),
    })
    const anyHistory = fc.record({
      changes: fc.array(anyChange, { minLength: 1, maxLength: 8 }),
      list: fc.record({ recorded: when, startsAt: fc.option(when.map(day)), endsAt: fc.option(when.map(day)) }),
    })
    fc.assert(
      fc.property(anyHistory, when, ({ changes, list }, until) => {
        const sorted = changes.toSorted((a, b) => a.recorded - b.recorded)
        const prices = sorted.map(({ minor, recorded, starts, listed }) =>
          change(minor, day(recorded), { startsAt: starts, priceListId: listed ? 'lst_a' : null }),
        )
        const listed = listOf({ startsAt: list.startsAt, endsAt: list.endsAt })
        const history = { prices, lists: [{ ...listed, recordedAt: day(list.recorded) }] }
        const seen = Array.from({ length: 30 }, (__, back) => priceOn(until - 1 - back, prices, listed, list.recorded))
        const least = Math.min(...seen.flatMap((amount) => amount?.minor ?? []))
        expect(lowestBefore(history, context, day(until))?.minor ?? Infinity).toBe(least)
      }),
      { numRuns: 1_000 },
    )
  })

  /** The price of one day, from the rows that a table would hold on it. */
  function priceOn(number: number, changes: PriceChange[], list: PriceList, listedOn: number): Money | undefined {
    const at = day(number)
    const rows = new Map<string, PriceChange>()
    for (const one of changes.filter(({ recordedAt }) => recordedAt <= at)) {
      const isSameKind = (row: PriceChange) => row.priceListId === one.priceListId
      if (one.startsAt === null && one.amount)
        for (const [key, row] of rows)
          if (isSameKind(row) && row.startsAt !== null && row.startsAt <= one.recordedAt) rows.delete(key)
      const key = `${one.priceListId} ${one.startsAt}`
      if (one.amount) rows.set(key, one)
      else rows.delete(key)
    }
    const prices = [...rows.values()]
      .filter((row) => row.priceListId === null || day(listedOn) <= at)
      .map((row) => priceOf(row.amount?.minor ?? 0, { startsAt: row.startsAt, list: row.priceListId ? list : null }))
    return unitPrice(prices, { ...here, at })?.amount
  }

  test('begins where the present price began, without a break', () => {
    const prices = [change(10_000, day(1)), change(9_000, day(3)), change(10_000, day(5)), change(9_000, day(7))]
    const since = (at: string) => presentSince({ prices, lists: [] }, context, at)
    expect([since(day(8)), since(day(7)), since(day(6)), since(day(4))]).toEqual([day(7), day(7), day(5), day(3)])
    expect(
      presentSince({ prices: [...prices, change(9_000, day(9), { compareAt: won(1) })], lists: [] }, context, day(9)),
    ).toBe(day(7))
    expect(presentSince({ prices: [], lists: [] }, context, day(9))).toBeNull()
  })
})

describe('an exchanged price', () => {
  const to = (minor: number, rate: string, ending = {}) =>
    exchanged(usd(minor), { to: 'KRW', rate, ending: { rounding: 'half_up', step: 1, less: 0, ...ending } })

  test('is exact, and rounded once', () => {
    expect(to(999, '1384.5').amount).toEqual(won(13_831))
    expect(to(100, '0.5').amount).toEqual(won(1))
    const euros = exchanged(won(1_000), {
      to: 'EUR',
      rate: '0.000625',
      ending: { rounding: 'half_even', step: 1, less: 0 },
    })
    expect(euros.amount).toEqual(money(62, 'EUR'))
  })

  test('ends as the market wants it, and says how it was rounded', () => {
    expect(to(999, '1384.5', { step: 1_000, less: 100 })).toEqual({
      amount: won(13_900),
      exchangedFrom: usd(999),
      exchangeRate: '1384.5',
      rounding: 'half_up to 1000 less 100',
    })
    expect(to(1_001, '1384.5', { step: 1_000, rounding: 'up' }).amount).toEqual(won(14_000))
    expect(to(1_083, '1384.5', { step: 1_000, rounding: 'down' }).amount).toEqual(won(14_000))
  })

  test('is never free unless it was, and never negative', () => {
    expect(to(1, '1384.5', { step: 1_000, less: 100 }).amount).toEqual(won(900))
    expect(to(0, '1384.5', { step: 1_000, less: 100 }).amount).toEqual(won(0))
  })
})

describe('the price of a measure', () => {
  test.each([
    [450, { value: '250', unit: 'g' }, { value: '100', unit: 'g' }, 180],
    [450, { value: '0.25', unit: 'kg' }, { value: '100', unit: 'g' }, 180],
    [199, { value: '33', unit: 'cl' }, { value: '1', unit: 'l' }, 603],
    [1_000, { value: '3', unit: 'piece' }, { value: '1', unit: 'piece' }, 333],
    [1_001, { value: '2', unit: 'm2' }, { value: '1', unit: 'm2' }, 501],
    [1_000, { value: '1.5', unit: 'm' }, { value: '10', unit: 'cm' }, 67],
  ] as const)('of %d for %o comes to so much per %o: %d', (minor, content, per, expected) => {
    expect(pricePer(usd(minor), content, per)).toEqual(usd(expected))
  })

  test('mixes no kinds, and names the field that is wrong', () => {
    const wrong = (content: object, per: object) => () => pricePer(usd(1), content as never, per as never)
    const gram = { value: '1', unit: 'g' }
    expect(wrong(gram, { value: '1', unit: 'ml' })).toThrow(
      expect.objectContaining({
        code: 'pricing.invalid_content',
        details: expect.objectContaining({ field: 'per.unit' }),
      }),
    )
    expect(wrong({ value: '0', unit: 'g' }, gram)).toThrow(/^content\.value/)
    expect(wrong({ value: '1e3', unit: 'g' }, gram)).toThrow(/^content\.value/)
    expect(wrong({ value: '1', unit: 'toString' }, gram)).toThrow(/^content\.unit/)
  })
})

describe('the margin', () => {
  test('is what is left after the cost, as an amount and in percent', () => {
    expect(marginOf(usd(10_000), usd(6_000))).toEqual({ amount: usd(4_000), percent: '40' })
    expect(marginOf(usd(300), usd(200))).toEqual({ amount: usd(100), percent: '33.33' })
    expect(marginOf(usd(100), usd(150))).toEqual({ amount: usd(-50), percent: '-50' })
    expect(marginOf(usd(10_000), usd(9_950))).toEqual({ amount: usd(50), percent: '0.5' })
    expect(marginOf(usd(100), usd(100))).toEqual({ amount: usd(0), percent: '0' })
    expect(marginOf(usd(0), usd(150))).toEqual({ amount: usd(-150), percent: null })
  })

  test('makes a floor that is the greater of what was agreed and what must be earned', () => {
    const guard = { floor: usd(900), cost: usd(600), minimumMargin: '25' }
    expect(floorFrom(guard)).toEqual(usd(900))
    expect(floorFrom({ ...guard, floor: usd(700) })).toEqual(usd(800))
    expect(floorFrom({ ...guard, floor: null, taxRate: 10 })).toEqual(usd(880))
    expect(floorFrom({ ...guard, minimumMargin: null })).toEqual(usd(900))
    expect(floorFrom({ floor: null, cost: usd(600), minimumMargin: null })).toBeNull()
  })

  test('is there at the floor, and no longer one minor unit below it', () => {
    const hundredths = fc.integer({ min: 0, max: 9_900 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), hundredths, (cost, margin) => {
        const floor = floorFrom({ floor: null, cost: usd(cost), minimumMargin: String(margin / 100) })?.minor ?? 0
        const isEnough = (price: number) => BigInt(price - cost) * 10_000n >= BigInt(margin) * BigInt(price)
        expect([isEnough(floor), isEnough(floor - 1)]).toEqual([true, false])
      }),
    )
  })
})

describe('the rates of a region', () => {
  const market = Market.parse({
    id: 'us',
    pricesInclude: 'no_tax',
    rates: { standard: 5, shipping: 1 },
    taxLevel: 'order',
    constant: 'net',
    regionalRates: [
      { taxClass: 'standard', region: 'US-CA', rate: 7 },
      { taxClass: 'standard', region: 'US-CA', rate: 8, startsAt: day(10) },
      { taxClass: 'standard', region: 'US', rate: 6, startsAt: day(20) },
      { taxClass: 'standard', rate: 4, endsAt: day(5) },
      { taxClass: 'food', region: 'US', rate: [{ name: 'state', percent: 2 }] },
    ],
  })
  const standard = (region: string | null, at: string) => ratesFor(market, { region, at }).rates['standard']

  test('are those of the closest region, then those that started last, then the market’s own', () => {
    expect([standard('US-CA', day(9)), standard('US-CA', day(10)), standard('US-CA', day(25))]).toEqual([7, 8, 8])
    expect([standard('US-NY', day(25)), standard('US-NY', day(9)), standard('US-NY', day(4))]).toEqual([6, 5, 4])
    expect(standard('US-CALI', day(9))).toBe(5)
    expect([standard(null, day(9)), standard(null, day(4))]).toEqual([5, 4])
    expect(ratesFor(market, { region: 'US-CA', at: day(9) }).rates).toMatchObject({
      shipping: 1,
      food: [{ name: 'state' }],
    })
  })

  test('come with those that the prices were made with, and with the market’s ways', () => {
    expect(ratesFor(market, { region: 'US-CA', at: day(4) })).toMatchObject({
      homeRates: { standard: 4, shipping: 1 },
      pricesInclude: 'no_tax',
      rounding: 'half_up',
      level: 'order',
      constant: 'net',
    })
  })
})

describe('a code of a batch', () => {
  const bytes = fc.array(fc.integer({ min: 0, max: 247 }), { minLength: 10, maxLength: 10 })
  const anyCode = fc
    .tuple(fc.constantFrom('', 'SUMMER', 'X1'), bytes)
    .map(([prefix, chance]) => codeFrom(prefix, chance))
  const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

  test('is well formed, and has no characters that look like others after its prefix', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(isWellFormedCode(code)).toBe(true)
        expect(code.slice(-11)).toMatch(/^[2-9A-HJKMNP-Z]{11}$/)
      }),
    )
  })

  test('is told from one with a wrong character or with two that were swapped', () => {
    fc.assert(
      fc.property(anyCode, fc.nat({ max: 10 }), fc.nat({ max: 30 }), (code, back, other) => {
        const place = code.length - 1 - back
        const wrong = code.slice(0, place) + alphabet.charAt(other) + code.slice(place + 1)
        expect(isWellFormedCode(wrong)).toBe(wrong === code)
        if (back === 0) return
        const swapped = code.slice(0, place) + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2)
        expect(isWellFormedCode(swapped)).toBe(swapped === code)
      }),
      { numRuns: 2_000 },
    )
  })
})
