import { pricingErrors } from '../contract/errors.ts'
import type { Adjustment, CartQuote, QuoteLine, RefusalReason } from '../contract/quote.ts'
import { priceLines } from './cart.ts'
import { share } from './exact.ts'
import type { CartLine, CartOptions } from './model.ts'
import { exactRate } from './rates.ts'
import { taxOn } from './taxes.ts'
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
  const staying = stayingLines(quote, cart.lines, back)
  if (staying.length === 0) return { goods: 0, tax: 0, withdrawn: [] }
  const repriced = priceLines(staying, optionsOf(quote, cart.options), quote.lines.length)
  const withdrawn = repriced.refused.map(({ promotionId, reason }) => ({ promotionId: promotionId ?? '', reason }))
  const lost = new Set(withdrawn.map(({ promotionId }) => promotionId))
  const owed = shippingOwed(quote, repriced, policy, lost)
  const costs = policy === 'reclaim' ? reclaimed(quote, back, lost) : repricedCosts(quote, repriced)
  const goods = costs.reduce((sum, { cost }) => sum + cost, owed)
  const tax = costs.reduce((sum, one) => sum + one.tax, taxAt(quote, quote.shipping.taxRate, owed))
  return { goods, tax, withdrawn }
}

/** The lines of the cart with the pieces that stay. The cart must be the one that was priced. */
function stayingLines(
  quote: CartQuote,
  lines: readonly CartLine[],
  back: ReadonlyMap<string, number>,
): (CartLine & { id: string })[] {
  return quote.lines.flatMap((line, place) => {
    const from = lines[place]
    if (from?.sku !== line.sku || from.quantity !== line.quantity)
      throw pricingErrors.invalid_refund({ field: `cart.lines.${place}`, reason: 'not the line that was priced' })
    const quantity = line.quantity - (back.get(line.id) ?? 0)
    return quantity > 0 ? [{ ...from, id: line.id, quantity }] : []
  })
}

/** What the pieces of a line that stay cost, and the tax of that. */
interface Cost {
  readonly cost: number
  readonly tax: number
}

function repricedCosts(quote: CartQuote, repriced: CartQuote): Cost[] {
  return repriced.lines.map(({ id, total: { minor: cost }, tax }) => {
    const frozen = quote.lines.find((line) => line.id === id)
    return { cost, tax: frozen && quote.taxation?.source ? taxShare(frozen, cost) : tax.minor }
  })
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
function reclaimed(quote: CartQuote, back: ReadonlyMap<string, number>, lost: ReadonlySet<string>): Cost[] {
  const gone = quote.adjustments.filter(({ promotionId }) => lost.has(promotionId))
  return quote.lines.map((line) => {
    const withdrawn = gone.reduce((sum, adjustment) => sum + partOf(adjustment, line.id), 0)
    const staying = (whole: number) => whole - share(whole, back.get(line.id) ?? 0, line.quantity)
    const cost = staying(line.total.minor + withdrawn)
    if (withdrawn === 0) return { cost, tax: staying(line.tax.minor) }
    return { cost, tax: quote.taxation?.source ? taxShare(line, cost) : taxAt(quote, line.taxRate, cost) }
  })
}

const partOf = ({ lines }: Adjustment, id: string) => lines.find((line) => line.id === id)?.amount.minor ?? 0

/** A tax service spoke of the whole line; of a part of it the tax is in proportion. */
const taxShare = ({ total, tax }: QuoteLine, cost: number) =>
  total.minor === 0 ? 0 : share(tax.minor, cost, total.minor)

/** Tax at a frozen rate. */
const taxAt = ({ taxation }: CartQuote, rate: string, amount: number) =>
  taxation ? taxOn(amount, exactRate(rate), taxation) : 0
