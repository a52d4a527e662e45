import {
  type Instant,
  instant,
  instantAfter,
  type Money,
  money,
  type NewId,
  type Now,
  smaller,
  subtract,
  zero,
} from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type AttemptId,
  type AttemptStatus,
  depositAwaited,
  type Difference,
  paymentAuthorized,
  paymentCaptured,
  paymentErrors,
  paymentFailed,
  paymentMismatched,
  paymentPartCaptured,
  paymentReversed,
} from '../contract.ts'
import type { ProviderPayment } from '../ports.ts'
import {
  canMove,
  captureEntries,
  differenceOf,
  type EntryLine,
  failureOf,
  isOpen,
  isReversal,
  type Owner,
  refundEntries,
  secondsUntilCheck,
  surplusOf,
  watchedUntil,
} from '../rules.ts'
import * as store from '../store/attempts.ts'
import { finishWebhooks } from '../store/inbox.ts'
import { addEntries, addReport } from '../store/ledger.ts'
import type { Disputes } from './disputes.ts'
import type { Refunds } from './refunds.ts'
import type { Tasks } from './tasks.ts'

interface NewsDependencies {
  readonly refunds: Refunds
  readonly disputes: Disputes
  readonly tasks: Tasks
  readonly outbox: Announce
  readonly newId: NewId
  readonly now: Now
}

/** Why a provider was asked: for webhooks, or by the sweep, whose the attempt is until an instant. */
export interface Occasion {
  readonly webhookIds?: readonly string[] | undefined
  readonly claimed?: Instant | undefined
}

export type News = ReturnType<typeof createNews>

/** What a provider has said, written down and acted upon in one transaction, by whoever asked. */
export function createNews({ refunds, disputes, tasks, outbox, newId, now }: NewsDependencies) {
  /**
   * Applies a provider's answer to an attempt, or only notes it when it is late. Events, ledger and, where a webhook brought
   * the news, its mark in the inbox commit together.
   * `asked` is how the attempt stood when the provider was asked: it tells what is new from what is merely late. Answers with the
   * attempt as the news has moved it.
   */
  async function record(
    db: Db,
    id: AttemptId,
    found: ProviderPayment,
    asked: AttemptStatus,
    { webhookIds = [], claimed }: Occasion = {},
  ): Promise<store.StoredAttempt> {
    return atomic(db, async (tx) => {
      const { attempt, difference, moved } = await move(tx, id, found, asked, claimed)
      if (moved) await announce(tx, attempt, found, difference)
      if (moved && attempt.status === 'reversed') await takeBack(tx, attempt)
      else if (difference !== 'reference' && (attempt.status !== 'reversed' || asked === 'reversed'))
        await countMoney(tx, attempt, found, { moved, fits: difference === null })
      if (difference !== 'reference' && found.disputes?.length)
        await disputes.hear(tx, await existing(tx, id), found.disputes)
      await finishWebhooks(tx, webhookIds)
      return attempt
    })
  }

  /** Moves the attempt by compare-and-set, and looks again when other news was quicker. */
  async function move(
    tx: Tx,
    id: AttemptId,
    found: ProviderPayment,
    asked: AttemptStatus,
    claimed: Instant | undefined,
  ): Promise<{ attempt: store.StoredAttempt; difference: Difference | null; moved: boolean }> {
    for (;;) {
      const attempt = await existing(tx, id)
      const difference = differenceOf(attempt, found)
      const reversed = isReversal(attempt, found, asked)
      const to = reversed && difference !== 'reference' ? 'reversed' : difference ? 'mismatched' : statusOf(found)
      if (attempt.status === to || !canMove(attempt.status, to)) {
        await stay(tx, attempt, to, isOpen(statusOf(found)) || isWatched(attempt), claimed)
        return { attempt, difference, moved: false }
      }
      const going = isOpen(to) || isOpen(statusOf(found)) || isWatched(found)
      const checkAt = going ? nextCheck(0) : null
      const failure = failureOf(attempt.status, to, found.failure)
      const evidence = found.evidence ?? attempt.evidence
      if (!(await store.moveAttempt(tx, id, attempt.status, to, { ...found, evidence, failure, checkAt }))) continue
      await report(tx, attempt, to, true)
      const { deposit, card } = found
      const redirectUrl = isOpen(to) ? found.redirectUrl : null
      const after = { ...attempt, status: to, redirectUrl, deposit, card, evidence, failure }
      return { attempt: after, difference, moved: true }
    }
  }

  /** Asks again later as long as there is something to come, or to be ended at the provider. */
  async function stay(
    tx: Tx,
    { id, status, checks }: store.StoredAttempt,
    to: AttemptStatus,
    going: boolean,
    claimed: Instant | undefined,
  ): Promise<void> {
    const due = { at: instant(now()), claimed }
    await store.postponeAttempt(tx, id, due, isOpen(status) || going ? nextCheck(checks + 1) : null)
    if (to !== status) await report(tx, { id, status }, to, false)
  }

  const report = (
    tx: Tx,
    { id, status: previous }: Pick<store.StoredAttempt, 'id' | 'status'>,
    status: AttemptStatus,
    applied: boolean,
  ) => addReport(tx, { id: newId('rep'), attemptId: id, previous, status, applied, at: instant(now()) })

  async function announce(
    tx: Tx,
    attempt: store.StoredAttempt,
    found: ProviderPayment,
    difference: Difference | null,
  ): Promise<void> {
    const { id, orderId, paymentId, amount, status, cancelWanted } = attempt
    switch (status) {
      case 'authorized':
        return outbox.append(tx, paymentAuthorized, { orderId, paymentId })
      case 'awaiting_deposit':
        return outbox.append(tx, depositAwaited, {
          orderId,
          paymentId,
          dueAt: found.deposit?.dueAt ?? attempt.expiresAt,
        })
      case 'failed':
      case 'expired':
        if (cancelWanted) return
        return outbox.append(tx, paymentFailed, {
          orderId,
          paymentId,
          failure: attempt.failure ?? { code: status, message: status },
        })
      case 'mismatched': {
        if (found.captured.minor === 0) await tasks.open(tx, 'mismatched', id, attempt, found.amount)
        const actual = difference === 'captured' ? found.captured : found.amount
        return outbox.append(tx, paymentMismatched, {
          orderId,
          paymentId,
          attemptId: id,
          difference: difference ?? 'amount',
          expected: amount,
          actual,
        })
      }
      case 'captured':
      case 'reversed':
      case 'cancelled':
      case 'requesting':
      case 'unknown':
      case 'requires_action':
        return
    }
  }

  /** Books that the bank has taken a deposit back: its order is unpaid again. */
  async function takeBack(tx: Tx, attempt: store.StoredAttempt): Promise<void> {
    const { id: attemptId, orderId, paymentId, provider, captured, reversed } = attempt
    const amount = subtract(captured, reversed)
    if (amount.minor === 0) return
    const forOrder = await store.unpayOrder(tx, paymentId, attemptId)
    await store.countAway(tx, attemptId, 'reversed', amount.minor)
    // A second deposit to the account of a paid order never was the order's.
    const own = forOrder ? smaller(amount, attempt.amount) : zero(amount.currency)
    const others = subtract(amount, own)
    const journal = `reverse:${attemptId}:${captured.minor}`
    if (own.minor > 0) await write(tx, attempt, journal, refundEntries(provider, 'orders', own))
    if (others.minor > 0) await write(tx, attempt, `${journal}:suspense`, refundEntries(provider, 'suspense', others))
    await store.countAway(tx, attemptId, 'suspended', -attempt.suspended.minor)
    await tasks.closeSuspense(tx, attempt, 'reversed')
    await outbox.append(tx, paymentReversed, { orderId, paymentId, attemptId, amount, forOrder })
  }

  /** Books what has come in, and what has gone back without us. What is not the order's is sent back. */
  async function countMoney(
    tx: Tx,
    attempt: store.StoredAttempt,
    found: ProviderPayment,
    { moved, fits }: { moved: boolean; fits: boolean },
  ): Promise<void> {
    const complete = moved && attempt.status === 'captured'
    const pays = complete || (attempt.captureLater && fits)
    const taken = incoming(attempt, found)
    const total = taken && money(attempt.captured.minor + taken.minor, taken.currency)
    if (taken && total && (await store.raiseCaptured(tx, attempt, total))) {
      const wins = pays && (await payOrder(tx, attempt))
      const own = wins ? smaller(taken, attempt.amount) : zero(taken.currency)
      if (wins) {
        await book(tx, attempt, subtract(total, subtract(taken, own)), own, 'orders')
        await store.wantCancelled(tx, attempt.orderId, instant(now()), { but: attempt.id })
        await tell(tx, attempt, own, total)
      }
      await suspend(tx, attempt, total, subtract(taken, own), pays)
    } else if (complete && attempt.paidBy === attempt.id) await tell(tx, attempt, attempt.captured, attempt.captured)
    if (found.refunded.minor === 0) return
    const returned = surplusOf(found.refunded, (await existing(tx, attempt.id)).refunded)
    if (returned) await refunds.adopt(tx, await existing(tx, attempt.id), returned)
  }

  /** Books what is not the order's, and sends it back. */
  async function suspend(
    tx: Tx,
    attempt: store.StoredAttempt,
    total: Money,
    amount: Money,
    pays: boolean,
  ): Promise<void> {
    if (amount.minor === 0) return
    await book(tx, attempt, total, amount, 'suspense')
    const reason = reasonOf(attempt, pays && amount.minor === total.minor)
    await refunds.giveBack(tx, await existing(tx, attempt.id), amount, `surplus:${attempt.id}:${total.minor}`, reason)
  }

  /** Makes the attempt's money the order's: at once, or with the first part of what was promised. */
  const payOrder = async (tx: Tx, { id, paymentId, paidBy, captureLater }: store.StoredAttempt) =>
    (await store.payOrder(tx, paymentId, id)) || (captureLater && paidBy === id)

  /** Says what has come in: a part of it, or, when no more will come, all of it. */
  async function tell(tx: Tx, attempt: store.StoredAttempt, taken: Money, total: Money): Promise<void> {
    const { orderId, paymentId, status, captureLater } = attempt
    if (status === 'captured')
      return outbox.append(tx, paymentCaptured, { orderId, paymentId, amount: captureLater ? total : taken })
    return outbox.append(tx, paymentPartCaptured, { orderId, paymentId, amount: taken, total })
  }

  async function book(tx: Tx, attempt: store.StoredAttempt, total: Money, taken: Money, owner: Owner): Promise<void> {
    const lines = captureEntries(attempt.provider, owner, taken)
    await write(tx, attempt, `capture:${attempt.id}:${total.minor}`, lines)
  }

  const write = (
    tx: Tx,
    { id: attemptId, orderId }: store.StoredAttempt,
    journal: string,
    lines: readonly EntryLine[],
  ) => addEntries(tx, { journal, orderId, attemptId, at: instant(now()) }, lines, newId)

  /** Says that a question to the provider has had no answer, and when it is asked again. */
  async function noAnswer(db: Db, attempt: store.StoredAttempt, { claimed }: Occasion = {}): Promise<void> {
    await atomic(db, async (tx) => {
      const { redirectUrl, deposit, card, evidence, failure } = attempt
      const change = { redirectUrl, deposit, card, evidence, failure, checkAt: nextCheck(0) }
      const over = !isOpen(attempt.status) && deposit !== null && !isWatched(attempt)
      const lost =
        attempt.status === 'requesting' && (await store.moveAttempt(tx, attempt.id, 'requesting', 'unknown', change))
      if (lost) await report(tx, attempt, 'unknown', true)
      else {
        const due = { at: instant(now()), claimed }
        await store.postponeAttempt(tx, attempt.id, due, over ? null : nextCheck(attempt.checks + 1))
      }
    })
  }

  /** Whether money may still come in, or be taken back, though the attempt is over. */
  const isWatched = ({ deposit }: Pick<ProviderPayment, 'deposit'>) => (watchedUntil(deposit) ?? '') > instant(now())

  const nextCheck = (checks: number) => instantAfter(now(), secondsUntilCheck(checks) * 1000)

  return { record, noAnswer }
}

async function existing(db: Db, id: AttemptId): Promise<store.StoredAttempt> {
  const attempt = await store.attemptOf(db, id)
  if (!attempt) throw paymentErrors.payment_not_found({ payment: id })
  return attempt
}

const statusOf = ({ status }: ProviderPayment): AttemptStatus => (status === 'approved' ? 'authorized' : status)

/** What has come in since we last counted, once nothing more is waited for; in a mismatch it may be of another currency. */
function incoming({ captured, reversed, captureLater }: store.StoredAttempt, found: ProviderPayment): Money | null {
  if (isOpen(statusOf(found)) && !captureLater) return null
  if (captured.minor === 0 && found.captured.minor > 0) return found.captured
  return surplusOf(found.captured, subtract(captured, reversed))
}

function reasonOf({ status, captured }: store.StoredAttempt, pays: boolean): string {
  if (status === 'mismatched') return 'mismatched'
  return pays && captured.minor === 0 ? 'paid_twice' : 'surplus'
}
