import type { CartQuote } from '../contract/quote.ts'
import { runBest } from './combination.ts'
import { settingOf } from './conditions.ts'
import { checkCart } from './input.ts'
import { openLines } from './lines.ts'
import type { CartLine, CartOptions } from './model.ts'
import { lineUp, type Outcome } from './promotions.ts'
import { answer } from './quote.ts'
import { ratesOf, restatement } from './rates.ts'
import { type PricedCart, totalsOf } from './totals.ts'

/**
 * Prices a cart: lines, promotions in descending priority (ties by id), shipping, fees, tax, total, in the order that
 * `docs/calculation.md` lays down to the last minor unit. The order of the lines never changes a figure. A promotion that
 * does not count is named with its reason. Throws `pricing.invalid_cart`, which names the field that cannot be priced.
 */
export function priceCart(lines: readonly CartLine[], options: CartOptions = {}): CartQuote {
  const currency = checkCart(lines, options)
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
  return answer({ cart, outcome, search, totals: totalsOf(cart, outcome.state), tenders: options.tenders ?? [] })
}
