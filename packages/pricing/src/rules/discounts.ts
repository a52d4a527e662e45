import { allocate, type Money, percent, smaller, sum, times, zero } from '@sangdo/core'
import type { RefusalReason, TraceStep } from '../contract.ts'
import type { CartPromotion, OpenLine } from './cart.ts'

/** What a promotion takes off, in all and from each line. */
export interface Taken {
  readonly amount: Money
  readonly lines: readonly { id: string; amount: Money }[]
  readonly trace: readonly TraceStep[]
}

interface OpenCart {
  readonly lines: readonly OpenLine[]
  readonly shipping: Money
}

/** What a promotion takes off a cart as earlier promotions left it, or why it does not count. */
export function discountOf(promotion: CartPromotion, id: string, cart: OpenCart): Taken | { refused: RefusalReason } {
  const eligible = cart.lines.filter(({ line }) => isEligible(promotion, line))
  if (eligible.length === 0) return { refused: 'nothing_eligible' }
  const left = sum(
    eligible.map((line) => line.left),
    cart.shipping.currency,
  )
  if (promotion.minimum && left.minor < promotion.minimum.minor) return { refused: 'below_minimum' }
  const taken = take(promotion, id, eligible, left, cart.shipping)
  return taken.amount.minor === 0 ? { refused: 'nothing_left' } : taken
}

function isEligible({ skus, categoryIds }: CartPromotion, line: OpenLine['line']): boolean {
  const inCategory = !categoryIds || (line.categoryIds ?? []).some((category) => categoryIds.includes(category))
  return inCategory && (!skus || skus.includes(line.sku))
}

function take(
  promotion: CartPromotion,
  id: string,
  eligible: readonly OpenLine[],
  left: Money,
  shipping: Money,
): Taken {
  switch (promotion.target ?? 'order') {
    case 'line':
      return perLine(promotion, id, eligible)
    case 'order':
      return splitOver(eligible, step(promotion, id, 'order', left, off(promotion, left, 1)))
    case 'shipping': {
      const discount = step(promotion, id, 'shipping', shipping, off(promotion, shipping, 1))
      return { amount: discount.amount, lines: [], trace: [discount] }
    }
  }
}

/** What the rule takes off a base of so many pieces: never more than there is. A fixed amount is per piece. */
function off(promotion: CartPromotion, base: Money, pieces: number): Money {
  switch (promotion.kind) {
    case 'percent_off':
      return percent(base, promotion.percent)
    case 'amount_off':
      return smaller(times(promotion.amount, pieces), base)
  }
}

function perLine(promotion: CartPromotion, id: string, eligible: readonly OpenLine[]): Taken {
  const trace = eligible.map((open) =>
    step(promotion, id, open.id, open.left, off(promotion, open.left, open.line.quantity)),
  )
  const lines = trace.map(({ about, amount }) => ({ id: about, amount })).filter((line) => line.amount.minor > 0)
  return {
    amount: sum(
      lines.map((line) => line.amount),
      trace[0]?.base.currency ?? '',
    ),
    lines,
    trace,
  }
}

/** Splits a discount over lines in proportion to what is left of each; what is left of all of them is never zero here. */
function splitOver(eligible: readonly OpenLine[], discount: TraceStep): Taken {
  const parts = allocate(
    discount.amount,
    eligible.map((open) => open.left.minor),
  )
  const lines = eligible.map((open, index) => ({ id: open.id, amount: parts[index] ?? zero(discount.amount.currency) }))
  const trace = lines.map((line, index): TraceStep => ({
    about: line.id,
    step: 'allocation',
    rule: discount.rule,
    base: eligible[index]?.left ?? discount.base,
    rate: null,
    rounding: 'largest_remainder',
    amount: line.amount,
  }))
  return { amount: discount.amount, lines: lines.filter((line) => line.amount.minor > 0), trace: [discount, ...trace] }
}

function step(promotion: CartPromotion, id: string, about: string, base: Money, amount: Money): TraceStep {
  const isPercent = promotion.kind === 'percent_off'
  return {
    about,
    step: 'discount',
    rule: id,
    base,
    rate: isPercent ? String(promotion.percent) : null,
    rounding: isPercent ? 'half_up' : null,
    amount,
  }
}
