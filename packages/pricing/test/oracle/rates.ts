import type { Money } from '@sangdo/core/money'
import type { TaxOptions, TaxRate } from '../../src/rules/model.ts'
import { nothing, one, over, percentage, plus, type Rational, ratio, round, times } from './rational.ts'

/** The tax of a class as a fraction of the net amount. */
export interface Rate {
  readonly rate: Rational
  readonly free: boolean
  /** What each of several components adds to the rate, in their order; empty where there is but one percentage. */
  readonly components: readonly { readonly name: string; readonly part: Rational }[]
}

const free: Rate = { rate: nothing, free: true, components: [] }

/** Section 5: R = R + p, or R + p × (1 + R) for a compound component. */
function rateOf(given: TaxRate): Rate {
  if (typeof given === 'number' || typeof given === 'string') {
    return { rate: percentage(given), free: false, components: [] }
  }
  let rate = nothing
  const components = given.map(({ name, percent, compound }) => {
    const part = compound ? times(percentage(percent), plus(one, rate)) : percentage(percent)
    rate = plus(rate, part)
    return { name, part }
  })
  return { rate, free: false, components }
}

function listed(rates: Readonly<Record<string, TaxRate>> | undefined, taxClass: string | undefined): Rate {
  const given = taxClass === undefined || !rates || !Object.hasOwn(rates, taxClass) ? undefined : rates[taxClass]
  return given === undefined ? free : rateOf(given)
}

function exempt(tax: TaxOptions, taxClass: string | undefined): boolean {
  if (!tax.exemption || taxClass === undefined) return false
  return tax.exemption.taxClasses ? tax.exemption.taxClasses.includes(taxClass) : true
}

/** The rate of a class for this buyer: nothing, though not tax-free, where a certificate exempts it. */
export function rateFor(tax: TaxOptions | undefined, taxClass: string | undefined): Rate {
  if (!tax) return free
  const rate = listed(tax.rates, taxClass)
  return exempt(tax, taxClass) ? { ...rate, rate: nothing, components: [] } : rate
}

/** The rates that prices of a class were made with, if they are to be restated. */
function homeRates(tax: TaxOptions, taxClass: string | undefined): Readonly<Record<string, TaxRate>> | undefined {
  if (tax.pricesInclude === 'no_tax') return undefined
  if (exempt(tax, taxClass)) return tax.homeRates ?? tax.rates
  return tax.constant === 'net' ? tax.homeRates : undefined
}

/** How an amount of a tax class is restated: × (1 + R) / (1 + H), rounded; the same amount where nothing is to be restated. */
export function restating(tax: TaxOptions | undefined): (amount: Money, taxClass: string | undefined) => bigint {
  return ({ minor }, taxClass) => {
    const home = tax && homeRates(tax, taxClass)
    if (!home) return BigInt(minor)
    const gross = plus(one, rateFor(tax, taxClass).rate)
    const before = plus(one, listed(home, taxClass).rate)
    return round(times(ratio(BigInt(minor)), over(gross, before)), tax.rounding)
  }
}
