import { createNewId, type NewId, type Now } from '@sangdo/core'
import { type Announce, silent } from '@sangdo/core/server'
import type { BuyerPort, TaxPort } from '../ports.ts'
import { createCache } from '../store/cache.ts'
import { historiesOf } from '../store/history.ts'
import { createCoupons } from './coupons.ts'
import { createPrices } from './prices.ts'
import { createPromotions } from './promotions.ts'
import { createProposals } from './proposals.ts'
import { createQuotes } from './quotes.ts'
import { createRedemptions } from './redemptions.ts'
import { createShares } from './shares.ts'

export type { BatchOptions, WalletCoupon } from './coupons.ts'
export type { PriceQuestion } from './prices.ts'
export type { ListedPromotion } from './promotions.ts'
export type { QuoteOptions } from './quotes.ts'
export type { QuoteRequest, StoreQuote, UnpricedLine } from '../rules/asking.ts'
export type { ShareFilter } from './shares.ts'

/** What `createPricing` may be given; all of it has a default, so that the package stands alone. */
export interface PricingOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
  /** Who knows buyers: nobody unless given. */
  readonly buyers?: BuyerPort
  /** The tax services that markets name. */
  readonly taxServices?: Readonly<Record<string, TaxPort>>
  /** How many skus it keeps the prices of in memory: 20,000. */
  readonly keptSkus?: number
}

export type Pricing = ReturnType<typeof createPricing>

/** Prices, promotions and coupons in a database, around the one pure function that prices every cart. */
export function createPricing({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
  buyers = { buyerOf: async () => ({}) },
  taxServices = {},
  keptSkus = 20_000,
}: PricingOptions = {}) {
  const cache = createCache(keptSkus)
  const dependencies = { outbox, now, newId, cache }
  const prices = createPrices(dependencies)
  const { ledger, ...shares } = createShares(dependencies)
  return {
    ...prices,
    ...createProposals({ ...dependencies, setPrices: prices.setPrices }),
    ...createPromotions(dependencies),
    ...createCoupons(dependencies),
    ...createRedemptions({ ...dependencies, ledger }),
    ...shares,
    ...createQuotes({ now, cache, buyers, taxServices }),
    historiesOf,
  }
}
