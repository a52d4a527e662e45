import { pricingErrors } from '../contract/errors.ts'
import type { Adjustment, CartQuote, QuoteLine, RefusalReason } from '../contract/quote.ts'
import { priceLines } from './cart.ts'
import { share } from './exact.ts'
import type { CartOptions } from './model.ts'
import { exactRate } from './rates.ts'
import type { DiscountPolicy, PlacedOrder } from './refund.ts'

/** What the pieces that stay cost, and which promotions no longer hold for them. */
export interface Kept {
  readonly goods: number
  readonly tax: number
  readonly withdrawn: readonly { readonly promotionId: string; readonly reason: RefusalReason }[]
}

/** What the pieces that stay cost under a policy that looks at the promotions again; nothing when no piece stays. */
export function keptValue(
  { quote, cart }: PlacedOrder,
  back: ReadonlyMap<string, number>,
  policy: Exclude<DiscountPolicy, 'keep'>,
): Kept {
  if (!cart) throw pricingErrors.invalid_refund({ field: 'cart', reason: `the policy ${policy} needs the priced cart` })
  const staying = quote.lines.flatMap((line, place) => {
    const quantity = line.quantity - (back.get(line.id) ?? 0)
    const from = cart.lines[place]
    return quantity > 0 && from ? [{ ...from, id: line.id, quantity }] : []
  })
  if (staying.length === 0) return { goods: 0, tax: 0, withdrawn: [] }
  const repriced = priceLines(staying, optionsOf(quote, cart.options), quote.lines.length)
  const withdrawn = repriced.refused.map(({ promotionId, reason }) => ({ promotionId: promotionId ?? '', reason }))
  const lost = new Set(withdrawn.map(({ promotionId }) => promotionId))
  const owed = shippingOwed(quote, repriced, policy, lost)
  if (policy === 'reclaim') return { ...reclaimed(quote, back, lost, owed), withdrawn }
  const goods = repriced.lines.reduce((sum, line) => sum + line.total.minor, owed)
  return { goods, tax: repriced.lines.reduce((sum, line) => sum + line.tax.minor, 0), withdrawn }
}

/** The promotions that counted, as they were. */
function optionsOf({ adjustments, gifts, shares }: CartQuote, options: CartOptions): CartOptions {
  const counted = new Set([...adjustments, ...gifts, ...shares].map((one) => `${one.promotionId} ${one.code ?? ''}`))
  const promotions = (options.promotions ?? []).flatMap((promotion, index) => {
    const id = promotion.id ?? promotion.code ?? `promotion-${index + 1}`
    return counted.has(`${id} ${promotion.code ?? ''}`) ? [{ ...promotion, id, best: false }] : []
  })
  const { tenders: _, tax, ...rest } = options
  // A tax service spoke of the whole order; for the pieces that stay its rates are the nearest there is.
  return { ...rest, promotions, ...(tax ? { tax: { ...tax, external: undefined } } : {}) }
}

/** Shipping that was free or cheaper because of a promotion that no longer holds. */
function shippingOwed(
  quote: CartQuote,
  repriced: CartQuote,
  policy: DiscountPolicy,
  lost: ReadonlySet<string>,
): number {
  if (policy === 'reevaluate') return Math.max(0, repriced.shipping.total.minor - quote.shipping.total.minor)
  const gone = quote.adjustments.filter(({ target, promotionId }) => target === 'shipping' && lost.has(promotionId))
  return gone.reduce((sum, { amount }) => sum + amount.minor, 0)
}

/** The frozen amounts of the pieces that stay, with the discounts that they lose on top. */
function reclaimed(
  quote: CartQuote,
  back: ReadonlyMap<string, number>,
  lost: ReadonlySet<string>,
  owed: number,
): { goods: number; tax: number } {
  const gone = quote.adjustments.filter(({ promotionId }) => lost.has(promotionId))
  let [goods, tax] = [owed, 0]
  for (const line of quote.lines) {
    const withdrawn = gone.reduce((sum, adjustment) => sum + partOf(adjustment, line.id), 0)
    const staying = (whole: number) => whole - share(whole, back.get(line.id) ?? 0, line.quantity)
    const cost = staying(line.total.minor + withdrawn)
    goods += cost
    tax += withdrawn === 0 ? staying(line.tax.minor) : taxOn(quote, line, cost)
  }
  return { goods, tax }
}

const partOf = ({ lines }: Adjustment, id: string) => lines.find((line) => line.id === id)?.amount.minor ?? 0

/** Tax at the line's frozen rate. */
function taxOn({ taxation }: CartQuote, { taxRate }: QuoteLine, amount: number): number {
  if (!taxation) return 0
  const { n, d } = exactRate(taxRate)
  const base = taxation.pricesInclude === 'tax' ? BigInt(d) + BigInt(n) : d
  return share(amount, n, base, taxation.rounding)
}
