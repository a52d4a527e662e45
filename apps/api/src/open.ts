import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Db, dialectOf, migrate, openDb } from '@sangdo/core/server'
import { createSandbox, sandbox } from '@sangdo/payments/sandbox'
import type { RiskPolicyInput } from '@sangdo/payments'
import { bankTransfer } from '@sangdo/payments/server'
import { createApp } from './app.ts'
import { createAuth, migrateAuth } from './auth.ts'
import { bankAccountIn } from './bank-account.ts'
import { healthMigrations } from './health.ts'
import type { Bindings } from './http.ts'
import { startJobs } from './jobs.ts'
import { practises, providersIn } from './providers.ts'
import { createRunning, type RunningOptions } from './running.ts'
import { secretsIn } from './secrets.ts'
import { createShop, migrations, type ShopOptions } from './shop.ts'
import { traced } from './trace.ts'

/** How a shop is opened; every value has a default that suits a first try on one's own machine. */
export interface OpenOptions {
  /** A SQLite file or `postgres://…`: `.data/shop.db`. */
  readonly databaseUrl?: string
  /** Where the secrets of this shop are kept: `.data`. */
  readonly folder?: string
  /** The ports of the API and of the practice payment provider: 4000 and 4100. */
  readonly apiPort?: number
  readonly payPort?: number
  /** Where the practice payment provider runs already; one of our own is made unless given. */
  readonly payUrl?: string
  /** The address of the API as browsers and providers see it: that of `apiPort` on this machine. */
  readonly apiUrl?: string
  /** Whether an empty database is filled with the demo brand; it is, unless this is false. */
  readonly demo?: boolean
  /** Reach the practice provider, and be reached by it, by calls instead of sockets: for tests in one process. */
  readonly byCall?: boolean
  /** The address of the shop's pages, which may call the API from a browser. */
  readonly shopOrigin?: string
  readonly mail?: ShopOptions['mail']
  /** How payment companies are reached: over the network, unless given. */
  readonly fetch?: typeof globalThis.fetch
  /** By which rules orders are judged: those of the payments package. */
  readonly riskPolicy?: RiskPolicyInput
  /** How long goods are held after a deposit, which its bank may take back: 600. */
  readonly holdDepositSeconds?: number
  readonly now?: ShopOptions['now']
  /** How much this process takes on at once. */
  readonly running?: RunningOptions
  /** The environment that may hold secrets, and says which payment companies there are. */
  readonly env?: NodeJS.ProcessEnv
}

export type OpenShop = Awaited<ReturnType<typeof openShop>>

/** Opens the database, brings its tables up to date, and puts shop, accounts, API and practice provider together. */
export async function openShop(options: OpenOptions = {}) {
  const {
    folder = '.data',
    apiPort = 4000,
    payPort = 4100,
    shopOrigin = 'http://localhost:3000',
    now = () => new Date(),
    env = process.env,
  } = options
  const baseUrl = options.apiUrl ?? `http://localhost:${apiPort}`
  const payUrl = options.payUrl ?? `http://localhost:${payPort}`
  const account = bankAccountIn(env)
  const companies = await providersIn(env, { apiUrl: baseUrl, now, fetch: options.fetch })
  // Reached by calls, it is a test that wants it.
  const practising = options.byCall || practises(env, companies.providers.length > 0 || account !== null)
  const { db, moneyDb } = await connect(options.databaseUrl ?? resolve(folder, 'shop.db'))
  const secrets = secretsIn(folder, env)
  const practice = createSandbox({
    secret: secrets.sandbox,
    now,
    publicUrl: payUrl,
    store: fileStore(join(folder, 'practice-payments.json')),
    ...(options.byCall ? { send: async (request: Request) => app.fetch(request) } : {}),
  })
  const byCall = options.byCall ? { fetch: practice.fetch } : {}
  const providers = [
    ...(account ? [bankTransfer({ db, now, ...account })] : []),
    ...companies.providers,
    ...(practising ? [sandbox({ url: payUrl, secret: secrets.sandbox, now, ...byCall })] : []),
  ]
  const shop = createShop({
    providers: providers.map((provider) => traced(provider, options.running?.tracer)),
    webhookUrl: (id) => `${baseUrl}/webhooks/${id}`,
    now,
    risk: { key: secrets.risk, ...(options.riskPolicy ? { policy: options.riskPolicy } : {}) },
    ...(options.mail ? { mail: options.mail } : {}),
    ...(options.holdDepositSeconds === undefined ? {} : { holdDepositSeconds: options.holdDepositSeconds }),
  })
  const trustedOrigins = [baseUrl, shopOrigin]
  const onSignUp = async (user: { id: string; email: string; name: string }) =>
    void (await shop.crm.register(db, { ...user, id: user.id as `cus_${string}`, locale: 'ko' }))
  const auth = createAuth({ db: moneyDb, now, secret: secrets.auth, baseUrl, trustedOrigins, onSignUp })
  await prepare(db, auth)
  const running = createRunning(options.running)
  const app = createApp({ shop, db, moneyDb, auth, trustedOrigins, running })
  return {
    shop,
    db,
    auth,
    practice,
    /** Whether buyers can pay by the practice provider. */
    practising,
    /** Where a page of the shop may send a buyer to pay. */
    payOrigins: [...companies.payOrigins, ...(practising ? [new URL(payUrl).origin] : [])],
    app,
    /** Answers a request: pages of providers stand beside the API, as payment companies open windows from them. */
    fetch: (request: Request, bindings?: Bindings) => companies.page(request) ?? app.fetch(request, bindings),
    running,
    startJobs: () => startJobs(shop, db, running),
  }
}

/** A write or a connection that has not come after two seconds does not come in time for whoever asked. */
const busyTimeout = 2000

/**
 * Opens the database: on PostgreSQL with a second pool for money and sessions, which lists that take long cannot use up. To
 * close the one is to close both.
 */
async function connect(url: string): Promise<{ db: Db; moneyDb: Db }> {
  const db = await openDb(url, { busyTimeout })
  if (dialectOf(db) === 'sqlite') return { db, moneyDb: db }
  const moneyDb = await openDb(url, { busyTimeout, poolSize: 5 })
  const close = db.destroy.bind(db)
  db.destroy = async () => void (await Promise.all([close(), moneyDb.destroy()]))
  return { db, moneyDb }
}

/** What the practice provider remembers over a restart: accounts that wait for a deposit among it. */
function fileStore(path: string) {
  return {
    load: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    save: (json: string) => writeFileSync(path, json, { mode: 0o600 }),
  }
}

async function prepare(db: Db, auth: Parameters<typeof migrateAuth>[0]): Promise<void> {
  await migrate(db, [...migrations, healthMigrations])
  await migrateAuth(auth)
}
