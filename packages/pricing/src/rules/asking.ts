import type { Money } from '@sangdo/core'
import { pricingErrors } from '../contract/errors.ts'
import type { Market, SkuGuard } from '../contract/prices.ts'
import type { CartQuote, Refusal } from '../contract/quote.ts'
import type { BuyerFacts } from '../ports.ts'
import { exchanged, priceWith } from './exchange.ts'
import { mostLines } from './input.ts'
import { compareTexts } from './lines.ts'
import { floorFrom } from './margin.ts'
import { ratesFor } from './markets.ts'
import type { Buyer, CartLine, CartOptions, CartPromotion, ExternalTax, Fee, TaxOptions, Tender } from './model.ts'
import type { ListedPrice, PriceContext } from './prices.ts'
import { rateIn } from './rates.ts'

/** All prices of a sku, and what it must bring in. */
export interface SkuFacts {
  readonly prices: readonly ListedPrice[]
  readonly guards: readonly SkuGuard[]
}

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

/** A line that has no price here. */
export interface UnpricedLine {
  readonly id: string
  readonly sku: string
}

/** A priced cart, with the lines that are not in it because they have no price. */
export type StoreQuote = CartQuote & { readonly unpriced: readonly UnpricedLine[] }

/** What a request comes to before the cart is priced. */
export interface Asked {
  readonly request: QuoteRequest
  readonly market: Market
  readonly at: string
  readonly facts: ReadonlyMap<string, SkuFacts>
  readonly buyer: BuyerFacts
}

/** The most codes that a cart may come with, and the most promotions that it is priced with. */
const most = { codes: 20, promotions: 100 }

const isText = (value: unknown) => typeof value === 'string'
const isQuantity = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1

/**
 * Finds what would go wrong before the cart is priced, which checks all the rest. Throws `pricing.invalid_cart`, which names
 * the field.
 */
export function checkRequest(request: QuoteRequest): void {
  const refuse = (field: string, reason: string) => pricingErrors.invalid_cart({ field, reason })
  for (const field of ['currency', 'market'] as const) if (!isText(request[field])) throw refuse(field, 'a text')
  for (const field of ['channel', 'region', 'paymentMethod', 'customerId', 'email', 'companyId'] as const)
    if (request[field] != null && !isText(request[field])) throw refuse(field, 'a text')
  for (const field of ['customerGroups', 'segments', 'codes'] as const)
    if (request[field] !== undefined && !(Array.isArray(request[field]) && request[field].every(isText)))
      throw refuse(field, 'a list of texts')
  if ((request.codes?.length ?? 0) > most.codes) throw refuse('codes', `at most ${most.codes}`)
  const { lines } = request
  if (!Array.isArray(lines) || lines.length > mostLines) throw refuse('lines', `a list of 0 to ${mostLines}`)
  for (const [place, line] of lines.entries()) {
    if (!isText(line?.sku)) throw refuse(`lines.${place}.sku`, 'a text')
    if (!isQuantity(line.quantity)) throw refuse(`lines.${place}.quantity`, 'a whole number from 1')
  }
}

/**
 * The promotions that a cart is priced with: all that the buyer's codes open, then automatic ones up to a hundred in all, the
 * highest priority first (ties by id). The rest is named as `too_many`: no shop has so many that a cart cannot be priced.
 */
export function withinMost(automatic: readonly CartPromotion[], opened: readonly CartPromotion[]) {
  const room = most.promotions - opened.length
  if (automatic.length <= room) return { promotions: [...automatic, ...opened], refused: [] }
  const ordered = automatic.toSorted(
    (a, b) => (b.priority ?? 0) - (a.priority ?? 0) || compareTexts(a.id ?? '', b.id ?? ''),
  )
  const refused = ordered
    .slice(room)
    .map(({ id = null }): Refusal => ({ promotionId: id, code: null, reason: 'too_many' }))
  return { promotions: [...ordered.slice(0, room), ...opened], refused }
}

/** The lines that have a price, and those that have none. Pieces of one sku on several lines count together for a price that starts at a quantity. */
export function linesOf({ request, market, at, facts, buyer }: Asked) {
  const pieces = new Map<string, number>()
  for (const { sku, quantity } of request.lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity)
  const home = market.pricesInclude === 'tax' ? ratesFor(market, { at }).rates : undefined
  const context = {
    currency: request.currency,
    market: request.market,
    channel: request.channel,
    at,
    customerGroups: request.customerGroups ?? buyer.customerGroups,
    companyId: request.companyId ?? buyer.companyId,
    customerId: request.customerId,
  }
  const lines: CartLine[] = []
  const unpriced: UnpricedLine[] = []
  for (const { id, sku, quantity, taxClass = 'standard', categoryIds } of request.lines) {
    const { prices = [], guards = [] } = facts.get(sku) ?? {}
    const price = priceWith(prices, { ...context, quantity: pieces.get(sku) ?? quantity }, market.exchange)
    if (!price) {
      unpriced.push({ id, sku })
      continue
    }
    const { amount: unitPrice, compareAt, priceListId } = price
    const floor = guards.length === 0 ? null : floorOf(guards, context, market, rateIn(home, taxClass))
    const priced = { unitPrice, compareAt, priceListId, floor, taxClass }
    lines.push({ id, sku, quantity, ...priced, ...(categoryIds && { categoryIds }) })
  }
  return { lines, unpriced }
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

/** How the cart is priced: promotions, charges, taxes, and who buys where and when. */
export function optionsOf({ request, market, at, buyer }: Asked, promotions: readonly CartPromotion[]) {
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
