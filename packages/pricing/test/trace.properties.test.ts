import { priceCart, type TraceStep } from '@sangdo/pricing'
import { explain, traceOf } from '@sangdo/pricing/why'
import { describe, expect, test } from 'vitest'
import { one, over, percentage, plus, ratio, type Rational, round, type Rounding, times } from './oracle/rational.ts'
import { forCarts, others, timeout } from './properties.ts'

/** The rate of a step: a percentage, or so much of it as falls on some of the pieces. */
function rateOf(text: string): Rational {
  const [percent = '0', pieces = '1/1'] = text.split(' × ')
  const [some = '1', all = '1'] = pieces.split('/')
  return times(percentage(percent), ratio(BigInt(some), BigInt(all)))
}

/** What a step comes to by what it says itself; null for steps that are no percentage of their base. */
function comesTo({ step, base, rate, rounding }: TraceStep): number | null {
  if (rate === null) return null
  const mode = rounding as Rounding
  const whole = ratio(BigInt(base.minor))
  const part = times(whole, rateOf(rate))
  if (step === 'tax_included') return Number(round(over(part, plus(one, rateOf(rate))), mode))
  return ['discount', 'share', 'tax_added'].includes(step) ? Number(round(part, mode)) : null
}

describe('why a cart costs what it costs', () => {
  test(
    'is told in steps that anybody can calculate again',
    () =>
      forCarts(others, ({ lines, options }) => {
        for (const step of traceOf(priceCart(lines, options))) {
          const again = comesTo(step)
          if (again !== null) expect([step, again]).toEqual([step, step.amount.minor])
          expect(explain(step, 'ko')).not.toMatch(/undefined|NaN|null/)
        }
      }),
    timeout,
  )
})
