import { coreErrors, instant, instantAfter, type Money, type NewId, type Now, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  paymentErrors,
  paymentRefunded,
  type Refund,
  refundFailed,
  type RefundId,
  RefundRequest,
  TaskRefund,
} from '../contract.ts'
import type { ProviderRefund } from '../ports.ts'
import { refundEntries, secondsUntilCheck } from '../rules.ts'
import * as attempts from '../store/attempts.ts'
import { hasOpenDispute } from '../store/disputes.ts'
import { addEntries } from '../store/ledger.ts'
import * as store from '../store/refunds.ts'
import { suspenseKinds, taskOf } from '../store/tasks.ts'
import type { Providers } from './providers.ts'
import type { Tasks } from './tasks.ts'

interface RefundDependencies {
  readonly providers: Providers
  readonly tasks: Tasks
  readonly outbox: Announce
  readonly newId: NewId
  readonly now: Now
}

export type Refunds = ReturnType<typeof createRefunds>

// While a refund is being carried out, the sweep leaves it alone.
const inHandMs = 60_000
/** Says of a refund that its money has gone back another way. */
const gone = 'gone'

/** Money that goes back: reserved and written down first, then asked of the provider, then booked. */
export function createRefunds({ providers, tasks, outbox, newId, now }: RefundDependencies) {
  /**
   * Gives money of an order back, in all never more than came in, however many ask at once. The same `refundKey` is the same
   * refund. A provider that does not answer leaves it `unknown`, and the sweep finds out. Throws `payments.refund_exceeds`,
   * `payments.refund_key_taken`, `payments.payment_not_found`.
   */
  async function refund(db: Db, input: RefundRequest): Promise<Refund> {
    const request = parse(RefundRequest, input)
    const intent = await atomic(db, (tx) => intend(tx, request, instantAfter(now(), inHandMs)))
    return shown(await carryOut(db, intent))
  }

  /** Writes a refund down in the caller's transaction; the sweep carries it out. Throws as `refund` does. */
  async function requestRefund(tx: Tx, input: RefundRequest): Promise<Refund> {
    return shown(await intend(tx, parse(RefundRequest, input), instant(now())))
  }

  async function intend(
    tx: Tx,
    { orderId, amount, reason, refundKey, account }: RefundRequest,
    checkAt: string,
  ): Promise<store.StoredRefund> {
    const all = await attempts.attemptsOfOrders(tx, [orderId])
    if (all.length === 0) throw paymentErrors.payment_not_found({ payment: orderId })
    const attempt = all.find(({ id, paidBy }) => id === paidBy)
    if (!attempt) throw paymentErrors.refund_exceeds({ orderId, refundable: 0 })
    const { currency } = attempt.captured
    if (currency !== amount.currency) throw coreErrors.currency_mismatch({ left: currency, right: amount.currency })
    // Reserving first makes a second request with the same key wait until the first can be seen.
    const reserved = await attempts.reserveRefund(tx, attempt.id, amount)
    const known = await store.refundByKey(tx, attempt.paymentId, refundKey)
    if (known && reserved) await attempts.releaseRefund(tx, attempt.id, amount)
    if (known) return sameRefund(known, amount)
    if (!reserved) throw await tooMuch(tx, attempt)
    return write(
      tx,
      attempt,
      { refundKey, amount, reason, forOrder: true, account: account ?? null, taskId: null, status: 'requested' },
      checkAt,
    )
  }

  /** Why so much cannot go back, and how much can. */
  async function tooMuch(tx: Tx, { id, orderId }: attempts.StoredAttempt): Promise<Error> {
    const attempt = await attempts.attemptOf(tx, id)
    const refundable = attempt ? Math.max(0, leftOf(attempt)) : 0
    const disputed = attempt?.disputed.minor ?? 0
    return disputed > 0
      ? paymentErrors.refund_disputed({ orderId, disputed, refundable })
      : paymentErrors.refund_exceeds({ orderId, refundable })
  }

  function sameRefund(known: store.StoredRefund, amount: Money): store.StoredRefund {
    if (known.amount.minor !== amount.minor) throw paymentErrors.refund_key_taken({ refundKey: known.refundKey })
    return known
  }

  async function write(
    tx: Tx,
    { id, paymentId, orderId, provider }: attempts.StoredAttempt,
    refund: Pick<store.NewRefund, 'refundKey' | 'amount' | 'reason' | 'forOrder' | 'account' | 'taskId' | 'status'>,
    checkAt: string | null,
  ): Promise<store.StoredRefund> {
    const row = { id: newId('rfd'), paymentId, attemptId: id, ...refund, createdAt: instant(now()) }
    await store.addRefund(tx, row, checkAt)
    return { ...row, orderId, provider, checks: 0, failure: null }
  }

  /** Sends money back that is not the order's: a second payment, or a wrong one. The sweep carries it out. */
  async function giveBack(
    tx: Tx,
    attempt: attempts.StoredAttempt,
    amount: Money,
    refundKey: string,
    reason: string,
  ): Promise<void> {
    const kind = suspenseKinds.find((one) => one === reason) ?? 'wrong_amount'
    const taskId = await tasks.open(tx, kind, refundKey, attempt, amount)
    if (!(await attempts.reserveRefund(tx, attempt.id, amount)))
      return attempts.countAway(tx, attempt.id, 'suspended', amount.minor)
    const made = { refundKey, amount, reason, forOrder: false, account: null, taskId, status: 'requested' } as const
    await write(tx, attempt, made, instant(now()))
  }

  /**
   * Gives money in suspense back that could not go back by itself, to the given account where the provider needs one; once,
   * however many ask. Throws `payments.task_not_found`, `payments.task_not_refundable`.
   */
  async function refundTask(db: Db, input: TaskRefund): Promise<Refund> {
    const { taskId, account = null } = parse(TaskRefund, input)
    const intent = await atomic(db, async (tx) => {
      const task = await taskOf(tx, taskId)
      if (!task) throw paymentErrors.task_not_found({ taskId })
      const { amount, kind, resolvedAt } = task
      const attempt = task.attemptId && (await attempts.attemptOf(tx, task.attemptId))
      const open = attempt && amount && resolvedAt === null && (await attempts.reserveSuspended(tx, attempt.id, amount))
      if (!open || (await store.isReturning(tx, taskId))) throw paymentErrors.task_not_refundable({ taskId })
      const refundKey = `task:${taskId}:${newId('key')}`
      const made = { refundKey, amount, reason: kind, forOrder: false, account, taskId, status: 'requested' } as const
      return write(tx, attempt, made, instantAfter(now(), inHandMs))
    })
    return shown(await carryOut(db, intent))
  }

  /** Books money that was given back at the provider's own desk. */
  async function adopt(tx: Tx, attempt: attempts.StoredAttempt, amount: Money): Promise<void> {
    if (!(await attempts.countRefunded(tx, attempt.id, amount))) return
    const refundKey = `provider:${attempt.id}:${attempt.refunded.minor + amount.minor}`
    const forOrder = attempt.paidBy === attempt.id
    const made = {
      refundKey,
      amount,
      reason: 'made_at_provider',
      forOrder,
      account: null,
      taskId: null,
      status: 'succeeded',
    } as const
    await book(tx, await write(tx, attempt, made, null))
    if (forOrder || attempt.suspended.minor < amount.minor) return
    await attempts.countAway(tx, attempt.id, 'suspended', -amount.minor)
    await tasks.closeSuspense(tx, attempt, 'made_at_provider', amount)
  }

  /** Asks the provider for a refund that has no outcome; one whose outcome is unknown is looked for first. */
  async function carryOut(db: Db, refund: store.StoredRefund): Promise<store.StoredRefund> {
    if (refund.status === 'succeeded' || refund.status === 'failed') return refund
    if (refund.status === 'requested' && (await overtaken(db, refund)))
      return (await store.refundOf(db, refund.id)) ?? refund
    try {
      const known =
        refund.status === 'requested'
          ? null
          : await providers.ask(refund.provider, (provider) => provider.findRefund(refund.attemptId, refund.id))
      await settle(
        db,
        refund,
        known ?? (await providers.ask(refund.provider, (provider) => provider.refund(providerRequest(refund)))),
      )
    } catch (error) {
      if (!paymentErrors.provider_unavailable.match(error)) throw error
      await store.keepWaiting(db, refund.id, 'unknown', nextCheck(refund))
    }
    return (await store.refundOf(db, refund.id)) ?? refund
  }

  /**
   * Whether the money of a refund that nobody was asked for yet has gone another way. While a dispute about it is open the refund
   * waits; once the money is lost, it fails, so that nothing goes back twice.
   */
  async function overtaken(db: Db, refund: store.StoredRefund): Promise<boolean> {
    const attempt = await attempts.attemptOf(db, refund.attemptId)
    if (!attempt || leftOf(attempt) >= 0) return false
    const message = 'The money has gone back another way'
    if (await hasOpenDispute(db, attempt.id)) await store.keepWaiting(db, refund.id, 'requested', nextCheck(refund))
    else
      await settle(db, refund, { ...refund, refundId: refund.id, status: 'failed', failure: { code: gone, message } })
    return true
  }

  async function settle(db: Db, refund: store.StoredRefund, { status, failure }: ProviderRefund): Promise<void> {
    switch (status) {
      case 'pending':
        return store.keepWaiting(db, refund.id, 'pending', nextCheck(refund))
      case 'succeeded':
        return atomic(db, async (tx) => {
          if (await store.endRefund(tx, refund.id, status, null)) await book(tx, refund)
        })
      case 'failed':
        return atomic(db, async (tx) => {
          const why = failure ?? { code: 'refused', message: 'The provider refused the refund' }
          if (await store.endRefund(tx, refund.id, status, why)) await undo(tx, refund, why)
        })
    }
  }

  async function book(
    tx: Tx,
    { id, orderId, attemptId, provider, amount, reason, forOrder, taskId }: store.StoredRefund,
  ): Promise<void> {
    if (taskId) await tasks.close(tx, taskId, 'refunded')
    const lines = refundEntries(provider, forOrder ? 'orders' : 'suspense', amount)
    await addEntries(tx, { journal: `refund:${id}`, orderId, attemptId, at: instant(now()) }, lines, newId)
    await outbox.append(tx, paymentRefunded, { orderId, refundId: id, amount, reason, forOrder })
  }

  async function undo(
    tx: Tx,
    { id, orderId, attemptId, amount, taskId }: store.StoredRefund,
    failure: NonNullable<Refund['failure']>,
  ): Promise<void> {
    await attempts.releaseRefund(tx, attemptId, amount)
    if (!taskId) await tasks.open(tx, 'refund_failed', id, { id: attemptId, orderId }, amount)
    else if (failure.code === gone || (await isTakenBack(tx, attemptId, amount))) await tasks.close(tx, taskId, gone)
    else await attempts.countAway(tx, attemptId, 'suspended', amount.minor)
    await outbox.append(tx, refundFailed, { orderId, refundId: id, amount, failure })
  }

  /** Whether the bank took back, while a refund was on its way, what it was to send. */
  async function isTakenBack(tx: Tx, id: attempts.StoredAttempt['id'], amount: Money): Promise<boolean> {
    const attempt = await attempts.attemptOf(tx, id)
    return attempt !== undefined && leftOf(attempt) + attempt.disputed.minor < amount.minor
  }

  const nextCheck = ({ checks }: store.StoredRefund) => instantAfter(now(), secondsUntilCheck(checks) * 1000)

  /** Carries out, or asks about, one refund. */
  async function check(db: Db, id: RefundId): Promise<void> {
    const refund = await store.refundOf(db, id)
    if (refund) await carryOut(db, refund)
  }

  return { refund, requestRefund, refundTask, giveBack, adopt, check }
}

/** What of an attempt's money nobody has a claim on; negative when two have a claim on the same. */
const leftOf = ({ captured, refunded, reversed, disputed, suspended }: attempts.StoredAttempt): number =>
  captured.minor - refunded.minor - reversed.minor - disputed.minor - suspended.minor

const providerRequest = ({ attemptId, id, amount, reason, account }: store.StoredRefund) => ({
  reference: attemptId,
  refundId: id,
  amount,
  reason,
  ...(account ? { account } : {}),
})

/** A refund as others see it. */
export const shown = ({
  id,
  attemptId,
  status,
  amount,
  reason,
  forOrder,
  failure,
  createdAt,
}: store.StoredRefund): Refund => ({
  id,
  attemptId,
  status,
  amount,
  reason,
  forOrder,
  failure,
  createdAt,
})
