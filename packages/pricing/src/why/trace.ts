import type { Adjustment, CartQuote, QuoteLine, TraceStep } from '../contract/quote.ts'

type Quoted = Pick<
  CartQuote,
  | 'lines'
  | 'adjustments'
  | 'shares'
  | 'shipping'
  | 'fees'
  | 'taxation'
  | 'subtotal'
  | 'discount'
  | 'taxAdded'
  | 'total'
  | 'due'
>

/**
 * Every step by which a cart came to its total, or those about one thing (a line or fee id, `shipping`, `order`): which rule, on what
 * base, at what rate, rounded how. It is read off the quote itself, so an order that keeps its quote can answer for ever.
 */
export function traceOf(quote: Quoted, about?: string): TraceStep[] {
  const steps = [
    ...quote.lines.flatMap((line) => stepsOfLine(line, quote)),
    ...quote.adjustments.filter(({ target }) => target === 'order').flatMap((one) => wholeStep(one, 'order')),
    ...stepsOfShipping(quote),
    ...quote.fees.flatMap((fee) => [
      plain(fee.id, 'fee', 'charge', fee.amount),
      ...taxSteps(quote, { about: fee.id, base: fee.amount, tax: fee.tax, rate: fee.taxRate, taxFree: fee.taxFree }),
    ]),
    ...quote.shares.map((share): TraceStep => ({
      about: 'order',
      step: 'share',
      rule: share.to,
      base: share.base,
      rate: share.rate,
      rounding: 'half_up',
      amount: share.amount,
    })),
    plain('order', 'subtotal', 'sum_of_lines', quote.subtotal),
    plain('order', 'total', 'lines_shipping_fees_and_tax', quote.total),
    ...(quote.due.minor === quote.total.minor ? [] : [plain('order', 'due', 'tenders', quote.due, quote.total)]),
  ]
  return about === undefined ? steps : steps.filter((step) => step.about === about)
}

const plain = (
  about: string,
  step: TraceStep['step'],
  rule: string,
  amount: TraceStep['amount'],
  base = amount,
): TraceStep => ({ about, step, rule, base, rate: null, rounding: null, amount })

function stepsOfLine(line: QuoteLine, quote: Quoted): TraceStep[] {
  const { id: about, unitPrice, quantity, subtotal, total: base, tax, taxRate: rate, taxFree, restatedFrom } = line
  const amount: TraceStep = {
    about,
    step: 'line_amount',
    rule: line.priceListId ?? 'unit_price',
    base: unitPrice,
    rate: String(quantity),
    rounding: null,
    amount: subtotal,
  }
  return [
    ...(restatedFrom ? [restated(line, quote)] : []),
    amount,
    ...quote.adjustments.flatMap((adjustment) => partStep(adjustment, about)),
    ...taxSteps(quote, { about, base, tax, rate, taxFree }),
    ...(line.taxes ?? []).map((part): TraceStep => ({
      about,
      step: 'tax_part',
      rule: part.name,
      base: tax,
      rate: part.rate,
      rounding: 'largest_remainder',
      amount: part.amount,
    })),
  ]
}

const restated = ({ id, restatedFrom, unitPrice }: QuoteLine, { taxation }: Quoted): TraceStep => ({
  about: id,
  step: 'restated',
  rule: taxation?.exemption ?? 'net_constant',
  base: restatedFrom ?? unitPrice,
  rate: null,
  rounding: taxation?.rounding ?? null,
  amount: unitPrice,
})

/** A line's own discount, or its part of one on the whole order. */
function partStep({ lines, target, promotionId, name, rate }: Adjustment, about: string): TraceStep[] {
  const part = lines.find((line) => line.id === about)
  if (!part) return []
  const common = { about, rule: promotionId, name, base: part.base, amount: part.amount }
  return target === 'line'
    ? [{ ...common, step: 'discount', rate, rounding: 'half_up' }]
    : [{ ...common, step: 'split', rate: null, rounding: 'largest_remainder' }]
}

function wholeStep({ promotionId, name, base, rate, wanted, amount }: Adjustment, about: string): TraceStep[] {
  const common = { about, rule: promotionId, name }
  const rounding = rate === null ? null : 'half_up'
  return [
    { ...common, step: 'discount', base, rate, rounding, amount: wanted },
    ...(wanted.minor === amount.minor
      ? []
      : [{ ...common, step: 'limited' as const, base: wanted, rate: null, rounding: null, amount }]),
  ]
}

function stepsOfShipping(quote: Quoted): TraceStep[] {
  const { amount, total: base, tax, taxRate: rate } = quote.shipping
  return [
    plain('shipping', 'shipping', 'charge', amount),
    ...quote.adjustments.filter(({ target }) => target === 'shipping').flatMap((one) => wholeStep(one, 'shipping')),
    ...taxSteps(quote, { about: 'shipping', base, tax, rate, taxFree: rate === '0' && tax.minor === 0 }),
  ]
}

function taxSteps(
  { taxation }: Quoted,
  {
    about,
    base,
    tax,
    rate,
    taxFree,
  }: { about: string; base: TraceStep['base']; tax: TraceStep['base']; rate: string; taxFree: boolean },
): TraceStep[] {
  if (!taxation || taxFree) return []
  const { source, pricesInclude, rounding, level } = taxation
  if (source !== null) return [{ ...plain(about, 'tax_external', source, tax, base) }]
  const step = pricesInclude === 'tax' ? 'tax_included' : 'tax_added'
  return [{ about, step, rule: `tax_by_${level}`, base, rate, rounding, amount: tax }]
}
