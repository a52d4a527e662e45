import { coreErrors, instant, instantAfter, type NewId, type Now, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { type Capture, type CaptureId, CaptureRequest, paymentErrors } from '../contract.ts'
import type { PaymentProvider, ProviderCapture } from '../ports.ts'
import { secondsUntilCheck } from '../rules.ts'
import { attemptOf, liveAttempt, type StoredAttempt } from '../store/attempts.ts'
import * as store from '../store/captures.ts'
import type { Attempts } from './attempts.ts'
import type { Providers } from './providers.ts'

interface CaptureDependencies {
  readonly providers: Providers
  readonly attempts: Attempts
  readonly newId: NewId
  readonly now: Now
}

export type Captures = ReturnType<typeof createCaptures>

// While a capture is being carried out, the sweep leaves it alone.
const inHandMs = 60_000

/** Promised money that is taken later, whole or in parts: claimed and written down first, then asked of the provider. */
export function createCaptures({ providers, attempts, newId, now }: CaptureDependencies) {
  /**
   * Takes a part of the money that was promised for an order (`capture: 'later'`), in all never more, however many ask at once.
   * The same `captureKey` is the same capture. A provider that does not answer leaves it `unknown`, and the sweep finds out. What
   * is not needed any more, `cancelOpen` lets go. Throws `payments.capture_exceeds`, `payments.capture_key_taken`.
   */
  async function capture(db: Db, input: CaptureRequest): Promise<Capture> {
    const request = parse(CaptureRequest, input)
    return shownCapture(await carryOut(db, await atomic(db, (tx) => intend(tx, request))))
  }

  async function intend(tx: Tx, { orderId, amount, captureKey }: CaptureRequest): Promise<store.StoredCapture> {
    const attempt = await liveAttempt(tx, orderId)
    if (!attempt?.captureLater) throw paymentErrors.capture_exceeds({ orderId, capturable: 0 })
    const { currency } = attempt.amount
    if (currency !== amount.currency) throw coreErrors.currency_mismatch({ left: currency, right: amount.currency })
    // Claiming first makes a second request with the same key wait until the first can be seen.
    const claimed = await store.claimCapture(tx, attempt.id, amount)
    const known = await store.captureByKey(tx, attempt.id, captureKey)
    if (known && claimed) await store.releaseClaim(tx, attempt.id, amount)
    if (known && known.amount.minor !== amount.minor) throw paymentErrors.capture_key_taken({ captureKey })
    if (known) return known
    if (!claimed) throw paymentErrors.capture_exceeds({ orderId, capturable: await capturable(tx, attempt) })
    return write(tx, attempt, amount, captureKey)
  }

  async function capturable(tx: Tx, { id }: StoredAttempt): Promise<number> {
    const attempt = await attemptOf(tx, id)
    return attempt?.status === 'authorized' && !attempt.cancelWanted ? attempt.amount.minor - attempt.claimed.minor : 0
  }

  async function write(
    tx: Tx,
    { id: attemptId, paymentId, provider }: StoredAttempt,
    amount: Capture['amount'],
    captureKey: string,
  ): Promise<store.StoredCapture> {
    const row = { id: newId('cap'), attemptId, captureKey, amount, createdAt: instant(now()) }
    await store.addCapture(tx, row, instantAfter(now(), inHandMs))
    return { ...row, paymentId, provider, status: 'requested', failure: null, checks: 0 }
  }

  /** Asks the provider for a capture that has no outcome, and books what it says then. */
  async function carryOut(db: Db, capture: store.StoredCapture): Promise<store.StoredCapture> {
    const { id, status } = capture
    if (status === 'succeeded' || status === 'failed') return capture
    try {
      const answer = await providers.ask(capture.provider, (provider) => ask(provider, capture))
      // The money is counted by what the provider says it has taken in all, whoever asks.
      const counted = (await attempts.syncOne(db, capture.attemptId)) === 'recorded'
      if (counted) await end(db, capture, answer)
      else await store.keepUnknown(db, id, nextCheck(capture))
    } catch (error) {
      if (!paymentErrors.provider_unavailable.match(error)) throw error
      await store.keepUnknown(db, id, nextCheck(capture))
    }
    return (await store.captureOf(db, id)) ?? capture
  }

  async function end(db: Db, { id, attemptId, amount }: store.StoredCapture, answer: ProviderCapture): Promise<void> {
    await atomic(db, async (tx) => {
      const ended = await store.endCapture(tx, id, answer.status, answer.failure)
      if (ended && answer.status === 'failed') await store.releaseClaim(tx, attemptId, amount)
    })
  }

  const nextCheck = ({ checks }: store.StoredCapture) => instantAfter(now(), secondsUntilCheck(checks) * 1000)

  /** Carries out, or asks about, one capture. */
  async function check(db: Db, id: CaptureId): Promise<void> {
    const capture = await store.captureOf(db, id)
    if (capture) await carryOut(db, capture)
  }

  return { capture, check }
}

/** One whose outcome is unknown is looked for before it is asked for again. */
async function ask(provider: PaymentProvider, capture: store.StoredCapture): Promise<ProviderCapture> {
  const { id: captureId, attemptId: reference, amount, status } = capture
  const known = status === 'unknown' ? await provider.findCapture?.(reference, captureId) : null
  const answer = known ?? (await provider.capture?.({ reference, captureId, amount }))
  if (!answer) throw new Error(`${provider.id} takes no money later`)
  return answer
}

/** A capture as others see it. */
export const shownCapture = ({ id, attemptId, status, amount, failure, createdAt }: store.StoredCapture): Capture => ({
  id,
  attemptId,
  status,
  amount,
  failure,
  createdAt,
})
