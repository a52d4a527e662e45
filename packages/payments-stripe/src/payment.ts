import { instant, zero } from '@sangdo/core'
import type { ProviderDispute, ProviderPayment, ProviderRefund } from '@sangdo/payments'
import { fromStripe } from './amounts.ts'
import type { Charge, DisputeAnswer, Intent, RefundAnswer, Session } from './answers.ts'

/** What a bank can be shown when it is asked who bears a fraud: the state of 3-D Secure, the checks, the risk. */
export interface StripeEvidence {
  readonly paymentIntent: string
  readonly charge: string
  /** Whether the buyer's bank answers for fraud: it has authenticated the buyer, or said that it could not. */
  readonly liabilityShifted: boolean
  readonly threeDSecure: {
    readonly result: string | null
    readonly reason: string | null
    readonly flow: string | null
    readonly version: string | null
    readonly eci: string | null
    readonly transactionId: string | null
  } | null
  readonly checks: { readonly cvc: string | null; readonly street: string | null; readonly postalCode: string | null }
  readonly networkTransactionId: string | null
  readonly riskLevel: string | null
}

/** What is told of a payment elsewhere: its disputes, and what of it went back. */
interface Beside {
  readonly disputes?: readonly ProviderDispute[]
  readonly refunded?: number
}

/** The payment of a Checkout Session, as its session, its PaymentIntent and its disputes say. */
export function paymentOf(
  reference: string,
  session: Session,
  { disputes = [], refunded }: Beside = {},
): ProviderPayment {
  const { amount_total: total, currency, payment_intent: intent } = session
  const amount = fromStripe(total, currency)
  const charge = intent?.latest_charge
  const status = statusOf(session)
  const evidence = keptOf(session)
  return {
    reference: session.client_reference_id ?? reference,
    status,
    method: 'card',
    // What was approved counts, should it ever differ from what the page had asked for.
    amount: intent ? fromStripe(intent.amount, intent.currency) : amount,
    captured: intent ? fromStripe(intent.amount_received, intent.currency) : zero(amount.currency),
    refunded: fromStripe(refunded ?? 0, currency),
    redirectUrl: status === 'requires_action' ? session.url : null,
    deposit: null,
    card: cardOf(charge),
    ...(evidence ? { evidence } : {}),
    failure: failureOf(intent),
    ...(disputes.length > 0 ? { disputes } : {}),
  }
}

/**
 * Where a payment stands. A decline is not its end as long as the page is open, since the buyer may take another card there:
 * https://docs.stripe.com/payments/paymentintents/lifecycle
 */
function statusOf({ status, metadata, payment_intent: intent }: Session): ProviderPayment['status'] {
  if (intent?.status === 'succeeded') return 'captured'
  if (intent?.status === 'requires_capture') return 'approved'
  if (status === 'expired') {
    if (metadata['cancelled']) return 'cancelled'
    return intent?.last_payment_error ? 'failed' : 'expired'
  }
  // An approval that nobody has used in time is cancelled by Stripe itself, and says so.
  if (intent?.status === 'canceled') return intent.cancellation_reason === 'automatic' ? 'expired' : 'cancelled'
  return 'requires_action'
}

function cardOf(charge: Charge | null | undefined): ProviderPayment['card'] {
  const { brand, last4 } = charge?.payment_method_details?.card ?? {}
  return brand && last4 && /^\d{4}$/.test(last4) ? { brand, last4 } : null
}

function failureOf(intent: Intent | null): ProviderPayment['failure'] {
  const fault = intent?.last_payment_error
  if (!fault || intent.status === 'succeeded' || intent.status === 'requires_capture') return null
  const code = fault.decline_code ?? fault.code ?? 'declined'
  return { code, message: fault.message ?? 'The card was declined' }
}

/** A refund by our id for it. */
export function refundOf(refundId: string, { amount, currency, status, failure_reason }: RefundAnswer): ProviderRefund {
  const of = { refundId, amount: fromStripe(amount, currency), failure: null }
  switch (status) {
    case 'succeeded':
      return { ...of, status }
    case 'pending':
    case 'requires_action':
      return { ...of, status: 'pending' }
    case 'failed':
    case 'canceled':
      return {
        ...of,
        status: 'failed',
        failure: {
          code: failure_reason ?? status,
          message: `The refund has ${status === 'failed' ? 'failed' : 'been cancelled'}`,
        },
      }
  }
}

const over = { won: 'won', lost: 'lost' } as const
const open = ['needs_response', 'under_review', 'appeal_needs_response', 'appeal_under_review']

/** A dispute, or null for an inquiry: that withholds no money yet (https://docs.stripe.com/disputes/how-disputes-work). */
export function disputeOf(dispute: DisputeAnswer): ProviderDispute | null {
  const { id, amount, currency, reason } = dispute
  const status = open.includes(dispute.status) ? 'open' : over[dispute.status as keyof typeof over]
  if (!status) return null
  const due = dispute.evidence_details?.due_by
  return {
    disputeId: id,
    status,
    amount: fromStripe(amount, currency),
    reason,
    dueAt: due ? instant(new Date(due * 1000)) : null,
  }
}

// https://docs.stripe.com/payments/3d-secure/authentication-flow#disputed-payments
const shifting = ['authenticated', 'attempt_acknowledged']

/** What of it is kept with the payment; null for a card whose buyer nobody had to ask. */
function keptOf(session: Session): ProviderPayment['evidence'] {
  const evidence = evidenceOf(session)
  if (!evidence?.threeDSecure) return null
  const { version, eci, result } = evidence.threeDSecure
  return { version, eci, transactionStatus: result, liabilityShifted: evidence.liabilityShifted }
}

/** What is known of how the buyer was authenticated; null before a card was charged. */
export function evidenceOf({ payment_intent: intent }: Session): StripeEvidence | null {
  const charge = intent?.latest_charge
  const card = charge?.payment_method_details?.card
  if (!intent || !charge || !card) return null
  const { checks, three_d_secure: secure } = card
  return {
    paymentIntent: intent.id,
    charge: charge.id,
    liabilityShifted: shifting.includes(secure?.result ?? ''),
    threeDSecure: secure
      ? {
          result: secure.result,
          reason: secure.result_reason,
          flow: secure.authentication_flow,
          version: secure.version,
          eci: secure.electronic_commerce_indicator ?? null,
          transactionId: secure.transaction_id ?? null,
        }
      : null,
    checks: {
      cvc: checks?.cvc_check ?? null,
      street: checks?.address_line1_check ?? null,
      postalCode: checks?.address_postal_code_check ?? null,
    },
    networkTransactionId: card.network_transaction_id ?? null,
    riskLevel: charge.outcome?.risk_level ?? null,
  }
}
