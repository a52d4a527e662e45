import type { MiddlewareHandler } from 'hono'
import type { Env } from './http.ts'
import { onBehalfOf, reportRequest } from './log.ts'
import { redactedText } from './redact.ts'
import { methodOf, routeOf } from './route.ts'
import type { Running } from './running.ts'

/** Gives a request an id that its answer bears, and tells of what became of it whoever wants to know. */
export const observed =
  ({ logRequests }: Pick<Running, 'logRequests'>): MiddlewareHandler<Env> =>
  (c, next) => {
    const request = requestIdOf(c.req.header('x-request-id'))
    return onBehalfOf({ request }, async () => {
      const begun = performance.now()
      await next()
      c.res.headers.set('x-request-id', request)
      const ms = Math.round((performance.now() - begun) * 10) / 10
      if (logRequests) reportRequest({ method: methodOf(c), route: routeOf(c), status: c.res.status, ms })
    })
  }

/** The id that whoever asks has given, or else a new one: nobody's number or address, and nothing that ends a line. */
export const requestIdOf = (given: string | undefined): string =>
  given !== undefined && /^[\w-]{8,64}$/.test(given) && redactedText(given) === given ? given : crypto.randomUUID()
