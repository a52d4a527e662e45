import { Instant, Locale, Money, type Now } from '@sangdo/core'
import { z } from 'zod'
import { BankAccount, paymentErrors, PaymentMethod } from '../contract.ts'
import type { ProviderRequest } from '../ports.ts'
import { type Bank, publicView } from './bank.ts'
import type { Chaos } from './chaos.ts'
import { isSigned, signatureHeader, timestampHeader } from './signature.ts'

const Reference = z.string().regex(/^[\x21-\x7e]{1,100}$/)
const HttpUrl = z.url({ protocol: /^https?$/ })
const StartBody: z.ZodType<ProviderRequest> = z.strictObject({
  reference: Reference,
  amount: Money,
  method: PaymentMethod,
  title: z.string().max(200),
  email: z.string().max(254),
  locale: Locale,
  returnUrl: HttpUrl,
  webhookUrl: HttpUrl.nullable(),
  expiresAt: Instant,
  capture: z.literal('later').optional(),
  payer: z.string().max(100).optional(),
  challenge: z.boolean().optional(),
})
const CaptureBody = z.strictObject({ reference: Reference, captureId: Reference, amount: Money })
const ConfirmBody = z.strictObject({ amount: Money })
const RefundBody = z.strictObject({
  reference: Reference,
  refundId: Reference,
  amount: Money,
  reason: z.string().max(500),
  account: BankAccount.optional(),
})

/** The API of the practice provider, for shops that know its secret. Every request that changes something names an idempotency key. */
export function createApi(bank: Bank, secrets: readonly string[], now: Now, chaos: Chaos | null = null) {
  /** Answers a request to `/payments…`. */
  async function handle(request: Request, path: string): Promise<Response> {
    const body = await request.text()
    const { headers, method } = request
    const signed = {
      timestamp: headers.get(timestampHeader) ?? '',
      signature: headers.get(signatureHeader) ?? '',
      content: `${method} ${path}\n${body}`,
    }
    if (!(await isSigned(secrets, signed, now))) return json(401, { code: 'unsigned' })
    if (method === 'POST' && !headers.get('idempotency-key')) return json(400, { code: 'idempotency_key_missing' })
    const act = () => answerOrRefuse(method, path, body)
    return chaos ? chaos.answer(referenceOf(path, body), act) : act()
  }

  function answerOrRefuse(method: string, path: string, body: string): Response {
    try {
      const parts = path.split('/').slice(2).map(decodeURIComponent)
      return answer(method, parts, body === '' ? undefined : JSON.parse(body))
    } catch (error) {
      return refusal(error)
    }
  }

  function answer(method: string, [reference, action, part]: readonly string[], body: unknown): Response {
    if (reference === undefined)
      return method === 'POST' ? json(201, publicView(bank.start(StartBody.parse(body)))) : notFound()
    switch (`${method} ${action ?? ''}`) {
      case 'GET ': {
        const found = bank.get(reference)
        return found ? json(200, publicView(found)) : notFound()
      }
      case 'POST confirm':
        return json(200, publicView(bank.confirm(reference, ConfirmBody.parse(body).amount)))
      case 'POST captures':
        return json(200, bank.capture({ ...CaptureBody.parse(body), reference }))
      case 'GET captures': {
        const found = bank.findCapture(reference, part ?? '')
        return found ? json(200, found) : notFound()
      }
      case 'POST cancel':
        return json(200, publicView(bank.cancel(reference)))
      case 'POST refunds':
        return json(200, bank.refund({ ...RefundBody.parse(body), reference }))
      case 'GET refunds': {
        const found = bank.findRefund(reference, part ?? '')
        return found ? json(200, found) : notFound()
      }
    }
    return notFound()
  }

  return { handle }
}

/** Which payment a request is about, as far as it says so. */
function referenceOf(path: string, body: string): string {
  const [, , reference] = path.split('/')
  return reference ?? /"reference":"([^"]*)"/.exec(body)?.[1] ?? ''
}

function refusal(error: unknown): Response {
  if (paymentErrors.provider_refused.match(error))
    return json(error.details.code === 'not_found' ? 404 : 409, { code: error.details.code })
  if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof URIError)
    return json(422, { code: 'invalid_request' })
  throw error
}

const notFound = () => json(404, { code: 'not_found' })

const json = (status: number, value: unknown) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
