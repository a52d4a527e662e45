import { instant, type Money, type Now } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import {
  type CartQuote,
  CouponCode,
  type Market,
  pricingErrors,
  type Promotion,
  type Refusal,
} from '../contract/index.ts'
import type { BuyerFacts, BuyerPort, TaxPort } from '../ports.ts'
import { priceCart } from '../rules/cart.ts'
import { exchanged, priceWith } from '../rules/exchange.ts'
import { taxRequestOf } from '../rules/external.ts'
import { floorFrom } from '../rules/margin.ts'
import { ratesFor } from '../rules/markets.ts'
import type {
  Buyer,
  CartLine,
  CartOptions,
  CartPromotion,
  ExternalTax,
  Fee,
  TaxOptions,
  Tender,
} from '../rules/model.ts'
import { cartPromotion, isForSome, refusalByLimits, refusalOfCode, settledOf } from '../rules/openings.ts'
import { type PriceContext, runsAt } from '../rules/prices.ts'
import type { Cache, SkuFacts } from '../store/cache.ts'
import { openCoupons, type OpenedCoupon } from '../store/coupons.ts'
import { spentOf } from '../store/promotions.ts'
import { buyerOf } from './dependencies.ts'

/** A cart to be priced for one buyer. What is left out is not known. */
export interface QuoteRequest {
  readonly currency: string
  readonly market: string
  readonly channel?: string | undefined
  /** Where the goods go, such as `US-CA`: whose taxes apply. */
  readonly region?: string | null | undefined
  readonly paymentMethod?: string | undefined
  readonly customerId?: string | null | undefined
  readonly email?: string | null | undefined
  readonly companyId?: string | null | undefined
  readonly customerGroups?: readonly string[] | undefined
  readonly segments?: readonly string[] | undefined
  /** Facts about the buyer, for somebody who knows them; otherwise the `buyers` port is asked. */
  readonly buyer?: BuyerFacts | undefined
  readonly codes?: readonly string[] | undefined
  readonly lines: readonly {
    readonly id: string
    readonly sku: string
    readonly quantity: number
    readonly taxClass?: string | undefined
    readonly categoryIds?: readonly string[] | undefined
  }[]
  readonly shipping?: Money | null | undefined
  readonly fees?: readonly Fee[] | undefined
  readonly tenders?: readonly Tender[] | undefined
  readonly taxExemption?: TaxOptions['exemption'] | undefined
  /** Figures that the market's tax service gave for this cart before: it is not asked again. */
  readonly externalTax?: ExternalTax | null | undefined
}

export interface QuoteDependencies {
  readonly now: Now
  readonly cache: Cache
  readonly buyers: BuyerPort
  readonly taxServices: Readonly<Record<string, TaxPort>>
}

/** What a request comes to before the cart is priced. */
interface Asked {
  readonly request: QuoteRequest
  readonly market: Market
  readonly at: string
  readonly facts: ReadonlyMap<string, SkuFacts>
  readonly buyer: BuyerFacts
}

/** Carts, priced with what the shop has stored. */
export function createQuotes({ now, cache, buyers, taxServices }: QuoteDependencies) {
  /**
   * Prices a cart for a buyer: prices of the market, promotions that run, codes they may use. A line without a price is left
   * out; a code that does not count is named with its reason. Where a market has a tax service that is asked, so not in a
   * transaction unless the figures come along. Throws `pricing.market_not_found`, `pricing.tax_unavailable`.
   */
  async function quote(db: Db, request: QuoteRequest): Promise<CartQuote> {
    const view = await cache.viewOf(db)
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
    const quoted = await priceTaxed(db, asked, promotions)
    return refused.length === 0 ? quoted : { ...quoted, refused: [...refused, ...quoted.refused] }
  }

  /** The codes as they were typed, each with the coupon that it is, if any; one that was entered twice counts once. */
  async function openedBy(db: Db, { codes = [], email }: QuoteRequest): Promise<TypedCode[]> {
    if (codes.length === 0) return []
    const typed = new Map(codes.map((code) => [CouponCode.safeParse(code).data ?? '', code]))
    const opened = await openCoupons(db, [...typed.keys()], buyerOf(email))
    return [...typed].map(([code, asTyped]) => ({ asTyped, found: opened.find(({ coupon }) => coupon.code === code) }))
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
    const promotions: CartPromotion[] = []
    const refused: Refusal[] = []
    for (const promotion of automatic) {
      const used = spent.get(promotion.id) ?? null
      const reason = used && refusalByLimits(promotion, used, currency)
      if (reason) refused.push({ promotionId: promotion.id, code: null, reason })
      else promotions.push(used ? cartPromotion(promotion, null, used) : settledOf(promotion).cart)
    }
    for (const { asTyped, found } of opened) {
      const reason = refusalOfCode(found, asking)
      if (reason) refused.push({ promotionId: null, code: asTyped, reason })
      else if (found) promotions.push(cartPromotion(found.promotion, found.coupon.code, found.spent))
    }
    return { promotions, refused }
  }

  /** The cart with its taxes: those of the market, or those of its tax service, which is asked about the discounted amounts. */
  async function priceTaxed(db: Db, asked: Asked, promotions: readonly CartPromotion[]): Promise<CartQuote> {
    const { request, market } = asked
    const lines = linesOf(asked)
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

/** The lines that have a price. Pieces of one sku on several lines count together for a price that starts at a quantity. */
function linesOf({ request, market, at, facts, buyer }: Asked): CartLine[] {
  const pieces = new Map<string, number>()
  for (const { sku, quantity } of request.lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity)
  const home = market.pricesInclude === 'tax' ? ratesFor(market, { at }).rates : {}
  const context = {
    currency: request.currency,
    market: request.market,
    channel: request.channel,
    at,
    customerGroups: request.customerGroups ?? buyer.customerGroups,
    companyId: request.companyId ?? buyer.companyId,
    customerId: request.customerId,
  }
  return request.lines.flatMap(({ id, sku, quantity, taxClass = 'standard', categoryIds }) => {
    const { prices = [], guards = [] } = facts.get(sku) ?? {}
    const price = priceWith(prices, { ...context, quantity: pieces.get(sku) ?? quantity }, market.exchange)
    if (!price) return []
    const { amount: unitPrice, compareAt, priceListId } = price
    const floor = guards.length === 0 ? null : floorOf(guards, context, market, home[taxClass])
    return [
      { id, sku, quantity, unitPrice, compareAt, priceListId, floor, taxClass, ...(categoryIds && { categoryIds }) },
    ]
  })
}

/** The floor in the cart's currency; where there is only one in the currency that prices are exchanged from, that one. */
function floorOf(
  guards: SkuFacts['guards'],
  { currency }: Pick<PriceContext, 'currency'>,
  { exchange }: Market,
  taxRate: TaxOptions['rates'][string] | undefined,
): Money | null {
  const own = guards.find((guard) => guard.currency === currency)
  const stated = own ? floorFrom({ ...own, taxRate }) : null
  if (stated || exchange?.to !== currency) return stated
  const foreign = guards.find((guard) => guard.currency === exchange.from)
  const floor = foreign && floorFrom({ ...foreign, taxRate })
  return floor ? exchanged(floor, { ...exchange, ending: { rounding: 'up', step: 1, less: 0 } }).amount : null
}

function optionsOf({ request, market, at, buyer }: Asked, promotions: readonly CartPromotion[]) {
  const { currency, shipping = null, fees = [], tenders = [], region = null, taxExemption: exemption } = request
  return {
    promotions,
    shipping,
    fees,
    tenders,
    currency,
    tax: { ...ratesFor(market, { region, at }), ...(exemption && { exemption }) },
    context: contextOf(request, market, at, buyer),
  } satisfies CartOptions
}

function contextOf(
  { channel, paymentMethod, customerGroups, segments }: QuoteRequest,
  { id, timeZone }: Market,
  at: string,
  facts: BuyerFacts,
): NonNullable<CartOptions['context']> {
  const { companyId: _, ...known } = facts
  const buyer: Buyer = { ...known, ...(customerGroups && { customerGroups }), ...(segments && { segments }) }
  return { at, timeZone, market: id, buyer, ...(channel && { channel }), ...(paymentMethod && { paymentMethod }) }
}
