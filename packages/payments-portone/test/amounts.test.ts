import { describe, expect, test } from 'vitest'
import { digitsOf, money } from '@sangdo/core'
import { fromPortOne, portoneDigits, portoneErrors, toPortOne } from '../src/index.ts'

/** Amounts of every size, the same in each run. */
function* amounts(count: number) {
  let seed = 20_260_102
  for (let index = 0; index < count; index++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    yield seed % 10 ** (1 + (index % 9))
  }
}

const attempt = (minor: number, currency: string) => {
  try {
    return toPortOne(money(minor, currency))
  } catch (error) {
    if (portoneErrors.amount_not_payable.match(error)) return null
    throw error
  }
}

describe('amounts at PortOne', () => {
  test('are whole won and yen, and cents', () => {
    expect([toPortOne(money(27_000, 'KRW')), toPortOne(money(500, 'JPY')), toPortOne(money(1_099, 'USD'))]).toEqual([
      27_000, 500, 1_099,
    ])
    expect([portoneDigits('KRW'), portoneDigits('USD'), portoneDigits('KWD'), portoneDigits('CLF')]).toEqual([
      0, 2, 3, 4,
    ])
  })

  test('come back as they went, in every currency that there is', () => {
    for (const currency of Intl.supportedValuesOf('currency'))
      for (const minor of amounts(200)) {
        const went = attempt(minor, currency)
        if (went === null) expect(portoneDigits(currency)).toBeLessThan(digitsOf(currency))
        else expect(fromPortOne(went, currency)).toEqual(money(minor, currency))
      }
  })

  test('past what a double holds are refused', () => {
    const [currency] = ['HUF', 'IQD', 'MGA'].filter((one) => portoneDigits(one) > digitsOf(one))
    if (currency) expect(() => toPortOne(money(Number.MAX_SAFE_INTEGER, currency))).toThrow('cannot write')
    expect(() => fromPortOne(0.5, 'KRW')).toThrow('whole number')
  })
})
