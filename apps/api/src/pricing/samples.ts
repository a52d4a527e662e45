import type { CategoryId, VariantFacts } from '@sangdo/catalog'
import { coreErrors, type Money, zero } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import {
  type CartLine,
  type CartOptions,
  type CartPromotion,
  type PromotionInput,
  type PromotionRule,
  ratesFor,
  type UnitPrice,
} from '@sangdo/pricing'
import type { z } from 'zod'
import { markets, type Shop } from '../shop.ts'
import { guardsIn } from './guards.ts'

/** A cart to try a promotion on. */
export interface Sample {
  readonly market: string
  readonly lines: { readonly sku: string; readonly quantity: number }[]
}

/** A promotion that somebody is writing. */
export type Draft = z.output<typeof PromotionInput>

type Scope = Pick<PromotionRule, 'skus' | 'categoryIds'>
type Facts = Readonly<Record<string, VariantFacts>>

/** A sku that is on sale, and its price. */
interface Offered {
  readonly sku: string
  readonly price: UnitPrice
}

const shownGoods = 3
const mostPieces = 99

/** A draft as a cart is priced with it. It is tried on those who fulfil its conditions, so only those about goods are left. */
export function draftOf({ id, name, rule, priority, exclusive, group, stacksWith, best }: Draft): CartPromotion {
  const { when: _, ...about } = rule
  return { ...about, id: id ?? 'draft', name, priority, exclusive, group, stacksWith, best }
}

/** The market that a promotion is for: the first that it names, else one with its currency, else the first of the shop. */
export function marketFor({ rule, limits }: Draft): (typeof markets)[number] {
  const named = markets.find(({ id }) => rule.when?.markets?.includes(id))
  const currency = (moneyIn(rule) ?? limits.budget)?.currency
  return named ?? markets.find((market) => market.currency === currency) ?? markets[0]
}

function moneyIn(rule: PromotionRule): Money | undefined {
  if ('amount' in rule) return rule.amount
  if ('price' in rule) return rule.price
  return 'tiers' in rule ? rule.tiers[0]?.from : (rule.minimum ?? ('maximum' in rule ? rule.maximum : undefined))
}

/** Goods that a promotion reaches and one that it does not, as many of them as it asks for. */
export async function sampleFor(shop: Shop, db: Db, { rule }: Draft, market: string): Promise<Sample> {
  const reached = await offered(shop, db, rule, market, rule.notDiscounted === true)
  const bought = 'buys' in rule && rule.buys ? (await offered(shop, db, rule.buys, market)).slice(0, 1) : []
  const known = new Set([...reached, ...bought].map(({ sku }) => sku))
  const others = isNarrow(rule) ? await offered(shop, db, {}, market) : []
  const outside = others.filter(({ sku }) => !known.has(sku)).slice(0, 1)
  const lines = piecesOf(rule, reached, bought)
  return { market, lines: [...lines, ...outside.map(({ sku }) => ({ sku, quantity: 1 }))] }
}

const isNarrow = ({ skus, categoryIds }: Scope) => skus !== undefined || categoryIds !== undefined

/** A few goods on sale within a scope, with their prices. */
async function offered(shop: Shop, db: Db, scope: Scope, market: string, fullPriceOnly = false): Promise<Offered[]> {
  const skus = scope.skus ? [...scope.skus].slice(0, 50) : await popularIn(shop, db, scope.categoryIds ?? [undefined])
  const facts = await shop.catalog.variantsOf(db, skus)
  const prices = await shop.pricing.pricesOf(db, skus, { market, currency: currencyOf(market) })
  const found = skus.flatMap((sku) => {
    const price = prices[sku]
    return price && facts[sku]?.sellable && (!fullPriceOnly || price.compareAt === null) ? [{ sku, price }] : []
  })
  return found.slice(0, shownGoods)
}

async function popularIn(shop: Shop, db: Db, categories: readonly (string | undefined)[]): Promise<string[]> {
  const pages = []
  for (const category of categories.slice(0, shownGoods)) {
    const shelf = category === undefined ? {} : { category: category as CategoryId }
    pages.push(await shop.catalog.list(db, { ...shelf, locale: 'ko', sort: 'popular', limit: 10 }))
  }
  const ids = [...new Set(pages.flatMap(({ items }) => items.map((card) => card.id)))]
  const products = await shop.catalog.productsOf(db, ids)
  return products.flatMap(({ variants }) => variants[0]?.sku ?? [])
}

const currencyOf = (id: string) => (markets.find((market) => market.id === id) ?? markets[0]).currency

/** So many pieces of each that the promotion counts: its sets, its pieces, its least amount or its highest tier. */
function piecesOf(rule: PromotionRule, reached: readonly Offered[], bought: readonly Offered[]): Sample['lines'] {
  const counts = new Map([...bought, ...reached].map(({ sku }) => [sku, 1]))
  const [first, asked] = [reached[0], bought[0]]
  if (asked && rule.kind === 'buy_x_get_y') counts.set(asked.sku, rule.buy + (asked.sku === first?.sku ? rule.get : 0))
  if (first) {
    const others = reached.slice(1).reduce((sum, { price }) => sum + price.amount.minor, 0)
    const missing = Math.ceil((leastOf(rule) - others) / Math.max(1, first.price.amount.minor))
    const count = Math.max(counts.get(first.sku) ?? 1, setOf(rule, reached.length), missing)
    counts.set(first.sku, Math.min(count, mostPieces))
  }
  return [...counts].map(([sku, quantity]) => ({ sku, quantity }))
}

/** The pieces of the first goods with which the rule has what it asks for. */
function setOf(rule: PromotionRule, goods: number): number {
  const pieces = (rule.minimumQuantity ?? 1) - (goods - 1)
  if (rule.kind === 'set_price') return Math.max(pieces, rule.quantity - (goods - 1))
  if (rule.kind === 'buy_x_get_y') return Math.max(pieces, rule.get + (rule.buys ? 0 : rule.buy))
  return pieces
}

const leastOf = (rule: PromotionRule): number =>
  Math.max(rule.minimum?.minor ?? 0, ...('tiers' in rule ? rule.tiers.map(({ from }) => from.minor) : []))

/** A sample as the pure function prices it: the shop's own prices, floors, shelves and taxes, and shipping where the rule is about it. */
export async function cartOf(
  shop: Shop,
  db: Db,
  { market: id, lines }: Sample,
  { rule }: Pick<Draft, 'rule'>,
): Promise<{ lines: CartLine[]; options: CartOptions; facts: Facts }> {
  const [market, skus, currency] = [await shop.pricing.marketOf(db, id), lines.map(({ sku }) => sku), currencyOf(id)]
  const facts = await shop.catalog.variantsOf(db, skus)
  const guardOf = await guardsIn(shop, db, skus, { market, currency, facts })
  const priced: CartLine[] = []
  for (const { sku, quantity } of lines) {
    const price = (await shop.pricing.pricesOf(db, [sku], { market: id, currency, quantity }))[sku]
    const known = facts[sku]
    if (!price || !known) throw unpriced(sku)
    const { amount: unitPrice, compareAt } = price
    const { taxClass, categoryIds } = known
    priced.push({ sku, quantity, unitPrice, compareAt, floor: guardOf(sku).floor, taxClass, categoryIds })
  }
  const weightGrams = lines.reduce((sum, { sku, quantity }) => sum + (facts[sku]?.weightGrams ?? 0) * quantity, 0)
  const tax = market && { tax: ratesFor(market, { at: shop.now().toISOString() }) }
  const isOnShipping = 'target' in rule && rule.target === 'shipping'
  const shipping = isOnShipping ? await shippingOf(shop, db, id, weightGrams) : null
  return { lines: priced, options: { currency, shipping, ...tax }, facts }
}

const unpriced = (sku: string) =>
  coreErrors.invalid_input({ issues: [{ field: 'cart.lines', message: `${sku} has no price in this market` }] })

/** What the cheapest way to ship costs in the market's own country where it is not free already; nothing without one. */
async function shippingOf(shop: Shop, db: Db, market: string, weightGrams: number): Promise<Money | null> {
  const [country, currency] = [market.toUpperCase(), currencyOf(market)]
  const address = { country, postcode: country === 'KR' ? '04524' : '10001' }
  const options = await shop.shipping.optionsOf(db, { address, currency, weightGrams, goods: zero(currency) })
  return options.map(({ price }) => price).toSorted((a, b) => a.minor - b.minor)[0] ?? null
}
