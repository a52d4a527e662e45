import { type Db, openDb } from '@sangdo/core/server'
import { sandbox } from '@sangdo/payments/sandbox'
import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  type QueryExecutor,
  type QueryResult,
  sql,
} from 'kysely'
import { createApp } from '../src/app.ts'
import { createRunning } from '../src/running.ts'
import { createShop } from '../src/shop.ts'
import type { TestShop } from './shop.ts'

/** Counts the points at which a process can die, and stops everything for ever at one of them. */
export interface Fuse {
  /** How many points have been passed. */
  readonly passed: () => number
  /** Resolves when the point is reached. */
  readonly blown: Promise<void>
  /** One more point; from the chosen one on nothing happens any more. */
  readonly pass: () => Promise<void>
  /** Whether nothing happens any more. */
  readonly isBlown: () => boolean
}

const forEver = new Promise<never>(() => {})

/** A fuse that blows at the point with this number, from 1; at `Infinity` never. */
export function createFuse(at: number): Fuse {
  let passed = 0
  let blow: () => void = () => {}
  const blown = new Promise<void>((resolve) => (blow = resolve))
  const pass = () => {
    passed += 1
    if (passed === at) blow()
    return passed >= at ? forEver : Promise.resolve()
  }
  return { passed: () => passed, blown, pass, isBlown: () => passed >= at }
}

/** Makes every statement two points: one before it is sent, and one when its answer is there but nobody has read it. */
function wire(executor: QueryExecutor, fuse: Fuse): QueryExecutor {
  const execute = executor.executeQuery.bind(executor)
  const connect = executor.provideConnection.bind(executor)
  const provide = executor.withConnectionProvider.bind(executor)
  return Object.assign(executor, {
    executeQuery: async <Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>> => {
      await fuse.pass()
      const result = await execute<Row>(query)
      await fuse.pass()
      return result
    },
    provideConnection: <Result>(work: (connection: DatabaseConnection) => Promise<Result>): Promise<Result> =>
      fuse.isBlown() ? forEver : connect(work),
    withConnectionProvider: (provider: ConnectionProvider) => wire(provide(provider), fuse),
  })
}

/** A second process of the same shop, as it is seen by database, provider and buyers, which dies where its fuse is set. */
export async function openVictim(healthy: TestShop, databaseUrl: string, fuse: Fuse) {
  const name = `victim-${crypto.randomUUID()}`
  const db: Db = await openDb(nameIn(databaseUrl, name))
  wire(db.getExecutor(), fuse)
  const provider = sandbox({
    url: 'http://localhost:4100',
    secret: healthy.secret,
    now: healthy.clock.now,
    // Dies before the provider hears of it, or after, with the answer unread.
    fetch: async (request) => {
      await fuse.pass()
      const response = await healthy.practice.fetch(request)
      await fuse.pass()
      return response
    },
  })
  const shop = createShop({
    providers: [provider],
    webhookUrl: (id) => `http://localhost:4000/webhooks/${id}`,
    now: healthy.clock.now,
  })
  const running = createRunning({ latest: Infinity })
  const app = createApp({ shop, db, auth: healthy.auth, trustedOrigins: ['http://localhost:4000'], running })

  /** The process is gone: its connections are cut in the middle of whatever they were doing. */
  async function die(): Promise<void> {
    if (!databaseUrl.startsWith('postgres')) return db.destroy()
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`.execute(
      healthy.db,
    )
  }

  return { shop, db, app, practice: healthy.practice, die }
}

export type Victim = Awaited<ReturnType<typeof openVictim>>

function nameIn(databaseUrl: string, name: string): string {
  if (!databaseUrl.startsWith('postgres')) return databaseUrl
  const url = new URL(databaseUrl)
  url.searchParams.set('application_name', name)
  return url.href
}
