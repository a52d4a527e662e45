import { Decimal as DecimalJs } from 'decimal.js'
import type { Currency, Money } from './amount.ts'
import { amountErrors } from './error.ts'

const Decimal = DecimalJs.clone({ precision: 60 })

export { defineErrors, type ErrorCode, ShopError } from './error.ts'
export type { Currency, Money }

/** How a fraction of a minor unit becomes a whole one. `half_up` rounds away from zero at exactly one half. */
export type Rounding = 'half_up' | 'half_even' | 'down' | 'up'

const modes = {
  half_up: Decimal.ROUND_HALF_UP,
  half_even: Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
} as const satisfies Record<Rounding, DecimalJs.Rounding>

/** An amount of money. Throws `core.invalid_amount` unless `minor` is a whole number that a double holds exactly. */
export function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) {
    throw amountErrors.invalid_amount({ field: 'minor', reason: `${minor} is not a whole number within ±(2^53 − 1)` })
  }
  return { minor: minor === 0 ? 0 : minor, currency }
}

/** Nothing, in the given currency. */
export const zero = (currency: Currency): Money => money(0, currency)

/** Reads an integer column that a driver returns as number, bigint or text. Throws `core.invalid_amount` past 2^53 − 1. */
export function integer(value: number | bigint | string | null): number {
  const whole = Number(value ?? 0)
  if (Number.isSafeInteger(whole)) return whole
  throw amountErrors.invalid_amount({ field: 'integer', reason: `${value} is not a safe integer` })
}

const digits = new Map<string, number>()

/** How many decimals a currency has: KRW 0, USD 2, KWD 3. Throws `core.unknown_currency` for anything that is no currency. */
export function digitsOf(currency: Currency): number {
  const known = digits.get(currency)
  if (known !== undefined) return known
  if (!Intl.supportedValuesOf('currency').includes(currency)) throw amountErrors.unknown_currency({ currency })
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  digits.set(currency, maximumFractionDigits)
  return maximumFractionDigits
}

function sameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    throw amountErrors.currency_mismatch({ left: left.currency, right: right.currency })
  }
}

/** The sum of any number of amounts, all in `currency`. Throws `core.currency_mismatch` otherwise. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, zero(currency))
}

/** Both amounts together. Throws `core.currency_mismatch` for different currencies. */
export function add(left: Money, right: Money): Money {
  sameCurrency(left, right)
  return money(left.minor + right.minor, left.currency)
}

/** What is left of the first amount after the second. Throws `core.currency_mismatch` for different currencies. */
export function subtract(left: Money, right: Money): Money {
  sameCurrency(left, right)
  return money(left.minor - right.minor, left.currency)
}

/** The same amount with the other sign. */
export const negate = (amount: Money): Money => money(-amount.minor, amount.currency)

/** A unit amount times a whole quantity; exact. Throws `core.invalid_amount` when the product leaves the safe range. */
export function times(amount: Money, quantity: number): Money {
  if (!Number.isSafeInteger(quantity)) {
    throw amountErrors.invalid_amount({ field: 'quantity', reason: `${quantity} is not a whole number` })
  }
  return money(amount.minor * quantity, amount.currency)
}

/** Which amount is larger: negative, zero or positive as for `Array.sort`. */
export function compare(left: Money, right: Money): number {
  sameCurrency(left, right)
  return left.minor - right.minor
}

/** The smaller of two amounts. */
export const smaller = (left: Money, right: Money): Money => (compare(left, right) <= 0 ? left : right)

/** A rate as a decimal: a number or text such as `"1.1"`, at most twelve decimals, never NaN or infinite. */
function decimal(rate: number | string, field: string, decimals: number): DecimalJs {
  if (!/^-?\d{1,15}(\.\d+)?$/.test(String(rate))) {
    throw amountErrors.invalid_amount({ field, reason: `${rate} is not a plain decimal` })
  }
  const value = new Decimal(rate)
  if (value.decimalPlaces() > decimals) {
    throw amountErrors.invalid_amount({ field, reason: `${rate} has more than ${decimals} decimals` })
  }
  return value
}

const rounded = (exact: DecimalJs, currency: Currency, rounding: Rounding) =>
  money(exact.toDecimalPlaces(0, modes[rounding]).toNumber(), currency)

/** `rate` percent of an amount, computed exactly, rounded once. At most six decimals in the rate; else `core.invalid_amount`. */
export function percent(amount: Money, rate: number | string, rounding: Rounding = 'half_up'): Money {
  return rounded(decimal(rate, 'percent', 6).times(amount.minor).div(100), amount.currency, rounding)
}

/**
 * The tax inside a gross amount at `rate` percent: gross − gross / (1 + rate / 100), rounded once.
 * At 10 % this is gross / 11, the supply formula of the Korean VAT Act, article 29 (7).
 */
export function includedTax(gross: Money, rate: number | string, rounding: Rounding = 'half_up'): Money {
  const percentage = decimal(rate, 'rate', 6)
  return rounded(percentage.times(gross.minor).div(percentage.plus(100)), gross.currency, rounding)
}

/** An amount in another currency at `rate` units of it for one unit of the first; rounded once, `half_up` unless named. */
export function convert(amount: Money, to: Currency, rate: number | string, rounding: Rounding = 'half_up'): Money {
  const shift = new Decimal(10).pow(digitsOf(to) - digitsOf(amount.currency))
  return rounded(decimal(rate, 'rate', 12).times(amount.minor).times(shift), to, rounding)
}

/**
 * Splits an amount by weights without losing a minor unit: largest remainder, ties to the earlier weight. All weights
 * zero means equal parts; a zero beside others gets nothing; a negative total mirrors the positive one.
 * Weights are whole numbers from zero. Throws `core.invalid_amount` for other weights, or for none.
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  if (weights.length === 0 || weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw amountErrors.invalid_amount({ field: 'weights', reason: 'weights are whole numbers from zero, at least one' })
  }
  const size = BigInt(Math.abs(total.minor))
  const shares = weights.some((weight) => weight > 0) ? weights.map(BigInt) : weights.map(() => 1n)
  const whole = shares.reduce((left, right) => left + right, 0n)
  const floors = shares.map((share) => (size * share) / whole)
  const remainders = shares.map((share, index) => ({ index, rest: (size * share) % whole }))
  const missing = Number(size - floors.reduce((left, right) => left + right, 0n))
  const ranked = remainders.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  const lucky = new Set(ranked.slice(0, missing).map((entry) => entry.index))
  const sign = total.minor < 0 ? -1 : 1
  return floors.map((floor, index) => money(sign * (Number(floor) + (lucky.has(index) ? 1 : 0)), total.currency))
}

/** The amount as plain decimal text in major units: `12.30` for 1230 US cents, `1230` for won. */
export function toMajor(amount: Money): string {
  return new Decimal(amount.minor)
    .div(new Decimal(10).pow(digitsOf(amount.currency)))
    .toFixed(digitsOf(amount.currency))
}

/** Reads plain decimal text in major units (`12.30`). Throws `core.invalid_amount` for more decimals than the currency has. */
export function fromMajor(text: string, currency: Currency): Money {
  const value = decimal(text.trim(), 'amount', digitsOf(currency))
  return money(value.times(new Decimal(10).pow(digitsOf(currency))).toNumber(), currency)
}

const formats = new Map<string, Intl.NumberFormat>()

/** The amount as a shopper of `locale` reads it: `₩28,000`, `$12.30`. */
export function format(amount: Money, locale: string): string {
  const key = `${locale} ${amount.currency}`
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency: amount.currency })
  formats.set(key, known)
  return known.format(toMajor(amount) as Intl.StringNumericLiteral)
}
