import { Instant, Money, Text } from '@sangdo/core'
import { z } from 'zod'
import { Amount, CouponCode, Percent, PromotionId, Quantity, Sku } from './amounts.ts'

const Name = z.string().min(1).max(100)
const oneOf = z.array(Name).min(1).max(100).readonly()
const Skus = z.array(Sku).min(1).max(1000).readonly()
/** A limit that a database column of 32 bits holds; null is without limit. */
export const Count = z.int().min(1).max(1e9).nullable().default(null)
const Hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is HH:MM')

/** For whom, where and when a promotion counts. What is not said does not matter; what is not known never holds. */
export const Conditions = z
  .strictObject({
    markets: oneOf.optional(),
    channels: oneOf.optional(),
    segments: oneOf.optional(),
    customerGroups: oneOf.optional(),
    paymentMethods: oneOf.optional(),
    /** The buyer's n-th order; 1 is their first. */
    orderNumber: z.int().min(1).max(100_000).optional(),
    /** Registered at most so many days ago. */
    newWithinDays: z.int().min(1).max(3_650).optional(),
    /** So many days around the buyer's birthday. */
    birthday: z.strictObject({ daysBefore: z.int().min(0).max(60), daysAfter: z.int().min(0).max(60) }).optional(),
    /** 1 is Monday, 7 Sunday, in the market's time zone. */
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).readonly().optional(),
    /** [from, to) in the market's time zone; past midnight where `to` is not after `from`. */
    hours: z.strictObject({ from: Hour, to: Hour }).optional(),
  })
  .meta({ id: 'PromotionConditions' })
export type Conditions = z.infer<typeof Conditions>

/** So many percent of what is paid for the goods, for a creator or a cause. It changes no price. */
export const Share = z
  .strictObject({ to: Name, purpose: z.enum(['commission', 'donation']), percent: Percent })
  .meta({ id: 'PromotionShare' })
export type Share = z.infer<typeof Share>

/** What every promotion may ask for and say, whatever it gives. */
const common = {
  /** Only these skus; all of them unless given. */
  skus: Skus.optional(),
  /** Only goods in one of these categories; all of them unless given. */
  categoryIds: oneOf.optional(),
  /** Not on goods that are on sale or were discounted by an earlier promotion. */
  notDiscounted: z.boolean().optional(),
  /** What the eligible lines must come to. */
  minimum: Amount.optional(),
  /** Whether minimum and tiers look at the lines before any discount, or at what earlier promotions left of them. */
  minimumOf: z.enum(['before', 'after']).optional(),
  /** How many pieces the eligible lines must be. */
  minimumQuantity: Quantity.optional(),
  when: Conditions.optional(),
  shares: z.array(Share).min(1).max(5).readonly().optional(),
}
const target = z.enum(['line', 'order', 'shipping']).default('order')
/** The pieces of each line that are discounted; only on lines. */
const maximumUnits = Quantity.optional()
const Tier = z.union([
  z.strictObject({ from: Amount, percent: Percent }),
  z.strictObject({ from: Amount, amount: Amount }),
])

/** What a promotion gives. A new kind is a new case. */
export const PromotionRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('percent_off'),
      percent: Percent,
      target,
      maximum: Amount.optional(),
      maximumUnits,
      ...common,
    }),
    z.strictObject({ kind: z.literal('amount_off'), amount: Amount, target, maximumUnits, ...common }),
    z.strictObject({ kind: z.literal('fixed_price'), price: Amount, maximumUnits, ...common }),
    z.strictObject({
      kind: z.literal('buy_x_get_y'),
      buy: Quantity,
      get: Quantity,
      percent: Percent.default(100),
      /** What must be bought; the eligible goods themselves unless given. */
      buys: z.strictObject({ skus: Skus.optional(), categoryIds: oneOf.optional() }).optional(),
      per: z.enum(['cart', 'sku']).default('cart'),
      times: Quantity.optional(),
      ...common,
    }),
    z.strictObject({
      kind: z.literal('set_price'),
      quantity: Quantity,
      price: Amount,
      times: Quantity.optional(),
      ...common,
    }),
    z.strictObject({
      kind: z.literal('spend_tiers'),
      tiers: z.array(Tier).min(1).max(20).readonly(),
      target: z.enum(['line', 'order']).default('order'),
      ...common,
    }),
    z.strictObject({ kind: z.literal('gift'), sku: Sku, quantity: Quantity.default(1), ...common }),
    z.strictObject({ kind: z.literal('share_only'), ...common }),
  ])
  .refine((rule) => !('maximumUnits' in rule) || rule.kind === 'fixed_price' || rule.target === 'line', {
    message: 'Only a promotion on lines is limited in pieces',
    path: ['maximumUnits'],
  })
export type PromotionRule = z.output<typeof PromotionRule>
/** A rule as it is said: with all the defaults left out. */
export type PromotionRuleInput = z.input<typeof PromotionRule>

/** What a promotion may be spent in all; null is without limit. */
export const Limits = z
  .strictObject({
    /** Orders. */
    uses: Count,
    /** Orders of one buyer. */
    usesPerBuyer: Count,
    /** Money, in the currency in which it is said. */
    budget: Amount.nullable().default(null),
    /** Pieces, such as those of a live session. */
    units: Count,
  })
  .meta({ id: 'PromotionLimits' })
export type Limits = z.output<typeof Limits>

/** What a code for one buyer may be issued for. */
export const Occasion = z.enum(['registration', 'birthday', 'win_back'])
export type Occasion = z.infer<typeof Occasion>

const Group = z.string().min(1).max(40)
const unlimited: Limits = { uses: null, usesPerBuyer: null, budget: null, units: null }

/** A promotion as a shop keeps it. Higher priorities act first; an exclusive one acts alone. */
export const Promotion = z
  .strictObject({
    id: PromotionId,
    name: Text,
    rule: PromotionRule,
    priority: z.int().min(-1000).max(1000),
    exclusive: z.boolean(),
    /** Of the promotions of one group only one counts. */
    group: Group.nullable().default(null),
    /** The groups beside which it may stand; all unless given. */
    stacksWith: z.array(Group).max(50).nullable().default(null),
    /** Whether the best combination with others of the kind is searched for. */
    best: z.boolean().default(false),
    limits: Limits.default(unlimited),
    /** Only for buyers who enter one of its coupon codes. */
    needsCode: z.boolean(),
    /** The occasion on which every buyer is issued a code of their own. */
    issue: Occasion.nullable().default(null),
    /** How many days such a code lives; as long as the promotion unless given. */
    issueDays: z.int().min(1).max(3_650).nullable().default(null),
    active: z.boolean(),
    startsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
  })
  .meta({ id: 'Promotion' })
export type Promotion = z.output<typeof Promotion>

/** What is said of a new or changed promotion; all but name and rule has a default. */
export const PromotionInput = Promotion.extend({
  id: PromotionId.optional(),
  priority: Promotion.shape.priority.default(0),
  exclusive: z.boolean().default(false),
  needsCode: z.boolean().default(false),
  active: z.boolean().default(true),
  startsAt: Instant.nullable().default(null),
  endsAt: Instant.nullable().default(null),
}).meta({ id: 'PromotionInput' })
export type PromotionInput = z.input<typeof PromotionInput>

/** A code that opens a promotion, so many times in all and for each buyer; null is without limit. */
export const Coupon = z
  .strictObject({
    code: CouponCode,
    promotionId: PromotionId,
    limit: Count,
    limitPerBuyer: Count,
  })
  .meta({ id: 'Coupon' })
export type Coupon = z.output<typeof Coupon>

/** A coupon and how often it is in use: held by buyers who are paying, or redeemed. */
export type UsedCoupon = Coupon & { readonly uses: number }

/** What a promotion has been spent of its limits. The amount is in the currency of its budget; null without one. */
export const Spent = z
  .object({ uses: z.int(), amount: Money.nullable(), units: z.int() })
  .meta({ id: 'PromotionSpent' })
export type Spent = z.infer<typeof Spent>
