import { pricingErrors } from '../contract/errors.ts'
import type { OpenLine } from './lines.ts'
import type { TaxOptions } from './model.ts'
import type { State } from './offers.ts'
import type { ExactRate } from './rates.ts'
import { chargeTax, checkFigures, lineTaxes } from './taxes.ts'

/** A cart whose amounts are known, all in minor units of its currency. */
export interface PricedCart {
  readonly currency: string
  /** In canonical order. */
  readonly lines: readonly OpenLine[]
  readonly shipping: number
  readonly fees: readonly { readonly id: string; readonly taxClass: string; readonly amount: number }[]
  readonly tax: TaxOptions | undefined
  readonly rateOf: (taxClass: string) => ExactRate
}

/** Taxes and sums, in minor units. */
export interface Totals {
  /** Of each line, in canonical order. */
  readonly lineTaxes: readonly number[]
  readonly shippingTax: number
  readonly feeTaxes: readonly number[]
  readonly subtotal: number
  readonly goods: number
  readonly taxes: number
  readonly total: number
}

const whole = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

/** Taxes what the promotions left, and adds everything up. Throws `pricing.invalid_cart` past 2^53 − 1. */
export function totalsOf({ lines, shipping: charge, fees, tax, rateOf }: PricedCart, state: State): Totals {
  const taxed = lineTaxes(lines, state.left, rateOf, tax)
  const shippingTax = chargeTax({ field: 'shipping', id: 'shipping', amount: state.shipping }, rateOf('shipping'), tax)
  const feeTaxes = fees.map(({ id, amount, taxClass }) =>
    chargeTax({ field: 'fees', id, amount }, rateOf(taxClass), tax),
  )
  const goods = whole(state.left)
  const taxes = whole(taxed) + shippingTax + whole(feeTaxes)
  const charges = state.shipping + whole(fees.map((fee) => fee.amount))
  const total = goods + charges + (tax?.pricesInclude === 'no_tax' ? taxes : 0)
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(charge + taxes))
    throw pricingErrors.invalid_cart({ field: 'lines', reason: 'with charges and tax they come to more than 2^53 − 1' })
  const subtotal = lines.reduce((sum, line) => sum + line.subtotal, 0)
  return { lineTaxes: taxed, shippingTax, feeTaxes, subtotal, goods, taxes, total }
}

/** Refuses figures of a tax service that cannot be. They were asked for the answer, and not for all that was compared with it. */
export function checkTaxes(cart: PricedCart, state: State, { lineTaxes: taxed, shippingTax, feeTaxes }: Totals): void {
  if (!cart.tax?.external) return
  checkFigures(
    [
      ...cart.lines.map(({ id }, index) => figure(`lines.${id}`, state.left[index], taxed[index])),
      figure('shipping', state.shipping, shippingTax),
      ...cart.fees.map(({ id, amount }, index) => figure(`fees.${id}`, amount, feeTaxes[index])),
    ],
    cart.tax,
  )
}

const figure = (field: string, amount = 0, tax = 0) => ({ field, amount, tax })
