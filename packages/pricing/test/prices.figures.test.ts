import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { exchanged, floorFrom, isWellFormedCode, marginOf, Market, pricePer, ratesFor } from '@sangdo/pricing'
import { codeFrom } from '../src/rules/codes.ts'

const won = (minor: number) => money(minor, 'KRW')
const usd = (minor: number) => money(minor, 'USD')
/** A price that is refused by the name of a field. */
const refusedAt = (field: string, code = 'pricing.invalid_price') =>
  expect.objectContaining({ code, details: expect.objectContaining({ field }) })
const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString()

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

describe('an exchange', () => {
  const ending = { rounding: 'half_up', step: 100, less: 1 } as const

  test('rounds half up to the minor unit unless it is given an ending', () => {
    expect(exchanged(usd(999), { to: 'KRW', rate: '1384.5' })).toMatchObject({
      amount: won(13_831),
      rounding: 'half_up',
    })
  })

  test.each([
    ['amount.minor', usd(-1), {}],
    ['amount.minor', { minor: 1.5, currency: 'USD' }, {}],
    ['rate', usd(1), { rate: '0' }],
    ['rate', usd(1), { rate: '0.000' }],
    ['rate', usd(1), { rate: '-1' }],
    ['rate', usd(1), { rate: 'abc' }],
    ['rate', usd(1), { rate: 1.5 }],
    ['ending.step', usd(1), { ending: { ...ending, step: 0 } }],
    ['ending.step', usd(1), { ending: { ...ending, step: 0.5 } }],
    ['ending.less', usd(1), { ending: { ...ending, less: 100 } }],
    ['ending.less', usd(1), { ending: { ...ending, less: -1 } }],
    ['ending.rounding', usd(1), { ending: { ...ending, rounding: 'nearest' } }],
  ])('that is wrong in %s is refused by that name', (field, amount, change) => {
    const exchange = { to: 'KRW', rate: '1384.5', ending, ...change }
    expect(() => exchanged(amount as never, exchange as never)).toThrow(refusedAt(field))
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
    expect(wrong({ value: 250, unit: 'g' }, gram)).toThrow(/^content\.value/)
    expect(wrong(null as never, gram)).toThrow(/^content\.value/)
    expect(() => pricePer(usd(-1), { value: '1', unit: 'g' }, { value: '1', unit: 'g' })).toThrow(
      refusedAt('amount.minor'),
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

  test.each([
    ['minimumMargin', { minimumMargin: 100 }],
    ['minimumMargin', { minimumMargin: '100.0' }],
    ['minimumMargin', { minimumMargin: -1 }],
    ['minimumMargin', { minimumMargin: 'much' }],
    ['cost.minor', { cost: { minor: -1, currency: 'USD' } }],
    ['floor.minor', { floor: { minor: -1, currency: 'USD' } }],
    ['cost', { cost: 600 }],
    ['taxRate', { taxRate: 'ten' }],
    ['taxRate', { taxRate: [{ name: 'state', percent: -1 }] }],
  ])('makes no floor where the %s is none: %o', (field, change) => {
    const guard = { floor: usd(900), cost: usd(600), minimumMargin: 25, ...change }
    expect(() => floorFrom(guard as never)).toThrow(refusedAt(field))
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
    .tuple(fc.stringMatching(/^[A-Z0-9]{0,10}$/), bytes)
    .map(([prefix, chance]) => codeFrom(prefix, chance))
  const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

  test('is well formed, and has no characters that look like others after its prefix', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(isWellFormedCode(code)).toBe(true)
        expect(code.slice(-11)).toMatch(/^[2-9A-HJKMNP-Z]{11}$/)
      }),
    )
  })

  test('tells the letters of its prefix apart that others would confuse', () => {
    const code = codeFrom('K0', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (const wrong of ['O0', 'KO', '00', 'KK', '0K']) expect(isWellFormedCode(wrong + code.slice(2))).toBe(false)
  })

  test('is known however it is typed', () => {
    const code = codeFrom('LIVE', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const typed = ` live-${code.slice(4).toLowerCase()}`
    expect([typed, typed.normalize('NFKC').replace('live', 'ＬＩＶＥ')].map(isWellFormedCode)).toEqual([true, true])
    expect(['', '-', `${code}?`, code.slice(1)].map(isWellFormedCode)).toEqual([false, false, false, false])
  })

  test('is told from one with a wrong character or with two that were swapped', () => {
    fc.assert(
      fc.property(anyCode, fc.nat({ max: 20 }), fc.nat({ max: 35 }), (code, back, other) => {
        const place = code.length - 1 - (back % code.length)
        const wrong = code.slice(0, place) + characters.charAt(other) + code.slice(place + 1)
        expect(isWellFormedCode(wrong)).toBe(wrong === code)
        if (place === code.length - 1) return
        const swapped = code.slice(0, place) + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2)
        expect(isWellFormedCode(swapped)).toBe(swapped === code)
      }),
      { numRuns: 2_000 },
    )
  })
})
