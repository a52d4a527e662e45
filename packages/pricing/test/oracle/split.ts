import { compare, least, nothing, one, over, plus, type Rational, ratio, round, times, total } from './rational.ts'

/** A part of an amount that is split: how much of it it should get, and how much it may get. */
export interface Share {
  readonly weight: Rational
  readonly cap: bigint
}

/** Section 3: by largest remainder, ties to the earlier weight; all weights zero means equal parts. */
export function allocate(amount: bigint, given: readonly Rational[]): bigint[] {
  const weights = given.some((weight) => weight.num > 0n) ? given : given.map(() => one)
  const sum = weights.reduce(plus, nothing)
  const exact = weights.map((weight) => over(times(ratio(amount), weight), sum))
  const whole = exact.map((part) => round(part, 'down'))
  const missing = Number(amount - total(whole))
  const rest = (index: number) => {
    const part = exact[index] ?? nothing
    return ratio(part.num % part.den, part.den)
  }
  const byRemainder = exact.map((_, index) => index).toSorted((a, b) => compare(rest(b), rest(a)) || a - b)
  const lucky = byRemainder.slice(0, missing)
  return whole.map((part, index) => (lucky.includes(index) ? part + 1n : part))
}

/** Section 3: allocated again and again over those that are not yet full, until no part exceeds its cap. */
export function splitWithin(amount: bigint, shares: readonly Share[]): bigint[] {
  const result = shares.map(() => 0n)
  let open = shares.map((share, index) => ({ ...share, index }))
  let left = amount
  while (open.length > 0) {
    const parts = allocate(
      left,
      open.map((share) => share.weight),
    )
    const full = open.filter((share, place) => (parts[place] ?? 0n) > share.cap)
    if (full.length === 0) {
      open.forEach((share, place) => (result[share.index] = parts[place] ?? 0n))
      return result
    }
    for (const share of full) result[share.index] = share.cap
    left -= total(full.map((share) => share.cap))
    open = open.filter((share) => !full.includes(share))
  }
  if (left > 0n) throw new RangeError('More is split than the caps allow')
  return result
}

/** An amount split within caps, of which at most their sum is given. */
export function splitAtMost(amount: bigint, shares: readonly Share[]): bigint[] {
  return splitWithin(least(amount, total(shares.map((share) => share.cap))), shares)
}
