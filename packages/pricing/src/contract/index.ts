import { defineEvent } from '@sangdo/core'
import { z } from 'zod'
import { IssuedCoupon } from './promotions.ts'

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
export {
  CodeBatch,
  Conditions,
  Coupon,
  CouponIssue,
  IssuedCoupon,
  Limits,
  Occasion,
  Promotion,
  PromotionInput,
  PromotionRule,
  type PromotionRuleInput,
  Share,
  Spent,
  StoredBatch,
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
/** A code has been made for one buyer, who may be told of it. */
export const couponIssued = defineEvent(
  'pricing.coupon_issued',
  IssuedCoupon.extend({ buyer: z.string().describe('The e-mail address that it is for') }),
)
/** Prices of these skus have changed. */
export const pricesChanged = defineEvent('pricing.prices_changed', z.object({ skus: z.array(z.string()) }))
