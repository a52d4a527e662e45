import type { Now } from '@sangdo/core'
import { Fault, Token } from './answers.ts'
import { unanswered } from './errors.ts'

/** Why PayPal said no: its issue, and its words. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

export type Outcome = { readonly answer: unknown } | { readonly refusal: Refusal }

export interface ClientOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly fetch: typeof globalThis.fetch
  readonly now: Now
  readonly timeoutMs: number
  readonly url: string
}

/** One question: with `key` it can be asked again and happens once (https://developer.paypal.com/api/rest/reference/idempotency/). */
export interface Question {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  /** JSON, as text, so that what PayPal has signed stays as it was. */
  readonly json?: string
  readonly key?: string
}

export type Client = ReturnType<typeof createClient>

const refusing = [400, 404, 422]
const undecided = ['PREVIOUS_REQUEST_IN_PROGRESS', 'INTERNAL_SERVICE_ERROR', 'INTERNAL_SERVER_ERROR']
const spareMs = 60_000

/** PayPal's REST API: https://developer.paypal.com/api/rest/requests/ */
export function createClient({ clientId, clientSecret, fetch: send, now, timeoutMs, url }: ClientOptions) {
  let token: Promise<{ value: string; until: number }> | null = null

  /** The access token, asked for once and again a minute before it ends: https://developer.paypal.com/api/rest/authentication/ */
  async function tokenOf(): Promise<string> {
    token ??= newToken()
    const mine = token
    try {
      const { value, until } = await mine
      if (until > now().getTime()) return value
    } catch (error) {
      forget(mine)
      throw error
    }
    forget(mine)
    return tokenOf()
  }

  function forget(mine: typeof token): void {
    if (token === mine) token = null
  }

  async function newToken() {
    const { status, answer } = await exchange('/v1/oauth2/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    const given = Token.safeParse(answer)
    if (status !== 200 || !given.success) throw unanswered(new Error(`${status} without a token`))
    const { access_token: value, expires_in: seconds } = given.data
    return { value, until: now().getTime() + Math.max(seconds * 1000 - spareMs, 1) }
  }

  async function exchange(path: string, init: RequestInit) {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await send(`${url}${path}`, { ...init, signal, redirect: 'error' })
      const text = await response.text()
      return { status: response.status, answer: (text === '' ? null : JSON.parse(text)) as unknown }
    } catch (error) {
      throw unanswered(error)
    }
  }

  async function asked({ method, path, json, key }: Question) {
    const headers = {
      authorization: `Bearer ${await tokenOf()}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
      ...(key === undefined ? {} : { 'paypal-request-id': key }),
    }
    return exchange(path, { method, headers, ...(json === undefined ? {} : { body: json }) })
  }

  /** Asks. A refusal is an answer; whatever says nothing of the money throws `payments.provider_unavailable`. */
  async function ask(question: Question): Promise<Outcome> {
    let { status, answer } = await asked(question)
    if (status === 401) {
      // A token can be revoked before its time; with a new one it is the same question.
      token = null
      ;({ status, answer } = await asked(question))
    }
    if (status >= 200 && status < 300) return { answer }
    const fault = Fault.safeParse(answer)
    const code = fault.data?.details?.[0]?.issue ?? fault.data?.name ?? ''
    if (!fault.success || !refusing.includes(status) || undecided.includes(code))
      throw unanswered(new Error(`${status} ${code}`.trim()))
    return { refusal: { code, message: fault.data.details?.[0]?.description ?? fault.data.message ?? code } }
  }

  return { ask }
}
