import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { BatchId, Market, Occasion, PriceList, PriceListId, PromotionId } from './contract/index.ts'
import type { PriceLimit, ProposalId, ProposalStatus } from './contract/proposals.ts'
import type { ShareEntryId, SharePurpose, ShareStep } from './contract/shares.ts'

/** The rows of this package. Amounts are in minor units of the row's currency; what is JSON says so. */
export interface PricingTables {
  /** One row: a new name for the state of markets, lists, prices, guards and promotions after every change of them. */
  pricing_version: { one: 1; version: string }
  pricing_market: {
    id: string
    prices_include: Market['pricesInclude']
    tax_rounding: Market['taxRounding']
    tax_level: Market['taxLevel']
    constant: Market['constant']
    time_zone: string
    tax_service: string | null
    /** JSON */ rates: string
    /** JSON */ regional_rates: string
    /** JSON */ exchange: string | null
  }
  pricing_list: {
    id: PriceListId
    name: string
    currency: string
    market: string | null
    channel: string | null
    customer_group: string | null
    company_id: string | null
    customer_id: string | null
    starts_at: string | null
    ends_at: string | null
  }
  pricing_price: {
    sku: string
    currency: string
    /** Empty for the base price, so that it can be part of the key. */
    list_id: PriceListId | ''
    min_quantity: number
    /** Empty for a price that held at once. */
    starts_at: string
    amount: number
    compare_at: number | null
  }
  /** What one piece costs the shop, and what it must bring in. */
  pricing_guard: {
    sku: string
    currency: string
    cost: number | null
    floor: number | null
    minimum_margin: string | null
  }
  /** Every price as it was set, never changed; without an amount it was taken away. */
  pricing_price_change: {
    id: string
    sku: string
    currency: string
    list_id: PriceListId | ''
    min_quantity: number
    starts_at: string
    amount: number | null
    compare_at: number | null
    recorded_at: string
  }
  /** Every price list as it was set, never changed. */
  pricing_list_change: {
    id: string
    list_id: PriceList['id']
    /** JSON */ list: string
    recorded_at: string
  }
  /** One row: up to when starts and ends have been announced; and, while it is being done, up to when and which sku. */
  pricing_announcement: { one: 1; until: string; target: string; after_sku: string }
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
    stack_group: string | null
    /** JSON */ stacks_with: string | null
    best: 0 | 1
    issue: Occasion | null
    issue_days: number | null
  }
  /** What a promotion may be spent in all, and what has been. `spent` is in the currency of the budget. */
  pricing_promotion_limit: {
    promotion_id: PromotionId
    use_limit: number | null
    buyer_limit: number | null
    budget: number | null
    budget_currency: string | null
    unit_limit: number | null
    uses: number
    spent: number
    units: number
  }
  pricing_promotion_buyer: { promotion_id: PromotionId; buyer: string; uses: number }
  /** Codes that were made together. */
  pricing_batch: {
    id: BatchId
    promotion_id: PromotionId
    prefix: string
    wanted: number
    made: number
    buyer_limit: number | null
    created_at: string
  }
  pricing_coupon: {
    code: string
    promotion_id: PromotionId
    use_limit: number | null
    buyer_limit: number | null
    uses: number
    batch_id: BatchId | null
    /** The one buyer who may use it. */
    buyer: string | null
    expires_at: string | null
    /** What it was issued for. */
    issued_for: string | null
  }
  pricing_coupon_buyer: { code: string; buyer: string; uses: number }
  /** One use of a promotion by a reference, with what it took: the ledger of all counters. */
  pricing_redemption: {
    reference: string
    promotion_id: PromotionId
    /** Empty for a promotion that needs no code. */
    code: string
    buyer: string
    amount: number
    currency: string
    units: number
    status: 'held' | 'redeemed' | 'released'
    held_at: string
    closed_at: string | null
  }
  /** A price that a rule or a model proposes, and the price that it was made for. */
  pricing_proposal: {
    id: ProposalId
    source: string
    reason: string
    sku: string
    currency: string
    list_id: PriceListId | ''
    min_quantity: number
    market: string | null
    current: number
    compare_at: number | null
    proposed: number
    bounded: number
    limited_by: PriceLimit | null
    status: ProposalStatus
    created_at: string
    decided_at: string | null
    decided_by: string | null
  }
  /** What goes to creators and causes, never changed: the moves of each share of a reference, in their places. */
  pricing_share_entry: {
    id: ShareEntryId
    reference: string
    promotion_id: string
    /** Empty for a promotion that needs no code. */
    code: string
    recipient: string
    purpose: SharePurpose
    currency: string
    place: number
    step: ShareStep
    expected: number
    owed: number
    /** What went back to the buyer, by the refund of this name; empty where it is none. */
    refunded: number
    refund: string
    recorded_at: string
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<PricingTables>
