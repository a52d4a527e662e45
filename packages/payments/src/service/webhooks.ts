import { instant, instantAfter, type NewId, type Now } from '@sangdo/core'
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

  /** Acts upon webhooks that are due, oldest first, and answers how many are done. One whose effect fails stays for later. */
  async function processInbox(db: Db, limit = 100): Promise<number> {
    let done = 0
    for (const webhook of await store.dueWebhooks(db, instant(now()), limit)) done += Number(await act(db, webhook))
    return done
  }

  const subjectOf = ({ provider, reference }: store.StoredWebhook) => `${provider}:${reference}`

  async function act(db: Db, webhook: store.StoredWebhook): Promise<boolean> {
    const attempt = await attemptOf(db, webhook.reference as AttemptId)
    if (attempt?.provider !== webhook.provider) {
      await atomic(db, (tx) => tasks.open(tx, 'unmatched_webhook', subjectOf(webhook), null, null))
      await store.keepWebhook(db, webhook.id, 'unmatched', later(webhook))
      return false
    }
    const done = (await attempts.syncOne(db, attempt.id, webhook.id)) === 'recorded'
    if (done && webhook.checks > 0) await tasks.closeSubject(db, 'unmatched_webhook', subjectOf(webhook), 'matched')
    if (!done)
      await store.keepWebhook(db, webhook.id, 'received', instantAfter(now(), secondsUntilCheck(webhook.checks) * 1000))
    return done
  }

  /** A webhook of nobody's payment is tried for a day, and then waits for someone to look at it. */
  function later({ receivedAt, checks }: store.StoredWebhook): string | null {
    const next = instantAfter(now(), secondsUntilCheck(checks) * 1000)
    return next <= instantAfter(new Date(receivedAt), keptMs) ? next : null
  }

  return { receiveWebhook, processInbox }
}
