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
    ...quote.adjustments.filter(isSplit).flatMap((one) => wholeStep(one, 'order')),
    ...classTaxSteps(quote),
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

/** Whether one amount was split over lines. */
const isSplit = ({ target, kind }: Pick<Adjustment, 'target' | 'kind'>) => target === 'order' || kind === 'set_price'

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
    ...quote.adjustments.flatMap((adjustment) => partSteps(adjustment, line)),
    ...lineTaxSteps(quote, { about, base, tax, rate, taxFree }),
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
function partSteps({ lines, target, promotionId, name, rate, kind }: Adjustment, line: QuoteLine): TraceStep[] {
  const part = lines.find(({ id }) => id === line.id)
  if (!part) return []
  const { base, amount, wanted = amount, pieces } = part
  const common = { about: line.id, rule: promotionId, name }
  if (isSplit({ target, kind }))
    return [{ ...common, step: 'split', base, rate: null, rounding: 'largest_remainder', amount }]
  // Of some of the pieces, in one step: the percentage of base × pieces / quantity, rounded once.
  const ofPieces = rate !== null && pieces !== undefined ? `${rate} × ${pieces}/${line.quantity}` : rate
  return [
    { ...common, step: 'discount', base, rate: ofPieces, rounding: 'half_up', amount: wanted },
    ...limitedStep(common, wanted, amount),
  ]
}

type Common = Pick<TraceStep, 'about' | 'rule' | 'name'>

/** What a floor, a maximum or the end of the amount left of what the rule came to. */
const limitedStep = (common: Common, wanted: TraceStep['base'], amount: TraceStep['base']): TraceStep[] =>
  wanted.minor === amount.minor
    ? []
    : [{ ...common, step: 'limited', base: wanted, rate: null, rounding: null, amount }]

function wholeStep({ promotionId, name, base, rate, wanted, amount }: Adjustment, about: string): TraceStep[] {
  const common = { about, rule: promotionId, name }
  const rounding = rate === null ? null : 'half_up'
  return [{ ...common, step: 'discount', base, rate, rounding, amount: wanted }, ...limitedStep(common, wanted, amount)]
}

function stepsOfShipping(quote: Quoted): TraceStep[] {
  const { amount, total: base, tax, taxRate: rate } = quote.shipping
  return [
    plain('shipping', 'shipping', 'charge', amount),
    ...quote.adjustments.filter(({ target }) => target === 'shipping').flatMap((one) => wholeStep(one, 'shipping')),
    ...taxSteps(quote, { about: 'shipping', base, tax, rate, taxFree: rate === '0' && tax.minor === 0 }),
  ]
}

interface Taxed {
  readonly about: string
  readonly base: TraceStep['base']
  readonly tax: TraceStep['base']
  readonly rate: string
  readonly taxFree: boolean
}

/** The tax of a line, which may have been rounded by the piece, or be its part of the tax on all lines of its class. */
function lineTaxSteps(quote: Quoted, taxed: Taxed): TraceStep[] {
  return taxSteps(quote, taxed).map((step) => {
    if (step.step === 'tax_external') return step
    switch (quote.taxation?.level ?? 'line') {
      case 'line':
        return step
      case 'unit':
        return { ...step, step: 'tax_by_piece' }
      case 'order':
        return { ...step, step: 'tax_split', rounding: 'largest_remainder' }
    }
  })
}

function taxSteps({ taxation }: Quoted, { about, base, tax, rate, taxFree }: Taxed): TraceStep[] {
  if (!taxation || taxFree) return []
  const { source, pricesInclude, rounding, level } = taxation
  if (source !== null) return [{ ...plain(about, 'tax_external', source, tax, base) }]
  const step = pricesInclude === 'tax' ? 'tax_included' : 'tax_added'
  return [{ about, step, rule: `tax_by_${level}`, base, rate, rounding, amount: tax }]
}

/** At the level of the order, the tax on all lines of a class together. */
function classTaxSteps(quote: Quoted): TraceStep[] {
  if (quote.taxation?.level !== 'order') return []
  const classes = Map.groupBy(quote.lines, (line) => line.taxClass)
  return [...classes.values()].flatMap((lines) => {
    const whole = (figure: 'total' | 'tax') => ({
      minor: lines.reduce((sum, line) => sum + line[figure].minor, 0),
      currency: quote.total.currency,
    })
    const { taxRate: rate = '0', taxFree = true } = lines[0] ?? {}
    return taxSteps(quote, { about: 'order', base: whole('total'), tax: whole('tax'), rate, taxFree })
  })
}
