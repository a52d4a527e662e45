import { describe, expect, test } from 'vitest'
import { digitsOf, money } from '@sangdo/core'
import { fromPayPal, paypalErrors, toPayPal } from '../src/index.ts'

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
    return toPayPal(money(minor, currency))
  } catch (error) {
    if (paypalErrors.currency_not_payable.match(error)) return 'currency'
    if (paypalErrors.amount_not_payable.match(error)) return 'amount'
    throw error
  }
}

describe('amounts at PayPal', () => {
  test('are decimal text, without decimals for yen, forint and Taiwan dollars', () => {
    expect(toPayPal(money(1_050, 'USD'))).toEqual({ currency_code: 'USD', value: '10.50' })
    expect(toPayPal(money(5, 'EUR')).value).toBe('0.05')
    expect(toPayPal(money(1_050, 'JPY')).value).toBe('1050')
    expect(toPayPal(money(1_000 * 10 ** digitsOf('HUF'), 'HUF')).value).toBe('1000')
    expect(toPayPal(money(10_000, 'TWD')).value).toBe('100')
    expect(() => toPayPal(money(10_050, 'TWD'))).toThrow('no decimals')
    expect(() => toPayPal(money(27_000, 'KRW'))).toThrow('PayPal does not take KRW')
  })

  test('come back as they went, in every currency that PayPal takes', () => {
    let taken = 0
    for (const currency of Intl.supportedValuesOf('currency'))
      for (const minor of amounts(200)) {
        const went = attempt(minor, currency)
        if (typeof went === 'string') expect(went === 'currency' || digitsOf(currency) > 0).toBe(true)
        else expect([fromPayPal(went), ++taken]).toEqual([money(minor, currency), taken])
      }
    expect(taken).toBeGreaterThan(22 * 200)
  })

  test('with more decimals than the currency has are refused; zeros are none', () => {
    expect(fromPayPal({ currency_code: 'JPY', value: '1050.00' })).toEqual(money(1_050, 'JPY'))
    for (const value of ['10.505', '1e3', '', 'ten', '--1'])
      expect(() => fromPayPal({ currency_code: 'USD', value })).toThrow()
  })
})
