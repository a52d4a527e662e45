import { type Instant, instant, instantAfter, type NewId, type Now } from '@sangdo/core'
import { atomic, type Db } from '@sangdo/core/server'
import { type AttemptId, paymentErrors } from '../contract.ts'
import type { RawWebhook } from '../ports.ts'
import { secondsUntilCheck } from '../rules.ts'
import { attemptOf } from '../store/attempts.ts'
import * as store from '../store/inbox.ts'
import type { Attempts } from './attempts.ts'
import type { Providers } from './providers.ts'
import type { Tasks } from './tasks.ts'

interface WebhookDependencies {
  readonly providers: Providers
  readonly attempts: Attempts
  readonly tasks: Tasks
  readonly newId: NewId
  readonly now: Now
}

const maximumLength = 256 * 1024
const keptMs = 24 * 3_600_000
const atOnce = 8
// Longer than a provider may take; what takes longer still is done twice, with one effect.
const leaseMs = 30_000

/** Webhooks of one payment, and until when they are this process's own. */
interface Turn {
  readonly webhooks: readonly [store.StoredWebhook, ...store.StoredWebhook[]]
  readonly until: Instant
}

const idsOf = ({ webhooks }: Turn) => webhooks.map(({ id }) => id)
const subjectOf = ({ provider, reference }: store.StoredWebhook) => `${provider}:${reference}`

/** Work that whoever asks for while it is under way has part in. */
function createSharedClaim(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => (running ??= work().finally(() => (running = null)))
}

/** Webhooks are hints: checked, stored once, answered at once, and acted upon later by asking the provider. */
export function createWebhooks({ providers, attempts, tasks, newId, now }: WebhookDependencies) {
  /**
   * Takes a message of a provider in; the same event twice is one. Throws `payments.forged_webhook` for one that is unsigned,
   * altered or older than 300 s, of which nothing is stored, `payments.webhook_too_large` past 256 KB, and
   * `payments.provider_not_found`.
   */
  async function receiveWebhook(db: Db, providerId: string, webhook: RawWebhook): Promise<void> {
    const provider = providers.of(providerId)
    const { length } = webhook.body
    if (length > maximumLength) throw paymentErrors.webhook_too_large({ length })
    const hint = await provider.verify(webhook)
    if (!hint) throw paymentErrors.forged_webhook({ provider: providerId })
    const { eventId, reference } = hint
    await store.addWebhook(
      db,
      { id: newId('whk'), provider: providerId, reference, receivedAt: instant(now()) },
      eventId,
    )
  }

  /**
   * Acts upon webhooks that are due, oldest first and at most eight at a time, and answers how many are done. Any number of
   * processes may do so at once: each takes its own, and those of one that is killed are due again after half a minute. Those of one
   * payment are one piece of work; where its effect fails they stay for later and hold up no other; the errors are thrown at the end.
   */
  async function processInbox(db: Db, limit = 100): Promise<number> {
    if (!(await store.isWebhookDue(db, instant(now())))) return 0
    const next = turns(db, limit)
    // What several have met at once is one error.
    const errors = new Set<unknown>()
    let done = 0
    const work = async () => {
      for (let turn = await next(); turn; turn = await next()) {
        const some = await attempted(db, turn).catch((error: unknown) => (errors.add(error), 0))
        done += some
      }
    }
    await Promise.all(
      Array.from({ length: Math.min(limit, atOnce) }, () => work().catch((error: unknown) => errors.add(error))),
    )
    if (errors.size > 0) throw new AggregateError(errors, `${errors.size} webhooks could not be acted upon`)
    return done
  }

  /** Gives out webhooks, those of one payment together, and takes more of them when there are none left, until there are no more due. */
  function turns(db: Db, limit: number): () => Promise<Turn | undefined> {
    const waiting: Turn[] = []
    let left = limit
    const claim = createSharedClaim(async () => {
      const [wanted, until] = [Math.min(left, atOnce), instantAfter(now(), leaseMs)]
      const webhooks = await store.claimWebhooks(db, instant(now()), until, wanted)
      left = webhooks.length < wanted ? 0 : left - webhooks.length
      for (const [first, ...rest] of Map.groupBy(webhooks, subjectOf).values())
        if (first) waiting.push({ webhooks: [first, ...rest], until })
    })
    const mayBeMore = () => left > 0
    return async () => {
      while (waiting.length === 0 && mayBeMore()) await claim()
      return waiting.shift()
    }
  }

  /** Acts upon webhooks of one payment, and answers how many are done; those that fail are given back at once. */
  async function attempted(db: Db, turn: Turn): Promise<number> {
    try {
      return (await act(db, turn)) ? turn.webhooks.length : 0
    } catch (error) {
      await store.returnWebhooks(db, idsOf(turn), turn.until, again(turn.webhooks[0]))
      throw error
    }
  }

  const again = ({ checks }: store.StoredWebhook) => instantAfter(now(), secondsUntilCheck(checks) * 1000)

  /** One question is the answer to all of them, as all came before it was asked. */
  async function act(db: Db, turn: Turn): Promise<boolean> {
    const { webhooks } = turn
    const [{ provider, reference }] = webhooks
    const subject = subjectOf(webhooks[0])
    const attempt = await attemptOf(db, reference as AttemptId)
    if (attempt?.provider !== provider) {
      await atomic(db, (tx) => tasks.open(tx, 'unmatched_webhook', subject, null, null))
      for (const webhook of webhooks) await store.keepWebhook(db, webhook.id, 'unmatched', later(webhook))
      return false
    }
    const done = (await attempts.syncFrom(db, attempt, { webhookIds: idsOf(turn) })) === 'recorded'
    if (done && webhooks.some(({ checks }) => checks > 0))
      await tasks.closeSubject(db, 'unmatched_webhook', subject, 'matched')
    if (!done) for (const webhook of webhooks) await store.keepWebhook(db, webhook.id, 'received', again(webhook))
    return done
  }

  /** A webhook of nobody's payment is tried for a day, and then waits for someone to look at it. */
  function later(webhook: store.StoredWebhook): string | null {
    const next = again(webhook)
    return next <= instantAfter(new Date(webhook.receivedAt), keptMs) ? next : null
  }

  return { receiveWebhook, processInbox }
}
