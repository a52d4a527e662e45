import { defineEvent } from '@sangdo/core'
import { z } from 'zod'

export { Amount, BatchId, CouponCode, Percent, PriceListId, PromotionId, Quantity, Sku } from './amounts.ts'
export { pricingErrors } from './errors.ts'
export {
  Exchange,
  Market,
  Price,
  PriceEnding,
  PriceKey,
  PriceList,
  PriceListInput,
  Rate,
  RegionalRate,
  SkuGuard,
  UnitPrice,
} from './prices.ts'
export { CodeBatch, CouponIssue, couponIssued, IssuedCoupon, StoredBatch } from './coupons.ts'
export {
  Conditions,
  Coupon,
  Limits,
  Occasion,
  Promotion,
  PromotionInput,
  PromotionRule,
  type PromotionRuleInput,
  Share,
  Spent,
  type UsedCoupon,
} from './promotions.ts'
export {
  Adjustment,
  CartQuote,
  Combination,
  Gift,
  OwedShare,
  QuoteLine,
  type Refusal,
  RefusalReason,
  Taxation,
  TaxPart,
  TraceStep,
} from './quote.ts'

const Use = z.object({ code: z.string(), promotionId: z.string(), reference: z.string() })
/** A coupon has been used for good. */
export const couponRedeemed = defineEvent('pricing.coupon_redeemed', Use)
/** A coupon that was held may be used again. */
export const couponReleased = defineEvent('pricing.coupon_released', Use)
/** Prices of these skus have changed. */
export const pricesChanged = defineEvent('pricing.prices_changed', z.object({ skus: z.array(z.string()) }))
