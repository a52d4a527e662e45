import { instant, instantAfter, type NewId, type Now, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { type AttemptId, type Failure, paymentErrors, type PaymentId, StartPayment } from '../contract.ts'
import type { PaymentProvider, ProviderPayment, ProviderRequest } from '../ports.ts'
import { hasNeverBegun, inTurn, neverBegan } from '../routing/rules.ts'
import { absenceOf, isOpen, isUnderWay, nextStep } from '../rules.ts'
import * as store from '../store/attempts.ts'
import type { News, Occasion } from './news.ts'
import { isNo, type Providers } from './providers.ts'

/** Asked before approved money is taken: whether the order still wants it. */
export type MayCapture = (db: Db, orderId: string) => Promise<boolean>

interface AttemptDependencies {
  readonly providers: Providers
  readonly news: News
  readonly webhookUrl: (providerId: string) => string | null
  readonly mayCapture: MayCapture
  readonly newId: NewId
  readonly now: Now
}

type Offering = ReturnType<Providers['offering']>

export type Attempts = ReturnType<typeof createAttempts>

/** What a payment was started with, and where the buyer goes to make it. */
export interface StartedPayment {
  readonly id: PaymentId
  readonly status: store.StoredAttempt['status']
  readonly redirectUrl: string | null
  readonly attemptId: AttemptId
}

// The sweep leaves a request alone for as long as it may be on its way.
const onItsWayMs = 60_000
// Longer than most providers take, and not so long that a buyer notices that one is slow.
const momentMs = 1000
const turns = 4

/** What came of asking a provider about an attempt. */
type Found = 'recorded' | 'not_found' | 'no_answer'

/** Tries to pay: each is written down before the provider hears of it, and followed until its end is known. */
export function createAttempts({ providers, news, webhookUrl, mayCapture, newId, now }: AttemptDependencies) {
  const asking = new Map<AttemptId, Promise<unknown>>()

  /**
   * Asks a provider for the money of an order, and answers where the buyer pays. Started again with the same method and amount
   * it goes on with the same attempt; otherwise that one is cancelled first. An order that is paid answers so and is not asked
   * again. No answer in time is the status `unknown`, which is found out by asking, never by charging again.
   * A provider that refuses to begin, or of which it is known that it does not answer, makes way for another that offers the
   * method; one that may have begun never does. Throws `payments.method_unavailable`.
   */
  async function start(db: Db, input: StartPayment): Promise<StartedPayment> {
    const request = parse(StartPayment, input)
    const offering = providers.offering(request)
    for (let turn = 0; turn < turns; turn++) {
      const known = await store.liveAttempt(db, request.orderId)
      const attempt = known ? await goOn(db, known, request) : await open(db, request, offering)
      if (attempt) {
        const { paymentId, status, redirectUrl } = attempt
        return { id: paymentId, status, redirectUrl, attemptId: attempt.id }
      }
    }
    throw paymentErrors.provider_unavailable({ provider: offering[0].id })
  }

  /** Opens an attempt and asks for the money; null when another tab was quicker, or another provider is to be asked. */
  async function open(db: Db, request: StartPayment, offering: Offering): Promise<store.StoredAttempt | null> {
    const id = newId('att')
    const { provider, others } = await choose(db, id, request.orderId, offering)
    const added = await atomic(db, async (tx) => {
      const at = instant(now())
      const paymentId = await store.addPayment(tx, newId('pay'), request.orderId, at)
      const { method, amount, expiresAt } = request
      return store.addAttempt(
        tx,
        {
          id,
          paymentId,
          orderId: request.orderId,
          provider: provider.id,
          method,
          amount,
          captureLater: request.capture === 'later',
          expiresAt,
          createdAt: at,
        },
        instantAfter(now(), onItsWayMs),
      )
    })
    const attempt = added ? await ask(db, added, request) : null
    return others && attempt?.status === 'failed' && hasNeverBegun(attempt.failure) ? null : attempt
  }

  /** Who is asked for an order now, and whether there is somebody else who has not refused it yet. */
  async function choose(
    db: Db,
    id: AttemptId,
    orderId: string,
    offering: Offering,
  ): Promise<{ provider: PaymentProvider; others: boolean }> {
    if (offering.length === 1) return { provider: offering[0], others: false }
    const before = await store.attemptsOfOrders(db, [orderId])
    const failed = before.flatMap((one) => (hasNeverBegun(one.failure) ? one.provider : []))
    const [first = offering[0], ...rest] = inTurn(offering, failed)
    const provider = await providers.answering([first, ...rest], id)
    return { provider, others: [first, ...rest].some((one) => one.id !== provider.id && !failed.includes(one.id)) }
  }

  async function ask(db: Db, attempt: store.StoredAttempt, request: StartPayment): Promise<store.StoredAttempt> {
    const { method, returnUrl, title, email, locale, payer, risk = 'allow' } = request
    const { id: reference, amount, provider, expiresAt } = attempt
    const asked = {
      reference,
      amount,
      method,
      title,
      email,
      locale,
      returnUrl,
      webhookUrl: webhookUrl(provider),
      expiresAt,
      ...(attempt.captureLater ? { capture: 'later' as const } : {}),
      ...(payer ? { payer } : {}),
      ...(risk === 'allow' ? {} : { challenge: true }),
    }
    const told = await answered(db, attempt, {}, async () => pursue(db, attempt, await begin(db, attempt, asked)))
    return told === 'no_answer' ? existing(db, attempt.id) : told
  }

  /**
   * Has a payment begun. A no is believed only of the first request for it, since an earlier one may still be on its way, and only
   * when the provider does not know the payment; otherwise it is no answer.
   */
  async function begin(db: Db, attempt: store.StoredAttempt, asked: ProviderRequest): Promise<ProviderPayment> {
    try {
      return await providers.ask(attempt.provider, (one) => one.start(asked), true)
    } catch (error) {
      const no = (error as { cause?: unknown }).cause
      if (!isNo(no) || (await existing(db, attempt.id)).status !== 'requesting') throw error
      const found = await providers.ask(attempt.provider, (one) => one.find(attempt.id))
      return found ?? ended(attempt, 'failed', { code: neverBegan.refused, message: no.message })
    }
  }

  /** The attempt that an order waits for, or that has paid it; null when that one has ended and a new one may begin. */
  async function goOn(db: Db, known: store.StoredAttempt, request: StartPayment): Promise<store.StoredAttempt | null> {
    if (known.id === known.paidBy) return known
    if (!sameAsk(known, request)) {
      await store.wantCancelled(db, known.orderId, instant(now()), { only: known.id })
      await syncOne(db, known.id)
      return null
    }
    const outcome = await syncOne(db, known.id)
    const attempt = await existing(db, known.id)
    const live = isOpen(attempt.status) || attempt.status === 'captured'
    // Asked for again, it still is one payment, since the provider knows it by its reference.
    if (live && outcome === 'not_found') return ask(db, attempt, request)
    return live ? attempt : null
  }

  const sameAsk = (attempt: store.StoredAttempt, { method, amount, provider, capture }: StartPayment) =>
    attempt.method === method &&
    attempt.captureLater === (capture === 'later') &&
    attempt.amount.minor === amount.minor &&
    attempt.amount.currency === amount.currency &&
    (provider === undefined || provider === attempt.provider)

  /**
   * Asks the provider how an attempt stands, takes approved money if the order still wants it, and records the answer. Without
   * one, or when the provider does not know the attempt yet, it is asked again later.
   */
  async function syncOne(db: Db, id: AttemptId, occasion: Occasion = {}): Promise<Found> {
    return syncFrom(db, await existing(db, id), occasion)
  }

  /**
   * As `syncOne`, of an attempt that was read just now. Who comes while this process asks about the same attempt waits a moment:
   * the buyer and the provider's message mostly come at once, and the second has then nothing left to do.
   */
  async function syncFrom(db: Db, attempt: store.StoredAttempt, occasion: Occasion = {}): Promise<Found> {
    const before = asking.get(attempt.id)
    const work = async () => {
      if (before) await soon(before)
      return find(db, before ? await existing(db, attempt.id) : attempt, occasion)
    }
    const asked = work().finally(() => {
      if (asking.get(attempt.id) === asked) asking.delete(attempt.id)
    })
    asking.set(attempt.id, asked)
    return asked
  }

  async function find(db: Db, attempt: store.StoredAttempt, occasion: Occasion): Promise<Found> {
    return answered(db, attempt, occasion, async () => {
      const found = await providers.ask(attempt.provider, (provider) => provider.find(attempt.id))
      if (found) return pursue(db, attempt, found, occasion).then(() => 'recorded')
      const end = isOpen(attempt.status) ? absenceOf(attempt, now()) : null
      if (!end) return news.noAnswer(db, attempt, occasion).then(() => 'not_found')
      return record(
        db,
        attempt,
        ended(attempt, end, { code: end === 'failed' ? neverBegan.lost : end, message: lost }),
        occasion,
      ).then(() => 'recorded')
    })
  }

  const record = (db: Db, { id, status }: store.StoredAttempt, found: ProviderPayment, occasion?: Occasion) =>
    news.record(db, id, found, status, occasion)

  /** Goes one step further where our part is next: takes the money, or cancels what is not wanted. Answers how the attempt then stands. */
  async function pursue(
    db: Db,
    attempt: store.StoredAttempt,
    found: ProviderPayment,
    occasion?: Occasion,
  ): Promise<store.StoredAttempt> {
    const { id, provider, amount } = attempt
    const stepOf = (known: store.StoredAttempt) => (isUnderWay(found) ? nextStep(known, found, now()) : 'nothing')
    if (stepOf(attempt) === 'nothing') {
      const after = await record(db, attempt, found, occasion)
      // Meanwhile it may have been called off.
      return stepOf(after) === 'nothing' ? after : pursue(db, after, found, occasion)
    }
    const step = stepOf(await existing(db, id))
    if (step === 'nothing') return record(db, attempt, found, occasion)
    if (step === 'confirm' && (await mayCapture(db, attempt.orderId))) {
      await record(db, attempt, found)
      return record(db, attempt, await providers.ask(provider, (one) => one.confirm(id, amount)), occasion)
    }
    return record(db, attempt, await providers.ask(provider, (one) => one.cancel(id)), occasion)
  }

  /** Notes when a provider gave no answer. */
  async function answered<Outcome>(
    db: Db,
    attempt: store.StoredAttempt,
    occasion: Occasion,
    work: () => Promise<Outcome>,
  ): Promise<Outcome | 'no_answer'> {
    try {
      return await work()
    } catch (error) {
      if (!paymentErrors.provider_unavailable.match(error)) throw error
      await news.noAnswer(db, attempt, occasion)
      return 'no_answer'
    }
  }

  /** Ends what is still open for an order that is off, or lets go what was not taken of promised money: its attempts are cancelled at their providers, now or by the sweep. */
  async function cancelOpen(db: Db, orderId: string): Promise<void> {
    await store.wantCancelled(db, orderId, instant(now()))
    for (const { id } of await store.openAttempts(db, orderId)) await syncOne(db, id)
  }

  /** As `cancelOpen`, written down in the caller's transaction; the sweep carries it out. */
  async function requestCancel(tx: Tx, orderId: string): Promise<void> {
    await store.wantCancelled(tx, orderId, instant(now()))
  }

  return { start, syncOne, syncFrom, cancelOpen, requestCancel }
}

/** Waits for work of somebody else, however it ends, but not for long. */
function soon(work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, momentMs)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    work.then(done, done)
  })
}

async function existing(db: Db, id: AttemptId): Promise<store.StoredAttempt> {
  const attempt = await store.attemptOf(db, id)
  if (!attempt) throw paymentErrors.payment_not_found({ payment: id })
  return attempt
}

const lost = 'The payment has not reached the provider'

/** The provider does not know the attempt and never will: the same as a provider's no. */
const ended = (
  { id, method, amount, captured, refunded }: store.StoredAttempt,
  status: 'failed' | 'expired',
  failure: Failure,
): ProviderPayment => ({
  reference: id,
  status,
  method,
  amount,
  captured,
  refunded,
  redirectUrl: null,
  deposit: null,
  card: null,
  failure,
})
