import { includedTax, type Money, percent, type Rounding, zero } from '@sangdo/core'

/** How amounts are taxed: rates in percent by tax class, contained in the prices or added to them. */
export interface TaxOptions {
  readonly pricesInclude: 'tax' | 'no_tax'
  readonly rates: Readonly<Record<string, number | string>>
  readonly rounding?: Rounding
}

/** The tax in or on an amount, rounded once, and its rate. A class without a rate is not taxed; shipping is taxed as `shipping`. */
export function taxOf(amount: Money, taxClass: string, tax: TaxOptions | undefined): { amount: Money; rate: string } {
  const rate = tax?.rates[taxClass]
  if (tax === undefined || rate === undefined) return { amount: zero(amount.currency), rate: '0' }
  const formula = tax.pricesInclude === 'tax' ? includedTax : percent
  return { amount: formula(amount, rate, tax.rounding), rate: String(rate) }
}
