import { type Attempt, isOpen, type Model, type Order, type Refund } from './state.ts'

/** What happens at the bank. */
export const bank = {
  /** How a payment stands there, now that nobody has finished it in time. */
  status({ time }: Model, attempt: Attempt): Attempt['bank'] {
    const ends = {
      requires_action: attempt.expiresAt,
      approved: attempt.approvedUntil,
      awaiting_deposit: attempt.dueAt,
    }
    const end = attempt.bank in ends ? ends[attempt.bank as keyof typeof ends] : Infinity
    if (end < time) attempt.bank = 'expired'
    return attempt.bank
  },
  approve(model: Model, attempt: Attempt): boolean {
    if (bank.status(model, attempt) !== 'requires_action') return false
    Object.assign(attempt, { bank: 'approved', approvedUntil: model.time + 30 })
    return true
  },
  decline(model: Model, attempt: Attempt): boolean {
    if (bank.status(model, attempt) !== 'requires_action') return false
    attempt.bank = 'failed'
    return true
  },
  cancel(model: Model, attempt: Attempt): void {
    if (isOpen(bank.status(model, attempt))) attempt.bank = 'cancelled'
  },
  issueAccount(model: Model, attempt: Attempt): boolean {
    if (bank.status(model, attempt) !== 'requires_action') return false
    Object.assign(attempt, { bank: 'awaiting_deposit', dueAt: model.time + 24 * 60 })
    return true
  },
  /** Money arrives, of whatever amount and however late. */
  deposit(attempt: Attempt, amount: number): boolean {
    if (attempt.dueAt === Infinity) return false
    attempt.bank = 'captured'
    attempt.taken += amount
    return true
  },
}

/** Asks the bank how a payment stands, does what is ours to do about it, and writes the answer down. */
export function sync(model: Model, order: Order, attempt: Attempt): void {
  const found = bank.status(model, attempt)
  if (isOpen(found) && attempt.ours !== 'captured') {
    const over = !isOpen(attempt.ours) || (order.paidBy !== null && order.paidBy !== attempt)
    const late = found === 'requires_action' && attempt.expiresAt < model.time
    const wanted = order.status === 'pending_payment' && order.expiresAt > model.time
    if (attempt.cancelWanted || over || late || (found === 'approved' && !wanted)) bank.cancel(model, attempt)
    else if (found === 'approved') {
      record(model, order, attempt)
      Object.assign(attempt, { bank: 'captured', taken: attempt.amount })
    }
  }
  record(model, order, attempt)
}

const ranks: Record<Attempt['ours'], number> = {
  requires_action: 0,
  authorized: 1,
  awaiting_deposit: 1,
  failed: 2,
  cancelled: 2,
  expired: 2,
  captured: 3,
  mismatched: 3,
}

function record(model: Model, order: Order, attempt: Attempt): void {
  const odd = attempt.bank === 'captured' && attempt.taken % attempt.amount !== 0
  const to = odd ? 'mismatched' : attempt.bank === 'approved' ? 'authorized' : attempt.bank
  const moved = ranks[to] > ranks[attempt.ours]
  if (moved) attempt.ours = to
  if (moved && to === 'awaiting_deposit') model.news.push({ kind: 'awaited', order, dueAt: attempt.dueAt })
  if (attempt.bank === 'captured') count(model, order, attempt, moved && to === 'captured')
}

/** The first money of an order pays it; whatever else comes in goes back. */
function count(model: Model, order: Order, attempt: Attempt, complete: boolean): void {
  let taken = attempt.taken - attempt.counted
  attempt.counted = attempt.taken
  if (taken > 0 && complete && order.paidBy === null) {
    order.paidBy = attempt
    attempt.countedAt = model.time
    taken -= attempt.amount
    for (const other of order.attempts) if (other !== attempt && isOpen(other.ours)) other.cancelWanted = true
    model.news.push({ kind: 'captured', order })
  }
  if (taken > 0) order.refunds.push({ attempt, amount: taken, forOrder: false, done: false })
}

/** Begins to pay, or goes on with what was begun; answers how the attempt stands then. */
export function start(model: Model, order: Order, method: Attempt['method']): Attempt['ours'] {
  const paid = () => order.paidBy?.ours
  const before = paid()
  if (before) return before
  const known = order.attempts.find((one) => isOpen(one.ours) && !one.cancelWanted)
  if (known) {
    known.cancelWanted = known.method !== method
    sync(model, order, known)
    const now = paid()
    if (now) return now
    if (isOpen(known.ours) && !known.cancelWanted) return known.ours
  }
  const attempt: Attempt = {
    reference: '',
    page: null,
    method,
    amount: order.total,
    expiresAt: order.expiresAt,
    approvedUntil: Infinity,
    dueAt: Infinity,
    bank: 'requires_action',
    ours: 'requires_action',
    taken: 0,
    counted: 0,
    countedAt: 0,
    returned: 0,
    cancelWanted: false,
  }
  order.attempts.push(attempt)
  sync(model, order, attempt)
  return attempt.ours
}

/** What of an order's money can still go back. */
export const refundable = ({ paidBy, refunds }: Order): number =>
  (paidBy?.amount ?? 0) - sum(refunds.filter((refund) => refund.forOrder).map((refund) => refund.amount))

/** The bank gives money back. */
export function giveBack(refund: Refund): void {
  refund.done = true
  refund.attempt.returned += refund.amount
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
