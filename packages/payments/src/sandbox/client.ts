import { Instant, Money, type Now } from '@sangdo/core'
import { z } from 'zod'
import { Card, Deposit, DisputeStatus, Evidence, Failure, paymentErrors, PaymentMethod } from '../contract.ts'
import type { PaymentProvider, ProviderCapture, ProviderPayment, ProviderRefund } from '../ports.ts'
import { eventIdHeader, isSigned, secondsOf, sign, signatureHeader, timestampHeader } from './signature.ts'

/** How the practice provider is reached. */
export interface SandboxClientOptions {
  readonly url: string
  /** The secret that requests and webhooks are signed with. Given several, requests are signed with the first and webhooks taken from all. */
  readonly secret: string | readonly string[]
  readonly fetch?: (request: Request) => Promise<Response>
  readonly now?: Now
}

const status = z.enum([
  'requires_action',
  'approved',
  'awaiting_deposit',
  'captured',
  'failed',
  'cancelled',
  'expired',
  'reversed',
])
const DisputeAnswer = z.object({
  disputeId: z.string(),
  status: DisputeStatus,
  amount: Money,
  reason: z.string(),
  dueAt: Instant.nullable(),
})
const PaymentAnswer = z.object({
  reference: z.string(),
  status,
  method: PaymentMethod,
  amount: Money,
  captured: Money,
  refunded: Money,
  redirectUrl: z.string().nullable(),
  deposit: Deposit.nullable(),
  card: Card.nullable(),
  evidence: Evidence.nullish(),
  failure: Failure.nullable(),
  disputes: z.array(DisputeAnswer).optional(),
}) satisfies z.ZodType<ProviderPayment>
const RefundAnswer = z.object({
  refundId: z.string(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  amount: Money,
  failure: Failure.nullable(),
}) satisfies z.ZodType<ProviderRefund>
const CaptureAnswer = z.object({
  captureId: z.string(),
  status: z.enum(['succeeded', 'failed']),
  amount: Money,
  failure: Failure.nullable(),
}) satisfies z.ZodType<ProviderCapture>
// Made once: making a schema costs more than parsing with it.
const [FoundPayment, FoundRefund, FoundCapture] = [
  PaymentAnswer.nullable(),
  RefundAnswer.nullable(),
  CaptureAnswer.nullable(),
]
const Refusal = z.object({ code: z.string() })

/** The body of a webhook: what happened to which payment. */
export const SandboxEvent = z.object({ id: z.string(), type: z.string(), reference: z.string(), at: Instant })

/** The practice provider as the shop sees it: HTTP, each request signed and safe to repeat. */
export function sandbox({ url, secret, fetch: send, now = () => new Date() }: SandboxClientOptions): PaymentProvider {
  const secrets = typeof secret === 'string' ? [secret] : secret

  async function call(method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<unknown> {
    const content = body === undefined ? '' : JSON.stringify(body)
    const timestamp = secondsOf(now)
    const signature = await sign(secrets[0] ?? '', timestamp, `${method} ${path}\n${content}`)
    const headers = {
      'content-type': 'application/json',
      [timestampHeader]: timestamp,
      [signatureHeader]: signature,
      ...(key ? { 'idempotency-key': key } : {}),
    }
    const request = { method, headers, ...(body === undefined ? {} : { body: content }) }
    const target = new URL(path, url)
    const response = await (send ? send(new Request(target, request)) : fetch(target, request))
    if (response.status === 404 && method === 'GET') return null
    const answer: unknown = await response.json()
    if (response.ok) return answer
    // Out of order itself, it says nothing about the payment.
    if (response.status >= 500)
      throw paymentErrors.provider_unavailable({ provider: 'sandbox' }, new Error(String(response.status)))
    throw paymentErrors.provider_refused({
      provider: 'sandbox',
      code: Refusal.safeParse(answer).data?.code ?? String(response.status),
    })
  }

  const pathOf = (reference: string, rest = '') => `/payments/${encodeURIComponent(reference)}${rest}`

  return {
    id: 'sandbox',
    methods: ['card', 'virtual_account', 'bank_transfer'],
    // No money comes of it, so that it must never stand in for one that takes some.
    substitute: false,
    start: async (request) => PaymentAnswer.parse(await call('POST', '/payments', request, request.reference)),
    confirm: async (reference, amount) =>
      PaymentAnswer.parse(await call('POST', pathOf(reference, '/confirm'), { amount }, `confirm:${reference}`)),
    find: async (reference) => FoundPayment.parse(await call('GET', pathOf(reference))),
    capture: async (request) =>
      CaptureAnswer.parse(await call('POST', pathOf(request.reference, '/captures'), request, request.captureId)),
    findCapture: async (reference, captureId) =>
      FoundCapture.parse(await call('GET', pathOf(reference, `/captures/${encodeURIComponent(captureId)}`))),
    cancel: async (reference) =>
      PaymentAnswer.parse(await call('POST', pathOf(reference, '/cancel'), {}, `cancel:${reference}`)),
    refund: async (request) =>
      RefundAnswer.parse(await call('POST', pathOf(request.reference, '/refunds'), request, request.refundId)),
    findRefund: async (reference, refundId) =>
      FoundRefund.parse(await call('GET', pathOf(reference, `/refunds/${encodeURIComponent(refundId)}`))),
    async verify({ headers, body }) {
      const signed = { timestamp: headers[timestampHeader], signature: headers[signatureHeader], content: body }
      if (!(await isSigned(secrets, signed, now))) return null
      const event = SandboxEvent.safeParse(json(body))
      return event.success && event.data.id === headers[eventIdHeader]
        ? { eventId: event.data.id, reference: event.data.reference }
        : null
    },
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
