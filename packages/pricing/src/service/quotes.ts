import { instant, type Now } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type CartQuote, CouponCode, pricingErrors, type Promotion, type Refusal } from '../contract/index.ts'
import type { BuyerFacts, BuyerPort, TaxPort } from '../ports.ts'
import {
  type Asked,
  checkRequest,
  linesOf,
  optionsOf,
  type QuoteRequest,
  type StoreQuote,
  withinMost,
} from '../rules/asking.ts'
import { priceCart } from '../rules/cart.ts'
import { taxRequestOf } from '../rules/external.ts'
import type { CartLine, CartPromotion, ExternalTax } from '../rules/model.ts'
import { cartPromotion, isForSome, refusalByLimits, refusalOfCode, settledOf } from '../rules/openings.ts'
import { runsAt } from '../rules/prices.ts'
import type { Cache } from '../store/cache.ts'
import { openCoupons, type OpenedCoupon } from '../store/coupons.ts'
import { spentOf } from '../store/promotions.ts'
import { buyerOf } from './dependencies.ts'

export interface QuoteDependencies {
  readonly now: Now
  readonly cache: Cache
  readonly buyers: BuyerPort
  readonly taxServices: Readonly<Record<string, TaxPort>>
}

/** How a cart is quoted. */
export interface QuoteOptions {
  /** How many milliseconds old markets, prices and automatic promotions may be: 0. */
  readonly maxAge?: number
}

/** Carts, priced with what the shop has stored. */
export function createQuotes({ now, cache, buyers, taxServices }: QuoteDependencies) {
  /**
   * Prices a cart for a buyer: prices of the market, promotions that run, codes they may use. A line without a price is
   * named in `unpriced`; a code that does not count, and what is more than a hundred promotions, is named with its reason. Where a market has a tax service that is asked, so not in a
   * transaction unless the figures come along. Markets, prices and automatic promotions are as old as `maxAge` milliseconds at
   * most: as they are now, unless said. Throws `pricing.invalid_cart` with the field, `pricing.market_not_found`,
   * `pricing.tax_unavailable`.
   */
  async function quote(db: Db, request: QuoteRequest, { maxAge = 0 }: QuoteOptions = {}): Promise<StoreQuote> {
    checkRequest(request)
    const view = await cache.viewOf(db, maxAge)
    const market = await view.marketOf(request.market)
    if (!market) throw pricingErrors.market_not_found({ market: request.market })
    const at = instant(now())
    const facts = await view.factsOf(request.lines.map((line) => line.sku))
    const automatic = (await view.automatic()).filter((promotion) => runsIn(promotion, at, request.currency))
    const opened = await openedBy(db, request)
    const buyer = await factsAbout(
      db,
      request,
      [...automatic, ...opened.flatMap(({ found }) => found?.promotion ?? [])],
      facts,
    )
    const asked = { request, market, at, facts, buyer }
    const { promotions, refused } = await usable(db, asked, automatic, opened)
    const { lines, unpriced } = linesOf(asked)
    const quoted = await priceTaxed(db, asked, lines, promotions)
    return { ...quoted, refused: [...refused, ...quoted.refused], unpriced }
  }

  /** The codes as they were typed, each with the coupon that it is, if any; one that was entered twice counts once. */
  async function openedBy(db: Db, { codes = [], email }: QuoteRequest): Promise<TypedCode[]> {
    if (codes.length === 0) return []
    const typed = codes.map((asTyped) => ({ asTyped, code: CouponCode.safeParse(asTyped).data }))
    const opened = await openCoupons(db, [...new Set(typed.flatMap(({ code }) => code ?? []))], buyerOf(email))
    const each = new Map(typed.map(({ asTyped, code }) => [code ?? ` ${asTyped}`, { asTyped, code }]))
    return [...each.values()].map(({ asTyped, code }) => ({
      asTyped,
      found: opened.find(({ coupon }) => coupon.code === code),
    }))
  }

  /** The buyer, as far as anything depends on who it is. */
  async function factsAbout(
    db: Db,
    { buyer, customerId = null, email = null }: QuoteRequest,
    promotions: readonly Promotion[],
    facts: Asked['facts'],
  ): Promise<BuyerFacts> {
    if (buyer) return buyer
    const matters =
      promotions.some((promotion) => settledOf(promotion).asksForBuyer) ||
      [...facts.values()].some(({ prices }) => prices.some(isForSome))
    return matters && (customerId !== null || email !== null) ? buyers.buyerOf(db, { customerId, email }) : {}
  }

  /** The promotions that the cart is priced with, and the codes and promotions that are refused before. */
  async function usable(db: Db, asked: Asked, automatic: readonly Promotion[], opened: readonly TypedCode[]) {
    const { currency, email } = asked.request
    const limited = automatic.filter((promotion) => settledOf(promotion).limited).map(({ id }) => id)
    const spent = await spentOf(db, limited, buyerOf(email))
    const asking = { buyer: buyerOf(email), at: asked.at, currency }
    const [running, entered]: [CartPromotion[], CartPromotion[]] = [[], []]
    const refused: Refusal[] = []
    for (const promotion of automatic) {
      const used = spent.get(promotion.id) ?? null
      const reason = used && refusalByLimits(promotion, used, currency)
      if (reason) refused.push({ promotionId: promotion.id, code: null, reason })
      else running.push(used ? cartPromotion(promotion, null, used) : settledOf(promotion).cart)
    }
    for (const { asTyped, found } of opened) {
      const reason = refusalOfCode(found, asking)
      if (reason) refused.push({ promotionId: null, code: asTyped, reason })
      else if (found) entered.push(cartPromotion(found.promotion, found.coupon.code, found.spent))
    }
    const chosen = withinMost(running, entered)
    return { promotions: chosen.promotions, refused: [...refused, ...chosen.refused] }
  }

  /** The cart with its taxes: those of the market, or those of its tax service, which is asked about the discounted amounts. */
  async function priceTaxed(
    db: Db,
    asked: Asked,
    lines: readonly CartLine[],
    promotions: readonly CartPromotion[],
  ): Promise<CartQuote> {
    const { request, market } = asked
    const options = optionsOf(asked, promotions)
    if (market.taxService === null) return priceCart(lines, options)
    const external = request.externalTax ?? (await askService(db, market.taxService, asked, priceCart(lines, options)))
    return priceCart(lines, { ...options, tax: { ...options.tax, external } })
  }

  async function askService(db: Db, service: string, asked: Asked, quoted: CartQuote): Promise<ExternalTax> {
    const port = taxServices[service]
    if (!port || db.isTransaction) throw pricingErrors.tax_unavailable({ service })
    const { request, at } = asked
    const { market, region = null, taxExemption, fees = [] } = request
    const exemption = taxExemption?.certificate ?? null
    try {
      return await port.taxOf(taxRequestOf(quoted, { market, region, at, exemption, fees }))
    } catch (error) {
      throw pricingErrors.tax_unavailable({ service }, error)
    }
  }

  return { quote }
}

/** A code as the buyer typed it, and what it is. */
interface TypedCode {
  readonly asTyped: string
  readonly found: OpenedCoupon | undefined
}

/** An automatic promotion whose amounts are in another currency is for other carts, which nobody has to be told. */
const runsIn = (promotion: Promotion, at: string, currency: string) =>
  runsAt(promotion, at) && settledOf(promotion).currencies.every((other) => other === currency)
