import { instant, type Money, money, sum } from '@sangdo/core'
import type { ProviderDispute, ProviderPayment } from '@sangdo/payments'
import { fromPayPal } from './amounts.ts'
import type { Capture, Dispute, Order, Refund } from './answers.ts'

const unitOf = ({ purchase_units: [unit] }: Order) => unit

/** Every capture of an order, oldest first. */
export const capturesOf = (order: Order): readonly Capture[] => unitOf(order).payments?.captures ?? []

/** Every refund of an order. */
export const refundsOf = (order: Order): readonly Refund[] => unitOf(order).payments?.refunds ?? []

/** The authorization of an order that is to be captured later; none before it was made. */
export const authorizationOf = (order: Order) => unitOf(order).payments?.authorizations?.[0] ?? null

const takenStatuses = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED']

/** Whether the money of a capture is there, whatever of it went back later. */
export const isTaken = ({ status }: Capture): boolean => takenStatuses.includes(status)

/** An order in the words of the port. */
export function paymentOf(
  order: Order,
  { cancelled, disputes = [] }: { cancelled: boolean; disputes?: readonly ProviderDispute[] },
): ProviderPayment {
  const { custom_id: reference, amount } = unitOf(order)
  const asked = fromPayPal(amount)
  const captured = total(capturesOf(order).filter(isTaken), asked.currency)
  const status = statusOf(order, { cancelled, captured })
  return {
    reference,
    status,
    method: 'card',
    amount: asked,
    captured,
    refunded: total(refundsOf(order).filter(isGone), asked.currency),
    redirectUrl: status === 'requires_action' ? approveUrl(order) : null,
    deposit: null,
    card: cardOf(order),
    failure: status === 'failed' ? failureOf(order) : null,
    ...(disputes.length > 0 ? { disputes } : {}),
  }
}

const total = (all: readonly { amount: Capture['amount'] }[], currency: string): Money =>
  sum(
    all.map(({ amount }) => fromPayPal(amount)),
    currency,
  )

const isGone = ({ status }: Refund): boolean => status === 'COMPLETED' || status === 'PENDING'

function statusOf(
  order: Order,
  { cancelled, captured }: { cancelled: boolean; captured: Money },
): ProviderPayment['status'] {
  const held = authorizationOf(order)
  if (held) return heldStatus(held.status, captured)
  if (captured.minor > 0) return 'captured'
  const [first] = capturesOf(order)
  // Money that PayPal still looks at may yet come, so it is neither failed nor ours to confirm.
  if (first) return first.status === 'PENDING' ? 'requires_action' : 'failed'
  if (cancelled || order.status === 'VOIDED') return 'cancelled'
  // What is to be taken later is promised only once it is authorized.
  return order.status === 'APPROVED' && order.intent === 'CAPTURE' ? 'approved' : 'requires_action'
}

/** https://developer.paypal.com/docs/api/payments/v2/#definition-authorization_status */
function heldStatus(status: string, captured: Money): ProviderPayment['status'] {
  switch (status) {
    case 'CREATED':
    case 'PARTIALLY_CAPTURED':
      return 'approved'
    case 'CAPTURED':
      return 'captured'
    case 'PENDING':
      return 'requires_action'
    case 'DENIED':
      return 'failed'
  }
  if (captured.minor > 0) return 'captured'
  return status === 'EXPIRED' ? 'expired' : 'cancelled'
}

/** Where the buyer goes to pay; null once there is nothing to do there. */
function approveUrl(order: Order): string | null {
  if (capturesOf(order).length > 0 || authorizationOf(order)) return null
  return order.links?.find(({ rel }) => rel === 'payer-action' || rel === 'approve')?.href ?? null
}

function cardOf({ payment_source: source }: Order): ProviderPayment['card'] {
  const { brand, last_digits: last4 } = source?.card ?? {}
  return brand && last4 && /^\d{4}$/.test(last4) ? { brand: brand.toLowerCase(), last4 } : null
}

function failureOf(order: Order): NonNullable<ProviderPayment['failure']> {
  const [capture] = capturesOf(order)
  const status = capture?.status ?? authorizationOf(order)?.status ?? 'DECLINED'
  const code = capture?.processor_response?.response_code ?? capture?.status_details?.reason ?? status
  return { code, message: `PayPal could not take the money: ${status.toLowerCase()}` }
}

// https://developer.paypal.com/docs/api/customer-disputes/v1/#definition-dispute_outcome
const lost = ['RESOLVED_BUYER_FAVOUR', 'ACCEPTED']

/** A dispute; over, it is lost when it went the buyer's way. */
export function disputeOf(dispute: Dispute): ProviderDispute {
  const { dispute_id: disputeId, reason, status, dispute_amount: amount, seller_response_due_date: due } = dispute
  const outcome = lost.includes(dispute.dispute_outcome?.outcome_code ?? '') ? 'lost' : 'won'
  return {
    disputeId,
    status: status === 'RESOLVED' ? outcome : 'open',
    amount: fromPayPal(amount),
    reason: reason.toLowerCase(),
    dueAt: due ? instant(new Date(due)) : null,
  }
}

/** What of a capture has not gone back yet, by the refunds that name it. */
export function leftOf(order: Order, { id, amount }: Capture): Money {
  const { minor, currency } = fromPayPal(amount)
  const gone = refundsOf(order).filter((refund) => isGone(refund) && captureIdOf(refund) === id)
  return money(minor - total(gone, currency).minor, currency)
}

const captureIdOf = ({ links }: Refund): string | undefined =>
  links
    ?.find(({ rel }) => rel === 'up')
    ?.href.split('/')
    .at(-1)
