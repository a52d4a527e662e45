import type { Money } from '@sangdo/core/money'
import type { CartOptions, Fee, TaxOptions } from '../../src/rules/model.ts'
import type { Line, State } from './lines.ts'
import { type Rate, rateFor, restating } from './rates.ts'
import { one, over, plus, type Rational, ratio, round, times, total } from './rational.ts'
import { allocate } from './split.ts'

export interface Taxed {
  readonly tax: bigint
  readonly rate: Rate
  /** Of no class that is taxed; a tax service may tax it nonetheless. */
  readonly free: boolean
}

export type TaxedFee = Taxed & { readonly id: string; readonly amount: bigint }

/** The taxes of a cart: of each line by its id, of shipping, and of each fee. */
export interface Taxes {
  readonly lines: ReadonlyMap<string, Taxed>
  readonly shipping: Taxed
  readonly fees: readonly TaxedFee[]
}

/** Tax on an amount: contained in it, or added to it. */
function taxOn(amount: Rational, { rate }: Rate, { pricesInclude, rounding }: TaxOptions): bigint {
  const exact = times(amount, rate)
  return round(pricesInclude === 'tax' ? over(exact, plus(one, rate)) : exact, rounding)
}

function byOrder(lines: readonly Line[], tax: TaxOptions): Map<string, bigint> {
  const taxes = new Map<string, bigint>()
  for (const taxClass of new Set(lines.map((line) => line.taxClass))) {
    const alike = lines.filter((line) => line.taxClass === taxClass)
    const whole = taxOn(ratio(total(alike.map((line) => line.left))), rateFor(tax, taxClass), tax)
    const parts = allocate(
      whole,
      alike.map((line) => ratio(line.left)),
    )
    alike.forEach((line, index) => taxes.set(line.id, parts[index] ?? 0n))
  }
  return taxes
}

function lineTaxes(lines: readonly Line[], tax: TaxOptions): Map<string, bigint> {
  const rate = (line: Line) => rateFor(tax, line.taxClass)
  switch (tax.level ?? 'line') {
    case 'line':
      return new Map(lines.map((line) => [line.id, taxOn(ratio(line.left), rate(line), tax)]))
    case 'unit':
      return new Map(
        lines.map((line) => {
          const whole = taxOn(ratio(line.left, line.quantity), rate(line), tax) * line.quantity
          return [line.id, tax.pricesInclude === 'tax' && whole > line.left ? line.left : whole]
        }),
      )
    case 'order':
      return byOrder(lines, tax)
  }
}

const restatedFees = ({ fees = [], tax }: CartOptions) => {
  const restated = restating(tax)
  return fees.map((fee) => ({ fee, amount: restated(fee.amount, fee.taxClass) }))
}

interface Figures {
  readonly line: (line: Line) => bigint
  readonly shipping: (amount: bigint) => bigint
  readonly fee: (fee: Fee, amount: bigint) => bigint
}

const noFigures: Figures = { line: () => 0n, shipping: () => 0n, fee: () => 0n }

function calculated(lines: readonly Line[], tax: TaxOptions): Figures {
  const taxes = lineTaxes(lines, tax)
  return {
    line: (line) => taxes.get(line.id) ?? 0n,
    shipping: (amount) => taxOn(ratio(amount), rateFor(tax, 'shipping'), tax),
    fee: (fee, amount) => taxOn(ratio(amount), rateFor(tax, fee.taxClass), tax),
  }
}

function given({ lines, shipping, fees }: NonNullable<TaxOptions['external']>): Figures {
  const figure = (amount: Money | undefined) => BigInt(amount?.minor ?? 0)
  return {
    line: (line) => figure(lines[line.id]),
    shipping: () => figure(shipping),
    fee: (fee) => figure(fees?.[fee.id]),
  }
}

/** Section 5: the taxes on what promotions left. */
export function taxesOn(state: State, options: CartOptions): Taxes {
  const { tax } = options
  const figures = !tax ? noFigures : tax.external ? given(tax.external) : calculated(state.lines, tax)
  const taxed = (figure: bigint, taxClass: string | undefined): Taxed => {
    const rate = rateFor(tax, taxClass)
    return { tax: figure, rate, free: rate.free && figure === 0n }
  }
  return {
    lines: new Map(state.lines.map((line) => [line.id, taxed(figures.line(line), line.taxClass)])),
    shipping: taxed(figures.shipping(state.shipping), 'shipping'),
    fees: restatedFees(options).map(({ fee, amount }) => ({
      id: fee.id,
      amount,
      ...taxed(figures.fee(fee, amount), fee.taxClass),
    })),
  }
}

export const sumOf = (taxes: Taxes): bigint =>
  total([...taxes.lines.values(), taxes.shipping, ...taxes.fees].map((taxed) => taxed.tax))

/** The taxes of a line that has several. */
export function componentTaxes({ tax, rate }: Taxed): { name: string; amount: bigint }[] {
  if (rate.components.length === 0) return []
  const parts = allocate(
    tax,
    rate.components.map((component) => component.part),
  )
  return rate.components.map(({ name }, index) => ({ name, amount: parts[index] ?? 0n }))
}

/** Section 6: what is left of the lines, shipping, fees and tax added. */
export function totalOf(state: State, taxes: Taxes, options: CartOptions): bigint {
  const added = options.tax?.pricesInclude === 'no_tax' ? sumOf(taxes) : 0n
  const lines = state.lines.map((line) => line.left)
  return total([...lines, state.shipping, ...taxes.fees.map((fee) => fee.amount), added])
}
