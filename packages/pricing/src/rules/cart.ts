import type { CartQuote } from '../contract/quote.ts'
import { runBest } from './combination.ts'
import { settingOf } from './conditions.ts'
import { checkCart, mostLines } from './input.ts'
import { openLines } from './lines.ts'
import type { CartLine, CartOptions } from './model.ts'
import { lineUp, type Outcome } from './promotions.ts'
import { answer } from './quote.ts'
import { ratesOf, restatement } from './rates.ts'
import { checkTaxes, type PricedCart, totalsOf } from './totals.ts'

/**
 * Prices a cart: lines, promotions in descending priority (ties by id), shipping, fees, tax, total, in the order that
 * `docs/calculation.md` lays down to the last minor unit. The order of the lines never changes a figure. A promotion that
 * does not count is named with its reason. Throws `pricing.invalid_cart`, which names the field that cannot be priced.
 */
export function priceCart(lines: readonly CartLine[], options: CartOptions = {}): CartQuote {
  return priceLines(lines, options, mostLines)
}

/** Prices as many lines as are given, for carts that were orders already. */
export function priceLines(lines: readonly CartLine[], options: CartOptions, most: number): CartQuote {
  const currency = checkCart(lines, options, most)
  const rateOf = ratesOf(options.tax)
  const restate = restatement(options.tax, rateOf)
  const opened = openLines(lines, restate)
  const shipping = restate(options.shipping?.minor ?? 0, 'shipping')
  const fees = (options.fees ?? []).map(({ id, amount, taxClass = '' }) => {
    return { id, taxClass, amount: restate(amount.minor, taxClass) }
  })
  const cart: PricedCart = { currency, lines: opened, shipping, fees, tax: options.tax, rateOf }
  const runners = lineUp(options.promotions ?? [], opened, settingOf(options.context))
  const totalOf = ({ state }: Outcome) => totalsOf(cart, state).total
  const { outcome, search } = runBest({ runners, lines: opened, shipping, totalOf })
  const totals = totalsOf(cart, outcome.state)
  checkTaxes(cart, outcome.state, totals)
  return answer({ cart, outcome, search, totals, tenders: options.tenders ?? [] })
}
