import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  allocate,
  compare,
  convert,
  format,
  fromMajor,
  includedTax,
  integer,
  money,
  percent,
  subtract,
  sum,
  times,
  toMajor,
} from '@sangdo/core'

const amount = fc.integer({ min: -1e12, max: 1e12 })
const weights = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 40 })
const minors = (parts: readonly { minor: number }[]) => parts.map((part) => part.minor)

describe('allocation', () => {
  test('the parts always sum to the total', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = minors(allocate(money(total, 'KRW'), shares))
        expect(parts.reduce((left, right) => left + right, 0)).toBe(total)
      }),
    )
  })

  test('every part is its exact share rounded down or up', () => {
    fc.assert(
      fc.property(fc.nat(1e9), weights, (total, shares) => {
        const whole = shares.reduce((left, right) => left + right, 0)
        fc.pre(whole > 0)
        allocate(money(total, 'KRW'), shares).forEach((part, index) => {
          const exact = (BigInt(total) * BigInt(shares[index] ?? 0)) / BigInt(whole)
          expect([exact, exact + 1n]).toContain(BigInt(part.minor))
        })
      }),
    )
  })

  test('a negative total mirrors the positive one', () => {
    fc.assert(
      fc.property(fc.nat(1e9), weights, (total, shares) => {
        const mirrored = minors(allocate(money(-total, 'USD'), shares)).map((minor) => (minor === 0 ? 0 : -minor))
        expect(mirrored).toEqual(minors(allocate(money(total, 'USD'), shares)))
      }),
    )
  })

  test('a weight of zero beside others gets nothing', () => {
    expect(minors(allocate(money(100, 'USD'), [0, 1, 0, 1]))).toEqual([0, 50, 0, 50])
  })

  test('all weights zero means equal parts, the rest to the earlier ones', () => {
    expect(minors(allocate(money(100, 'USD'), [0, 0, 0]))).toEqual([34, 33, 33])
  })

  test('ties go to the earlier weight', () => {
    expect(minors(allocate(money(1, 'USD'), [1, 1]))).toEqual([1, 0])
  })

  test.each([[[]], [[-1, 2]], [[0.5]], [[Number.NaN]]])('weights %j are refused', (shares) => {
    expect(() => allocate(money(1, 'USD'), shares)).toThrow(expect.objectContaining({ code: 'core.invalid_amount' }))
  })
})

describe('amounts', () => {
  test.each([1.5, Number.NaN, Infinity, 2 ** 53])('%d minor units are refused', (minor) => {
    expect(() => money(minor, 'KRW')).toThrow(expect.objectContaining({ code: 'core.invalid_amount' }))
  })

  test('sums and differences cancel out', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const left = money(a, 'EUR')
        expect(subtract(add(left, money(b, 'EUR')), money(b, 'EUR'))).toEqual(left)
      }),
    )
  })

  test('two currencies are never added, subtracted or compared', () => {
    for (const combine of [add, subtract, compare]) {
      expect(() => combine(money(1, 'KRW'), money(1, 'USD'))).toThrow(
        expect.objectContaining({ code: 'core.currency_mismatch' }),
      )
    }
  })

  test('an overflowing product or sum is an error, never a rounded figure', () => {
    expect(() => times(money(2 ** 50, 'KRW'), 9)).toThrow(expect.objectContaining({ code: 'core.invalid_amount' }))
    expect(() => sum([money(Number.MAX_SAFE_INTEGER, 'KRW'), money(1, 'KRW')], 'KRW')).toThrow()
  })

  test('a fractional quantity is refused by name', () => {
    expect(() => times(money(100, 'KRW'), 1.5)).toThrow(/quantity/)
  })

  test('a column that a double cannot hold is an error', () => {
    expect(integer('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => integer('9007199254740993')).toThrow()
    expect(() => integer(9007199254740993n)).toThrow()
  })
})

describe('percentages', () => {
  test('are computed exactly, also where a double would not be', () => {
    expect(percent(money(50, 'USD'), 1.1).minor).toBe(1)
    expect(percent(money(150, 'USD'), '1.1', 'down').minor).toBe(1)
    expect(percent(money(45_454_545, 'KRW'), '1.1').minor).toBe(500_000)
  })

  test('name their rounding', () => {
    const half = money(5, 'USD')
    expect((['half_up', 'half_even', 'down', 'up'] as const).map((mode) => percent(half, 50, mode).minor)).toEqual([
      3, 2, 2, 3,
    ])
  })

  test.each(['1.1234567', 'ten', '1e3', Number.NaN, Infinity])('a rate of %s is refused', (rate) => {
    expect(() => percent(money(1, 'USD'), rate)).toThrow(expect.objectContaining({ code: 'core.invalid_amount' }))
  })

  test('agree with exact rationals', () => {
    fc.assert(
      fc.property(fc.nat(1e11), fc.nat(100_000_000), (minor, millionths) => {
        const exact = BigInt(minor) * BigInt(millionths)
        const expected = (exact * 2n + 100_000_000n) / 200_000_000n
        expect(BigInt(percent(money(minor, 'USD'), (millionths / 1e6).toFixed(6)).minor)).toBe(expected)
      }),
    )
  })

  test('the VAT inside a Korean price is one eleventh of it', () => {
    expect(includedTax(money(39_000, 'KRW'), 10).minor).toBe(3_545)
    expect(includedTax(money(11_000, 'KRW'), 10).minor).toBe(1_000)
  })
})

describe('text', () => {
  test.each([
    ['KRW', 1230, '1230'],
    ['USD', 1230, '12.30'],
    ['KWD', 1230, '1.230'],
    ['USD', -5, '-0.05'],
  ] as const)('%s %d reads %s, and back', (currency, minor, text) => {
    expect(toMajor(money(minor, currency))).toBe(text)
    expect(fromMajor(text, currency)).toEqual(money(minor, currency))
  })

  test('more decimals than the currency has are refused', () => {
    expect(() => fromMajor('10.5', 'KRW')).toThrow(/decimals/)
    expect(() => fromMajor('1.0005', 'KWD')).toThrow(/decimals/)
  })

  test('an unknown currency is refused by name', () => {
    expect(() => toMajor(money(1, 'QQQ'))).toThrow(expect.objectContaining({ code: 'core.unknown_currency' }))
  })

  test('shoppers read their own format, exact beyond what a double can print', () => {
    expect(format(money(28_000, 'KRW'), 'ko')).toBe('₩28,000')
    expect(format(money(123_456, 'USD'), 'en')).toBe('$1,234.56')
    expect(format(money(9_007_199_254_740_991, 'USD'), 'en')).toBe('$90,071,992,547,409.91')
  })

  test('an exchange rate moves between currencies of different decimals', () => {
    expect(convert(money(1_000, 'USD'), 'KRW', '1387.5')).toEqual(money(13_875, 'KRW'))
    expect(convert(money(13_875, 'KRW'), 'KWD', '0.000225')).toEqual(money(3_122, 'KWD'))
  })
})
