import type { Money } from '@sangdo/core'
import type { BankAccount, Card, Deposit, DisputeStatus, Evidence, Failure, PaymentMethod } from './contract.ts'

/** What a provider is asked for. `reference` is our attempt's id, and the key by which asking twice is asking once. */
export interface ProviderRequest {
  readonly reference: string
  readonly amount: Money
  readonly method: PaymentMethod
  readonly title: string
  readonly email: string
  readonly locale: string
  readonly returnUrl: string
  readonly webhookUrl: string | null
  readonly expiresAt: string
  /** In whose name a transfer will be made, where the buyer has said so. */
  readonly payer?: string | undefined
  /** The money is only to be approved, for some days; `capture` takes it. */
  readonly capture?: 'now' | 'later' | undefined
  /** The buyer's bank is to ask who pays (3-D Secure), as the order is risky. */
  readonly challenge?: boolean | undefined
}

/** What a provider takes: whatever none of these rules out. */
export interface ProviderLimits {
  readonly currencies?: readonly string[]
  /** Where buyers may be: ISO 3166-1, two letters. */
  readonly countries?: readonly string[]
  /** The least and the most of one payment, each for its currency. */
  readonly minimum?: readonly Money[]
  readonly maximum?: readonly Money[]
}

/** Money that a buyer's bank wants back, as the provider knows it, now. */
export interface ProviderDispute {
  readonly disputeId: string
  readonly status: DisputeStatus
  readonly amount: Money
  readonly reason: string
  readonly dueAt: string | null
}

/**
 * A payment as the provider knows it, now. A deposit that its bank has taken back is `reversed`, or waits again, or is
 * cancelled or, its time being over, expired, with nothing captured any more.
 */
export interface ProviderPayment {
  readonly reference: string
  readonly status:
    | 'requires_action'
    | 'approved'
    | 'awaiting_deposit'
    | 'captured'
    | 'failed'
    | 'cancelled'
    | 'expired'
    | 'reversed'
  readonly method: PaymentMethod
  readonly amount: Money
  readonly captured: Money
  readonly refunded: Money
  readonly redirectUrl: string | null
  readonly deposit: Deposit | null
  readonly card: Card | null
  readonly failure: Failure | null
  /** How the buyer was authenticated; not known unless given. */
  readonly evidence?: Evidence | null | undefined
  /** Every dispute there ever was; none unless given. */
  readonly disputes?: readonly ProviderDispute[] | undefined
}

/** What is to be taken of approved money. `captureId` is the key by which asking twice is asking once. */
export interface ProviderCaptureRequest {
  readonly reference: string
  readonly captureId: string
  readonly amount: Money
}

/** A capture as the provider knows it. A refusal is an answer (`failed`), not an exception. */
export interface ProviderCapture {
  readonly captureId: string
  readonly status: 'succeeded' | 'failed'
  readonly amount: Money
  readonly failure: Failure | null
}

/** What is to be given back. `refundId` is the key by which asking twice is asking once. */
export interface ProviderRefundRequest {
  readonly reference: string
  readonly refundId: string
  readonly amount: Money
  readonly reason: string
  readonly account?: BankAccount | undefined
}

/** A refund as the provider knows it, now. A refusal is an answer (`failed`), not an exception. */
export interface ProviderRefund {
  readonly refundId: string
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly amount: Money
  readonly failure: Failure | null
}

/** What came in at a webhook: headers in lower case, and the body exactly as it was sent. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** That something has happened to a payment. What it was is asked of the provider, never read from the message. */
export interface WebhookHint {
  readonly eventId: string
  readonly reference: string
}

/**
 * A company that takes money for the shop. A call that rejects says nothing about what happened to the money: the payment
 * is then found again by its reference. Every implementation passes `describeProvider` from `@sangdo/payments/testing`.
 */
export interface PaymentProvider {
  readonly id: string
  readonly methods: readonly PaymentMethod[]
  readonly limits?: ProviderLimits
  /** Whether a card's owner is asked who they are (3-D Secure): always, or where a request wants it (`challenge`). */
  readonly authenticates?: boolean
  /** Whether it may take the place of a provider that does not answer; it may unless this is false. */
  readonly substitute?: boolean
  /**
   * Begins a payment, once for each reference. Rejected with `payments.provider_refused`, or with an error of kind `invalid`, nothing
   * was begun; any other rejection says nothing.
   */
  start(request: ProviderRequest): Promise<ProviderPayment>
  /** Takes the money of an approved payment, once. Rejects, and takes nothing, for another amount than was approved. */
  confirm(reference: string, amount: Money): Promise<ProviderPayment>
  /** The payment with our reference, or null when the provider has never heard of it. */
  find(reference: string): Promise<ProviderPayment | null>
  /**
   * Takes a part of money that was approved for `later`, once for each capture id and in all never more than was approved. The
   * payment stays `approved` until all is taken. A provider without it does not take payments for later.
   */
  readonly capture?: (request: ProviderCaptureRequest) => Promise<ProviderCapture>
  readonly findCapture?: (reference: string, captureId: string) => Promise<ProviderCapture | null>
  /** Ends a payment that is unpaid or only approved, or lets go what was not taken of it; answers with one that is over as it is. */
  cancel(reference: string): Promise<ProviderPayment>
  /** Gives money back, once for each refund id and never more than was taken. */
  refund(request: ProviderRefundRequest): Promise<ProviderRefund>
  findRefund(reference: string, refundId: string): Promise<ProviderRefund | null>
  /** Checks who sent a message and that it is at most 300 seconds old; null for anything else. */
  verify(webhook: RawWebhook): Promise<WebhookHint | null>
}
