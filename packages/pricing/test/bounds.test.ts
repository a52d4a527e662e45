import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundedPrice, type PriceBounds } from '@sangdo/pricing/server'
import { usd, won } from './shop.ts'

const ending900 = { rounding: 'half_up', step: 1_000, less: 100 } as const

describe('a proposed price', () => {
  const amount = fc.integer({ min: 0, max: 1e12 }).map(won)
  const near = fc.integer({ min: 0, max: 100_000 }).map(won)
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
  const ending = fc
    .record({
      rounding: fc.constantFrom('half_up', 'half_even', 'down', 'up'),
      step: fc.integer({ min: 1, max: 5_000 }),
    })
    .chain((one) => fc.integer({ min: 0, max: one.step - 1 }).map((less) => ({ ...one, less })))
  const limits = fc.record({
    current: fc.oneof(amount, near),
    floor: maybe(near),
    ceiling: maybe(near),
    maximumStep: maybe(fc.constantFrom(0, 5, '12.5', 100)),
  })
  const boundsOf: fc.Arbitrary<PriceBounds> = fc
    .tuple(limits, maybe(ending))
    .map(([bounds, one]) => ({ ...bounds, ending: one }))

  test('is never below its floor, nor above its ceiling where the floor allows that', () => {
    fc.assert(
      fc.property(fc.oneof(amount, near), boundsOf, (proposed, bounds) => {
        const { minor } = boundedPrice(proposed, bounds).amount
        const [floor, ceiling] = [bounds.floor?.minor ?? 0, bounds.ceiling?.minor ?? Number.MAX_SAFE_INTEGER]
        expect(minor).toBeGreaterThanOrEqual(floor)
        expect(minor).toBeLessThanOrEqual(Math.max(floor, ceiling))
      }),
    )
  })

  test('changes by no more than its step unless floor or ceiling ask for more', () => {
    fc.assert(
      fc.property(near, boundsOf, (proposed, bounds) => {
        const { current, floor, ceiling, maximumStep } = bounds
        fc.pre(maximumStep !== null)
        const step = (current.minor * Number(maximumStep)) / 100
        const { minor } = boundedPrice(proposed, bounds).amount
        expect(minor).toBeLessThanOrEqual(Math.max(current.minor + step, floor?.minor ?? 0))
        expect(minor).toBeGreaterThanOrEqual(Math.min(current.minor - step, ceiling?.minor ?? Infinity))
      }),
    )
  })

  test('ends as it should wherever any price within its bounds does, and by its bounds alone otherwise', () => {
    const small = fc.integer({ min: 1, max: 200 }).map(won)
    const tens = fc.record({
      rounding: fc.constantFrom('half_up', 'half_even', 'down', 'up'),
      step: fc.constant(50),
      less: fc.integer({ min: 0, max: 49 }),
    })
    fc.assert(
      fc.property(small, small, small, small, tens, (proposed, current, floor, ceiling, one) => {
        fc.pre(floor.minor <= ceiling.minor)
        const bounds = { current, floor, ceiling }
        const { minor } = boundedPrice(proposed, { ...bounds, ending: one }).amount
        const endings = Array.from({ length: 5 }, (_, steps) => (steps + 1) * one.step - one.less)
        const within = endings.filter((price) => price >= floor.minor && price <= ceiling.minor)
        if (within.length > 0) expect(within).toContain(minor)
        else expect(minor).toBe(boundedPrice(proposed, bounds).amount.minor)
      }),
    )
  })

  test('within its bounds is taken as it is', () => {
    fc.assert(
      fc.property(amount, amount, (proposed, current) => {
        expect(boundedPrice(proposed, { current })).toEqual({ amount: proposed, limitedBy: null })
      }),
    )
  })

  const current = won(10_000)
  test.each<[string, number, Partial<PriceBounds>, number, string | null]>([
    ['its floor', 7_000, { floor: won(9_000), maximumStep: 50 }, 9_000, 'floor'],
    ['its ceiling', 12_000, { ceiling: won(11_000), maximumStep: 50 }, 11_000, 'ceiling'],
    ['the step down', 7_000, { maximumStep: '5.5' }, 9_450, 'maximum_step'],
    ['the step up', 17_000, { maximumStep: 5 }, 10_500, 'maximum_step'],
    ['the floor, whatever the ceiling', 7_000, { floor: won(9_000), ceiling: won(8_000) }, 9_000, 'floor'],
    ['the ceiling, whatever the step', 10_000, { ceiling: won(8_000), maximumStep: 5 }, 8_000, 'ceiling'],
    ['nothing, and ends in 900', 9_700, { ending: ending900 }, 9_900, null],
    ['the ceiling, and ends below it', 12_000, { ceiling: won(11_500), ending: ending900 }, 10_900, 'ceiling'],
    ['the floor, and ends above it', 7_000, { floor: won(9_000), ending: ending900 }, 9_900, 'floor'],
    ['nothing where it is for nothing', 0, { ending: ending900 }, 0, null],
    [
      'bounds too narrow for an ending',
      9_600,
      { floor: won(9_500), ceiling: won(9_800), ending: ending900 },
      9_600,
      null,
    ],
  ])('is limited by %s', (_, proposed, bounds, expected, limitedBy) => {
    expect(boundedPrice(won(proposed), { current, ...bounds })).toEqual({ amount: won(expected), limitedBy })
  })

  test('has no bounds in another currency', () => {
    for (const bounds of [{ current: usd(1) }, { current, floor: usd(1) }, { current, ceiling: usd(1) }])
      expect(() => boundedPrice(won(1), bounds)).toThrow('cannot be combined')
  })
})
