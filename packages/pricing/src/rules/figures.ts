import { pricingErrors } from '../contract/errors.ts'
import { amount, type Check, orNull, percent } from './check.ts'
import type { TaxRate } from './model.ts'

/** How many units of one currency are one of another, as text. */
export const exchangeRate = /^(?=.*[1-9])\d{1,9}(\.\d{1,12})?$/

/** Checks one figure of a price. Throws `pricing.invalid_price`, which names the field and what is wrong in it. */
export function checkFigure(field: string, value: unknown, check: Check, currency = ''): void {
  const problem = check(value, currency)
  if (problem) refuseFigure(problem.field ? `${field}.${problem.field}` : field, problem.reason)
}

/** Throws `pricing.invalid_price` with the field. */
export function refuseFigure(field: string, reason: string): never {
  throw pricingErrors.invalid_price({ field, reason })
}

/** Checks an amount from zero in its own currency, or null. Throws `pricing.invalid_price`. */
export const checkAmount = (field: string, value: { readonly currency: string } | null): void =>
  checkFigure(field, value, orNull(amount), value?.currency)

/** Checks a rate: one percentage, or several. Throws `pricing.invalid_price`. */
export function checkRate(field: string, rate: TaxRate | undefined): void {
  if (Array.isArray(rate)) for (const one of rate) checkFigure(field, one?.percent, percent)
  else if (rate !== undefined) checkFigure(field, rate, percent)
}
