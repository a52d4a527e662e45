import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { PriceListId, PromotionId } from './contract.ts'

/** The rows of this package. Amounts are in minor units of the row's currency; what is JSON says so. */
export interface PricingTables {
  pricing_market: {
    id: string
    prices_include: 'tax' | 'no_tax'
    tax_rounding: 'half_up' | 'half_even' | 'down'
    /** JSON */ rates: string
  }
  pricing_list: {
    id: PriceListId
    name: string
    currency: string
    market: string | null
    starts_at: string | null
    ends_at: string | null
  }
  pricing_price: {
    sku: string
    currency: string
    /** Empty for the base price, so that it can be part of the key. */
    list_id: PriceListId | ''
    min_quantity: number
    amount: number
    compare_at: number | null
  }
  pricing_promotion: {
    id: PromotionId
    /** JSON */ name: string
    /** JSON */ rule: string
    priority: number
    exclusive: 0 | 1
    needs_code: 0 | 1
    active: 0 | 1
    starts_at: string | null
    ends_at: string | null
  }
  pricing_coupon: {
    code: string
    promotion_id: PromotionId
    use_limit: number | null
    buyer_limit: number | null
    uses: number
  }
  pricing_coupon_buyer: { code: string; buyer: string; uses: number }
  pricing_redemption: {
    reference: string
    code: string
    promotion_id: PromotionId
    buyer: string
    status: 'held' | 'redeemed' | 'released'
    held_at: string
    closed_at: string | null
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<PricingTables>
