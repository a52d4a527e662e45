import { instant, type Now } from '@sangdo/core'
import type { RawWebhook } from '../ports.ts'
import { eventIdHeader, secondsOf, sign, signatureHeader, timestampHeader } from './signature.ts'

/** A message that the shop has not acknowledged yet. */
export interface PendingWebhook {
  readonly id: string
  readonly url: string
  readonly body: string
  readonly tries: number
}

interface WebhookOptions {
  readonly secret: string
  readonly now: Now
  readonly send: (request: Request) => Promise<Response>
  /** Told whenever what is pending changes. */
  readonly changed: () => void
}

export type WebhookQueue = ReturnType<typeof createWebhookQueue>

const firstWaitMs = 1_000
const maximumTries = 8
const answerMs = 10_000

/** Sends webhooks until they are acknowledged: at once, then after 1 s, 4 s, 16 s and so on, eight times in all. */
export function createWebhookQueue({ secret, now, send, changed }: WebhookOptions) {
  const pending = new Map<string, PendingWebhook>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  /** The message of an event, signed at a time. */
  async function signed(
    id: string,
    body: string,
    at: Date = now(),
  ): Promise<RawWebhook & { headers: Record<string, string> }> {
    const timestamp = secondsOf(() => at)
    const signature = await sign(secret, timestamp, body)
    return {
      headers: {
        'content-type': 'application/json',
        [timestampHeader]: timestamp,
        [signatureHeader]: signature,
        [eventIdHeader]: id,
      },
      body,
    }
  }

  const bodyOf = (id: string, type: string, reference: string) =>
    JSON.stringify({ id, type, reference, at: instant(now()) })

  /** Queues the message of an event and sends it in the background. */
  function tell(id: string, type: string, reference: string, url: string): void {
    add({ id, url, body: bodyOf(id, type, reference), tries: 0 })
  }

  function add(webhook: PendingWebhook): void {
    pending.set(webhook.id, webhook)
    changed()
    wait(webhook.id, 0)
  }

  function wait(id: string, milliseconds: number): void {
    const timer = setTimeout(() => void deliver(id), milliseconds)
    timer.unref?.()
    timers.set(id, timer)
  }

  async function deliver(id: string): Promise<void> {
    const webhook = pending.get(id)
    if (!webhook) return
    clearTimeout(timers.get(id))
    const tries = webhook.tries + 1
    if ((await acknowledged(webhook)) || tries >= maximumTries) pending.delete(id)
    else {
      pending.set(id, { ...webhook, tries })
      wait(id, firstWaitMs * 4 ** webhook.tries)
    }
    changed()
  }

  async function acknowledged({ id, url, body }: PendingWebhook): Promise<boolean> {
    try {
      const { headers } = await signed(id, body)
      const response = await send(
        new Request(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerMs), redirect: 'manual' }),
      )
      await response.body?.cancel()
      return response.ok
    } catch {
      return false
    }
  }

  /** Sends everything that is pending now, once, and waits for the answers. */
  async function flush(): Promise<void> {
    await Promise.all([...pending.keys()].map(deliver))
  }

  function stop(): void {
    for (const timer of timers.values()) clearTimeout(timer)
  }

  return { tell, add, flush, stop, signed, bodyOf, pending: () => [...pending.values()] }
}
