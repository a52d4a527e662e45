import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { announcement, availableAt, merged, source, type StockLevel, totalOf } from '@sangdo/inventory'

const level = (locationId: string, onHand: number, reserved = 0, safety = 0): StockLevel => ({
  sku: 'MUG',
  locationId: `loc_${locationId}`,
  onHand,
  reserved,
  safety,
})
const levels = fc
  .array(fc.tuple(fc.nat(50), fc.nat(60), fc.nat(5)), { maxLength: 6 })
  .map((rows) => rows.map(([onHand, reserved, safety], index) => level(`l${index}`, onHand, reserved, safety)))

describe('what may be sold', () => {
  test('is what is there, less what is promised and kept back', () => {
    expect(availableAt({ onHand: 10, reserved: 3, safety: 2 })).toBe(5)
  })

  test('is never below zero, so one short location does not hide the stock of another', () => {
    expect(totalOf([level('a', 1, 0, 5), level('b', 4)])).toEqual({ onHand: 5, reserved: 0, available: 4 })
  })
})

describe('sourcing', () => {
  test('one location that has everything is chosen before several', () => {
    expect(source(4, [level('near', 3), level('far', 9)])).toEqual([{ locationId: 'loc_far', quantity: 4 }])
  })

  test('otherwise locations are emptied in their order', () => {
    expect(source(5, [level('near', 3), level('far', 4)])).toEqual([
      { locationId: 'loc_near', quantity: 3 },
      { locationId: 'loc_far', quantity: 2 },
    ])
  })

  test('too few everywhere is no answer at all', () => {
    expect(source(8, [level('near', 3), level('far', 4)])).toBeNull()
    expect(source(1, [])).toBeNull()
  })

  test('takes exactly what is wanted, never more than a location has, and refuses only a real shortage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), levels, (quantity, places) => {
        const picks = source(quantity, places)
        expect(picks === null).toBe(totalOf(places).available < quantity)
        for (const pick of picks ?? []) {
          const place = places.find((one) => one.locationId === pick.locationId)
          expect(pick.quantity).toBeGreaterThan(0)
          expect(pick.quantity).toBeLessThanOrEqual(place ? availableAt(place) : 0)
        }
        if (picks) expect(picks.reduce((total, pick) => total + pick.quantity, 0)).toBe(quantity)
      }),
    )
  })
})

describe('lines', () => {
  test('the same sku on two lines counts as the sum, and skus come in their locking order', () => {
    expect(
      merged([
        { sku: 'PLATE', quantity: 1 },
        { sku: 'MUG', quantity: 2 },
        { sku: 'PLATE', quantity: 3 },
      ]),
    ).toEqual([
      { sku: 'MUG', quantity: 2 },
      { sku: 'PLATE', quantity: 4 },
    ])
  })
})

describe('news about stock', () => {
  test.each([
    [9, 6, null],
    [9, 5, 'ran_low'],
    [5, 4, null],
    [4, 0, 'ran_low'],
    [0, 3, 'back_in_stock'],
    [3, 9, 'recovered'],
    [5, 6, 'recovered'],
    [6, 9, null],
    [0, 0, null],
  ] as const)('from %d to %d available is %s', (before, after, news) => {
    expect(announcement(before, after, 5)).toBe(news)
  })
})
