import type { MiddlewareHandler } from 'hono'
import type { Env } from './http.ts'
import { onBehalfOf, reportRequest } from './log.ts'
import { redactedText } from './redact.ts'
import { methodOf, routeOf } from './route.ts'
import type { Running } from './running.ts'
import { traceIdOf } from './trace.ts'

/** Gives a request an id that its answer bears, and tells of what became of it whoever wants to know. */
export const observed =
  ({ logRequests, metrics, tracer }: Pick<Running, 'logRequests' | 'metrics' | 'tracer'>): MiddlewareHandler<Env> =>
  (c, next) => {
    const begun = performance.now()
    const request = requestIdOf(c.req.header('x-request-id'))
    const [method, route] = [methodOf(c), routeOf(c)]
    const traceparent = c.req.header('traceparent')
    const asked = traceIdOf(traceparent)
    const work = {
      kind: 'request',
      name: `${method} ${route}`,
      ...(asked && traceparent ? { traceparent } : {}),
    } as const
    return tracer(work, ({ trace = asked, note }) =>
      onBehalfOf({ request, ...(trace ? { trace } : {}) }, async () => {
        await next()
        c.res.headers.set('x-request-id', request)
        const [{ status }, ms] = [c.res, performance.now() - begun]
        metrics.request(method, route, status, ms, c.error)
        note({ 'http.response.status_code': status })
        if (logRequests) reportRequest({ method, route, status, ms: Math.round(ms * 10) / 10 })
      }),
    )
  }

/** The id that whoever asks has given, or else a new one: nobody's number or address, and nothing that ends a line. */
export const requestIdOf = (given: string | undefined): string =>
  given !== undefined && /^[\w-]{8,64}$/.test(given) && redactedText(given) === given ? given : crypto.randomUUID()
