import { Currency, idSchema, Money } from '@sangdo/core'
import { z } from 'zod'
import { percent } from '../rules/check.ts'
import { plainCode } from '../rules/codes.ts'

export const PriceListId = idSchema('lst')
export type PriceListId = z.infer<typeof PriceListId>
export const PromotionId = idSchema('prm')
export type PromotionId = z.infer<typeof PromotionId>
/** A batch of coupon codes that were made together. */
export const BatchId = idSchema('bat')
export type BatchId = z.infer<typeof BatchId>

export const Sku = z.string().trim().min(1).max(100)
export const Quantity = z.int().min(1).max(9_999)

/** A price, not negative and within 10^12 minor units; a cart whose sums would leave the safe range is refused as a whole. */
export const Amount = Money.refine((amount) => amount.minor >= 0 && amount.minor <= 1e12, {
  message: 'An amount is from 0 to 10^12 minor units',
  path: ['minor'],
})

/** A rate in percent: a plain decimal from 0 to 100 with at most six decimals, as text or number. */
export const Percent = z
  .union([z.number(), z.string()])
  .refine((rate) => percent(rate, '') === null, 'a percentage from 0 to 100 with at most six decimals')

/** A code as buyers type it, in one form: no spaces or hyphens, full-width letters made narrow, capitals. */
export const CouponCode = z
  .string()
  .max(100)
  .transform(plainCode)
  .pipe(z.string().regex(/^[\p{L}\p{N}]{3,40}$/u, 'A code has 3 to 40 letters and digits'))

export const Rounding = z.enum(['half_up', 'half_even', 'down', 'up'])
export { Currency }
