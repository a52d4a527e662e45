import { Money, Text } from '@sangdo/core'
import { z } from 'zod'
import { Currency, Rounding, Sku } from './amounts.ts'

/** Why a code or promotion did not count. */
export const RefusalReason = z.enum([
  'unknown_code',
  'not_started',
  'ended',
  'used_up',
  'used_by_you',
  'not_yours',
  'other_currency',
  'not_here',
  'not_now',
  'not_for_you',
  'wrong_payment',
  'nothing_eligible',
  'below_minimum',
  'nothing_left',
  'exclusive',
  'not_stackable',
  'not_best',
  'too_many',
])
export type RefusalReason = z.infer<typeof RefusalReason>

const Refusal = z.object({
  promotionId: z.string().nullable(),
  code: z.string().nullable(),
  reason: RefusalReason,
})
export type Refusal = z.infer<typeof Refusal>

/** One of several taxes on a line, such as a state's and a city's. */
export const TaxPart = z.object({ name: z.string(), rate: z.string(), amount: Money })
export type TaxPart = z.infer<typeof TaxPart>

export const QuoteLine = z.object({
  id: z.string(),
  sku: Sku,
  quantity: z.int(),
  unitPrice: Money,
  compareAt: Money.nullable(),
  priceListId: z.string().nullable(),
  subtotal: Money,
  discount: Money,
  total: Money,
  taxClass: z.string(),
  tax: Money,
  taxRate: z.string(),
  taxFree: z.boolean(),
  /** Given where a class has several taxes. */
  taxes: z.array(TaxPart).optional(),
  /** Given where the price was restated for another country or an exempt buyer: what it was before. */
  restatedFrom: Money.optional(),
})
export type QuoteLine = z.infer<typeof QuoteLine>

/** What one promotion did, and to which lines; kept with the order, so that refunds follow the same split. */
export const Adjustment = z.object({
  promotionId: z.string(),
  name: Text,
  code: z.string().nullable(),
  kind: z.string(),
  target: z.enum(['line', 'order', 'shipping']),
  /** What it looked at, and at how many percent; null where the rule is not a percentage. */
  base: Money,
  rate: z.string().nullable(),
  /** What the rule came to before floors and what was left had their say. */
  wanted: Money,
  amount: Money,
  /** Pieces that it acted on. */
  units: z.int(),
  lines: z.array(
    z.object({
      id: z.string(),
      base: Money,
      amount: Money,
      /** Given where it acted on some of the pieces only. */
      pieces: z.int().optional(),
      /** Given where the rule came to more than could be given. */
      wanted: Money.optional(),
    }),
  ),
})
export type Adjustment = z.infer<typeof Adjustment>

export const Gift = z.object({ promotionId: z.string(), code: z.string().nullable(), sku: Sku, quantity: z.int() })
export type Gift = z.infer<typeof Gift>

/** What goes to a creator or a cause for this cart. */
export const OwedShare = z.object({
  promotionId: z.string(),
  code: z.string().nullable(),
  to: z.string(),
  purpose: z.enum(['commission', 'donation']),
  base: Money,
  rate: z.string(),
  amount: Money,
})
export type OwedShare = z.infer<typeof OwedShare>

/** What the search for the best combination compared; `searched` is false where there were too many candidates. */
export const Combination = z.object({
  searched: z.boolean(),
  candidates: z.array(z.string()),
  chosen: z.array(z.string()),
  others: z.array(z.object({ promotionIds: z.array(z.string()), total: Money })),
})
export type Combination = z.infer<typeof Combination>

const Charge = z.object({ amount: Money, discount: Money, total: Money, tax: Money, taxRate: z.string() })

/** How a cart was taxed. */
export const Taxation = z.object({
  pricesInclude: z.enum(['tax', 'no_tax']),
  rounding: Rounding,
  level: z.enum(['unit', 'line', 'order']),
  /** The service whose figures these are; null where they were calculated here. */
  source: z.string().nullable(),
  /** The certificate of an exempt buyer. */
  exemption: z.string().nullable(),
})
export type Taxation = z.infer<typeof Taxation>

/** A priced cart: total = lines + shipping + fees + tax added, to the last minor unit. */
export const CartQuote = z.object({
  currency: Currency,
  lines: z.array(QuoteLine),
  adjustments: z.array(Adjustment),
  refused: z.array(Refusal),
  gifts: z.array(Gift),
  shares: z.array(OwedShare),
  combination: Combination.nullable(),
  subtotal: Money,
  discount: Money,
  shipping: Charge,
  fees: z.array(z.object({ id: z.string(), amount: Money, tax: Money, taxRate: z.string(), taxFree: z.boolean() })),
  taxation: Taxation.nullable(),
  taxAdded: Money,
  taxIncluded: Money,
  total: Money,
  /** What is left to pay after points, gift cards and store credit. */
  due: Money,
  /** The ways to pay that promotions which count ask for; null where any will do. */
  payableBy: z.array(z.string()).nullable(),
})
export type CartQuote = z.infer<typeof CartQuote>

/** One step of the calculation: which rule, on what base, at what rate, rounded how, came to what. */
export const TraceStep = z.object({
  about: z.string().describe('A line or fee id, "shipping" or "order"'),
  step: z.enum([
    'restated',
    'line_amount',
    'discount',
    'split',
    'limited',
    'shipping',
    'fee',
    'tax_included',
    'tax_added',
    'tax_external',
    'tax_part',
    'tax_by_piece',
    'tax_split',
    'share',
    'subtotal',
    'total',
    'due',
  ]),
  rule: z.string(),
  /** What the rule is called, where it has a name. */
  name: Text.optional(),
  base: Money,
  rate: z.string().nullable(),
  rounding: z.string().nullable(),
  amount: Money,
})
export type TraceStep = z.infer<typeof TraceStep>
