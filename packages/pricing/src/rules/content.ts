import { type Money, money } from '@sangdo/core/money'
import { pricingErrors } from '../contract/errors.ts'
import { share } from './exact.ts'
import { checkAmount } from './figures.ts'

/** How many of the smallest unit of its kind a unit is. */
const units = {
  mg: { kind: 'mass', size: 1n },
  g: { kind: 'mass', size: 1_000n },
  kg: { kind: 'mass', size: 1_000_000n },
  ml: { kind: 'volume', size: 1n },
  cl: { kind: 'volume', size: 10n },
  l: { kind: 'volume', size: 1_000n },
  mm: { kind: 'length', size: 1n },
  cm: { kind: 'length', size: 10n },
  m: { kind: 'length', size: 1_000n },
  m2: { kind: 'area', size: 1n },
  piece: { kind: 'count', size: 1n },
} as const

export type ContentUnit = keyof typeof units

/** How much of something there is: `{ value: '250', unit: 'g' }`, as a plain decimal. */
export interface Content {
  readonly value: string
  readonly unit: ContentUnit
}

/**
 * The unit price of what a package contains, rounded half up: 4.50 for 250 g is 1.80 per 100 g. Throws
 * `pricing.invalid_content` with the field for a value that is no plain decimal above zero, an unknown unit, or two kinds;
 * `pricing.invalid_price` for an amount below zero.
 */
export function pricePer(amount: Money, content: Content, per: Content): Money {
  checkAmount('amount', amount)
  const [inside, asked] = [sizeOf(content, 'content'), sizeOf(per, 'per')]
  if (inside.kind !== asked.kind)
    throw pricingErrors.invalid_content({ field: 'per.unit', reason: `${per.unit} does not measure ${inside.kind}` })
  return money(share(amount.minor, asked.n * inside.d, asked.d * inside.n), amount.currency)
}

function sizeOf(content: Content, field: string) {
  const { value, unit } = content ?? {}
  if (typeof value !== 'string' || !/^\d{1,12}(\.\d{1,6})?$/.test(value) || Number(value) === 0)
    throw pricingErrors.invalid_content({ field: `${field}.value`, reason: 'a plain decimal above zero' })
  if (!Object.hasOwn(units, unit))
    throw pricingErrors.invalid_content({ field: `${field}.unit`, reason: `one of ${Object.keys(units).join(', ')}` })
  const { kind, size } = units[unit]
  const [whole = '0', decimals = ''] = value.split('.')
  return { kind, n: BigInt(whole + decimals) * size, d: 10n ** BigInt(decimals.length) }
}
