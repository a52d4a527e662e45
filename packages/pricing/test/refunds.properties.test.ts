import { type Money, money } from '@sangdo/core/money'
import {
  type CartPromotion,
  type CartQuote,
  type DiscountPolicy,
  priceCart,
  type RefundPlan,
  refundPlan,
  type ReturnedLine,
  splitRefund,
  splitTax,
} from '@sangdo/pricing'
import { describe, expect, test } from 'vitest'
import type { Cart } from './carts.ts'
import { oracleQuote } from './oracle/index.ts'
import { ratio, round } from './oracle/rational.ts'
import { forCarts, others, timeout } from './properties.ts'

const sum = (amounts: readonly Money[]) => amounts.reduce((total, amount) => total + amount.minor, 0)

/** What has been given back for the first `returned` of `quantity` pieces. */
const part = (paid: Money, returned: number, quantity: number) =>
  Number(round(ratio(BigInt(paid.minor) * BigInt(returned), BigInt(quantity))))

/** A number from 1 that a cart decides by itself, so that a failure can be found again. */
const portion = (left: number, turn: number) => 1 + ((turn * 7 + left * 3) % left)

/** All pieces of an order in a few returns: now one line, now several, now a part, now all of it. */
function returnsOf(quote: CartQuote): ReturnedLine[][] {
  const left = new Map(quote.lines.map((line) => [line.id, line.quantity]))
  const returns: ReturnedLine[][] = []
  for (let turn = 0; left.size > 0; turn++) {
    const chosen = [...left].filter((_, index) => index === turn % left.size || (turn + index) % 3 === 0)
    const lines = chosen.map(([id, pieces]) => ({ id, quantity: turn > 6 ? pieces : portion(pieces, turn) }))
    for (const { id, quantity } of lines) {
      const pieces = (left.get(id) ?? 0) - quantity
      if (pieces > 0) left.set(id, pieces)
      else left.delete(id)
    }
    returns.push(lines)
  }
  return returns
}

/** The plans of one return after the other, and the pieces of each line that had come back before each. */
function plansOf(cart: Cart, quote: CartQuote, policy?: DiscountPolicy) {
  const plans: RefundPlan[] = []
  for (const lines of returnsOf(quote)) {
    plans.push(refundPlan({ quote, cart }, lines, { earlier: [...plans], policy, charges: 'with_last' }))
  }
  return plans
}

const added = (quote: CartQuote) => quote.taxation?.pricesInclude === 'no_tax'
const taxOnTop = (quote: CartQuote, tax: number) => (added(quote) ? tax : 0)

function endsAtWhatWasPaid(quote: CartQuote, plans: readonly RefundPlan[]): void {
  const goods = quote.lines.map((line) => line.total)
  expect(sum(plans.map((plan) => plan.goods))).toBe(sum(goods))
  expect(sum(plans.map((plan) => plan.tax))).toBe(sum(quote.lines.map((line) => line.tax)))
  expect(sum(plans.map((plan) => plan.total))).toBe(quote.total.minor)
}

function addsUp(quote: CartQuote, plan: RefundPlan): void {
  expect(plan.goods.minor).toBe(sum(plan.lines.map((line) => line.amount)))
  expect(plan.tax.minor).toBe(sum(plan.lines.map((line) => line.tax)))
  const charges = sum(plan.charges.map((charge) => charge.amount))
  const taxes = plan.tax.minor + sum(plan.charges.map((charge) => charge.tax))
  expect(plan.total.minor).toBe(plan.goods.minor + charges + taxOnTop(quote, taxes) - plan.returnFee.minor)
  for (const amount of [plan.goods, plan.tax, plan.total, plan.reclaimed]) {
    expect(amount.minor).toBeGreaterThanOrEqual(0)
  }
}

describe('pieces that come back, in any grouping', () => {
  test(
    'give back what was paid for them, rounded so that nothing is lost between one return and the next',
    () =>
      forCarts(others, (cart) => {
        const quote = priceCart(cart.lines, cart.options)
        const returned = new Map<string, number>()
        for (const plan of plansOf(cart, quote)) {
          for (const { id, quantity, amount, tax } of plan.lines) {
            const line = quote.lines.find((one) => one.id === id)
            const before = returned.get(id) ?? 0
            const now = (paid: Money = money(0, quote.currency)) =>
              part(paid, before + quantity, line?.quantity ?? 1) - part(paid, before, line?.quantity ?? 1)
            expect([amount.minor, tax.minor]).toEqual([now(line?.total), now(line?.tax)])
            returned.set(id, before + quantity)
          }
          addsUp(quote, plan)
        }
      }),
    timeout,
  )

  test.each(['keep', 'reevaluate', 'reclaim'] as const)(
    'give back everything that was paid once all are back, with the policy %s, and never less than nothing before',
    (policy) =>
      forCarts(others, (cart) => {
        const quote = priceCart(cart.lines, cart.options)
        if (quote.lines.length === 0) return
        const plans = plansOf(cart, quote, policy)
        for (const plan of plans) addsUp(quote, plan)
        endsAtWhatWasPaid(quote, plans)
      }),
    timeout,
  )
})

test(
  'pieces that come back under one policy after the other give back everything that was paid, and never more',
  () =>
    forCarts(others, (cart) => {
      const quote = priceCart(cart.lines, cart.options)
      if (quote.lines.length === 0) return
      const policies = ['reevaluate', 'keep', 'reclaim'] as const
      const plans: RefundPlan[] = []
      for (const [turn, lines] of returnsOf(quote).entries()) {
        const policy = policies[(turn + quote.lines.length) % 3]
        plans.push(refundPlan({ quote, cart }, lines, { earlier: [...plans], policy, charges: 'with_last' }))
        expect(sum(plans.map((plan) => plan.total))).toBeLessThanOrEqual(quote.total.minor)
      }
      endsAtWhatWasPaid(quote, plans)
    }),
  timeout,
)

test(
  'what a payment provider is told of refunds ends at what it was told of the payment, by every formula and policy',
  () =>
    forCarts(others, (cart) => {
      const quote = priceCart(cart.lines, cart.options)
      if (quote.lines.length === 0 || quote.total.minor === 0) return
      for (const formula of ['lines', 'eleventh', 'supply_first'] as const) {
        const plans = plansOf(cart, quote, formula === 'eleventh' ? 'reevaluate' : 'keep')
        const splits = plans.map((plan, index) => splitRefund(quote, plan, { formula, earlier: plans.slice(0, index) }))
        const whole = splitTax(quote, formula)
        for (const part of ['amount', 'supply', 'vat', 'taxFree'] as const)
          expect(sum(splits.map((split) => split[part]))).toBe(whole[part].minor)
        expect(whole.supply.minor + whole.vat.minor + whole.taxFree.minor).toBe(quote.due.minor)
      }
    }),
  timeout,
)

const nameOf = (one: { id: string | null; code: string | null }) => `${one.id} ${one.code}`

/** The promotions that counted in an order, by the names that they have in it. */
function ofOrder(promotions: readonly CartPromotion[], quote: CartQuote): CartPromotion[] {
  const refused = new Set(quote.refused.map((one) => nameOf({ ...one, id: one.promotionId })))
  return promotions
    .map((one, index) => ({ ...one, best: false, id: one.id ?? one.code ?? `promotion-${index + 1}` }))
    .filter((one) => !refused.has(nameOf({ id: one.id, code: one.code ?? null })))
}

/** The cart of the pieces that stay, with the names that its lines have in the order. */
function staying({ lines, options }: Cart, quote: CartQuote, returned: ReadonlyMap<string, number>): Cart {
  const kept = lines.map((line, index) => {
    const id = quote.lines[index]?.id ?? line.sku
    return { ...line, id, quantity: line.quantity - (returned.get(id) ?? 0) }
  })
  const promotions = ofOrder(options.promotions ?? [], quote)
  return {
    lines: kept.filter((line) => line.quantity > 0),
    options: { ...options, promotions, currency: quote.currency },
  }
}

/** What the pieces that stay cost when they are priced anew. */
function pricedAnew({ lines, options }: Cart): number {
  const { lines: priced, shipping } = oracleQuote(lines, options)
  return priced.reduce((all, one) => all + one.total, shipping.total)
}

/** What they cost when the promotions that no longer hold are taken from them and all others stay as they were. */
function withoutFailed({ lines, options }: Cart, quote: CartQuote, returned: ReadonlyMap<string, number>): number {
  const refused = oracleQuote(lines, options).refused.map((one) => one.split(': ')[0])
  const failed = quote.adjustments.filter((one) => refused.includes(nameOf({ ...one, id: one.promotionId })))
  const costs = quote.lines.map((line) => {
    const withdrawn = failed.flatMap((one) => one.lines).filter((one) => one.id === line.id)
    const cost = money(line.total.minor + sum(withdrawn.map((one) => one.amount)), quote.currency)
    return cost.minor - part(cost, returned.get(line.id) ?? 0, line.quantity)
  })
  const shipping = failed.filter((one) => one.target === 'shipping').map((one) => one.amount)
  return costs.reduce((all, cost) => all + cost, quote.shipping.total.minor + sum(shipping))
}

describe('a discount whose condition fails after a return', () => {
  test.each(['reevaluate', 'reclaim'] as const)(
    'leaves with the shop what the pieces that stay cost, with the policy %s',
    (policy) =>
      forCarts(others, (drawn) => {
        const { tax: _tax, tenders: _tenders, ...options } = drawn.options
        const cart = { lines: drawn.lines, options }
        const quote = priceCart(cart.lines, cart.options)
        const goods = sum(quote.lines.map((line) => line.total))
        const paid = goods + quote.shipping.total.minor
        const returned = new Map<string, number>()
        let refunded = 0
        for (const plan of plansOf(cart, quote, policy)) {
          for (const { id, quantity } of plan.lines) returned.set(id, (returned.get(id) ?? 0) + quantity)
          const stays = staying(cart, quote, returned)
          const cost = policy === 'reclaim' ? withoutFailed(stays, quote, returned) : pricedAnew(stays)
          const back = stays.lines.length === 0 ? goods - refunded : Math.max(0, paid - refunded - cost)
          expect(plan.goods.minor).toBe(back)
          refunded += back
        }
      }),
    timeout,
  )
})
