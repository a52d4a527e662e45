import { type Money, money } from '@sangdo/core/money'
import { pricingErrors } from '../contract/errors.ts'
import type { Adjustment, CartQuote, Combination, Gift, OwedShare, QuoteLine, Taxation } from '../contract/quote.ts'
import type { Search } from './combination.ts'
import { ratioOf, share } from './exact.ts'
import type { OpenLine } from './lines.ts'
import type { TaxOptions, Tender } from './model.ts'
import type { Offer } from './offers.ts'
import type { Outcome, Runner } from './promotions.ts'
import { taxParts } from './taxes.ts'
import type { PricedCart, Totals } from './totals.ts'

interface Priced {
  readonly cart: PricedCart
  readonly outcome: Outcome
  readonly search: Search | null
  readonly totals: Totals
  readonly tenders: readonly Tender[]
}

type Show = (minor: number) => Money

/** Puts a priced cart into the words of its answer; the lines in the order in which they came. */
export function answer({ cart, outcome, search, totals, tenders }: Priced): CartQuote {
  const { currency, tax } = cart
  const show: Show = (minor) => ({ minor, currency })
  const included = tax?.pricesInclude === 'tax'
  const lines = cart.lines.map((line, index) =>
    lineOf(line, outcome.state.left[index] ?? 0, totals.lineTaxes[index] ?? 0, cart),
  )
  const inOrder: QuoteLine[] = []
  for (const [index, line] of cart.lines.entries()) inOrder[line.place] = lines[index] as QuoteLine
  return {
    currency,
    lines: inOrder,
    ...promotionsOf(outcome, cart, show),
    combination: search && combinationOf(search, show),
    subtotal: show(totals.subtotal),
    discount: show(totals.subtotal - totals.goods),
    shipping: {
      amount: show(cart.shipping),
      discount: show(cart.shipping - outcome.state.shipping),
      total: show(outcome.state.shipping),
      tax: show(totals.shippingTax),
      taxRate: cart.rateOf('shipping').text,
    },
    fees: feesOf(cart, totals, show),
    taxation: tax ? taxationOf(tax) : null,
    taxAdded: show(included ? 0 : totals.taxes),
    taxIncluded: show(included ? totals.taxes : 0),
    total: show(totals.total),
    due: dueOf(totals.total, tenders, currency),
  }
}

function lineOf(open: OpenLine, left: number, tax: number, { currency, rateOf }: PricedCart): QuoteLine {
  const { line, subtotal, unit, taxClass } = open
  const rate = rateOf(taxClass)
  const parts = taxParts(tax, rate)
  return {
    id: open.id,
    sku: line.sku,
    quantity: open.quantity,
    unitPrice: { minor: unit, currency },
    compareAt: open.compareAt === null ? null : { minor: open.compareAt, currency },
    priceListId: line.priceListId ?? null,
    subtotal: { minor: subtotal, currency },
    discount: { minor: subtotal - left, currency },
    total: { minor: left, currency },
    taxClass,
    tax: { minor: tax, currency },
    taxRate: rate.text,
    taxFree: rate.taxFree && tax === 0,
    ...(parts.length > 0
      ? {
          taxes: parts.map(({ name, rate: text, amount }) => ({
            name,
            rate: text,
            amount: { minor: amount, currency },
          })),
        }
      : {}),
    ...(unit === line.unitPrice.minor ? {} : { restatedFrom: line.unitPrice }),
  }
}

/** What the promotions did, what they gave and owe, and which did not count. */
function promotionsOf(
  { verdicts, state }: Outcome,
  { lines }: PricedCart,
  show: Show,
): Pick<CartQuote, 'adjustments' | 'gifts' | 'shares' | 'refused' | 'payableBy'> {
  const found: ReturnType<typeof promotionsOf> = {
    adjustments: [],
    gifts: [],
    shares: [],
    refused: [],
    payableBy: null,
  }
  for (const verdict of verdicts) {
    const { runner } = verdict
    const named = { promotionId: runner.id, code: runner.code }
    if ('refused' in verdict) {
      found.refused.push({ ...named, reason: verdict.refused })
      continue
    }
    if (verdict.offer.amount > 0) found.adjustments.push(adjustmentOf(runner, verdict.offer, lines, show))
    const gift = giftOf(runner)
    if (gift) found.gifts.push(gift)
    found.shares.push(...sharesOf(runner, state.left, show))
    const methods = runner.promotion.when?.paymentMethods
    if (methods) found.payableBy = methods.filter((method) => found.payableBy?.includes(method) ?? true)
  }
  return found
}

function adjustmentOf(
  { id, code, promotion }: Runner,
  offer: Offer,
  lines: readonly OpenLine[],
  show: Show,
): Adjustment {
  return {
    promotionId: id,
    name: { ...promotion.name },
    code,
    kind: promotion.kind,
    target: offer.target,
    base: show(offer.base),
    rate: offer.rate,
    wanted: show(offer.wanted),
    amount: show(offer.amount),
    units: offer.parts.reduce((units, part) => units + part.count, 0),
    lines: offer.parts.map(({ index, count, base, amount, wanted = amount }) => ({
      id: lines[index]?.id ?? '',
      base: show(base),
      amount: show(amount),
      ...(count === lines[index]?.quantity ? {} : { pieces: count }),
      ...(wanted === amount ? {} : { wanted: show(wanted) }),
    })),
  }
}

const giftOf = ({ id, code, promotion }: Runner): Gift | null =>
  promotion.kind === 'gift' ? { promotionId: id, code, sku: promotion.sku, quantity: promotion.quantity ?? 1 } : null

/** Shares are of what is left of the goods when all promotions have run. */
function sharesOf({ id, code, promotion, reach }: Runner, left: readonly number[], show: Show): OwedShare[] {
  if (!promotion.shares) return []
  const base = reach.matching.reduce((sum, index) => sum + (left[index] ?? 0), 0)
  return promotion.shares.map(({ to, purpose, percent }) => {
    const { n, d } = ratioOf(percent)
    const amount = show(share(base, n, d))
    return { promotionId: id, code, to, purpose, base: show(base), rate: String(percent), amount }
  })
}

const combinationOf = ({ searched, candidates, chosen, others }: Search, show: Show): Combination => ({
  searched,
  candidates: candidates.map(({ id }) => id),
  chosen: chosen.map(({ id }) => id),
  others: others.map(({ subset, total }) => ({ promotionIds: subset.map(({ id }) => id), total: show(total) })),
})

const feesOf = ({ fees, rateOf }: PricedCart, { feeTaxes }: Totals, show: Show): CartQuote['fees'] =>
  fees.map(({ id, amount, taxClass }, index) => {
    const { text, taxFree } = rateOf(taxClass)
    return {
      id,
      amount: show(amount),
      tax: show(feeTaxes[index] ?? 0),
      taxRate: text,
      taxFree: taxFree && !feeTaxes[index],
    }
  })

const taxationOf = ({ pricesInclude, rounding, level, external, exemption }: TaxOptions): Taxation => ({
  pricesInclude,
  rounding: rounding ?? 'half_up',
  level: level ?? 'line',
  source: external?.source ?? null,
  exemption: exemption?.certificate ?? null,
})

/** What tenders leave to pay; they never change the total, and never exceed it. */
function dueOf(total: number, tenders: readonly Tender[], currency: string): Money {
  const tendered = tenders.reduce((sum, { amount }) => sum + amount.minor, 0)
  if (tendered > total) throw pricingErrors.invalid_cart({ field: 'tenders', reason: 'more than the total' })
  return money(total - tendered, currency)
}
