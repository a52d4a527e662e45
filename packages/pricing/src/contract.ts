import { Currency, defineErrors, defineEvent, idSchema, Instant, Money, Text } from '@sangdo/core'
import { z } from 'zod'

export const PriceListId = idSchema('lst')
export type PriceListId = z.infer<typeof PriceListId>
export const PromotionId = idSchema('prm')
export type PromotionId = z.infer<typeof PromotionId>

export const Sku = z.string().trim().min(1).max(100)
export const Quantity = z.int().min(1).max(9_999)

/** A price, not negative and within 10^12 minor units, so that no cart of 200 lines can leave the safe range. */
export const Amount = Money.refine((amount) => amount.minor >= 0 && amount.minor <= 1e12, {
  message: 'An amount is from 0 to 10^12 minor units',
  path: ['minor'],
})

/** A rate in percent: a plain decimal from 0 to 100 with at most six decimals, as text or number. */
export const Percent = z
  .union([z.number(), z.string()])
  .refine(
    (rate) => /^\d{1,3}(\.\d{1,6})?$/.test(String(rate)) && Number(rate) <= 100,
    'A percentage is from 0 to 100 with at most six decimals',
  )

/** A code as buyers type it, in one form: no spaces or hyphens, full-width letters made narrow, capitals. */
export const CouponCode = z
  .string()
  .max(100)
  .transform((code) =>
    code
      .normalize('NFKC')
      .replaceAll(/[\s\-_‐-―]/gu, '')
      .toUpperCase(),
  )
  .pipe(z.string().regex(/^[\p{L}\p{N}]{3,40}$/u, 'A code has 3 to 40 letters and digits'))

/** A list of prices that holds in one currency, in one market or all, and within [startsAt, endsAt). */
export const PriceList = z
  .strictObject({
    id: PriceListId,
    name: z.string().min(1).max(200),
    currency: Currency,
    market: z.string().max(40).nullable(),
    startsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
  })
  .meta({ id: 'PriceList' })
export type PriceList = z.infer<typeof PriceList>

/** The price of one piece, from a quantity on: of a price list, or, without one, the base price. */
export const Price = z
  .strictObject({
    sku: Sku,
    amount: Amount,
    compareAt: Amount.nullable().default(null),
    priceListId: PriceListId.nullable().default(null),
    minQuantity: Quantity.default(1),
  })
  .refine((price) => !price.compareAt || price.compareAt.currency === price.amount.currency, {
    message: 'Both prices have one currency',
    path: ['compareAt'],
  })
  .meta({ id: 'Price' })
export type Price = z.output<typeof Price>

/** How a market states and taxes its prices. Rates are percentages by tax class; a class without one is not taxed. */
export const Market = z
  .strictObject({
    id: z.string().min(1).max(40),
    pricesInclude: z.enum(['tax', 'no_tax']),
    taxRounding: z.enum(['half_up', 'half_even', 'down']).default('half_up'),
    rates: z.record(z.string().min(1).max(40), Percent).default({}),
  })
  .meta({ id: 'Market' })
export type Market = z.output<typeof Market>

/** What every promotion may ask for and say, whatever it gives. */
const promotionBase = {
  /** Lines each by themselves, all eligible lines together, or the shipping charge. */
  target: z.enum(['line', 'order', 'shipping']).default('order'),
  /** Only these skus; all of them unless given. */
  skus: z.array(Sku).min(1).max(1000).optional(),
  /** Only goods in one of these categories; all of them unless given. */
  categoryIds: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
  /** What the eligible lines must come to, after the promotions before this one. */
  minimum: Amount.optional(),
}

/** What a promotion gives. A new kind is a new case. */
export const PromotionRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent_off'), percent: Percent, ...promotionBase }),
  z.strictObject({ kind: z.literal('amount_off'), amount: Amount, ...promotionBase }),
])
export type PromotionRule = z.output<typeof PromotionRule>

/** A promotion as a shop keeps it. Higher priorities act first; an exclusive one acts alone. */
export const Promotion = z
  .strictObject({
    id: PromotionId,
    name: Text,
    rule: PromotionRule,
    priority: z.int().min(-1000).max(1000),
    exclusive: z.boolean(),
    /** Only for buyers who enter one of its coupon codes. */
    needsCode: z.boolean(),
    active: z.boolean(),
    startsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
  })
  .meta({ id: 'Promotion' })
export type Promotion = z.infer<typeof Promotion>

/** What is said of a new or changed promotion; all but name and rule has a default. */
export const PromotionInput = z
  .strictObject({
    id: PromotionId.optional(),
    name: Text,
    rule: PromotionRule,
    priority: Promotion.shape.priority.default(0),
    exclusive: z.boolean().default(false),
    needsCode: z.boolean().default(false),
    active: z.boolean().default(true),
    startsAt: Instant.nullable().default(null),
    endsAt: Instant.nullable().default(null),
  })
  .meta({ id: 'PromotionInput' })
export type PromotionInput = z.input<typeof PromotionInput>

/** A code that opens a promotion, so many times in all and for each buyer; null is without limit. */
export const Coupon = z
  .strictObject({
    code: CouponCode,
    promotionId: PromotionId,
    limit: z.int().min(1).nullable().default(null),
    limitPerBuyer: z.int().min(1).nullable().default(null),
  })
  .meta({ id: 'Coupon' })
export type Coupon = z.output<typeof Coupon>

/** A coupon and how often it is in use: held by buyers who are paying, or redeemed. */
export type UsedCoupon = Coupon & { readonly uses: number }

/** What a sku costs one buyer, and why. */
export const UnitPrice = z
  .strictObject({ amount: Money, compareAt: Money.nullable(), priceListId: PriceListId.nullable() })
  .meta({ id: 'UnitPrice' })
export type UnitPrice = z.infer<typeof UnitPrice>

/** Why a code or promotion did not count. */
export const RefusalReason = z.enum([
  'unknown_code',
  'not_started',
  'ended',
  'below_minimum',
  'nothing_eligible',
  'nothing_left',
  'exclusive',
  'used_up',
  'used_by_you',
])
export type RefusalReason = z.infer<typeof RefusalReason>

/** One step of the calculation: which rule, on what base, at what rate, rounded how, came to what. */
export const TraceStep = z.object({
  about: z.string().describe('A line id, "shipping" or "order"'),
  step: z.enum(['line_amount', 'discount', 'allocation', 'shipping', 'tax_included', 'tax_added', 'subtotal', 'total']),
  rule: z.string(),
  base: Money,
  rate: z.string().nullable(),
  rounding: z.string().nullable(),
  amount: Money,
})
export type TraceStep = z.infer<typeof TraceStep>

export const QuoteLine = z.object({
  id: z.string(),
  sku: Sku,
  quantity: z.int(),
  unitPrice: Money,
  compareAt: Money.nullable(),
  subtotal: Money,
  discount: Money,
  total: Money,
  tax: Money,
  taxRate: z.string(),
})
export type QuoteLine = z.infer<typeof QuoteLine>

/** What one promotion took off, and from which lines; kept with the order, so that refunds follow the same split. */
export const Adjustment = z.object({
  promotionId: z.string(),
  name: Text,
  code: z.string().nullable(),
  amount: Money,
  lines: z.array(z.object({ id: z.string(), amount: Money })),
})
export type Adjustment = z.infer<typeof Adjustment>

/** A priced cart: total = lines + shipping + tax added, to the last minor unit. */
export const CartQuote = z.object({
  currency: Currency,
  lines: z.array(QuoteLine),
  adjustments: z.array(Adjustment),
  refused: z.array(
    z.object({ promotionId: z.string().nullable(), code: z.string().nullable(), reason: RefusalReason }),
  ),
  subtotal: Money,
  discount: Money,
  shipping: z.object({ amount: Money, discount: Money, total: Money, tax: Money }),
  taxAdded: Money,
  taxIncluded: Money,
  total: Money,
  trace: z.array(TraceStep),
})
export type CartQuote = z.infer<typeof CartQuote>

export const pricingErrors = defineErrors('pricing', {
  invalid_cart: ['invalid', (d: { field: string; reason: string }) => `${d.field}: ${d.reason}`],
  market_not_found: ['not_found', (d: { market: string }) => `There is no market ${d.market}`],
  promotion_not_found: ['not_found', (d: { promotionId: string }) => `There is no promotion ${d.promotionId}`],
  price_list_not_found: ['not_found', (d: { priceListId: string }) => `There is no price list ${d.priceListId}`],
  code_taken: ['conflict', (d: { code: string }) => `The code ${d.code} belongs to another promotion`],
  coupon_used_up: ['conflict', (d: { code: string }) => `The coupon ${d.code} has been used as often as it may be`],
})

const Use = z.object({ code: z.string(), promotionId: z.string(), reference: z.string() })
/** A coupon has been used for good. */
export const couponRedeemed = defineEvent('pricing.coupon_redeemed', Use)
/** A coupon that was held may be used again. */
export const couponReleased = defineEvent('pricing.coupon_released', Use)
/** Prices of these skus have changed. */
export const pricesChanged = defineEvent('pricing.prices_changed', z.object({ skus: z.array(z.string()) }))
