import { instant, type Money, zero } from '@sangdo/core'
import type { PaymentProvider, ProviderPayment, ProviderRefund } from '@sangdo/payments'
import { fromPortOne } from './amounts.ts'
import type { Cancellation, PortOnePayment } from './answers.ts'
import type { BegunPayment } from './begun.ts'
import { bankName } from './codes.ts'

/** A payment that PortOne has not heard of: the buyer was not at its page yet, or has only just come back from it. */
export function begunOf(reference: string, begun: BegunPayment): ProviderPayment {
  const { amount, method, redirectUrl } = begun
  const status = openStatus(begun)
  return {
    reference,
    status,
    method,
    amount,
    captured: zero(amount.currency),
    refunded: zero(amount.currency),
    redirectUrl: status === 'requires_action' ? redirectUrl : null,
    deposit: null,
    card: null,
    failure: null,
  }
}

/** A payment is approved when the buyer's browser has brought its token back: only that lets it be confirmed. */
const openStatus = (begun: BegunPayment | null): 'requires_action' | 'approved' | 'cancelled' => {
  if (begun?.cancelled) return 'cancelled'
  return begun?.paymentToken ? 'approved' : 'requires_action'
}

/** A payment of PortOne in the words of the port. */
export function paymentOf(payment: PortOnePayment, begun: BegunPayment | null): ProviderPayment {
  const { id, currency, amount, failure } = payment
  const status = statusOf(payment, begun)
  const total = fromPortOne(amount.total, currency)
  const taken = isTaken(payment)
  const disputes = taken ? disputesOf(payment, total) : []
  return {
    reference: id,
    status,
    method: methodOf(payment, begun),
    amount: total,
    captured: taken ? total : zero(currency),
    refunded: taken ? fromPortOne(amount.cancelled, currency) : zero(currency),
    redirectUrl: status === 'requires_action' && payment.status !== 'PAY_PENDING' ? (begun?.redirectUrl ?? null) : null,
    deposit: depositOf(payment),
    card: cardOf(payment),
    failure:
      status === 'failed'
        ? {
            code: failure?.pgCode ?? 'FAILED',
            message: failure?.pgMessage ?? failure?.reason ?? 'The payment was not approved',
          }
        : null,
    ...(disputes.length > 0 ? { disputes } : {}),
  }
}

function statusOf(payment: PortOnePayment, begun: BegunPayment | null): ProviderPayment['status'] {
  switch (payment.status) {
    case 'READY':
    case 'PENDING':
      return openStatus(begun)
    case 'PAY_PENDING':
      return 'requires_action'
    case 'VIRTUAL_ACCOUNT_ISSUED':
      return 'awaiting_deposit'
    case 'PAID':
    case 'PARTIAL_CANCELLED':
      return 'captured'
    case 'CANCELLED':
      // Given back in full it is cancelled, as is an account that was closed before any money came.
      return isTaken(payment) ? 'captured' : 'cancelled'
    case 'FAILED':
      return 'failed'
  }
}

const isTaken = ({ status, paidAt }: PortOnePayment): boolean =>
  status === 'PAID' || status === 'PARTIAL_CANCELLED' || (status === 'CANCELLED' && Boolean(paidAt))

function methodOf({ method }: PortOnePayment, begun: BegunPayment | null): PaymentProvider['methods'][number] {
  if (method?.type === 'PaymentMethodVirtualAccount') return 'virtual_account'
  if (method?.type === 'PaymentMethodTransfer') return 'bank_transfer'
  return method ? 'card' : (begun?.method ?? 'card')
}

function depositOf({ method }: PortOnePayment): ProviderPayment['deposit'] {
  if (method?.type !== 'PaymentMethodVirtualAccount' || !method.accountNumber || !method.expiredAt) return null
  return {
    bank: bankName(method.bank ?? ''),
    account: method.accountNumber,
    holder: method.remitteeName ?? '',
    dueAt: instant(new Date(method.expiredAt)),
  }
}

/** The card's name and the last four digits, where all four are told. */
function cardOf({ method }: PortOnePayment): ProviderPayment['card'] {
  const last4 = /\d{4}$/.exec(method?.card?.number ?? '')?.[0]
  const brand = method?.card?.name ?? method?.card?.brand
  return brand && last4 ? { brand, last4 } : null
}

/** Disputes over all of the payment, as PortOne says neither how much nor how they went; money that is lost shows as cancelled. */
const disputesOf = ({ disputes }: PortOnePayment, amount: Money): NonNullable<ProviderPayment['disputes']> =>
  (disputes ?? []).map(({ pgDisputeId, createdAt, status, reason }) => ({
    disputeId: pgDisputeId ?? createdAt,
    status: status === 'RESOLVED' ? 'won' : 'open',
    amount,
    reason,
    dueAt: null,
  }))

const longestReason = 200

/** The reason that PortOne keeps of a cancellation, which names our refund, so that it is found again by it. */
export function reasonOf(reason: string, refundId: string): string {
  const mark = ` [${refundId}]`
  return `${reason.slice(0, longestReason - mark.length)}${mark}`
}

/** The refund that a cancellation was made for, if it was. */
export function refundIn({ cancellations, currency }: PortOnePayment, refundId: string): ProviderRefund | null {
  const found = cancellations?.find(({ reason }) => reason.endsWith(` [${refundId}]`))
  return found ? refundOf(refundId, found, currency) : null
}

function refundOf(refundId: string, { status, totalAmount }: Cancellation, currency: string): ProviderRefund {
  const of = { refundId, amount: fromPortOne(totalAmount, currency), failure: null }
  switch (status) {
    case 'SUCCEEDED':
      return { ...of, status: 'succeeded' }
    case 'FAILED':
      return { ...of, status: 'failed', failure: { code: 'FAILED', message: '취소가 처리되지 않았어요.' } }
  }
  return { ...of, status: 'pending' }
}
