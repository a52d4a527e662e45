import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import Sqlite from 'better-sqlite3'
import { startPostgres } from '../postgres.ts'
import { importFile, secrets, signIn, startApi } from './api.ts'
import { booksToSell, bookShelf, fileOf } from './books.ts'
import { freePort, type Running, start } from './processes.ts'
import { listenAsProvider } from './provider.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export type Engine = 'sqlite' | 'postgres'

/** A shop of ten thousand books to measure: the API and the floor, each a process of its own, on one database. */
export interface Bed {
  readonly ours: Running
  readonly floor: Running
  readonly databaseUrl: string
  readonly folder: string
  /** Where the provider is. */
  readonly payUrl: string
  /** Ids of shelves, slugs and skus of books: what visitors ask for. */
  readonly shelves: readonly string[]
  readonly slugs: readonly string[]
  readonly skus: readonly string[]
  /** What a buyer does at the provider. */
  readonly approve: (reference: string) => unknown
  readonly close: () => Promise<void>
}

/** Says how far the measuring is; the table alone goes to standard output. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`)

/** Fills a new database through the back office and starts what is measured; null where there is no PostgreSQL. */
export async function openBed(engine: Engine): Promise<Bed | null> {
  const folder = await mkdtemp(join(tmpdir(), 'sangdo-bench-'))
  const database = engine === 'sqlite' ? sqliteIn(folder) : await postgresDatabase()
  if (!database) return null
  const provider = await listenAsProvider(secrets.SANDBOX_SECRET)
  const begin = () => startApi({ databaseUrl: database.url, folder, payUrl: provider.url, program: 'built' })
  await fill(await begin(), folder, database)
  const floor = await startFloor(await database.copy(), provider.url)
  const ours = await begin()
  const close = async () => {
    // What the provider has to say still needs the shops, and what these ask about it needs the provider.
    await provider.heard()
    await Promise.all([ours.stop(), floor.stop()])
    await provider.close()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  const { url: payUrl, approve } = provider
  return { ours, floor, databaseUrl: database.url, folder, payUrl, ...(await wishes(ours)), approve, close }
}

interface Database {
  readonly url: string
  /** Lets the engine tidy up after so many new rows, as it would by itself in time. */
  readonly settle: () => Promise<void>
  /** How many events nobody has been told of yet. */
  readonly untold: () => Promise<number>
  /** The same shop once more, for the floor to have to itself; nobody may be using the first. Answers with its address. */
  readonly copy: () => Promise<string>
  readonly close: () => Promise<void>
}

const pending = 'select count(*) as untold from core_outbox where delivered_at is null'

function sqliteIn(folder: string): Database {
  const url = join(folder, 'shop.db')
  const untold = async () => {
    const db = new Sqlite(url, { readonly: true })
    const { untold: count } = db.prepare(pending).get() as { untold: number }
    db.close()
    return count
  }
  const copy = async () => {
    const [db, twin] = [new Sqlite(url), join(folder, 'floor.db')]
    db.prepare('vacuum into ?').run(twin)
    db.close()
    return twin
  }
  return { url, untold, copy, settle: async () => {}, close: async () => {} }
}

async function postgresDatabase(): Promise<Database | null> {
  const known = process.env['TEST_DATABASE_URL']
  const server = known ? { url: known, stop: async () => {} } : await startPostgres()
  if (!server) return null
  const name = `bench_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  await admin.query(`alter database ${name} set synchronous_commit = on`)
  const url = Object.assign(new URL(server.url), { pathname: name }).href
  const client = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 100 })
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes')`,
  )
  tell(`PostgreSQL: ${rows.map((row) => `${row.name} ${row.setting}`).join(', ')}`)
  return {
    url,
    untold: async () => Number((await client.query(pending)).rows[0].untold),
    settle: async () => void (await client.query('vacuum analyze')),
    copy: async () => {
      while (client.totalCount > 0) await new Promise((resolve) => setTimeout(resolve, 50))
      await admin.query(`create database ${name}_floor template ${name}`)
      await admin.query(`alter database ${name}_floor set synchronous_commit = on`)
      return Object.assign(new URL(url), { pathname: `${name}_floor` }).href
    },
    close: async () => {
      await client.end()
      for (const one of [`${name}_floor`, name]) await admin.query(`drop database if exists ${one} with (force)`)
      await admin.end()
      await server.stop()
    },
  }
}

async function fill(api: Running, folder: string, { untold, settle }: Database): Promise<void> {
  const began = performance.now()
  const staff = await signIn(api, folder)
  const books = { format: 'books', locale: 'en', currency: 'KRW' } as const
  const { status, created, failed } = await importFile(staff, fileOf(booksToSell()), books)
  if (status !== 'finished' || failed > 0) throw new Error(`The import ${status}, ${failed} rows were refused`)
  while ((await untold()) > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  await settle()
  await api.stop()
  const seconds = (performance.now() - began) / 1000
  tell(`${created} books in ${seconds.toFixed(1)} s, with prices, stock and search`)
}

async function startFloor(databaseUrl: string, payUrl: string): Promise<Running> {
  const port = await freePort()
  const program = fileURLToPath(new URL('floor/main.ts', import.meta.url))
  const env = { ...secrets, DATABASE_URL: databaseUrl, PAY_URL: payUrl, API_PORT: String(port) }
  return start(['--import', 'tsx', program], { url: `http://127.0.0.1:${port}`, env })
}

interface Tree {
  readonly id: string
  readonly name: Readonly<Record<string, string>>
  readonly children: readonly Tree[]
}

interface Cards {
  readonly items: readonly { readonly slug: string; readonly sku: string }[]
}

async function wishes({ url }: Running): Promise<Pick<Bed, 'shelves' | 'slugs' | 'skus'>> {
  const { get }: Visitor = createVisitor(url)
  const books = (await get<Tree[]>('GET', '/categories')).find((one) => one.name['en'] === bookShelf)
  const shelves = [books, ...(books?.children ?? [])].flatMap((one) => one?.id ?? [])
  const lists = shelves.map((id) => get<Cards>('GET', `/products?locale=en&currency=KRW&limit=24&category=${id}`))
  const cards = (await Promise.all(lists)).flatMap((list) => list.items)
  return { shelves, slugs: cards.map((card) => card.slug), skus: cards.map((card) => card.sku) }
}
