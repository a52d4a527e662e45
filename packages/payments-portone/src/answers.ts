import { Instant, Money } from '@sangdo/core'
import { PaymentMethod } from '@sangdo/payments'
import { z } from 'zod'

// Only what is used of PortOne's objects: https://developers.portone.io/api/rest-v2/type-def#Payment

/** https://developers.portone.io/api/rest-v2/type-def#PgProviderError, and every other error by its type. */
export const Fault = z.looseObject({
  type: z.string(),
  message: z.string().nullish(),
  pgCode: z.string().nullish(),
  pgMessage: z.string().nullish(),
})

const At = z.iso.datetime({ offset: true })

/** https://developers.portone.io/api/rest-v2/type-def#PaymentCancellation */
const Cancellation = z.looseObject({
  id: z.string(),
  status: z.string(),
  totalAmount: z.int().min(0),
  reason: z.string(),
})
export type Cancellation = z.infer<typeof Cancellation>

/** https://developers.portone.io/api/rest-v2/type-def#Dispute: neither how much it is about, nor how it went, is told. */
const Dispute = z.looseObject({
  status: z.string(),
  pgDisputeId: z.string().nullish(),
  reason: z.string(),
  createdAt: At,
})
export type Dispute = z.infer<typeof Dispute>

const Method = z.looseObject({
  type: z.string(),
  card: z
    .looseObject({ name: z.string().nullish(), brand: z.string().nullish(), number: z.string().nullish() })
    .nullish(),
  bank: z.string().nullish(),
  accountNumber: z.string().nullish(),
  remitteeName: z.string().nullish(),
  expiredAt: At.nullish(),
})

export const PortOnePayment = z.looseObject({
  id: z.string(),
  status: z.enum([
    'READY',
    'PENDING',
    'PAY_PENDING',
    'VIRTUAL_ACCOUNT_ISSUED',
    'PAID',
    'PARTIAL_CANCELLED',
    'CANCELLED',
    'FAILED',
  ]),
  currency: z.string(),
  amount: z.looseObject({ total: z.int().min(0), cancelled: z.int().min(0) }),
  method: Method.nullish(),
  paidAt: At.nullish(),
  failure: z
    .looseObject({ reason: z.string().nullish(), pgCode: z.string().nullish(), pgMessage: z.string().nullish() })
    .nullish(),
  cancellations: z.array(Cancellation).nullish(),
  disputes: z.array(Dispute).nullish(),
})
export type PortOnePayment = z.infer<typeof PortOnePayment>

/** https://developers.portone.io/opi/ko/integration/webhook/readme-v2 */
export const Message = z.looseObject({
  type: z.string(),
  data: z.looseObject({ paymentId: z.string().min(1).max(200), storeId: z.string().nullish() }),
})

/** What the pay page has to know; it travels sealed in its own address. */
export const PageRequest = z.strictObject({
  reference: z.string(),
  amount: Money,
  method: PaymentMethod,
  title: z.string(),
  email: z.string(),
  payer: z.string().optional(),
  locale: z.string(),
  returnUrl: z.url({ protocol: /^https?$/ }),
  webhookUrl: z.string().nullable(),
  expiresAt: Instant,
})
export type PageRequest = z.infer<typeof PageRequest>
