import { Fault } from './answers.ts'
import { unanswered } from './errors.ts'

/** Why PortOne, or the payment company behind it, said no: its code, and its words. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

export type Outcome = { readonly answer: unknown } | { readonly refusal: Refusal }

export interface ClientOptions {
  readonly apiSecret: string
  readonly fetch: typeof globalThis.fetch
  readonly timeoutMs: number
  readonly url: string
}

export type Client = ReturnType<typeof createClient>

const refusing = [400, 404, 409]
// Another request of the same key is on its way, or the payment has changed since it was looked at: ask again.
const undecided = ['IDEMPOTENCY_OUTSTANDING_REQUEST', 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN']

/** PortOne's REST API V2: https://developers.portone.io/api/rest-v2 */
export function createClient({ apiSecret, fetch: send, timeoutMs, url }: ClientOptions) {
  /**
   * Asks. A refusal is an answer, also one that PortOne hands on from the payment company (`PG_PROVIDER`, 502); whatever says
   * nothing of the money throws `payments.provider_unavailable`. With `key`, of 16 to 256 letters, digits, `-` and `_`, it
   * can be asked again and happens once, for three hours: https://developers.portone.io/api/rest-v2#idempotency-key
   */
  async function ask(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Outcome> {
    const { status, answer } = await exchange(method, path, body, key)
    if (status === 200) return { answer }
    const fault = Fault.safeParse(answer)
    const { type = '', message, pgCode, pgMessage } = fault.data ?? {}
    if (type !== 'PG_PROVIDER' && (!refusing.includes(status) || !type || undecided.includes(type)))
      throw unanswered(new Error(`${status} ${type}`.trim()))
    return { refusal: { code: pgCode ?? type, message: pgMessage ?? message ?? type } }
  }

  async function exchange(method: 'GET' | 'POST', path: string, body?: object, key?: string) {
    try {
      const response = await send(`${url}${path}`, {
        method,
        headers: {
          authorization: `PortOne ${apiSecret}`,
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
