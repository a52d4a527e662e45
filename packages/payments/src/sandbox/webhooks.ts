import { instant, type Now } from '@sangdo/core'
import type { RawWebhook } from '../ports.ts'
import type { Chaos, Sleep } from './chaos.ts'
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
  readonly sleep: Sleep
  readonly chaos: Chaos | null
  /** Told whenever what is pending changes. */
  readonly changed: () => void
}

export type WebhookQueue = ReturnType<typeof createWebhookQueue>

const firstWaitMs = 1_000
const maximumTries = 8
const answerMs = 10_000

/** Sends webhooks until they are acknowledged: at once, then after 1 s, 4 s, 16 s and so on, eight times in all. */
export function createWebhookQueue({ secret, now, send, sleep, chaos, changed }: WebhookOptions) {
  const pending = new Map<string, PendingWebhook>()
  /** The wait that ends with the next try of each; an earlier one ends with nothing. */
  const waits = new Map<string, symbol>()

  /** The message of an event, signed at a time. */
  async function signed(
    id: string,
    body: string,
    at: Date = now(),
    key: string = secret,
  ): Promise<RawWebhook & { headers: Record<string, string> }> {
    const timestamp = secondsOf(() => at)
    const signature = await sign(key, timestamp, body)
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
    const webhook = { id, url, body: bodyOf(id, type, reference), tries: 0 }
    const [first, ...copies] = chaos ? chaos.copiesOf(reference) : [0]
    if (first !== undefined) add(webhook, first)
    for (const later of copies) void sleep(later).then(() => post(webhook))
    if (!chaos?.forges(reference)) return
    const forged = `${id}-forged`
    void post({ ...webhook, id: forged, body: bodyOf(forged, type, reference) }, 'not the secret')
  }

  function add(webhook: PendingWebhook, later = 0): void {
    pending.set(webhook.id, webhook)
    changed()
    wait(webhook.id, later)
  }

  function wait(id: string, milliseconds: number): void {
    const turn = Symbol(id)
    waits.set(id, turn)
    void sleep(milliseconds).then(() => (waits.get(id) === turn ? deliver(id) : undefined))
  }

  async function deliver(id: string): Promise<void> {
    const webhook = pending.get(id)
    if (!webhook) return
    waits.delete(id)
    const tries = webhook.tries + 1
    if ((await post(webhook)) || tries >= maximumTries) pending.delete(id)
    else {
      pending.set(id, { ...webhook, tries })
      wait(id, firstWaitMs * 4 ** webhook.tries)
    }
    changed()
  }

  /** Sends a message once and answers whether it was acknowledged. */
  async function post({ id, url, body }: PendingWebhook, key = secret): Promise<boolean> {
    try {
      const { headers } = await signed(id, body, now(), key)
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
    waits.clear()
  }

  return { tell, add, flush, stop, signed, bodyOf, pending: () => [...pending.values()] }
}
