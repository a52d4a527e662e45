import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The method, of those that there are: whoever asks may invent others without end. */
export const methodOf = (c: Context): string => (methods.has(c.req.method) ? c.req.method : 'other')

/** The pattern of the route that answers, `none` where there is none; what stands before every route is no answer. */
export function routeOf(c: Context): string {
  return matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? 'none'
}
