import { Currency, defineErrors, defineEvent, idSchema, Instant, Locale, Money, PageQuery } from '@sangdo/core'
import { z } from 'zod'
import { RiskDecision } from './risk/contract.ts'

export const PaymentId = idSchema('pay')
export type PaymentId = z.infer<typeof PaymentId>
export const AttemptId = idSchema('att')
export type AttemptId = z.infer<typeof AttemptId>
export const RefundId = idSchema('rfd')
export type RefundId = z.infer<typeof RefundId>
export const CaptureId = idSchema('cap')
export type CaptureId = z.infer<typeof CaptureId>
export const TaskId = idSchema('tsk')
export type TaskId = z.infer<typeof TaskId>
export const DisputeId = idSchema('dsp')
export type DisputeId = z.infer<typeof DisputeId>

/** How a buyer can pay. */
export const PaymentMethod = z.enum(['card', 'virtual_account', 'bank_transfer']).meta({ id: 'PaymentMethod' })
export type PaymentMethod = z.infer<typeof PaymentMethod>

/** Where one try to pay stands. `unknown` is a question to the provider that has no answer yet; it is never a reason to charge again. */
export const AttemptStatus = z.enum([
  'requesting',
  'unknown',
  'requires_action',
  'authorized',
  'awaiting_deposit',
  'captured',
  'failed',
  'cancelled',
  'expired',
  'mismatched',
  'reversed',
])
export type AttemptStatus = z.infer<typeof AttemptStatus>

/** Where one try to pay stands for those who look at it: one that was reversed is cancelled, and says how much was taken back. */
export const ShownStatus = AttemptStatus.exclude(['reversed'])
export type ShownStatus = z.infer<typeof ShownStatus>

/** Where the payment of an order stands: as its latest attempt, or as the money that has come in and gone back. */
export const PaymentStatus = z
  .enum([...ShownStatus.options, 'partially_refunded', 'refunded'])
  .meta({ id: 'PaymentStatus' })
export type PaymentStatus = z.infer<typeof PaymentStatus>

/** Where the buyer is to send the money, and until when; `reference` is what to write on it, where the account is the shop's own. */
export const Deposit = z
  .object({
    bank: z.string(),
    account: z.string(),
    holder: z.string(),
    dueAt: Instant,
    reference: z.string().optional(),
  })
  .meta({ id: 'Deposit' })
export type Deposit = z.infer<typeof Deposit>

/** All that is ever known of a card. */
export const Card = z.object({ brand: z.string(), last4: z.string().regex(/^\d{4}$/) }).meta({ id: 'PaymentCard' })
export type Card = z.infer<typeof Card>

/**
 * How a card's buyer was asked who they are (3-D Secure), and whether their bank answers for a fraud since: what is shown when money is
 * disputed. `transactionStatus` is the provider's word for it.
 */
export const Evidence = z
  .object({
    version: z.string().nullable(),
    eci: z.string().nullable(),
    transactionStatus: z.string().nullable(),
    liabilityShifted: z.boolean(),
  })
  .meta({ id: 'PaymentEvidence' })
export type Evidence = z.infer<typeof Evidence>

/** Why the provider said no: its code, and a message for the buyer. */
export const Failure = z.object({ code: z.string(), message: z.string() }).meta({ id: 'PaymentFailure' })
export type Failure = z.infer<typeof Failure>

/** The buyer's bank account that a deposit is sent back to. It is forgotten as soon as the refund has ended. */
export const BankAccount = z
  .strictObject({
    bank: z.string().trim().min(1).max(60),
    account: z.string().trim().min(4).max(40),
    holder: z.string().trim().min(1).max(100),
  })
  .meta({ id: 'BankAccount' })
export type BankAccount = z.infer<typeof BankAccount>

/** An amount that can be asked for or given back: at least one minor unit. */
const PositiveMoney = z.strictObject({ minor: z.int().min(1), currency: Currency })

const Country = z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters')

/** What the ways to pay are asked for; whatever is left out rules none out. `risk` is what the rules of risk say of the order. */
export const MethodQuery = z.strictObject({
  country: Country.optional(),
  currency: Currency.optional(),
  amount: PositiveMoney.optional(),
  risk: RiskDecision.optional(),
})
export type MethodQuery = z.infer<typeof MethodQuery>

/** What is asked of a buyer: how much, for which order, how, and where the provider sends them afterwards. */
export const StartPayment = z.strictObject({
  orderId: z.string().min(1).max(100),
  amount: PositiveMoney,
  method: PaymentMethod,
  returnUrl: z.url({ protocol: /^https?$/ }).max(2000),
  title: z.string().trim().min(1).max(200),
  email: z.string().max(254),
  locale: Locale,
  expiresAt: Instant,
  provider: z.string().max(40).optional(),
  /** In whose name a transfer will be made: how money without a reference is recognised. */
  payer: z.string().trim().min(1).max(100).optional(),
  /** `now` unless given. `later`: the money is only promised, and taken by `capture`, whole or in parts. */
  capture: z.enum(['now', 'later']).optional(),
  country: Country.optional(),
  risk: RiskDecision.optional(),
})
export type StartPayment = z.infer<typeof StartPayment>

/** What is taken of promised money. `captureKey` makes it happen once: the same key is the same capture. */
export const CaptureRequest = z.strictObject({
  orderId: z.string().min(1).max(100),
  amount: PositiveMoney,
  captureKey: z.string().min(1).max(200),
})
export type CaptureRequest = z.infer<typeof CaptureRequest>

export const CaptureStatus = z.enum(['requested', 'unknown', 'succeeded', 'failed'])
export type CaptureStatus = z.infer<typeof CaptureStatus>

/** A part of promised money that is taken. */
export const Capture = z
  .object({
    id: CaptureId,
    attemptId: AttemptId,
    status: CaptureStatus,
    amount: Money,
    failure: Failure.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'PaymentCapture' })
export type Capture = z.infer<typeof Capture>

/** What is given back, and why. `refundKey` makes it happen once: the same key is the same refund. */
export const RefundRequest = z.strictObject({
  orderId: z.string().min(1).max(100),
  amount: PositiveMoney,
  reason: z.string().trim().min(1).max(500),
  refundKey: z.string().min(1).max(200),
  account: BankAccount.optional(),
})
export type RefundRequest = z.infer<typeof RefundRequest>

export const RefundStatus = z.enum(['requested', 'unknown', 'pending', 'succeeded', 'failed'])
export type RefundStatus = z.infer<typeof RefundStatus>

/** Money on its way back to the buyer. `forOrder` is false for money that never was the order's: a second or a wrong payment. */
export const Refund = z
  .object({
    id: RefundId,
    attemptId: AttemptId,
    status: RefundStatus,
    amount: Money,
    reason: z.string(),
    forOrder: z.boolean(),
    failure: Failure.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'PaymentRefund' })
export type Refund = z.infer<typeof Refund>

export const DisputeStatus = z.enum(['open', 'won', 'lost'])
export type DisputeStatus = z.infer<typeof DisputeStatus>

/** Money that a buyer's bank wants back. The provider withholds it while the dispute is open; `lost`, it has gone back for good. */
export const Dispute = z
  .object({
    id: DisputeId,
    attemptId: AttemptId,
    status: DisputeStatus,
    amount: Money,
    reason: z.string(),
    /** Until when the shop may answer. */
    dueAt: Instant.nullable(),
    openedAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'PaymentDispute' })
export type Dispute = z.infer<typeof Dispute>

/** One try to pay. Its id is the reference by which the provider knows it. */
export const Attempt = z
  .object({
    id: AttemptId,
    provider: z.string(),
    method: PaymentMethod,
    status: ShownStatus,
    amount: Money,
    captured: Money,
    /** What of it the bank has taken back, as it may with a deposit. */
    reversed: Money,
    redirectUrl: z.string().nullable(),
    deposit: Deposit.nullable(),
    card: Card.nullable(),
    evidence: Evidence.nullable(),
    failure: Failure.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'PaymentAttempt' })
export type Attempt = z.infer<typeof Attempt>

/** The payment of one order: what is true now in front, every attempt and refund behind it, oldest first. */
export const Payment = z
  .object({
    id: PaymentId,
    orderId: z.string(),
    status: PaymentStatus,
    provider: z.string(),
    method: PaymentMethod,
    amount: Money,
    captured: Money,
    refunded: Money,
    /** What of it is in dispute, or was lost in one. */
    disputed: Money,
    /** When goods may leave: a deposit can be taken back within minutes. Null while it is not paid. */
    shipFrom: Instant.nullable(),
    redirectUrl: z.string().nullable(),
    deposit: Deposit.nullable(),
    card: Card.nullable(),
    failure: Failure.nullable(),
    attempts: z.array(Attempt),
    captures: z.array(Capture),
    refunds: z.array(Refund),
    disputes: z.array(Dispute),
  })
  .meta({ id: 'Payment' })
export type Payment = z.infer<typeof Payment>

/**
 * Why someone has to look: money in suspense (`wrong_amount`, `paid_twice`, `surplus`), a payment that is not what was asked for,
 * a refused refund, an open dispute, a message about nobody's payment, a deposit that is nobody's, a refund to be sent by hand.
 */
export const TaskKind = z.enum([
  'wrong_amount',
  'paid_twice',
  'surplus',
  'mismatched',
  'refund_failed',
  'disputed',
  'unmatched_webhook',
  'unmatched_deposit',
  'pay_out',
])
export type TaskKind = z.infer<typeof TaskKind>

/** Something that someone has to look at until it is resolved, and how it was. `subject` is what it is about. */
export const Task = z
  .object({
    id: TaskId,
    kind: TaskKind,
    subject: z.string(),
    orderId: z.string().nullable(),
    attemptId: AttemptId.nullable(),
    amount: Money.nullable(),
    since: Instant,
    resolvedAt: Instant.nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'PaymentTask' })
export type Task = z.infer<typeof Task>

/** Which tasks to list, newest first: the open ones unless told otherwise. */
export const TaskQuery = z.strictObject({ ...PageQuery.shape, resolved: z.boolean().optional() })
export type TaskQuery = z.input<typeof TaskQuery>

/** Money in suspense that goes back, to an account where the provider needs one. */
export const TaskRefund = z.strictObject({ taskId: TaskId, account: BankAccount.optional() })
export type TaskRefund = z.infer<typeof TaskRefund>

/** What was done about a task that holds no money. */
export const TaskResolution = z.strictObject({ taskId: TaskId, resolution: z.string().trim().min(1).max(200) })
export type TaskResolution = z.infer<typeof TaskResolution>

/** What differed between our request and the provider's payment. */
export const Difference = z.enum(['reference', 'amount', 'currency', 'captured'])
export type Difference = z.infer<typeof Difference>

export const paymentErrors = defineErrors('payments', {
  payment_not_found: ['not_found', (d: { payment: string }) => `There is no payment ${d.payment}`],
  provider_not_found: ['not_found', (d: { provider: string }) => `There is no payment provider ${d.provider}`],
  method_unavailable: ['invalid', (d: { method: PaymentMethod }) => `No provider takes payments by ${d.method}`],
  refund_exceeds: [
    'conflict',
    (d: { orderId: string; refundable: number }) =>
      `No more than ${d.refundable} minor units of ${d.orderId} can be refunded`,
  ],
  capture_exceeds: [
    'conflict',
    (d: { orderId: string; capturable: number }) =>
      `No more than ${d.capturable} minor units of ${d.orderId} can be taken`,
  ],
  capture_key_taken: ['conflict', (d: { captureKey: string }) => `${d.captureKey} is the capture of another amount`],
  refund_disputed: [
    'conflict',
    (d: { orderId: string; disputed: number; refundable: number }) =>
      `${d.disputed} minor units of ${d.orderId} are in dispute: no more than ${d.refundable} can be refunded`,
  ],
  refund_key_taken: ['conflict', (d: { refundKey: string }) => `${d.refundKey} is the refund of another amount`],
  task_not_found: ['not_found', (d: { taskId: string }) => `There is no task ${d.taskId}`],
  task_not_refundable: ['conflict', (d: { taskId: string }) => `${d.taskId} holds no money that can go back now`],
  task_holds_money: ['conflict', (d: { taskId: string }) => `${d.taskId} is resolved by what is done with its money`],
  forged_webhook: [
    'forbidden',
    (d: { provider: string }) => `This message does not come from ${d.provider}, or is too old`,
  ],
  webhook_too_large: ['invalid', (d: { length: number }) => `A message of ${d.length} characters is not read`],
  provider_refused: ['conflict', (d: { provider: string; code: string }) => `${d.provider} refused: ${d.code}`],
  provider_unavailable: ['unavailable', (d: { provider: string }) => `${d.provider} gave no answer`],
})

const OfOrder = z.object({ orderId: z.string(), paymentId: PaymentId })

/** The buyer has approved; the money is promised but not yet taken. */
export const paymentAuthorized = defineEvent('payments.authorized', OfOrder)
/** The buyer was given an account number and will send the money until `dueAt`. */
export const depositAwaited = defineEvent('payments.awaiting_deposit', OfOrder.extend({ dueAt: Instant }))
/** A part of promised money was taken; `total` is all that was taken so far. The end is `payments.captured`, over all of it. */
export const paymentPartCaptured = defineEvent(
  'payments.part_captured',
  OfOrder.extend({ amount: Money, total: Money }),
)
/** The money of an order is there. Said once for each order, whoever brought the news and however often. */
export const paymentCaptured = defineEvent('payments.captured', OfOrder.extend({ amount: Money }))
/** A try to pay was declined, or its time ran out. The order may be paid by another. */
export const paymentFailed = defineEvent('payments.failed', OfOrder.extend({ failure: Failure }))
/** Money has gone back to the buyer. `forOrder` is false for a second or a wrong payment, which never was the order's. */
export const paymentRefunded = defineEvent(
  'payments.refunded',
  z.object({ orderId: z.string(), refundId: RefundId, amount: Money, reason: z.string(), forOrder: z.boolean() }),
)
/** A refund was refused by the provider: someone has to look. */
export const refundFailed = defineEvent(
  'payments.refund_failed',
  z.object({ orderId: z.string(), refundId: RefundId, amount: Money, failure: Failure }),
)
/** The provider's payment is not what was asked for. It does not pay the order, and is cancelled or given back. */
export const paymentMismatched = defineEvent(
  'payments.mismatched',
  OfOrder.extend({ attemptId: AttemptId, difference: Difference, expected: Money, actual: Money }),
)
/** A deposit was taken back by the bank: with `forOrder` its order is unpaid again, without it only a second deposit is gone. */
export const paymentReversed = defineEvent(
  'payments.reversed',
  OfOrder.extend({ attemptId: AttemptId, amount: Money, forOrder: z.boolean() }),
)
const OfDispute = OfOrder.extend({ disputeId: DisputeId, amount: Money, reason: z.string() })
/** A buyer's bank wants money back; the shop may answer until `dueAt`. */
export const paymentDisputed = defineEvent('payments.disputed', OfDispute.extend({ dueAt: Instant.nullable() }))
/** A dispute is over: `won`, the money is the shop's again; `lost`, it has gone back. */
export const disputeClosed = defineEvent(
  'payments.dispute_closed',
  OfDispute.extend({ outcome: z.enum(['won', 'lost']) }),
)
