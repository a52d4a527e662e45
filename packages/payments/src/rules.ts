import { type Money, money, subtract, sum, zero } from '@sangdo/core'
import type { Attempt, AttemptStatus, Difference, PaymentStatus, Refund } from './contract.ts'

const answers = [
  'requires_action',
  'authorized',
  'awaiting_deposit',
  'captured',
  'failed',
  'cancelled',
  'expired',
  'mismatched',
] as const
const ends = ['captured', 'failed', 'cancelled', 'expired', 'mismatched'] as const

/**
 * The published graph of one attempt. It only goes forward, and what can be reached in two steps can be reached in one, so
 * that news in any order ends in the same status. Money outranks every other end: a deposit may come after its time.
 */
export const nextStatus = {
  requesting: ['unknown', ...answers],
  unknown: answers,
  requires_action: ['authorized', 'awaiting_deposit', ...ends],
  authorized: ends,
  awaiting_deposit: ends,
  failed: ['captured', 'mismatched'],
  cancelled: ['captured', 'mismatched'],
  expired: ['captured', 'mismatched'],
  captured: [],
  mismatched: [],
} as const satisfies Record<AttemptStatus, readonly AttemptStatus[]>

/** Whether news moves an attempt from one status to another. Late or lower-ranked news does not. */
export const canMove = (from: AttemptStatus, to: AttemptStatus): boolean =>
  (nextStatus[from] as readonly AttemptStatus[]).includes(to)

/** The statuses in which an attempt may still become money by itself; an order has at most one attempt in them. */
export const openStatuses = [
  'requesting',
  'unknown',
  'requires_action',
  'authorized',
  'awaiting_deposit',
] as const satisfies AttemptStatus[]

/** Whether an attempt may still become money by itself. */
export const isOpen = (status: AttemptStatus): boolean => (openStatuses as readonly AttemptStatus[]).includes(status)

/** A provider's payment as far as it is compared with what was asked for. */
interface Reported {
  readonly reference: string
  readonly status: string
  readonly amount: Money
  readonly captured: Money
}

const same = (left: Money, right: Money) => left.minor === right.minor && left.currency === right.currency

/** What a provider's payment differs in from what was asked for; null when it is the very thing. */
export function differenceOf(asked: { id: string; amount: Money }, found: Reported): Difference | null {
  if (found.reference !== asked.id) return 'reference'
  if (found.amount.currency !== asked.amount.currency) return 'currency'
  if (found.amount.minor !== asked.amount.minor) return 'amount'
  return found.status !== 'captured' || same(found.captured, asked.amount) ? null : 'captured'
}

// Between the sending of a request and its arrival a payment is not to be found, so absence means nothing at first.
const arrivalMilliseconds = 60_000

/** What it means that the provider does not know an attempt: it never arrived, its time is over, or it is too early to say. */
export function absenceOf(
  attempt: { status: AttemptStatus; createdAt: string; expiresAt: string },
  now: Date,
): 'failed' | 'expired' | null {
  const asked = attempt.status === 'requesting' || attempt.status === 'unknown'
  if (asked) return now.getTime() - Date.parse(attempt.createdAt) >= arrivalMilliseconds ? 'failed' : null
  return Date.parse(attempt.expiresAt) < now.getTime() ? 'expired' : null
}

const waits = [5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600] as const

/** How many seconds to wait before a provider is asked again, after so many times: 5 s at first, six hours in the end. */
export const secondsUntilCheck = (checks: number): number => waits[Math.min(checks, waits.length - 1)] ?? 5

/** The money of an order that has gone back to its buyer. */
export const refundedOf = (
  refunds: readonly Pick<Refund, 'amount' | 'status' | 'forOrder'>[],
  currency: string,
): Money =>
  sum(
    refunds.filter((refund) => refund.forOrder && refund.status === 'succeeded').map((refund) => refund.amount),
    currency,
  )

/** The money of an order that can still go back: what came in, less what has gone back or is on its way. */
export const refundableOf = ({
  captured,
  refunds,
}: {
  captured: Money
  refunds: readonly Pick<Refund, 'amount' | 'status' | 'forOrder'>[]
}): Money => {
  const gone = refunds.filter((refund) => refund.forOrder && refund.status !== 'failed')
  return subtract(
    captured,
    sum(
      gone.map((refund) => refund.amount),
      captured.currency,
    ),
  )
}

/** Where a payment stands: what became of its money, or of its latest attempt as long as there is none. */
export function paymentStatusOf(paid: Money | null, refunded: Money, latest: Pick<Attempt, 'status'>): PaymentStatus {
  if (paid === null) return latest.status
  if (refunded.minor === 0) return 'captured'
  return refunded.minor < paid.minor ? 'partially_refunded' : 'refunded'
}

/** One line of the ledger: what an account gains (`debit`) or gives (`credit`). One of the two is nothing. */
export interface EntryLine {
  readonly account: string
  readonly debit: Money
  readonly credit: Money
}

/** Whose money it is: the order's, or nobody's yet, as when a buyer pays twice. */
export type Owner = 'orders' | 'suspense'

/** Money that has come in: the provider holds it, and the order (or suspense) is owed it. */
export const captureEntries = (provider: string, owner: Owner, amount: Money): EntryLine[] =>
  moved(`provider:${provider}`, owner, amount)

/** Money that has gone back: as a capture, the other way round. */
export const refundEntries = (provider: string, owner: Owner, amount: Money): EntryLine[] =>
  moved(owner, `provider:${provider}`, amount)

const moved = (to: string, from: string, amount: Money): EntryLine[] => [
  { account: to, debit: amount, credit: zero(amount.currency) },
  { account: from, debit: zero(amount.currency), credit: amount },
]

/** How much more the provider has counted than we have; null when it has not. */
export function surplusOf(counted: Money, known: Money): Money | null {
  const more = counted.currency === known.currency ? counted.minor - known.minor : 0
  return more > 0 ? money(more, known.currency) : null
}

/** An attempt as far as the next step depends on it. `paidBy` is the attempt whose money is the order's. */
interface Pursued {
  readonly id: string
  readonly status: AttemptStatus
  readonly amount: Money
  readonly cancelWanted: boolean
  readonly paidBy: string | null
  readonly expiresAt: string
}

/**
 * What is ours to do about a provider's payment: take approved money, or cancel what is not what we asked for, not wanted any
 * more, given up here already, not needed since another attempt has paid, or late.
 */
export function nextStep(attempt: Pursued, found: Reported, now: Date): 'confirm' | 'cancel' | 'nothing' {
  const difference = differenceOf(attempt, found)
  const open = found.status === 'requires_action' || found.status === 'approved' || found.status === 'awaiting_deposit'
  if (!open || difference === 'reference' || attempt.status === 'captured') return 'nothing'
  const over = !isOpen(attempt.status) || attempt.paidBy !== null
  if (difference || attempt.cancelWanted || over) return 'cancel'
  if (found.status === 'approved') return 'confirm'
  return found.status === 'requires_action' && Date.parse(attempt.expiresAt) < now.getTime() ? 'cancel' : 'nothing'
}
