import { compare, type Money, money, subtract } from '@sangdo/core/money'
import { share } from './exact.ts'
import { orNull, percent } from './check.ts'
import { checkAmount, checkFigure, checkRate, refuseFigure } from './figures.ts'
import type { TaxRate } from './model.ts'
import { exactRate } from './rates.ts'

/** What is earned: in minor units, and in percent of the amount with at most two decimals; null percent of nothing. */
export interface Margin {
  readonly amount: Money
  readonly percent: string | null
}

/** What is left of an amount without tax after what the goods cost; the percentage rounded half up. Below zero is a loss. */
export function marginOf(amount: Money, cost: Money): Margin {
  const left = subtract(amount, cost)
  if (amount.minor <= 0) return { amount: left, percent: null }
  const hundredths = share(Math.abs(left.minor), 10_000, amount.minor)
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`.replace(/\.?0+$/, '')
  return { amount: left, percent: (left.minor < 0 && hundredths > 0 ? '-' : '') + text }
}

/** What a sku must bring in: an agreed lowest price, and a margin in percent over what it costs (without tax). */
export interface Guard {
  readonly floor: Money | null
  readonly cost: Money | null
  readonly minimumMargin: number | string | null
  /** The tax that the price contains; none unless given. */
  readonly taxRate?: TaxRate | undefined
}

/**
 * The least price: the greater of the agreed floor and cost / (1 − margin), plus the tax that the price contains, rounded up
 * so that the margin is still there. Null where there is neither. Throws `pricing.invalid_price`, which names the field, for
 * an amount below zero, a margin that is not from 0 to below 100 percent, and a rate that is none.
 */
export function floorFrom({ floor, cost, minimumMargin, taxRate }: Guard): Money | null {
  checkAmount('floor', floor)
  checkAmount('cost', cost)
  checkFigure('minimumMargin', minimumMargin, orNull(percent))
  if (Number(minimumMargin) >= 100) refuseFigure('minimumMargin', 'less than 100 percent')
  checkRate('taxRate', taxRate)
  if (cost === null || minimumMargin === null) return floor
  const margin = exactRate(minimumMargin)
  const tax = exactRate(taxRate)
  const [kept, gross] = [BigInt(margin.d) - BigInt(margin.n), BigInt(tax.d) + BigInt(tax.n)]
  const least = money(share(cost.minor, BigInt(margin.d) * gross, kept * BigInt(tax.d), 'up'), cost.currency)
  return floor && compare(floor, least) >= 0 ? floor : least
}
