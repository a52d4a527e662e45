import { defineErrors } from '@sangdo/core'
import type { HonoRequest, MiddlewareHandler } from 'hono'
import type { Env } from './http.ts'
import type { Lateness } from './lateness.ts'

export const loadErrors = defineErrors('load', {
  too_many_requests: ['unavailable', (_: object) => 'As many requests as this process can serve are under way'],
  too_late: ['unavailable', (_: object) => 'This process is behind with its work'],
})

/** How much one process takes on. */
export interface Limits {
  /** Requests at once. */
  readonly most: number
  /** Of these, how many only those that have to do with money may use. */
  readonly kept: number
  readonly lateness: Lateness
  /** From how late an event loop browsing is refused, in milliseconds; money only when it is twice as late. */
  readonly latest: number
}

export type Gate = ReturnType<typeof createGate>

/** Lets requests in while there is room, and refuses the others at once: nobody waits to be told that there is none. */
export function createGate({ most, kept, lateness, latest }: Limits) {
  let underWay = 0

  /** Takes a place; the answer gives it back. Throws `load.too_many_requests`, `load.too_late`. */
  function enter(money: boolean): () => void {
    if (underWay >= (money ? most : most - kept)) throw loadErrors.too_many_requests({})
    if (lateness() > (money ? 2 * latest : latest)) throw loadErrors.too_late({})
    underWay += 1
    return () => {
      underWay -= 1
    }
  }

  return { enter, underWay: () => underWay }
}

/** What moves money, or tells that it has moved: to order, to pay, to come back from paying, and what providers say. */
const money = /^\/(checkout$|payments\/|webhooks\/|orders\/[^/]+\/(settle|payments)$)/

/** Whether a request has to do with money, which browsing must not keep from being served. */
export const isMoney = (path: string): boolean => money.test(path)

/** Read by the one who handles them, in whatever form they come. */
const streamed = /^\/(admin\/imports|(admin\/)?auth\/)/

/** Whether a body comes, as its headers say: to look at the body itself would make a stream of it, which costs more than to read it. */
const sendsBody = (request: HonoRequest) =>
  Number(request.header('content-length') ?? 0) > 0 || request.header('transfer-encoding') !== undefined

/** Serves a request if there is room for it. It takes its place when all of it is here: a slow line holds nobody up. */
export const limited =
  (gate: Gate): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (sendsBody(c.req) && !streamed.test(c.req.path)) await c.req.text()
    const leave = gate.enter(isMoney(c.req.path))
    try {
      await next()
    } finally {
      leave()
    }
  }
