import { add, type Money, subtract, sum, times, zero } from '@sangdo/core'
import {
  type Adjustment,
  type CartQuote,
  pricingErrors,
  type QuoteLine,
  type RefusalReason,
  type TraceStep,
} from '../contract.ts'
import { discountOf, type Taken } from './discounts.ts'
import { type TaxOptions, taxOf } from './tax.ts'

/** A line to price. `id` orders the lines and names them in the answer; it is the sku unless given. */
export interface CartLine {
  readonly id?: string
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly compareAt?: Money | null
  readonly taxClass?: string
  readonly categoryIds?: readonly string[]
}

/** A promotion to apply: what it gives, and what it is called. All but kind and amount has a default. */
export type CartPromotion = {
  readonly id?: string
  readonly name?: Readonly<Record<string, string>>
  readonly code?: string
  readonly target?: 'line' | 'order' | 'shipping'
  readonly skus?: readonly string[] | undefined
  readonly categoryIds?: readonly string[] | undefined
  readonly minimum?: Money | undefined
  readonly priority?: number
  readonly exclusive?: boolean
} & (
  | { readonly kind: 'percent_off'; readonly percent: number | string }
  | { readonly kind: 'amount_off'; readonly amount: Money }
)

export interface CartOptions {
  readonly promotions?: readonly CartPromotion[]
  /** The charge for shipping, before its own promotions. */
  readonly shipping?: Money | null
  /** How the market taxes; no tax unless given. */
  readonly tax?: TaxOptions
  /** Needed only where there is no line to take it from. */
  readonly currency?: string
}

/** A line while it is being priced. */
export interface OpenLine {
  readonly id: string
  readonly line: CartLine
  readonly subtotal: Money
  readonly left: Money
}

const mostLines = 200

/**
 * Prices a cart: lines, promotions in descending priority (ties by id), shipping, tax, total, in the order that the package's
 * README lays down. The order of the lines never changes a figure. A promotion that does not count is named with its reason.
 * Throws `pricing.invalid_cart` or core's amount errors for input that cannot be priced.
 */
export function priceCart(lines: readonly CartLine[], options: CartOptions = {}): CartQuote {
  const currency = currencyOf(lines, options)
  const opened = openLines(lines, currency)
  const shipping = options.shipping ?? zero(currency)
  const taken = applyAll(options.promotions ?? [], { lines: opened, shipping })
  const priced = taken.lines.map((line) => closeLine(line, options.tax))
  const quoted = lines
    .map((_, index) => priced.find((line) => line.id === idsOf(lines)[index]))
    .filter((line) => line !== undefined)
  const shippingTax = taxOf(taken.shipping, 'shipping', options.tax)
  return totals({
    currency,
    lines: quoted,
    taken,
    shipping,
    shippingTax: shippingTax.amount,
    ...(options.tax ? { tax: options.tax } : {}),
  })
}

function currencyOf(lines: readonly CartLine[], { currency, shipping }: CartOptions): string {
  const found = currency ?? lines[0]?.unitPrice.currency ?? shipping?.currency
  if (found === undefined) throw pricingErrors.invalid_cart({ field: 'currency', reason: 'an empty cart needs one' })
  return found
}

/** Lines of one sku get a number, so that each line has an id of its own. */
function idsOf(lines: readonly CartLine[]): string[] {
  const seen = new Map<string, number>()
  return lines.map(({ id, sku }) => {
    const name = id ?? sku
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}

function openLines(lines: readonly CartLine[], currency: string): OpenLine[] {
  if (lines.length > mostLines)
    throw pricingErrors.invalid_cart({ field: 'lines', reason: `a cart has at most ${mostLines}` })
  const ids = idsOf(lines)
  const opened = lines.map((line, index) => {
    const field = `lines.${index}`
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 1)
      throw pricingErrors.invalid_cart({ field: `${field}.quantity`, reason: 'a whole number from one' })
    if (line.unitPrice.minor < 0)
      throw pricingErrors.invalid_cart({ field: `${field}.unitPrice`, reason: 'a price is not negative' })
    if (line.unitPrice.currency !== currency)
      throw pricingErrors.invalid_cart({ field: `${field}.unitPrice`, reason: `all prices are in ${currency}` })
    const subtotal = times(line.unitPrice, line.quantity)
    return { id: ids[index] ?? line.sku, line, subtotal, left: subtotal }
  })
  return opened.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** What a promotion leaves: the lines, the shipping charge, and what has been taken and refused on the way. */
interface Applied {
  readonly lines: readonly OpenLine[]
  readonly shipping: Money
  readonly adjustments: readonly Adjustment[]
  readonly refused: CartQuote['refused']
  readonly trace: readonly TraceStep[]
}

function checkPromotion(promotion: CartPromotion, index: number): void {
  const field = `promotions.${index}.${promotion.kind === 'percent_off' ? 'percent' : 'amount'}`
  const size = promotion.kind === 'percent_off' ? Number(promotion.percent) : promotion.amount.minor
  const most = promotion.kind === 'percent_off' ? 100 : Number.MAX_SAFE_INTEGER
  if (!(size >= 0 && size <= most)) throw pricingErrors.invalid_cart({ field, reason: `a number from 0 to ${most}` })
}

function applyAll(
  promotions: readonly CartPromotion[],
  cart: { lines: readonly OpenLine[]; shipping: Money },
): Applied {
  promotions.forEach(checkPromotion)
  const ranked = promotions
    .map((promotion, index) => ({ promotion, id: promotion.id ?? promotion.code ?? `promotion-${index + 1}` }))
    .toSorted((a, b) => (b.promotion.priority ?? 0) - (a.promotion.priority ?? 0) || (a.id < b.id ? -1 : 1))
  const start: Applied = { ...cart, adjustments: [], refused: [], trace: cart.lines.map(lineAmount) }
  // An exclusive promotion runs alone: the first of them that takes anything off replaces all others.
  const alone = ranked.find(({ promotion, id }) => promotion.exclusive && !isRefusal(discountOf(promotion, id, cart)))
  return ranked.reduce((state, { promotion, id }) => {
    if (alone && alone.id !== id) return refuse(state, promotion, id, 'exclusive')
    const taken = discountOf(promotion, id, state)
    return isRefusal(taken) ? refuse(state, promotion, id, taken.refused) : accept(state, promotion, id, taken)
  }, start)
}

const isRefusal = (taken: Taken | { refused: RefusalReason }): taken is { refused: RefusalReason } => 'refused' in taken

function refuse(state: Applied, promotion: CartPromotion, id: string, reason: RefusalReason): Applied {
  return { ...state, refused: [...state.refused, { promotionId: id, code: promotion.code ?? null, reason }] }
}

function accept(state: Applied, promotion: CartPromotion, id: string, taken: Taken): Applied {
  const off = new Map(taken.lines.map((line) => [line.id, line.amount]))
  const lines = state.lines.map((line) => ({
    ...line,
    left: subtract(line.left, off.get(line.id) ?? zero(line.left.currency)),
  }))
  const { amount } = taken
  const shipping = promotion.target === 'shipping' ? subtract(state.shipping, amount) : state.shipping
  const adjustment = {
    promotionId: id,
    name: { ...promotion.name },
    code: promotion.code ?? null,
    amount,
    lines: [...taken.lines],
  }
  return {
    ...state,
    lines,
    shipping,
    adjustments: [...state.adjustments, adjustment],
    trace: [...state.trace, ...taken.trace],
  }
}

const lineAmount = ({ id, line, subtotal }: OpenLine): TraceStep => ({
  about: id,
  step: 'line_amount',
  rule: 'unit_price',
  base: line.unitPrice,
  rate: String(line.quantity),
  rounding: null,
  amount: subtotal,
})

function closeLine({ id, line, subtotal, left }: OpenLine, options: TaxOptions | undefined): QuoteLine {
  const tax = taxOf(left, line.taxClass ?? 'standard', options)
  return {
    id,
    sku: line.sku,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    compareAt: line.compareAt ?? null,
    subtotal,
    discount: subtract(subtotal, left),
    total: left,
    tax: tax.amount,
    taxRate: tax.rate,
  }
}

function totals({
  currency,
  lines,
  taken,
  shipping,
  shippingTax,
  tax,
}: {
  currency: string
  lines: QuoteLine[]
  taken: Applied
  shipping: Money
  shippingTax: Money
  tax?: TaxOptions
}): CartQuote {
  const all = (pick: (line: QuoteLine) => Money) => sum(lines.map(pick), currency)
  const taxes = add(
    all((line) => line.tax),
    shippingTax,
  )
  const included = tax?.pricesInclude === 'tax'
  const [subtotal, goods] = [all((line) => line.subtotal), all((line) => line.total)]
  const taxAdded = included ? zero(currency) : taxes
  const total = sum([goods, taken.shipping, taxAdded], currency)
  return {
    currency,
    lines,
    adjustments: [...taken.adjustments],
    refused: taken.refused,
    subtotal,
    discount: subtract(subtotal, goods),
    taxAdded,
    taxIncluded: included ? taxes : zero(currency),
    total,
    shipping: {
      amount: shipping,
      discount: subtract(shipping, taken.shipping),
      total: taken.shipping,
      tax: shippingTax,
    },
    trace: [...taken.trace, ...taxSteps(lines, taken.shipping, shippingTax, tax), ...sums(subtotal, goods, total)],
  }
}

function taxSteps(
  lines: readonly QuoteLine[],
  shipping: Money,
  shippingTax: Money,
  tax: TaxOptions | undefined,
): TraceStep[] {
  if (!tax) return []
  const common = {
    step: tax.pricesInclude === 'tax' ? 'tax_included' : 'tax_added',
    rounding: tax.rounding ?? 'half_up',
  } as const
  const ofLines = lines.map((line): TraceStep => ({
    ...common,
    about: line.id,
    rule: 'tax_rate',
    base: line.total,
    rate: line.taxRate,
    amount: line.tax,
  }))
  return [
    ...ofLines,
    {
      ...common,
      about: 'shipping',
      rule: 'tax_rate',
      base: shipping,
      rate: String(tax.rates['shipping'] ?? 0),
      amount: shippingTax,
    },
  ]
}

const sums = (subtotal: Money, goods: Money, total: Money): TraceStep[] => [
  {
    about: 'order',
    step: 'subtotal',
    rule: 'sum_of_lines',
    base: subtotal,
    rate: null,
    rounding: null,
    amount: subtotal,
  },
  {
    about: 'order',
    step: 'total',
    rule: 'lines_shipping_and_tax',
    base: goods,
    rate: null,
    rounding: null,
    amount: total,
  },
]
