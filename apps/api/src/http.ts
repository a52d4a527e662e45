import { createHash } from 'node:crypto'
import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { coreErrors, type ErrorKind, issuesOf, ShopError } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Access, Role } from './auth.ts'
import type { Imports } from './imports.ts'
import { report } from './log.ts'
import { methodOf, routeOf } from './route.ts'
import type { Shop } from './shop.ts'

/** What every handler finds in its context. */
export interface Variables {
  readonly shop: Shop
  readonly db: Db
  readonly access: Access
  readonly imports: Imports
  /** Makes a customer leave: profile, sessions and account. */
  readonly leave: (customerId: `cus_${string}`) => Promise<void>
}

/** What the server, or the shop in the same process, says of a request. */
export interface Bindings {
  readonly clientIp?: string
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } }
}

export interface Env {
  Variables: Variables
  Bindings: Bindings
}

/** Why a request was refused: RFC 9457, with the stable code of the error and the fields that are wrong. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    details: z.unknown().optional(),
  })
  .openapi('Problem')
export type Problem = z.infer<typeof Problem>

/** A router whose refusals are problems. Unknown fields in a body are refused by name, as schemas are strict. */
export const createHttp = () =>
  new OpenAPIHono<Env>({
    defaultHook: (result, c) =>
      result.success ? undefined : problem(c, coreErrors.invalid_input({ issues: issuesOf(result.error) })),
  })

/** A required JSON body. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { 'application/json': { schema: readAtOnce(schema) } },
  required: true as const,
})

/** No schema here waits for anything, and zod compiles only those that are read at once: in about half the time. */
function readAtOnce<Schema extends z.ZodType>(schema: Schema): Schema {
  schema.safeParseAsync = async (...given) => schema.safeParse(...given)
  return schema
}

/** A JSON answer. */
export const reply = <Schema extends z.ZodType>(schema: Schema, description = 'Done') => ({
  content: { 'application/json': { schema } },
  description,
})

/** Any refusal. */
export const refused = { content: { 'application/problem+json': { schema: Problem } }, description: 'Refused, and why' }

/** An answer without content. */
export const done = { description: 'Done' }

const statuses = {
  invalid: 422,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  unavailable: 503,
} as const satisfies Record<ErrorKind, ContentfulStatusCode>

/** Turns an error into its problem. What is not one of ours is a fault: it is logged, and the caller learns nothing of it. */
export function problem(c: Context<Env>, error: unknown): Response {
  if (error instanceof HTTPException) return answer(c, error.status, `http.${error.status}`, error.message)
  if (error instanceof ShopError) return answer(c, statuses[error.kind], error.code, error.message, error.details)
  report(`${methodOf(c)} ${routeOf(c)}`, error)
  return answer(c, 500, 'http.fault', 'Something went wrong here')
}

const titles: Partial<Record<number, string>> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  422: 'Invalid',
  500: 'Fault',
  503: 'Unavailable',
}

function answer(
  c: Context<Env>,
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  details?: unknown,
): Response {
  const issues = (details as { issues?: Problem['errors'] } | undefined)?.issues
  const extra = issues ? { errors: issues } : details === undefined ? {} : { details }
  const content: Problem = {
    type: `urn:sangdo:problem:${code}`,
    title: titles[status] ?? 'Refused',
    status,
    detail,
    instance: c.req.path,
    code,
    ...extra,
  }
  return c.json(content, status, {
    'content-type': 'application/problem+json',
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  })
}

/** Who may not ask hears so each time anew: a corrected token or a later sign-in must not meet the old refusal. */
const unkept = new Set([401, 403, 404])

/** Refuses a request that moves money or stock without an `Idempotency-Key`, and answers a repeated one as the first time. */
export const idempotent: MiddlewareHandler<Env> = async (c, next) => {
  const key = c.req.header('idempotency-key')
  if (!key) throw new HTTPException(400, { message: 'The header Idempotency-Key is required here' })
  const { shop, db, access } = c.var
  const { pathname, search } = new URL(c.req.url)
  const path = `${pathname}${search}`
  const fingerprint = createHash('sha256')
    .update(`${path}\n${await c.req.text()}`)
    .digest('base64url')
  const scope = `${access.actor} ${c.req.method} ${c.req.routePath}`
  const { answer: stored, replayed } = await shop.idempotency
    .once(db, { scope, key, fingerprint }, async () => {
      await next()
      if (c.res.status >= 500 || unkept.has(c.res.status)) throw new Unstored(c.res)
      const { status, headers } = c.res
      const body = await c.res.text()
      // Read once and said again, in place of the first: a copy, or one answer laid upon another, would be sent as a stream.
      c.res = undefined
      c.res = new Response(body || null, { status, headers })
      return { status, type: headers.get('content-type') ?? '', body }
    })
    .catch(unstored)
  if (stored instanceof Response || !replayed) return
  c.res = new Response(stored.body || null, {
    status: stored.status,
    headers: { 'content-type': stored.type, 'idempotent-replayed': 'true', 'cache-control': 'no-store' },
  })
}

/** A fault, or a refusal of the person, is not an answer to keep: the key stays free, so that the request can be sent again. */
class Unstored extends Error {
  readonly response: Response
  constructor(response: Response) {
    super('not stored')
    this.response = response
  }
}

function unstored(error: unknown): { answer: Response; replayed: false } {
  if (error instanceof Unstored) return { answer: error.response, replayed: false }
  throw error
}

/** The header of a request that must not have its effect twice. */
export const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .openapi({ description: 'Any text of yours that is new for each request and the same when it is repeated' }),
})

/** A route for staff of at least this role. The role is part of the description, and a test reads it there. */
export const staffRoute = <const Config extends RouteConfig>(role: Role, config: Config) =>
  createRoute({
    ...config,
    'x-role': role,
    security: [{ staff: [] }],
    middleware: [allow(role), ...[config.middleware ?? []].flat()],
  })

/** Lets only staff of at least this role pass. */
export const allow =
  (role: Role): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.var.access.requireStaff(role)
    await next()
  }
