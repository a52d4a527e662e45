import type { Rounding } from '@sangdo/core/money'

/**
 * Exact arithmetic on whole numbers from zero. Everything here is a quotient that is rounded once, at its end; plain numbers
 * do as long as the product is one that a double holds exactly, and beyond that bigints.
 */
export interface Ratio {
  readonly n: number | bigint
  readonly d: number | bigint
}

const most = Number.MAX_SAFE_INTEGER

/** a × n / d, rounded once. All are whole numbers, none is negative, d is not zero. */
export function share(a: number, n: number | bigint, d: number | bigint, rounding: Rounding = 'half_up'): number {
  if (typeof n === 'number' && typeof d === 'number' && a * n <= most) return quotient(a * n, d, rounding)
  return Number(bigQuotient(BigInt(a) * BigInt(n), BigInt(d), rounding))
}

function quotient(n: number, d: number, rounding: Rounding): number {
  const rest = n % d
  if (rest === 0) return n / d
  const whole = (n - rest) / d
  return goesUp(rounding, rest - (d - rest), whole % 2 === 1) ? whole + 1 : whole
}

function bigQuotient(n: bigint, d: bigint, rounding: Rounding): bigint {
  const rest = n % d
  if (rest === 0n) return n / d
  const whole = n / d
  return goesUp(rounding, Number(rest - (d - rest)), whole % 2n === 1n) ? whole + 1n : whole
}

/** Whether a fraction is rounded up; `beyondHalf` is positive, zero or negative as it is more than, exactly or less than a half. */
function goesUp(rounding: Rounding, beyondHalf: number, odd: boolean): boolean {
  switch (rounding) {
    case 'half_up':
      return beyondHalf >= 0
    case 'half_even':
      return beyondHalf > 0 || (beyondHalf === 0 && odd)
    case 'down':
      return false
    case 'up':
      return true
  }
}

/** A percentage as text or number, as a ratio: 8.875 is 8875 / 100000. */
export function ratioOf(percent: number | string): { readonly n: number; readonly d: number } {
  if (typeof percent === 'number' && Number.isInteger(percent)) return { n: percent, d: 100 }
  const [whole = '0', decimals = ''] = String(percent).split('.')
  return { n: Number(whole + decimals), d: 100 * 10 ** decimals.length }
}

/** Whether a / b is less than, equal to or more than c / d, exactly: negative, zero or positive. */
export function compareRatios(a: number, b: number, c: number, d: number): number {
  if (a * d <= most && c * b <= most) return a * d - c * b
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/**
 * Splits a whole number by weights, exactly: largest remainder, ties to the earlier weight; all weights zero means equal
 * parts. The numbers are those of core's `allocate`, without the money around them.
 */
export function split(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((left, right) => left + right, 0)
  if (whole === 0 && weights.length > 0)
    return split(
      total,
      weights.map(() => 1),
    )
  const largest = weights.reduce((left, right) => Math.max(left, right), 0)
  return total * largest <= most && whole <= most
    ? splitNumbers(total, weights, whole)
    : splitBigints(BigInt(total), weights.map(BigInt)).map(Number)
}

function splitNumbers(total: number, weights: readonly number[], whole: number): number[] {
  let missing = total
  const rests: number[] = []
  const parts = weights.map((weight) => {
    const rest = (total * weight) % whole
    const part = (total * weight - rest) / whole
    rests.push(rest)
    missing -= part
    return part
  })
  return missing === 0 ? parts : handOut(parts, rests, missing)
}

/** The same with weights of any size. */
export function splitBigints(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((left, right) => left + right, 0n)
  if (whole === 0n)
    return splitBigints(
      total,
      weights.map(() => 1n),
    )
  const rests = weights.map((weight) => (total * weight) % whole)
  const parts = weights.map((weight) => (total * weight) / whole)
  const missing = Number(total - parts.reduce((left, right) => left + right, 0n))
  return handOut(parts.map(Number), rests, missing).map(BigInt)
}

function handOut(parts: number[], rests: readonly (number | bigint)[], missing: number): number[] {
  const ranked = rests.map((_, index) => index)
  ranked.sort((left, right) => {
    const [a, b] = [rests[left] ?? 0, rests[right] ?? 0]
    return a === b ? left - right : a > b ? -1 : 1
  })
  for (const index of ranked.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}

/**
 * Splits a whole number by weights so that no part exceeds its cap; what one cannot take goes to the others by their
 * weights. The total never exceeds the sum of the caps.
 */
export function splitWithin(total: number, weights: readonly number[], caps: readonly number[]): number[] {
  const parts = weights.map(() => 0)
  let open = weights.map((_, index) => index)
  let left = total
  while (left > 0 && open.length > 0) {
    const tried = split(
      left,
      open.map((index) => weights[index] ?? 0),
    )
    const full = new Set(open.filter((index, place) => (tried[place] ?? 0) > (caps[index] ?? 0)))
    if (full.size === 0) {
      for (const [place, index] of open.entries()) parts[index] = tried[place] ?? 0
      return parts
    }
    for (const index of full) {
      parts[index] = caps[index] ?? 0
      left -= caps[index] ?? 0
    }
    open = open.filter((index) => !full.has(index))
  }
  return parts
}
