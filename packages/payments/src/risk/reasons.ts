import { Money } from '@sangdo/core'
import { z } from 'zod'
import { RiskKey, RiskPlace } from './keys.ts'

const points = z.int()
const window = { by: RiskKey, seconds: z.int(), count: z.int(), atLeast: z.int() }

/** Why an order has points: the rule, how many, and the figures that made it. None of them says who the buyer is. */
export const RiskReason = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('velocity'),
    points,
    what: z.enum(['orders', 'attempts', 'cards']),
    ...window,
  }),
  z.strictObject({ rule: z.literal('declines'), points, ...window }),
  z.strictObject({ rule: z.literal('night_burst'), points, ...window, from: z.int(), to: z.int() }),
  z.strictObject({
    rule: z.literal('countries_differ'),
    points,
    places: z.tuple([RiskPlace, RiskPlace]),
    countries: z.tuple([z.string(), z.string()]),
  }),
  z.strictObject({ rule: z.literal('names_differ'), points }),
  z.strictObject({ rule: z.literal('disposable_mail'), points, domain: z.string() }),
  z.strictObject({ rule: z.literal('generated_mail'), points, changes: z.int(), atLeast: z.int() }),
  z.strictObject({ rule: z.literal('first_order'), points, amount: Money, over: Money }),
  z.strictObject({
    rule: z.literal('dear_pieces'),
    points,
    sku: z.string(),
    quantity: z.int(),
    unitPrice: Money,
    atLeast: z.int(),
  }),
  z.strictObject({ rule: z.literal('freight_forwarder'), points, country: z.string(), postcode: z.string() }),
  z.strictObject({ rule: z.literal('known_customer'), points, delivered: z.int(), days: z.int() }),
  z.strictObject({ rule: z.literal('deny_list'), points, by: RiskKey }),
  z.strictObject({ rule: z.literal('allow_list'), points, by: RiskKey }),
  z.strictObject({ rule: z.literal('service'), points, code: z.string() }),
  z.strictObject({ rule: z.literal('service_down'), points, amount: Money, held: z.boolean() }),
])
export type RiskReason = z.infer<typeof RiskReason>
