import { z } from 'zod'

// Only what is used of PayPal's objects: https://developer.paypal.com/docs/api/orders/v2/

/** https://developer.paypal.com/api/rest/authentication/ */
export const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.int().min(1) })

/** https://developer.paypal.com/api/rest/responses/#link-failedrequests */
export const Fault = z.looseObject({
  name: z.string(),
  message: z.string().nullish(),
  details: z.array(z.looseObject({ issue: z.string(), description: z.string().nullish() })).nullish(),
})

const Amount = z.looseObject({ currency_code: z.string(), value: z.string() })
const Links = z.array(z.looseObject({ href: z.string(), rel: z.string() }))

/** https://developer.paypal.com/docs/api/payments/v2/#captures_get */
export const Capture = z.looseObject({
  id: z.string(),
  status: z.string(),
  status_details: z.looseObject({ reason: z.string().nullish() }).nullish(),
  amount: Amount,
  invoice_id: z.string().nullish(),
  custom_id: z.string().nullish(),
  processor_response: z.looseObject({ response_code: z.string().nullish() }).nullish(),
})
export type Capture = z.infer<typeof Capture>

const Authorization = z.looseObject({ id: z.string(), status: z.string(), amount: Amount })

/** https://developer.paypal.com/docs/api/payments/v2/#refunds_get */
export const Refund = z.looseObject({
  id: z.string(),
  status: z.string(),
  status_details: z.looseObject({ reason: z.string().nullish() }).nullish(),
  amount: Amount,
  invoice_id: z.string().nullish(),
  links: Links.nullish(),
})
export type Refund = z.infer<typeof Refund>

const Unit = z.looseObject({
  custom_id: z.string(),
  amount: Amount,
  payments: z
    .looseObject({
      authorizations: z.array(Authorization).nullish(),
      captures: z.array(Capture).nullish(),
      refunds: z.array(Refund).nullish(),
    })
    .nullish(),
})

const CardSource = z.looseObject({ brand: z.string().nullish(), last_digits: z.string().nullish() })

/** https://developer.paypal.com/docs/api/orders/v2/#orders_get */
export const Order = z.looseObject({
  id: z.string(),
  intent: z.enum(['CAPTURE', 'AUTHORIZE']),
  status: z.string(),
  purchase_units: z.tuple([Unit]),
  payment_source: z.looseObject({ card: CardSource.nullish() }).nullish(),
  links: Links.nullish(),
})
export type Order = z.infer<typeof Order>

/** https://developer.paypal.com/docs/api/catalog-products/v1/#products_get */
export const Product = z.looseObject({ id: z.string(), description: z.string().nullish() })

/** https://developer.paypal.com/docs/api/customer-disputes/v1/#disputes_get */
export const Dispute = z.looseObject({
  dispute_id: z.string(),
  reason: z.string(),
  status: z.string(),
  dispute_amount: Amount,
  seller_response_due_date: z.string().nullish(),
  dispute_outcome: z.looseObject({ outcome_code: z.string().nullish() }).nullish(),
})
export type Dispute = z.infer<typeof Dispute>
export const Disputes = z.looseObject({ items: z.array(Dispute).nullish() })

/** https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post */
export const Verification = z.looseObject({ verification_status: z.enum(['SUCCESS', 'FAILURE']) })

/** https://developer.paypal.com/api/rest/webhooks/event-names/: whatever it is about names its payment in one of these ways. */
export const Event = z.looseObject({
  id: z.string().min(1).max(200),
  resource: z.looseObject({
    custom_id: z.string().nullish(),
    purchase_units: z.array(z.looseObject({ custom_id: z.string().nullish() })).nullish(),
    disputed_transactions: z
      .array(z.looseObject({ custom: z.string().nullish(), seller_transaction_id: z.string().nullish() }))
      .nullish(),
  }),
})
export type Event = z.infer<typeof Event>
