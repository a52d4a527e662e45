import { Fault } from './answers.ts'
import { unanswered } from './errors.ts'

/** Why Toss Payments said no: its code, and its words. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

export type Outcome = { readonly answer: unknown } | { readonly refusal: Refusal }

export interface ClientOptions {
  readonly secretKey: string
  readonly fetch: typeof globalThis.fetch
  readonly timeoutMs: number
  readonly url: string
}

export type Client = ReturnType<typeof createClient>

const refusing = [400, 403, 404]
// Said of a bank or of Toss itself being out of order, or of too many requests at once: none is a no to what was asked.
const undecided = [
  'PROVIDER_ERROR',
  'FORBIDDEN_CONSECUTIVE_REQUEST',
  'FAILED_INTERNAL_SYSTEM_PROCESSING',
  'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING',
  'FAILED_REFUND_PROCESS',
  'UNKNOWN_PAYMENT_ERROR',
  // The key is wrong, so that nothing was asked at all.
  'FORBIDDEN_REQUEST',
]

/** The core API of Toss Payments: https://docs.tosspayments.com/reference/using-api/api-key, …/using-api/req-res */
export function createClient({ secretKey, fetch: send, timeoutMs, url }: ClientOptions) {
  const authorization = `Basic ${btoa(`${secretKey}:`)}`

  /**
   * Asks. A refusal is an answer; whatever says nothing of the money throws `payments.provider_unavailable`. With `key` it can be
   * asked again and happens once, for 15 days: https://docs.tosspayments.com/reference/using-api/authorization#멱등키-헤더
   */
  async function ask(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Outcome> {
    const { status, answer } = await exchange(method, path, body, key)
    if (status === 200) return { answer }
    const fault = Fault.safeParse(answer)
    if (!fault.success || !refusing.includes(status) || undecided.includes(fault.data.code))
      throw unanswered(new Error(`${status} ${fault.data?.code ?? ''}`.trim()))
    return { refusal: fault.data }
  }

  async function exchange(method: 'GET' | 'POST', path: string, body?: object, key?: string) {
    try {
      const response = await send(`${url}${path}`, {
        method,
        headers: {
          authorization,
          'content-type': 'application/json',
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return { status: response.status, answer: (await response.json()) as unknown }
    } catch (error) {
      throw unanswered(error)
    }
  }

  return { ask }
}
