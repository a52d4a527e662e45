/** An exact fraction in lowest terms; the denominator is above zero. */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

export type Rounding = 'half_up' | 'half_even' | 'down' | 'up'

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** `num / den`. */
export function ratio(num: bigint, den = 1n): Rational {
  if (den <= 0n) throw new RangeError('A denominator is above zero')
  if (den === 1n) return { num, den }
  const common = gcd(num < 0n ? -num : num, den)
  return { num: num / common, den: den / common }
}

export const nothing = ratio(0n)
export const one = ratio(1n)

export const plus = (a: Rational, b: Rational): Rational => ratio(a.num * b.den + b.num * a.den, a.den * b.den)
export const minus = (a: Rational, b: Rational): Rational => ratio(a.num * b.den - b.num * a.den, a.den * b.den)
export const times = (a: Rational, b: Rational): Rational => ratio(a.num * b.num, a.den * b.den)
export const over = (a: Rational, b: Rational): Rational => ratio(a.num * b.den, a.den * b.num)

/** Below, at or above zero as `a` is less than, equal to or more than `b`. */
export function compare(a: Rational, b: Rational): number {
  const left = a.num * b.den
  const right = b.num * a.den
  return left < right ? -1 : left > right ? 1 : 0
}

/** The percentage `8.875` as the fraction 71/800. */
export function percentage(percent: number | string): Rational {
  const [whole = '', decimals = ''] = String(percent).split('.')
  return ratio(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length))
}

/** The whole number that a fraction, zero or above, is rounded to. */
export function round({ num, den }: Rational, mode: Rounding = 'half_up'): bigint {
  if (num < 0n) throw new RangeError('Only amounts from zero are rounded')
  const whole = num / den
  const twice = 2n * (num % den)
  switch (mode) {
    case 'down':
      return whole
    case 'up':
      return twice > 0n ? whole + 1n : whole
    case 'half_up':
      return twice >= den ? whole + 1n : whole
    case 'half_even':
      return twice > den || (twice === den && whole % 2n === 1n) ? whole + 1n : whole
  }
}

export const least = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (a < b ? a : b))
export const most = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (a > b ? a : b))
export const total = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)
