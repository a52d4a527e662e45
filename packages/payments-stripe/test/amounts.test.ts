import { describe, expect, test } from 'vitest'
import { digitsOf, money } from '@sangdo/core'
import { fromStripe, stripeDigits, stripeErrors, toStripe } from '../src/index.ts'

/** Amounts of every size, the same in each run. */
function* amounts(count: number) {
  let seed = 20_260_102
  for (let index = 0; index < count; index++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    yield seed % 10 ** (1 + (index % 9))
  }
}

describe('amounts at Stripe', () => {
  test('are whole won and yen, cents, and fils in tens', () => {
    expect(toStripe(money(27_000, 'KRW'))).toEqual({ amount: 27_000, currency: 'krw' })
    expect(toStripe(money(500, 'JPY'))).toEqual({ amount: 500, currency: 'jpy' })
    expect(toStripe(money(1_099, 'USD'))).toEqual({ amount: 1_099, currency: 'usd' })
    expect(toStripe(money(5_120, 'KWD'))).toEqual({ amount: 5_120, currency: 'kwd' })
    expect(() => toStripe(money(5_124, 'KWD'))).toThrow(/last of three decimals/)
  })

  test('have two decimals where Stripe writes them, though the currency has none', () => {
    expect(toStripe(money(5, 'ISK'))).toEqual({ amount: 500, currency: 'isk' })
    expect(toStripe(money(10, 'UGX'))).toEqual({ amount: 1_000, currency: 'ugx' })
    expect(() => fromStripe(1_050, 'ugx')).toThrow('whole number')
  })

  test('come back as they went, in every currency that there is', () => {
    for (const currency of Intl.supportedValuesOf('currency'))
      for (const minor of amounts(200)) {
        const amount = money(minor, currency)
        const went = attempt(() => toStripe(amount))
        if (went) expect(fromStripe(went.amount, went.currency)).toEqual(amount)
        else expect(stripeDigits(currency) === 3 || stripeDigits(currency) < digitsOf(currency)).toBe(true)
      }
  })

  test('past what a double holds are refused', () => {
    expect(() => toStripe(money(Number.MAX_SAFE_INTEGER, 'ISK'))).toThrow('whole number')
  })
})

function attempt<Made>(make: () => Made): Made | null {
  try {
    return make()
  } catch (error) {
    if (stripeErrors.amount_not_payable.match(error)) return null
    throw error
  }
}
