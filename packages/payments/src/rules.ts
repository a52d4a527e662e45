import { type Instant, instantAfter, type Money, money, subtract, sum, zero } from '@sangdo/core'
import type {
  AttemptStatus,
  Difference,
  DisputeStatus,
  Failure,
  PaymentMethod,
  PaymentStatus,
  Refund,
  ShownStatus,
} from './contract.ts'

const answers = [
  'requires_action',
  'authorized',
  'awaiting_deposit',
  'captured',
  'failed',
  'cancelled',
  'expired',
  'mismatched',
  'reversed',
] as const
const ends = ['captured', 'failed', 'cancelled', 'expired', 'mismatched', 'reversed'] as const
const outranking = ['captured', 'mismatched', 'reversed'] as const

/**
 * The published graph of one attempt. It only goes forward, and what can be reached in two steps can be reached in one, so
 * that news in any order ends in the same status. Money outranks every other end: a deposit may come after its time. Only that
 * the bank has taken it back outranks money, also money of a wrong amount.
 */
export const nextStatus = {
  requesting: ['unknown', ...answers],
  unknown: answers,
  requires_action: ['authorized', 'awaiting_deposit', ...ends],
  authorized: ends,
  awaiting_deposit: ends,
  failed: outranking,
  cancelled: outranking,
  expired: outranking,
  captured: ['reversed'],
  mismatched: ['reversed'],
  reversed: [],
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

/**
 * Whether a provider's answer says that a deposit was taken back. Only an answer to a question that was asked when the money was
 * known to be there (`asked`) can say so: an older one may merely be late.
 */
export const isReversal = (
  attempt: { status: AttemptStatus; method: PaymentMethod; captured: Money },
  found: Pick<Reported, 'status' | 'captured'>,
  asked: AttemptStatus,
): boolean =>
  (attempt.status === 'captured' || attempt.status === 'mismatched') &&
  asked === attempt.status &&
  attempt.captured.minor > 0 &&
  attempt.method === 'virtual_account' &&
  found.captured.minor === 0 &&
  (['awaiting_deposit', 'cancelled', 'expired', 'reversed'] as const).some((status) => status === found.status)

/** A provider's payment as far as it is compared with what was asked for. */
interface Reported {
  readonly reference: string
  readonly status: string
  readonly amount: Money
  readonly captured: Money
}

// Paid twice before anybody looked, it is the very thing twice.
const isTimes = (taken: Money, amount: Money) =>
  taken.currency === amount.currency && taken.minor > 0 && taken.minor % amount.minor === 0

/** What a provider's payment differs in from what was asked for; null when it is the very thing. */
export function differenceOf(
  asked: { id: string; amount: Money; captureLater?: boolean },
  found: Reported,
): Difference | null {
  if (found.reference !== asked.id) return 'reference'
  if (found.amount.currency !== asked.amount.currency) return 'currency'
  if (found.amount.minor !== asked.amount.minor) return 'amount'
  if (asked.captureLater) return found.captured.minor <= asked.amount.minor ? null : 'captured'
  return found.status !== 'captured' || isTimes(found.captured, asked.amount) ? null : 'captured'
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

// A bank takes money at an account number after its time, or takes it back, and the message about it may be lost.
const watchedMs = 7 * 24 * 3_600_000

/** Until when an account number is asked about though its attempt is over: seven days past its time. Null without a number. */
export const watchedUntil = (deposit: { readonly dueAt: Instant } | null): Instant | null =>
  deposit && instantAfter(new Date(deposit.dueAt), watchedMs)

/** The money of an order that has gone back to its buyer. */
export const refundedOf = (
  refunds: readonly Pick<Refund, 'amount' | 'status' | 'forOrder'>[],
  currency: string,
): Money =>
  sum(
    refunds.filter((refund) => refund.forOrder && refund.status === 'succeeded').map((refund) => refund.amount),
    currency,
  )

/** The money of an order that can still go back: what came in, less what has gone back, is on its way, or is in dispute. */
export const refundableOf = ({
  captured,
  refunds,
  disputed = zero(captured.currency),
}: {
  captured: Money
  refunds: readonly Pick<Refund, 'amount' | 'status' | 'forOrder'>[]
  disputed?: Money
}): Money => {
  const gone = refunds.filter((refund) => refund.forOrder && refund.status !== 'failed')
  const taken = sum([...gone.map((refund) => refund.amount), disputed], captured.currency)
  return taken.minor > captured.minor ? zero(captured.currency) : subtract(captured, taken)
}

/** An attempt's status as others see it: money that was taken back is a payment that is off. */
export const shownStatus = (status: AttemptStatus): ShownStatus => (status === 'reversed' ? 'cancelled' : status)

/** Where a payment stands: what became of its money, or of its latest attempt as long as there is none. */
export function paymentStatusOf(paid: Money | null, refunded: Money, latest: { status: AttemptStatus }): PaymentStatus {
  if (paid === null) return shownStatus(latest.status)
  if (refunded.minor === 0) return 'captured'
  return refunded.minor < paid.minor ? 'partially_refunded' : 'refunded'
}

/** One line of the ledger: what an account gains (`debit`) or gives (`credit`). One of the two is nothing. */
export interface EntryLine {
  readonly account: string
  readonly debit: Money
  readonly credit: Money
}

/** Why an attempt came to nothing, in the provider's words or ours: an approval that nobody used has run out. */
export const failureOf = (from: AttemptStatus, to: AttemptStatus, told: Failure | null): Failure | null =>
  from === 'authorized' && to === 'expired'
    ? (told ?? { code: 'auth_expired', message: 'The approval has run out before the money was taken' })
    : told

/** Whose money it is: the order's, or nobody's yet, as when a buyer pays twice. */
export type Owner = 'orders' | 'suspense'

/** Money that has come in: the provider holds it, and the order (or suspense) is owed it. */
export const captureEntries = (provider: string, owner: Owner, amount: Money): EntryLine[] =>
  moved(`provider:${provider}`, owner, amount)

/** Money that has gone back: as a capture, the other way round. */
export const refundEntries = (provider: string, owner: Owner, amount: Money): EntryLine[] =>
  moved(owner, `provider:${provider}`, amount)

/**
 * A dispute in the ledger: opened, the provider withholds the money; won, it holds it for the shop again; lost, it is the owner's
 * money that has gone.
 */
export function disputeEntries(provider: string, owner: Owner, status: DisputeStatus, amount: Money): EntryLine[] {
  switch (status) {
    case 'open':
      return moved('disputes', `provider:${provider}`, amount)
    case 'won':
      return moved(`provider:${provider}`, 'disputes', amount)
    case 'lost':
      return moved(owner, 'disputes', amount)
  }
}

/** An amount that one account gains and another gives. */
export const moved = (to: string, from: string, amount: Money): EntryLine[] => [
  { account: to, debit: amount, credit: zero(amount.currency) },
  { account: from, debit: zero(amount.currency), credit: amount },
]

/** When goods may leave that were paid at an instant: so many seconds after a deposit, as banks take some back, else at once. */
export const shipFromOf = (method: PaymentMethod, paidAt: Instant, holdSeconds = 600): Instant =>
  instantAfter(new Date(paidAt), method === 'virtual_account' ? holdSeconds * 1000 : 0)

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
  readonly captureLater?: boolean
  readonly paidBy: string | null
  readonly expiresAt: string
}

/** Whether a provider's payment has not come to its end there. */
export const isUnderWay = ({ status }: Pick<Reported, 'status'>): boolean =>
  status === 'requires_action' || status === 'approved' || status === 'awaiting_deposit'

/**
 * What is ours to do about a provider's payment: take approved money unless that is for later, or cancel what is not what we asked for, not wanted any
 * more, given up here already, not needed since another attempt has paid, or late.
 */
export function nextStep(attempt: Pursued, found: Reported, now: Date): 'confirm' | 'cancel' | 'nothing' {
  const difference = differenceOf(attempt, found)
  if (!isUnderWay(found) || difference === 'reference' || attempt.status === 'captured') return 'nothing'
  const over = !isOpen(attempt.status) || (attempt.paidBy !== null && attempt.paidBy !== attempt.id)
  if (difference || attempt.cancelWanted || over) return 'cancel'
  if (found.status === 'approved') return attempt.captureLater ? 'nothing' : 'confirm'
  return found.status === 'requires_action' && Date.parse(attempt.expiresAt) < now.getTime() ? 'cancel' : 'nothing'
}
