import { defineEvent, Instant } from '@sangdo/core'
import { z } from 'zod'
import { BatchId, PromotionId } from './amounts.ts'
import { Count } from './promotions.ts'

/** A code for one buyer, for one use; `reference` says what it was issued for, once. */
export const CouponIssue = z
  .strictObject({
    promotionId: PromotionId,
    buyer: z.strictObject({ email: z.string().min(3).max(320) }),
    expiresAt: Instant.nullable().default(null),
    reference: z.string().min(1).max(200),
  })
  .meta({ id: 'CouponIssue' })
export type CouponIssue = z.output<typeof CouponIssue>

/** A code that only one buyer may use, once. */
export const IssuedCoupon = z
  .object({ code: z.string(), promotionId: PromotionId, expiresAt: Instant.nullable() })
  .meta({ id: 'IssuedCoupon' })
export type IssuedCoupon = z.infer<typeof IssuedCoupon>

/** Unique codes to be made: each opens the promotion once. */
export const CodeBatch = z
  .strictObject({
    promotionId: PromotionId,
    count: z.int().min(1).max(1_000_000),
    /** What every code begins with. */
    prefix: z
      .string()
      .regex(/^[A-Z0-9]{0,10}$/, 'A prefix has at most ten capitals and digits')
      .default(''),
    limitPerBuyer: Count,
  })
  .meta({ id: 'CodeBatch' })
export type CodeBatch = z.output<typeof CodeBatch>

/** Codes that are made together: how many are wanted, and how many there are. */
export const StoredBatch = z
  .object({
    id: BatchId,
    promotionId: PromotionId,
    prefix: z.string(),
    count: z.int(),
    made: z.int(),
    limitPerBuyer: z.int().nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'StoredBatch' })
export type StoredBatch = z.infer<typeof StoredBatch>

/** A code has been made for one buyer, who may be told of it. */
export const couponIssued = defineEvent(
  'pricing.coupon_issued',
  IssuedCoupon.extend({ buyer: z.string().describe('The e-mail address that it is for') }),
)
