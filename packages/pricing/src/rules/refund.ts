import { type Money, money } from '@sangdo/core/money'
import { pricingErrors } from '../contract/errors.ts'
import type { CartQuote, QuoteLine, RefusalReason } from '../contract/quote.ts'
import { share, split } from './exact.ts'
import { keptValue } from './kept.ts'
import type { CartLine, CartOptions } from './model.ts'

/** An order as it was priced. The cart it came from is needed only where a policy looks at its promotions again. */
export interface PlacedOrder {
  readonly quote: CartQuote
  readonly cart?: { readonly lines: readonly CartLine[]; readonly options: CartOptions } | undefined
}

/** So many pieces of a line that come back. */
export interface ReturnedLine {
  readonly id: string
  readonly quantity: number
}

/**
 * What becomes of a discount whose condition fails once something has come back: it is kept, the pieces that stay are
 * priced anew, or it is taken back from the pieces that stay.
 */
export type DiscountPolicy = 'keep' | 'reevaluate' | 'reclaim'

export interface RefundOptions {
  /** What was given back before, in any order. */
  readonly earlier?: readonly RefundPlan[] | undefined
  readonly policy?: DiscountPolicy | undefined
  /** When shipping and fees go back: never (unless said), with the last piece, or now, as when the shop is at fault. */
  readonly charges?: 'kept' | 'with_last' | 'now' | undefined
  /** What the buyer pays for sending it back. */
  readonly returnFee?: Money | undefined
}

/** What goes back for pieces that come back. Amounts of lines and charges are as the prices state them; tax that was added comes on top. */
export interface RefundPlan {
  readonly lines: readonly {
    readonly id: string
    readonly quantity: number
    readonly amount: Money
    readonly tax: Money
  }[]
  readonly goods: Money
  readonly tax: Money
  /** Shipping and fees that go back, by `shipping` or the id of the fee. */
  readonly charges: readonly { readonly id: string; readonly amount: Money; readonly tax: Money }[]
  /** What a policy keeps back of what was paid for these pieces, because a discount no longer holds. */
  readonly reclaimed: Money
  /** Promotions that no longer hold, with the reason; under `keep` nobody asks. */
  readonly withdrawn: readonly { readonly promotionId: string; readonly reason: RefusalReason }[]
  readonly returnFee: Money
  /** What the buyer gets: goods and charges, with tax that was added, less the return fee. */
  readonly total: Money
}

/**
 * What goes back for these pieces, from the allocations that were frozen when the order was placed. Refunds of one piece after
 * the other, in any grouping, sum exactly to what was paid; a returned line never moves its discount to the others.
 * Throws `pricing.invalid_refund`, which names the field, for pieces that are not there or came back before.
 */
export function refundPlan(
  order: PlacedOrder,
  returning: readonly ReturnedLine[],
  options: RefundOptions = {},
): RefundPlan {
  const { quote } = order
  const { earlier = [], policy = 'keep' } = options
  const back = countBack(quote, returning, earlier)
  const paid = returning.map(({ id, quantity }) => partOf(lineOf(quote, id), (back.get(id) ?? 0) - quantity, quantity))
  const kept = policy === 'keep' ? null : keptValue(order, back, policy)
  const last = quote.lines.every((line) => back.get(line.id) === line.quantity)
  const due = (figure: keyof Part, staying: number | undefined) => {
    const rest = leftOf(quote, earlier, figure)
    return staying === undefined ? (last ? rest : Math.min(total(paid, figure), rest)) : Math.max(0, rest - staying)
  }
  const [goods, tax] = [due('amount', kept?.goods), due('tax', kept?.tax)]
  const charges = chargesOf(quote, earlier, options.charges === 'now' || (options.charges === 'with_last' && last))
  return planOf(quote, {
    returning,
    amounts: over(goods, paid, 'amount'),
    taxes: over(tax, paid, 'tax'),
    charges,
    reclaimed: Math.max(0, total(paid, 'amount') - goods),
    withdrawn: kept?.withdrawn ?? [],
    returnFee: options.returnFee,
  })
}

interface Part {
  readonly amount: number
  readonly tax: number
}

const total = (parts: readonly Part[], figure: keyof Part) => parts.reduce((sum, part) => sum + part[figure], 0)

/** Spreads what really goes back over the pieces, in proportion to what was paid for each. */
const over = (amount: number, parts: readonly Part[], figure: keyof Part) => {
  const shares = parts.map((part) => part[figure])
  return amount === total(parts, figure) ? shares : split(amount, shares)
}

function lineOf({ lines }: CartQuote, id: string): QuoteLine {
  const line = lines.find((one) => one.id === id)
  if (!line) throw pricingErrors.invalid_refund({ field: 'returning', reason: `there is no line ${id}` })
  return line
}

/** How many pieces of each line have come back when these have. */
function countBack(
  quote: CartQuote,
  returning: readonly ReturnedLine[],
  earlier: readonly RefundPlan[],
): ReadonlyMap<string, number> {
  const back = new Map<string, number>()
  for (const { id, quantity } of [...earlier.flatMap((plan) => plan.lines), ...returning]) {
    const field = `returning.${returning.findIndex((one) => one.id === id)}.quantity`
    if (!Number.isSafeInteger(quantity) || quantity < 1)
      throw pricingErrors.invalid_refund({ field, reason: 'a whole number from one' })
    const count = (back.get(id) ?? 0) + quantity
    if (count > lineOf(quote, id).quantity)
      throw pricingErrors.invalid_refund({ field, reason: `there are not so many pieces of ${id} left` })
    back.set(id, count)
  }
  if (new Set(returning.map(({ id }) => id)).size !== returning.length)
    throw pricingErrors.invalid_refund({ field: 'returning', reason: 'a line is there twice' })
  return back
}

/** What was paid for pieces `before` + 1 to `before` + `count`; all of them together are the whole, in any grouping. */
function partOf(line: QuoteLine, before: number, count: number): Part {
  const part = (whole: number) => share(whole, before + count, line.quantity) - share(whole, before, line.quantity)
  return { amount: part(line.total.minor), tax: part(line.tax.minor) }
}

/** What was paid and has not gone back yet. */
function leftOf({ lines }: CartQuote, earlier: readonly RefundPlan[], figure: keyof Part): number {
  const paid = lines.reduce((sum, line) => sum + (figure === 'amount' ? line.total : line.tax).minor, 0)
  return earlier.reduce((sum, plan) => sum - (figure === 'amount' ? plan.goods : plan.tax).minor, paid)
}

/** Shipping and fees that have not gone back yet. */
function chargesOf({ shipping, fees }: CartQuote, earlier: readonly RefundPlan[], now: boolean): RefundPlan['charges'] {
  if (!now) return []
  const given = new Set(earlier.flatMap(({ charges }) => charges.map(({ id }) => id)))
  const all = [{ id: 'shipping', amount: shipping.total, tax: shipping.tax }, ...fees]
  return all
    .filter(({ id, amount }) => amount.minor > 0 && !given.has(id))
    .map(({ id, amount, tax }) => ({ id, amount, tax }))
}

interface Figures {
  readonly returning: readonly ReturnedLine[]
  readonly amounts: readonly number[]
  readonly taxes: readonly number[]
  readonly charges: RefundPlan['charges']
  readonly reclaimed: number
  readonly withdrawn: RefundPlan['withdrawn']
  readonly returnFee: Money | undefined
}

function planOf({ currency, taxation }: CartQuote, figures: Figures): RefundPlan {
  const show = (minor: number) => money(minor, currency)
  const sum = (amounts: readonly number[]) => amounts.reduce((whole, amount) => whole + amount, 0)
  const [goods, tax] = [sum(figures.amounts), sum(figures.taxes)]
  const charges = figures.charges.map(({ amount }) => amount.minor)
  const added = taxation?.pricesInclude === 'no_tax' ? tax + sum(figures.charges.map((charge) => charge.tax.minor)) : 0
  const fee = figures.returnFee ?? show(0)
  const whole = goods + sum(charges) + added
  if (fee.currency !== currency || fee.minor < 0 || fee.minor > whole)
    throw pricingErrors.invalid_refund({ field: 'returnFee', reason: `from 0 to what goes back, in ${currency}` })
  return {
    lines: figures.returning.map(({ id, quantity }, index) => ({
      id,
      quantity,
      amount: show(figures.amounts[index] ?? 0),
      tax: show(figures.taxes[index] ?? 0),
    })),
    goods: show(goods),
    tax: show(tax),
    charges: figures.charges,
    reclaimed: show(figures.reclaimed),
    withdrawn: figures.withdrawn,
    returnFee: fee,
    total: show(whole - fee.minor),
  }
}
