import type { Now } from '@sangdo/core'
import type { RawWebhook } from '../ports.ts'
import { createApi } from './api.ts'
import { type BankPayment, createBank } from './bank.ts'
import { type ChaosOptions, createChaos, type Sleep } from './chaos.ts'
import { listen, type Listening } from './listen.ts'
import { createWebhookQueue, type PendingWebhook } from './webhooks.ts'
import { createPayWindow } from './window.ts'

export type { ChaosOptions, ChaosRates, Mischief, MischiefKind, Sleep } from './chaos.ts'
export { testCards } from './cards.ts'
export { sandbox, type SandboxClientOptions, SandboxEvent } from './client.ts'
export type { Listening } from './listen.ts'

/** Where the practice provider keeps what it knows between two runs. */
export interface SandboxStore {
  load(): string | undefined
  save(json: string): void
}

/** How the practice provider runs. */
export interface SandboxOptions {
  /** Shared with the shop. Given several, the first signs and all are accepted, so that one can be replaced. */
  readonly secret: string | readonly string[]
  readonly now?: Now
  /** The address that buyers reach it at: that of the shop's requests, unless given. */
  readonly publicUrl?: string
  readonly store?: SandboxStore
  /** How webhooks are sent: by `fetch`, unless given. */
  readonly send?: (request: Request) => Promise<Response>
  /** How long an account number waits for its deposit: 24 hours. */
  readonly depositHours?: number
  /** Misbehaves, as often as these rates say: never unless given. */
  readonly chaos?: ChaosOptions
  /** How it waits: in real time unless given. */
  readonly sleep?: Sleep
}

/** Waits in real time; nobody who only waits keeps a process alive. */
const realSleep: Sleep = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref?.()
  })

export type Sandbox = ReturnType<typeof createSandbox>

/** A provider to practise with: an API, a pay window and webhooks like those of a real one, in which no money moves. */
export function createSandbox(options: SandboxOptions) {
  const { secret, now = () => new Date(), store, send = (request) => fetch(request), depositHours = 24 } = options
  const { sleep = realSleep } = options
  const secrets = typeof secret === 'string' ? [secret] : secret
  let [ahead, origin] = [0, options.publicUrl ?? 'http://127.0.0.1']
  const clock = () => new Date(now().getTime() + ahead)
  const save = () => store?.save(JSON.stringify({ payments: bank.dump(), webhooks: webhooks.pending() }))
  const chaos = options.chaos ? createChaos(options.chaos, { now: clock, sleep }) : null
  const webhooks = createWebhookQueue({ secret: secrets[0] ?? '', now, send, sleep, chaos, changed: save })
  const honest = createBank({
    now: clock,
    depositHours,
    pageOf: (token) => new URL(`/pay/${token}`, origin).href,
    changed({ reference, request }: BankPayment, event) {
      save()
      if (event && request.webhookUrl) webhooks.tell(honest.newEventId(), event, reference, request.webhookUrl)
    },
  })
  const bank = chaos ? chaos.mischievous(honest) : honest
  const [api, window] = [createApi(bank, secrets, now, chaos), createPayWindow(bank, clock)]
  restore(store?.load())

  function restore(json: string | undefined): void {
    if (json === undefined) return
    const kept = JSON.parse(json) as { payments: string; webhooks: PendingWebhook[] }
    bank.restore(kept.payments)
    for (const webhook of kept.webhooks) webhooks.add(webhook)
  }

  /** Answers a request: the API under `/payments`, the pay window under `/pay`. */
  async function handle(request: Request): Promise<Response> {
    const { pathname, origin: asked } = new URL(request.url)
    if (pathname === '/payments' || pathname.startsWith('/payments/')) {
      origin = options.publicUrl ?? asked
      return api.handle(request, pathname)
    }
    if (pathname.startsWith('/pay/')) return window.handle(request, pathname)
    return pathname === '/style.css' ? window.style() : new Response('Not found', { status: 404 })
  }

  /** Serves it on a port (0: any free one), on the loopback interface unless told otherwise. */
  async function serve(port: number, host = '127.0.0.1'): Promise<Listening> {
    const server = await listen(handle, port, host)
    return { url: server.url, close: () => (webhooks.stop(), server.close()) }
  }

  /** The message that it would send of a payment, signed now or at another time. */
  async function webhookOf(reference: string, at: Date = now()): Promise<RawWebhook> {
    const id = bank.newEventId()
    return webhooks.signed(id, webhooks.bodyOf(id, 'captured', reference), at)
  }

  return {
    fetch: handle,
    listen: serve,
    captured: bank.captured,
    /** All that it did on purpose, in the order in which it did it. */
    mischief: () => chaos?.mischief() ?? [],
    webhookOf,
    flush: webhooks.flush,
    approve: bank.approve,
    decline: bank.decline,
    issueAccount: bank.issueAccount,
    deposit: bank.deposit,
    reverse: bank.reverse,
    dispute: bank.dispute,
    closeDispute: bank.closeDispute,
    /** Moves its clock on, so that approvals and account numbers run out. */
    advance: (milliseconds: number) => void (ahead += milliseconds),
  }
}
