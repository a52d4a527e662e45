import { z } from 'zod'

// Only what is used of the Payment object: https://docs.tosspayments.com/reference#payment-객체

/** https://docs.tosspayments.com/reference/using-api/req-res#에러-객체 */
export const Fault = z.looseObject({ code: z.string().min(1), message: z.string() })

const At = z.iso.datetime({ offset: true })

const Cancel = z.looseObject({
  cancelAmount: z.int().min(0),
  cancelReason: z.string(),
  cancelStatus: z.string().nullish(),
})
export type Cancel = z.infer<typeof Cancel>

const VirtualAccount = z.looseObject({
  accountNumber: z.string(),
  bankCode: z.string(),
  customerName: z.string().nullish(),
  dueDate: At,
})

export const TossPayment = z.looseObject({
  paymentKey: z.string(),
  orderId: z.string(),
  status: z.enum([
    'READY',
    'IN_PROGRESS',
    'WAITING_FOR_DEPOSIT',
    'DONE',
    'CANCELED',
    'PARTIAL_CANCELED',
    'ABORTED',
    'EXPIRED',
  ]),
  currency: z.string(),
  totalAmount: z.int().min(0),
  approvedAt: At.nullable(),
  method: z.string().nullish(),
  secret: z.string().nullish(),
  cancels: z.array(Cancel).nullish(),
  virtualAccount: VirtualAccount.nullish(),
  transfer: z.looseObject({}).nullish(),
  card: z.looseObject({ issuerCode: z.string(), number: z.string().nullish() }).nullish(),
  failure: Fault.nullish(),
  checkout: z.looseObject({ url: z.string() }).nullish(),
})
export type TossPayment = z.infer<typeof TossPayment>

/** https://docs.tosspayments.com/reference/using-api/webhook-events#payment_status_changed */
const StatusChanged = z.looseObject({
  eventType: z.enum(['PAYMENT_STATUS_CHANGED', 'CANCEL_STATUS_CHANGED']),
  secret: z.undefined().optional(),
  data: z.looseObject({ paymentKey: z.string().min(1).max(200), orderId: z.string().min(1).max(64) }),
})

/** https://docs.tosspayments.com/reference/using-api/webhook-events#deposit_callback */
const DepositCallback = z.looseObject({
  secret: z.string().min(1).max(100),
  status: z.string(),
  transactionKey: z.string(),
  orderId: z.string().min(1).max(64),
})

export const Message = z.union([StatusChanged, DepositCallback])
export type Message = z.infer<typeof Message>
