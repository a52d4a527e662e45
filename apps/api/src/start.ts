import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, Server } from 'node:http'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { seedDemo } from './demo/seed.ts'
import { type OpenOptions, openShop, type OpenShop } from './open.ts'

/** A running API: what it is made of, and how to stop it. */
export interface RunningApi extends OpenShop {
  /** The operator's first password, if it was made at this start. */
  readonly operator: { readonly email: string; readonly password: string } | null
  /** Is not ready from now on, refuses connections, ends what is under way and the jobs within ten seconds, closes the database. */
  readonly stop: () => Promise<void>
}

const operatorEmail = 'operator@example.com'

/** Opens a shop, fills an empty one with the demo brand, and listens: API, practice provider and background jobs. */
export async function startApi(options: OpenOptions = {}): Promise<RunningApi> {
  mkdirSync(options.folder ?? '.data', { recursive: true })
  const open = await openShop(options)
  const operator = await firstOperator(open, options.folder ?? '.data')
  const empty = (await open.shop.catalog.categoryTree(open.db)).length === 0
  if (empty && options.demo !== false) await seedDemo(open.shop, open.db)
  const pay = options.payUrl || !open.practising ? null : await open.practice.listen(options.payPort ?? 4100)
  const server = await listen(open.fetch, options.apiPort ?? 4000)
  const stopJobs = open.startJobs()
  const stop = async () => {
    open.running.stop()
    // Side by side, so that all together have ten seconds; a job that needs longer is undone by the database and done again.
    await Promise.all([close(server), pay?.close(), withinGrace(stopJobs())])
    await open.db.destroy()
  }
  return { ...open, operator, stop }
}

const graceMs = 10_000

/** Waits for work that is ending, for at most ten seconds. */
async function withinGrace(work: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => (late = setTimeout(resolve, graceMs)))
  await Promise.race([work, patience]).finally(() => clearTimeout(late))
}

/** A shop without staff gets one owner, with a password that nobody has seen before; it is also kept in `operator.txt`. */
async function firstOperator({ db, auth }: OpenShop, folder: string): Promise<RunningApi['operator']> {
  const known = await db.selectFrom('auth_staff').select('id').limit(1).executeTakeFirst()
  if (known) return null
  const operator = { email: operatorEmail, password: randomBytes(9).toString('base64url') }
  await auth.addStaff({ ...operator, name: 'Operator', role: 'owner' })
  writeFileSync(join(folder, 'operator.txt'), `${operator.email}\n${operator.password}\n`, { mode: 0o600 })
  return operator
}

/** Listens on a port, of this machine only unless `HOST` says otherwise. Rejects with the error of the system when the port is taken. */
export function listen(fetch: Parameters<typeof serve>[0]['fetch'], port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const hostname = process.env['HOST'] ?? '127.0.0.1'
    const server = serve({ fetch, port, hostname }, () => resolve(server)) as Server
    server.headersTimeout = 10_000
    server.requestTimeout = 300_000 // a product file of 100 MB may come over a slow line
    server.maxRequestsPerSocket = 10_000
    server.prependListener('request', cutSlow)
    server.once('error', reject)
  })
}

/** Half a minute is enough for any body but a product file. */
function cutSlow(request: IncomingMessage): void {
  if (request.complete || request.url?.startsWith('/admin/imports')) return
  const timer = setTimeout(() => request.destroy(), 30_000)
  const settled = () => clearTimeout(timer)
  request.once('end', settled).once('close', settled)
}

/** Lets requests under way finish, for at most ten seconds. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
