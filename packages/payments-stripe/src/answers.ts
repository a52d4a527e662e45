import { z } from 'zod'

// Only what is used of Stripe's objects, in the version that the client names: https://docs.stripe.com/api

const Metadata = z.record(z.string(), z.string())

/** https://docs.stripe.com/api/errors */
export const StripeFault = z.looseObject({
  code: z.string().optional(),
  decline_code: z.string().optional(),
  message: z.string().optional(),
})

/** https://docs.stripe.com/api/products/object */
export const Product = z.looseObject({ id: z.string(), metadata: Metadata })

const ThreeDSecure = z.looseObject({
  result: z.string().nullable(),
  result_reason: z.string().nullable(),
  authentication_flow: z.string().nullable(),
  electronic_commerce_indicator: z.string().nullish(),
  version: z.string().nullable(),
  transaction_id: z.string().nullish(),
})
const Checks = z.looseObject({
  cvc_check: z.string().nullable(),
  address_line1_check: z.string().nullable(),
  address_postal_code_check: z.string().nullable(),
})
const CardDetails = z.looseObject({
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  network_transaction_id: z.string().nullish(),
  checks: Checks.nullish(),
  three_d_secure: ThreeDSecure.nullish(),
})

/** https://docs.stripe.com/api/charges/object */
export const Charge = z.looseObject({
  id: z.string(),
  amount_refunded: z.int(),
  disputed: z.boolean(),
  outcome: z.looseObject({ risk_level: z.string().nullish(), network_status: z.string().nullish() }).nullish(),
  payment_method_details: z.looseObject({ card: CardDetails.optional() }).nullable(),
})
export type Charge = z.infer<typeof Charge>

/** https://docs.stripe.com/api/payment_intents/object */
export const Intent = z.looseObject({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  amount_capturable: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  metadata: Metadata,
  cancellation_reason: z.string().nullable(),
  last_payment_error: StripeFault.nullable(),
  latest_charge: Charge.nullable(),
})
export type Intent = z.infer<typeof Intent>

/** https://docs.stripe.com/api/checkout/sessions/object, with `payment_intent.latest_charge` expanded. */
export const Session = z.looseObject({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  client_reference_id: z.string().nullable(),
  amount_total: z.int(),
  currency: z.string(),
  url: z.string().nullable(),
  metadata: Metadata,
  payment_intent: Intent.nullable(),
})
export type Session = z.infer<typeof Session>

/** https://docs.stripe.com/api/refunds/object */
export const RefundAnswer = z.looseObject({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  failure_reason: z.string().nullish(),
  /** Null for one that only let an approval go: no money has moved. */
  balance_transaction: z.string().nullable(),
  metadata: Metadata.nullable(),
})
export type RefundAnswer = z.infer<typeof RefundAnswer>

/** https://docs.stripe.com/api/disputes/object */
export const DisputeAnswer = z.looseObject({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  status: z.string(),
  evidence_details: z.looseObject({ due_by: z.int().nullable() }).nullish(),
})
export type DisputeAnswer = z.infer<typeof DisputeAnswer>

/** https://docs.stripe.com/api/events/object: whatever it is about, it names its payment in one of these ways. */
export const EventAnswer = z.looseObject({
  id: z.string().min(1).max(255),
  type: z.string(),
  data: z.looseObject({
    object: z.looseObject({
      client_reference_id: z.string().nullish(),
      metadata: Metadata.nullish(),
      payment_intent: z.unknown().optional(),
    }),
  }),
})

/** https://docs.stripe.com/api/payment_intents/object, as far as a message needs it. */
export const NamedIntent = z.looseObject({ metadata: Metadata })
export type EventAnswer = z.infer<typeof EventAnswer>
