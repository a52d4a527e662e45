import { instant, type NewId, type Now, smaller } from '@sangdo/core'
import type { Announce, Tx } from '@sangdo/core/server'
import { type Dispute, disputeClosed, type DisputeStatus, paymentDisputed } from '../contract.ts'
import type { ProviderDispute } from '../ports.ts'
import { disputeEntries } from '../rules.ts'
import { countAway, type StoredAttempt } from '../store/attempts.ts'
import * as store from '../store/disputes.ts'
import { addEntries } from '../store/ledger.ts'
import type { Tasks } from './tasks.ts'

interface DisputeDependencies {
  readonly tasks: Tasks
  readonly outbox: Announce
  readonly newId: NewId
  readonly now: Now
}

export type Disputes = ReturnType<typeof createDisputes>

/** Money that buyers' banks want back: withheld while a dispute is open, and gone or the shop's again when it is over. */
export function createDisputes({ tasks, outbox, newId, now }: DisputeDependencies) {
  /** Writes down what a provider says of its disputes, each opening and each end once, in whatever order it is told. */
  async function hear(tx: Tx, attempt: StoredAttempt, told: readonly ProviderDispute[]): Promise<void> {
    for (const one of told) {
      const known = (await store.disputeBy(tx, attempt.id, one.disputeId)) ?? (await open(tx, attempt, one))
      if (known && one.status !== 'open') await close(tx, attempt, known, one.status)
    }
  }

  async function open(tx: Tx, attempt: StoredAttempt, told: ProviderDispute): Promise<Dispute | undefined> {
    const { id: attemptId, orderId, paymentId, captured } = attempt
    // A bank speaks of its own currency; what can be lost is what came in.
    const amount = told.amount.currency === captured.currency ? smaller(told.amount, captured) : captured
    if (amount.minor <= 0) return undefined
    const { reason, dueAt } = told
    const dispute = { id: newId('dsp'), attemptId, amount, reason, dueAt, openedAt: instant(now()) }
    if (await store.addDispute(tx, dispute, told.disputeId)) {
      await countAway(tx, attemptId, 'disputed', amount.minor)
      await book(tx, attempt, dispute, 'open')
      await tasks.open(tx, 'disputed', dispute.id, attempt, amount)
      await outbox.append(tx, paymentDisputed, { orderId, paymentId, disputeId: dispute.id, amount, reason, dueAt })
    }
    return store.disputeBy(tx, attemptId, told.disputeId)
  }

  async function close(tx: Tx, attempt: StoredAttempt, dispute: Dispute, outcome: 'won' | 'lost'): Promise<void> {
    const { id: disputeId, amount, reason } = dispute
    const { id, orderId, paymentId } = attempt
    if (!(await store.endDispute(tx, disputeId, outcome, instant(now())))) return
    if (outcome === 'won') await countAway(tx, id, 'disputed', -amount.minor)
    await book(tx, attempt, dispute, outcome)
    await tasks.closeSubject(tx, 'disputed', disputeId, outcome)
    await outbox.append(tx, disputeClosed, { orderId, paymentId, disputeId, amount, reason, outcome })
  }

  async function book(
    tx: Tx,
    { id: attemptId, orderId, provider, paidBy }: StoredAttempt,
    { id, amount }: Pick<Dispute, 'id' | 'amount'>,
    status: DisputeStatus,
  ): Promise<void> {
    const owner = paidBy === attemptId ? 'orders' : 'suspense'
    const lines = disputeEntries(provider, owner, status, amount)
    const journal = status === 'open' ? `dispute:${id}` : `dispute_${status}:${id}`
    await addEntries(tx, { journal, orderId, attemptId, at: instant(now()) }, lines, newId)
  }

  return { hear }
}

/** A dispute as others see it. */
export const shownDispute = ({ paymentId: _, ...dispute }: store.StoredDispute): Dispute => dispute
