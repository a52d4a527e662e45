import { type Money, money } from '@sangdo/core/money'
import type { CartQuote } from '../contract/quote.ts'
import { share } from './exact.ts'
import type { RefundPlan } from './refund.ts'

/**
 * How value-added tax is taken out of what is paid, as Korean payment providers want it said. All of them are in use, and
 * they differ by a won (39,000 won: 3,545 or 3,546), so that none is left to the provider.
 * - `lines`: the tax of the quote, in proportion;
 * - `eleventh`: a eleventh of the taxable amount, rounded half up;
 * - `supply_first`: the taxable amount less its supply value, which is the taxable amount / 1.1, rounded down.
 */
export type VatFormula = 'lines' | 'eleventh' | 'supply_first'

/** What is said to a payment provider; supply + vat + taxFree is the amount. */
export interface TaxSplit {
  readonly amount: Money
  readonly supply: Money
  readonly vat: Money
  readonly taxFree: Money
}

/** Amounts with their tax, in minor units. */
interface Sums {
  readonly taxable: number
  readonly zeroRated: number
  readonly taxFree: number
  readonly vat: number
}

interface Item {
  readonly amount: number
  readonly tax: number
  readonly rate: string
  readonly taxFree: boolean
}

/** Supply value, VAT and tax-free part of what is to be paid for a cart; tenders take from each in proportion. */
export function splitTax(quote: CartQuote, formula: VatFormula = 'lines'): TaxSplit {
  const whole = sumsOf(itemsOf(quote), quote)
  return shown(cut(whole, quote.due.minor, quote.total.minor), whole, formula, quote.currency)
}

/**
 * The same for what goes back: the split of all refunds so far less that of those before, so that partial cancels always
 * end at exactly what was paid. Tenders get back their proportion, so this is the money; a return fee is taken from it.
 */
export function splitRefund(
  quote: CartQuote,
  plan: RefundPlan,
  { formula = 'lines', earlier = [] }: { formula?: VatFormula; earlier?: readonly RefundPlan[] } = {},
): TaxSplit {
  const whole = sumsOf(itemsOf(quote), quote)
  const until = (plans: readonly RefundPlan[]) => shown(refunded(quote, plans, whole), whole, formula, quote.currency)
  const [after, before] = [until([...earlier, plan]), until(earlier)]
  const difference = (part: keyof TaxSplit) => money(after[part].minor - before[part].minor, quote.currency)
  return {
    amount: difference('amount'),
    supply: difference('supply'),
    vat: difference('vat'),
    taxFree: difference('taxFree'),
  }
}

function itemsOf({ lines, shipping, fees }: CartQuote): Item[] {
  return [
    ...lines.map((line) => ({
      amount: line.total.minor,
      tax: line.tax.minor,
      rate: line.taxRate,
      taxFree: line.taxFree,
    })),
    shippingItem(shipping.total, shipping),
    ...fees.map((fee) => ({ amount: fee.amount.minor, tax: fee.tax.minor, rate: fee.taxRate, taxFree: fee.taxFree })),
  ]
}

const shippingItem = (amount: Money, { tax, taxRate }: CartQuote['shipping']): Item => ({
  amount: amount.minor,
  tax: tax.minor,
  rate: taxRate,
  taxFree: taxRate === '0' && tax.minor === 0,
})

function refundItems(quote: CartQuote, { lines, charges }: RefundPlan): Item[] {
  const goods = lines.flatMap(({ id, amount, tax }) => {
    const line = quote.lines.find((one) => one.id === id)
    return line ? [{ amount: amount.minor, tax: tax.minor, rate: line.taxRate, taxFree: line.taxFree }] : []
  })
  const others = charges.map(({ id, amount, tax }) => {
    const fee = quote.fees.find((one) => one.id === id)
    const of = fee ? { rate: fee.taxRate, taxFree: fee.taxFree } : shippingItem(amount, quote.shipping)
    return { rate: of.rate, taxFree: of.taxFree, amount: amount.minor, tax: tax.minor }
  })
  return [...goods, ...others]
}

/** Sums with the tax in them, whether the prices contained it or it was added. */
function sumsOf(items: readonly Item[], { taxation }: CartQuote): Sums {
  const added = taxation?.pricesInclude === 'no_tax'
  const sums = { taxable: 0, zeroRated: 0, taxFree: 0, vat: 0 }
  for (const { amount, tax, rate, taxFree } of items) {
    const kind = taxFree ? 'taxFree' : Number(rate) === 0 && tax === 0 ? 'zeroRated' : 'taxable'
    sums[kind] += amount + (added ? tax : 0)
    sums.vat += tax
  }
  return sums
}

/**
 * What has gone back in money. No class gives back more than it has: what a policy moved between lines stays with the total.
 * A return fee is a taxable service, so it is taken from what is taxable first.
 */
function refunded(quote: CartQuote, plans: readonly RefundPlan[], whole: Sums): Sums {
  const found = sumsOf(
    plans.flatMap((plan) => refundItems(quote, plan)),
    quote,
  )
  const total = found.taxable + found.zeroRated + found.taxFree
  if (total === 0) return found
  const fees = plans.reduce((sum, plan) => sum + plan.returnFee.minor, 0)
  const settled = within(found, total, whole)
  const paid = share(total, quote.due.minor, quote.total.minor)
  return without(cut({ ...settled, vat: vatBy('lines', settled.taxable, whole) }, paid, total), fees)
}

function within(found: Sums, total: number, whole: Sums): Sums {
  const taxable = Math.min(found.taxable, whole.taxable)
  const zeroRated = Math.min(found.zeroRated, whole.zeroRated)
  const taxFree = Math.min(total - taxable - zeroRated, whole.taxFree)
  const more = Math.min(total - taxable - zeroRated - taxFree, whole.taxable - taxable)
  return { ...found, taxFree, taxable: taxable + more, zeroRated: total - taxFree - taxable - more }
}

function without(sums: Sums, fees: number): Sums {
  const taxable = Math.min(sums.taxable, fees)
  const zeroRated = Math.min(sums.zeroRated, fees - taxable)
  const taxFree = Math.min(sums.taxFree, fees - taxable - zeroRated)
  return {
    ...sums,
    taxable: sums.taxable - taxable,
    zeroRated: sums.zeroRated - zeroRated,
    taxFree: sums.taxFree - taxFree,
  }
}

/** The part of each sum that is paid in money where tenders pay the rest. */
function cut(sums: Sums, due: number, total: number): Sums {
  if (due === total) return sums
  const [taxFree, zeroRated] = [share(sums.taxFree, due, total), share(sums.zeroRated, due, total)]
  const taxable = Math.max(0, due - taxFree - zeroRated)
  return { taxable, taxFree, zeroRated: due - taxFree - taxable, vat: vatBy('lines', taxable, sums) }
}

function vatBy(formula: VatFormula, taxable: number, whole: Sums): number {
  switch (formula) {
    case 'lines':
      return whole.taxable === 0 ? 0 : share(whole.vat, taxable, whole.taxable)
    case 'eleventh':
      return share(taxable, 1, 11)
    case 'supply_first':
      return taxable - share(taxable, 10, 11, 'down')
  }
}

function shown({ taxable, zeroRated, taxFree }: Sums, whole: Sums, formula: VatFormula, currency: string): TaxSplit {
  const vat = vatBy(formula, taxable, whole)
  return {
    amount: money(taxable + zeroRated + taxFree, currency),
    supply: money(taxable + zeroRated - vat, currency),
    vat: money(vat, currency),
    taxFree: money(taxFree, currency),
  }
}
