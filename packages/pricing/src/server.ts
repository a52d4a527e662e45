export { CodeBatch, CouponIssue, couponIssued, IssuedCoupon, StoredBatch } from './contract/coupons.ts'
export {
  Decision,
  PriceLimit,
  PriceProposal,
  ProposalId,
  ProposalStatus,
  StoredProposal,
} from './contract/proposals.ts'
export {
  ShareEntry,
  shareOwed,
  SharePurpose,
  ShareRefund,
  shareReversed,
  ShareStep,
  ShareTotal,
} from './contract/shares.ts'
export { pricingInvariants } from './invariants.ts'
export { pricingMigrations } from './migrations/index.ts'
export type { BuyerFacts, BuyerPort, TaxPort, TaxRequest } from './ports.ts'
export { boundedPrice, type PriceBounds } from './rules/bounds.ts'
export {
  type BatchOptions,
  createPricing,
  type ListedPromotion,
  type PriceQuestion,
  type Pricing,
  type PricingOptions,
  type QuoteOptions,
  type QuoteRequest,
  type ShareFilter,
  type StoreQuote,
  type UnpricedLine,
  type WalletCoupon,
} from './service/index.ts'
