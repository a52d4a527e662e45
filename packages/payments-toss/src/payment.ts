import { instant, money } from '@sangdo/core'
import type { PaymentProvider, ProviderPayment, ProviderRefund } from '@sangdo/payments'
import type { Cancel, TossPayment } from './answers.ts'
import { bankName, cardName } from './codes.ts'

const statuses = {
  READY: 'requires_action',
  IN_PROGRESS: 'approved',
  WAITING_FOR_DEPOSIT: 'awaiting_deposit',
  DONE: 'captured',
  PARTIAL_CANCELED: 'captured',
  ABORTED: 'failed',
  EXPIRED: 'expired',
} as const

/** A Payment of Toss Payments in the words of the port. */
export function paymentOf(payment: TossPayment): ProviderPayment {
  const { orderId, currency, totalAmount, checkout, failure } = payment
  const taken = isTaken(payment)
  // Given back in full it is CANCELED, as is one that was cancelled before any money came.
  const status = payment.status === 'CANCELED' ? (taken ? 'captured' : 'cancelled') : statuses[payment.status]
  return {
    reference: orderId,
    status,
    method: methodOf(payment),
    amount: money(totalAmount, currency),
    captured: money(taken ? totalAmount : 0, currency),
    refunded: money(taken ? returned(payment) : 0, currency),
    redirectUrl: status === 'requires_action' ? (checkout?.url ?? null) : null,
    deposit: depositOf(payment),
    card: cardOf(payment),
    failure: status === 'failed' ? (failure ?? { code: 'ABORTED', message: 'The payment was not approved' }) : null,
  }
}

/** Money is there once it is approved, as a deposit is when it has come; one that its bank took back waits again. */
const isTaken = ({ status, approvedAt }: TossPayment): boolean =>
  status === 'DONE' || status === 'PARTIAL_CANCELED' || (status === 'CANCELED' && approvedAt !== null)

const returned = ({ cancels }: TossPayment): number =>
  (cancels ?? []).filter(isDone).reduce((total, { cancelAmount }) => total + cancelAmount, 0)

const isDone = ({ cancelStatus }: Cancel): boolean => (cancelStatus ?? 'DONE') === 'DONE'

function methodOf({ method, virtualAccount, transfer }: TossPayment): PaymentProvider['methods'][number] {
  if (virtualAccount || method === '가상계좌' || method === 'VIRTUAL_ACCOUNT') return 'virtual_account'
  return transfer || method === '계좌이체' || method === 'TRANSFER' ? 'bank_transfer' : 'card'
}

function depositOf({ virtualAccount }: TossPayment): ProviderPayment['deposit'] {
  if (!virtualAccount) return null
  const { bankCode, accountNumber, customerName, dueDate } = virtualAccount
  return {
    bank: bankName(bankCode),
    account: accountNumber,
    holder: customerName ?? '',
    dueAt: instant(new Date(dueDate)),
  }
}

/** The issuer and the last four digits, where all four are told. */
function cardOf({ card }: TossPayment): ProviderPayment['card'] {
  const last4 = /\d{4}$/.exec(card?.number ?? '')?.[0]
  return card && last4 ? { brand: cardName(card.issuerCode), last4 } : null
}

const longestReason = 200

/** The reason that Toss Payments keeps of a cancellation, which names our refund, so that it is found again by it. */
export function reasonOf(reason: string, refundId: string): string {
  const mark = ` [${refundId}]`
  return `${reason.slice(0, longestReason - mark.length)}${mark}`
}

/** The refund that a cancellation was made for, if it was. */
export function refundIn({ cancels, currency }: TossPayment, refundId: string): ProviderRefund | null {
  const cancel = cancels?.find(({ cancelReason }) => cancelReason.endsWith(` [${refundId}]`))
  if (!cancel) return null
  const of = { refundId, amount: money(cancel.cancelAmount, currency), failure: null }
  switch (cancel.cancelStatus ?? 'DONE') {
    case 'DONE':
      return { ...of, status: 'succeeded' }
    case 'ABORTED':
      return { ...of, status: 'failed', failure: { code: 'ABORTED', message: '취소가 처리되지 않았어요.' } }
  }
  return { ...of, status: 'pending' }
}
