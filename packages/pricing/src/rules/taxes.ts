import { pricingErrors } from '../contract/errors.ts'
import { share, split, splitBigints } from './exact.ts'
import type { OpenLine } from './lines.ts'
import type { ExternalTax, TaxOptions } from './model.ts'
import type { ExactRate } from './rates.ts'

/** The tax in or on an amount, rounded once. */
export function taxOn(
  amount: number,
  { n, d }: Pick<ExactRate, 'n' | 'd'>,
  { pricesInclude, rounding }: Pick<TaxOptions, 'pricesInclude' | 'rounding'>,
): number {
  if (pricesInclude === 'no_tax') return share(amount, n, d, rounding)
  return share(amount, n, typeof n === 'number' && typeof d === 'number' ? n + d : BigInt(n) + BigInt(d), rounding)
}

/** The tax of one piece of a line, rounded, times the pieces. */
function taxByUnit(left: number, quantity: number, rate: ExactRate, { pricesInclude, rounding }: TaxOptions): number {
  const [n, d] = [BigInt(rate.n), BigInt(rate.d)]
  const base = pricesInclude === 'tax' ? n + d : d
  const tax = share(left, n, base * BigInt(quantity), rounding) * quantity
  return pricesInclude === 'tax' ? Math.min(tax, left) : tax
}

/** The tax of each line, in the order of the lines, at the level and in the mode that the options name. */
export function lineTaxes(
  lines: readonly OpenLine[],
  left: readonly number[],
  rateOf: (taxClass: string) => ExactRate,
  tax: TaxOptions | undefined,
): number[] {
  if (!tax) return lines.map(() => 0)
  const { external } = tax
  if (external) return lines.map((line) => given(external, line))
  switch (tax.level ?? 'line') {
    case 'line':
      return lines.map((line, index) => taxOn(left[index] ?? 0, rateOf(line.taxClass), tax))
    case 'unit':
      return lines.map((line, index) => taxByUnit(left[index] ?? 0, line.quantity, rateOf(line.taxClass), tax))
    case 'order':
      return taxByClass(lines, left, rateOf, tax)
  }
}

function taxByClass(
  lines: readonly OpenLine[],
  left: readonly number[],
  rateOf: (taxClass: string) => ExactRate,
  tax: TaxOptions,
): number[] {
  const taxes = lines.map(() => 0)
  const classes = Map.groupBy(lines.keys(), (index) => lines[index]?.taxClass ?? '')
  for (const [taxClass, indices] of classes) {
    const bases = indices.map((index) => left[index] ?? 0)
    const whole = taxOn(
      bases.reduce((sum, base) => sum + base, 0),
      rateOf(taxClass),
      tax,
    )
    for (const [place, part] of split(whole, bases).entries()) taxes[indices[place] ?? 0] = part
  }
  return taxes
}

function given(external: ExternalTax, { id }: OpenLine): number {
  const figure = Object.hasOwn(external.lines, id) ? external.lines[id] : undefined
  return there(figure?.minor, `tax.external.lines.${id}`)
}

function there(figure: number | undefined, field: string): number {
  if (figure === undefined) throw pricingErrors.invalid_cart({ field, reason: 'the tax service gave no figure' })
  return figure
}

/** Refuses figures of a tax service that are more than the amounts which are said to contain them. */
export function checkFigures(
  amounts: readonly { readonly field: string; readonly amount: number; readonly tax: number }[],
  tax: TaxOptions | undefined,
): void {
  const wrong = tax?.external && tax.pricesInclude === 'tax' ? amounts.find((one) => one.tax > one.amount) : undefined
  if (wrong)
    throw pricingErrors.invalid_cart({
      field: `tax.external.${wrong.field}`,
      reason: 'more than the amount that contains it',
    })
}

/** The tax of a charge: of shipping, or of a fee. */
export function chargeTax(
  charge: { readonly field: 'shipping' | 'fees'; readonly id: string; readonly amount: number },
  rate: ExactRate,
  tax: TaxOptions | undefined,
): number {
  if (!tax) return 0
  const { external } = tax
  if (!external) return taxOn(charge.amount, rate, tax)
  if (charge.field === 'shipping') {
    if (external.shipping === undefined && charge.amount === 0) return 0
    return there(external.shipping?.minor, 'tax.external.shipping')
  }
  return there(external.fees?.[charge.id]?.minor, `tax.external.fees.${charge.id}`)
}

/** What each component of a rate has of a tax; nothing where the rate is one percentage. */
export function taxParts(tax: number, { parts }: ExactRate): { name: string; rate: string; amount: number }[] {
  if (parts.length === 0) return []
  const amounts = splitBigints(
    BigInt(tax),
    parts.map(({ weight }) => weight),
  )
  return parts.map(({ name, text }, index) => ({ name, rate: text, amount: Number(amounts[index] ?? 0n) }))
}
