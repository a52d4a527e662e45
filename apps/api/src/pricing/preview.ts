import { instant } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type CartQuote, priceCart, pricingErrors, ratesFor } from '@sangdo/pricing'
import { simulate, type Simulation } from '@sangdo/pricing/simulate'
import { explain, traceOf } from '@sangdo/pricing/why'
import { markets, type Shop } from '../shop.ts'
import { sentencesFor } from '../views/promotion.ts'
import { lastDays, pastOrders, running } from './history.ts'
import { cartOf, type Draft, draftOf, marketFor, type Sample, sampleFor } from './samples.ts'

/** What a promotion means, in words and on a cart: the given one, or one of the shop's own goods. Nothing is stored. */
export async function preview(shop: Shop, db: Db, promotion: Draft, given: Sample | undefined) {
  const say = await sentencesFor(shop, db, [promotion])
  const sample = given ?? (await sampleFor(shop, db, promotion, marketFor(promotion).id))
  const { lines, options, facts } = await cartOf(shop, db, sample, promotion)
  const quote = priceCart(lines, { ...options, promotions: [draftOf(promotion)] })
  const goods = Object.fromEntries(
    Object.entries(facts).map(([sku, { name, options: choice }]) => [sku, { name, options: choice }]),
  )
  return { sentence: say(promotion), cart: sample, goods, quote, steps: stepsOf(quote) }
}

/** How a quote came about, each step also as a sentence in Korean and in English. */
export const stepsOf = (quote: CartQuote) =>
  traceOf(quote).map((step) => ({ ...step, sentence: { ko: explain(step, 'ko'), en: explain(step, 'en') } }))

/** What is tried out, on which orders; those of the last 90 days unless said. */
export interface Trial {
  readonly promotion: Draft
  readonly market?: string | undefined
  readonly from?: string
  readonly to?: string
}

const usualDays = 90

/** What a promotion would have done to the paid orders of the past, on top of what runs by itself today. Everybody is taken to have its code. */
export async function tryOnPast(
  shop: Shop,
  db: Db,
  { promotion, ...asked }: Trial,
  onProgress?: (found: Simulation) => unknown,
): Promise<Simulation> {
  const market = asked.market === undefined ? marketFor(promotion) : marketCalled(asked.market)
  const { from, to } = { ...lastDays(shop.now(), usualDays), ...asked }
  const known = await shop.pricing.marketOf(db, market.id)
  const conditions = promotion.rule.when
  const draft = { ...draftOf(promotion), ...(conditions ? { when: conditions } : {}) }
  const options = {
    drafts: [draft],
    promotions: await running(shop, db, market.currency, promotion.id),
    currency: market.currency,
    every: 200,
    ...(known ? { tax: ratesFor(known, { at: instant(shop.now()) }) } : {}),
    ...(onProgress ? { onProgress } : {}),
  }
  return simulate(pastOrders(shop, db, { market: market.id, currency: market.currency, from, to }, conditions), options)
}

function marketCalled(id: string): (typeof markets)[number] {
  const market = markets.find((one) => one.id === id)
  if (!market) throw pricingErrors.market_not_found({ market: id })
  return market
}
