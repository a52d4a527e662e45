import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import {
  businessDayAfter,
  canMove,
  Carrier,
  fitsCarrier,
  holds,
  jeju,
  koreanIslands,
  merged,
  Method,
  missingToFree,
  NewMethod,
  nextStatus,
  type Parcel,
  promisedDays,
  type Rate,
  ratesFor,
  remoteIslands,
  type ShipmentStatus,
  statusOf,
  trackingUrl,
  TrackingStatus,
  Zone,
} from '@sangdo/shipping'
import { sampleMethod, sampleParcel, sampleZone } from '@sangdo/shipping/testing'

const zone = Zone.parse(sampleZone)
const method = Method.parse(sampleMethod)
const won = (minor: number) => money(minor, 'KRW')
const to = (postcode: string, goods = 20_000): Parcel => ({
  ...sampleParcel,
  address: { country: 'KR', postcode },
  goods: won(goods),
})
const optionFor = (parcel: Parcel, changes: Partial<Method> = {}) =>
  ratesFor([zone], [{ ...method, ...changes }], parcel)[0]

describe('postcodes', () => {
  test.each([
    ['63000', '63644', '63000', true],
    ['63000', '63644', '63644', true],
    ['63000', '63644', '62999', false],
    ['63000', '63644', '63645', false],
    ['63000', '63644', '630', false],
    ['96701', '96898', '96815-1234', true],
    ['BT', 'BT', 'bt1 5gs', true],
    ['BT', 'BT', 'B1 1AA', false],
  ])('from %s to %s holds %s: %s', (from, end, postcode, expected) => {
    expect(holds({ from, to: end }, postcode)).toBe(expected)
  })

  test('the island ranges are well formed, ascending, and none lies in another', () => {
    expect(koreanIslands).toHaveLength(jeju.length + remoteIslands.length)
    const sorted = koreanIslands.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    sorted.forEach((range, index) => {
      expect(range.from).toMatch(/^\d{5}$/)
      expect(range.to >= range.from).toBe(true)
      expect(range.from > (sorted[index - 1]?.to ?? '')).toBe(true)
    })
  })

  test.each([
    ['63322', true], // Jeju
    ['40240', true], // Ulleungdo
    ['23124', true], // Ongjin
    ['04524', false], // Seoul
    ['54000', false], // Gunsan, shared with islands that have a road
    ['28826', false], // Cheongju, a misprint in the published table
  ])('%s is an island: %s', (postcode, expected) => {
    expect(koreanIslands.some((range) => holds(range, postcode))).toBe(expected)
  })
})

describe('what shipping costs', () => {
  test('is the flat price, up to the last won before it is free', () => {
    expect(optionFor(to('04524', 49_999))).toEqual({
      method: 'smt_parcel',
      name: { ko: '택배', en: 'Parcel' },
      price: won(3_000),
      days: { from: 1, to: 2 },
      surcharge: won(0),
    })
    expect(optionFor(to('04524', 50_000))?.price).toEqual(won(0))
  })

  test('an island pays its surcharge, also where shipping is free, and waits longer', () => {
    expect(optionFor(to('63322'))).toMatchObject({ price: won(6_000), surcharge: won(3_000), days: { from: 3, to: 4 } })
    expect(optionFor(to('63322', 80_000))).toMatchObject({ price: won(3_000), surcharge: won(3_000) })
  })

  test('what a carrier does not charge for may be left out of a surcharge', () => {
    const area = { country: 'KR', postcodes: koreanIslands, except: [{ from: '46768', to: '46771' }] }
    const surcharges = method.surcharges.map((surcharge) => ({ ...surcharge, areas: [area] }))
    expect(optionFor(to('46770'), { surcharges })?.surcharge).toEqual(won(0))
    expect(optionFor(to('63322'), { surcharges })?.surcharge).toEqual(won(3_000))
  })

  test('two surcharges add up, while the longer delay counts', () => {
    const all = { name: { en: 'Fuel' }, areas: [{ country: 'KR', postcodes: [], except: [] }], prices: [won(100)] }
    const surcharges = [...method.surcharges, { ...all, extraDays: 1 }]
    expect(optionFor(to('63322'), { surcharges })).toMatchObject({ surcharge: won(3_100), days: { from: 3, to: 4 } })
  })

  const byWeight: Rate = {
    kind: 'by_weight',
    tiers: [
      { upToGrams: 500, price: won(9_000) },
      { upToGrams: 2_000, price: won(15_000) },
    ],
    freeFromGoodsAfterDiscounts: null,
  }
  test.each([
    [0, 9_000],
    [500, 9_000],
    [501, 15_000],
    [2_000, 15_000],
  ])('a parcel of %d g costs %d won', (weightGrams, price) => {
    expect(optionFor({ ...to('04524'), weightGrams }, { rates: [byWeight] })?.price).toEqual(won(price))
  })

  test('one that is heavier than the last tier is not taken', () => {
    expect(optionFor({ ...to('04524'), weightGrams: 2_001 }, { rates: [byWeight] })).toBeUndefined()
  })

  test('a method says nothing elsewhere, in another currency, switched off, or of goods it does not take', () => {
    expect(optionFor({ ...to('04524'), address: { country: 'JP', postcode: '04524' } })).toBeUndefined()
    expect(optionFor({ ...to('04524'), currency: 'USD', goods: money(2_000, 'USD') })).toBeUndefined()
    expect(optionFor(to('04524'), { active: false })).toBeUndefined()
    expect(optionFor(to('04524'), { excludedSkus: ['MUG'] })).toBeUndefined()
    expect(optionFor(to('04524'), { excludedSkus: ['PLATE'] })).toBeDefined()
  })

  test('goods in another currency than the parcel are an error, never a free ride', () => {
    expect(() => optionFor({ ...to('04524'), goods: money(60_000, 'USD') })).toThrow('cannot be combined')
  })

  test('methods come in the order of their positions', () => {
    const quick = { ...method, id: 'smt_quick' as const, position: 1 }
    const options = ratesFor([zone], [quick, method], to('04524'))
    expect(options.map((option) => option.method)).toEqual(['smt_parcel', 'smt_quick'])
  })

  test('the cart says what is missing to free shipping', () => {
    const [rate = byWeight] = method.rates
    expect(missingToFree(rate, won(38_000))).toEqual(won(12_000))
    expect(missingToFree(rate, won(50_000))).toBeNull()
    expect(missingToFree(byWeight, won(0))).toBeNull()
  })

  test('more goods never cost more to ship, and no price is less than its surcharge', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.integer({ min: 0, max: 99_999 }), (one, two, code) => {
        const postcode = String(code).padStart(5, '0')
        const [less, more] = one < two ? [one, two] : [two, one]
        const [cheap, dear] = [optionFor(to(postcode, more)), optionFor(to(postcode, less))]
        expect(cheap?.price.minor).toBeLessThanOrEqual(dear?.price.minor ?? -1)
        expect(cheap?.price.minor).toBeGreaterThanOrEqual(cheap?.surcharge.minor ?? Infinity)
      }),
    )
  })
})

describe('a method that could not name its price is refused', () => {
  const flat = { kind: 'flat' as const, price: won(3_000) }
  const tiers = (...grams: number[]) => [
    { kind: 'by_weight' as const, tiers: grams.map((upToGrams) => ({ upToGrams, price: won(1) })) },
  ]
  test.each([
    ['rates.1', { rates: [flat, flat] }],
    ['rates.0', { rates: [{ ...flat, freeFromGoodsAfterDiscounts: money(1, 'USD') }] }],
    ['rates.0.tiers', { rates: tiers(500, 500) }],
    ['rates.0.price', { rates: [{ kind: 'flat' as const, price: won(-1) }] }],
    ['surcharges.0.prices', { rates: [{ kind: 'flat' as const, price: money(900, 'USD') }] }],
    ['days.to', { days: { from: 3, to: 2 } }],
  ])('at %s', (field, changes) => {
    const result = NewMethod.safeParse({ ...sampleMethod, ...changes })
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(field)
  })
})

describe('labels', () => {
  test.each([
    ['cj', '1234567890', true],
    ['cj', '12345678901', false],
    ['cj', '123456789012', true],
    ['epost', '1234567890123', true],
    ['epost', '123456789012', false],
    ['logen', '12345678901', true],
    ['lotte', '12345678901A', false],
    ['other', 'RB123456789KR', true],
  ] as const)('%s prints %s: %s', (carrier, trackingNumber, expected) => {
    expect(fitsCarrier({ carrier, trackingNumber })).toBe(expected)
  })

  test('a parcel can be followed with every carrier that is known', () => {
    for (const carrier of Carrier.options) {
      const url = trackingUrl({ carrier, trackingNumber: '1234567890123' })
      if (carrier === 'other') expect(url).toBeNull()
      else expect(url).toMatch(/^https:\/\/\S+1234567890123$/)
    }
  })
})

describe('the life of a shipment', () => {
  const told = (...events: [TrackingStatus, string][]) => events.map(([status, at]) => ({ status, at }))

  test('nothing follows delivery, and everything may lead to it', () => {
    expect(nextStatus.delivered).toEqual([])
    const open = Object.keys(nextStatus).filter((status) => status !== 'delivered') as ShipmentStatus[]
    expect(open.every((status) => canMove(status, 'delivered'))).toBe(true)
  })

  test('what was told last but happened first changes nothing', () => {
    expect(statusOf(told(['out_for_delivery', '3'], ['picked_up', '1'], ['in_transit', '2']))).toBe('out_for_delivery')
  })

  test('a parcel that came back from the round is in transit again', () => {
    expect(statusOf(told(['out_for_delivery', '1'], ['exception', '2'], ['in_transit', '3']))).toBe('in_transit')
  })

  test('any order of telling leads to the same status', () => {
    const event = fc.record({ status: fc.constantFrom(...TrackingStatus.options), at: fc.constantFrom('1', '2', '3') })
    const history = fc.uniqueArray(event, { selector: ({ status, at }) => `${status} ${at}`, maxLength: 8 })
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (events, chance) => {
        const keyed = events.map((one) => ({ one, key: chance.next().value ?? 0 }))
        const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one)
        expect(statusOf(shuffled)).toBe(statusOf(events))
      }),
    )
  })

  test('the same line twice counts as the sum', () => {
    const lines = [
      { lineId: 'lin_2', quantity: 1 },
      { lineId: 'lin_1', quantity: 1 },
      { lineId: 'lin_2', quantity: 2 },
    ] as const
    expect(merged(lines)).toEqual([
      { lineId: 'lin_1', quantity: 1 },
      { lineId: 'lin_2', quantity: 3 },
    ])
  })
})

describe('the promised day', () => {
  test('does not count weekends and holidays', () => {
    // 2026-02-13 is a Friday; the 16th to the 18th are Seollal.
    const seollal = new Set(['2026-02-16', '2026-02-17', '2026-02-18'])
    expect(businessDayAfter('2026-02-13', 1)).toBe('2026-02-16')
    expect(promisedDays('2026-02-13', { from: 1, to: 2 }, seollal)).toEqual({ from: '2026-02-19', to: '2026-02-20' })
  })

  test('nought days is the day itself', () => {
    expect(businessDayAfter('2026-02-14', 0)).toBe('2026-02-14')
  })
})
