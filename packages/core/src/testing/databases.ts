import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { type Db, dialectOf, openDb } from '../db/index.ts'
import { migrate, type Migrations } from '../migrate.ts'

/** A database made for one test file: `url` opens further connections to it, where the engine has them. */
export interface TestDatabase {
  readonly db: Db
  readonly url: string | undefined
  readonly close: () => Promise<void>
}

/** The engines that the suites run on: SQLite in a file, as in production; PostgreSQL as PGlite and as a real server. */
export type Engine = 'sqlite' | 'pglite' | 'postgres'

/** Opens an empty database of one engine. A real server comes from `TEST_DATABASE_URL`. */
export async function openTestDb(engine: Engine): Promise<TestDatabase> {
  if (engine === 'sqlite') return openSqliteFile()
  return engine === 'pglite' ? openPglite() : openServer(process.env['TEST_DATABASE_URL'] ?? '')
}

async function openSqliteFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
  const url = join(folder, 'shop.db')
  const db = await openDb(url)
  const close = async () => {
    await db.destroy()
    await rm(folder, { recursive: true, force: true })
  }
  return { db, url, close }
}

async function openPglite(): Promise<TestDatabase> {
  const { PGlite } = await import('@electric-sql/pglite')
  const pglite = await PGlite.create()
  const db: Db = new Kysely({ dialect: new PGliteDialect({ pglite }) })
  return { db, url: undefined, close: () => db.destroy() }
}

async function openServer(server: string): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = await openDb(server, { poolSize: 1 })
  await sql`create database ${sql.id(name)} template template0 encoding 'UTF8' locale 'C.UTF-8'`.execute(admin)
  const url = Object.assign(new URL(server), { pathname: name }).href
  const db = await openDb(url)
  const close = async () => {
    await db.destroy()
    await sql`drop database ${sql.id(name)} with (force)`.execute(admin)
    await admin.destroy()
  }
  return { db, url, close }
}

/**
 * Runs a suite of vitest tests once on each engine, with the given tables, all of them empty before each test. Without
 * a PostgreSQL server in `TEST_DATABASE_URL` that part is skipped, which is an error where `CI` is set.
 */
export function describeDatabases(
  migrations: readonly Migrations[],
  suite: (database: () => TestDatabase) => void,
  engines: readonly Engine[] = ['sqlite', 'pglite', 'postgres'],
): void {
  const missing = !process.env['TEST_DATABASE_URL']
  if (missing && process.env['CI']) throw new Error('TEST_DATABASE_URL names no PostgreSQL server')
  for (const engine of engines) {
    describe.skipIf(engine === 'postgres' && missing)(`on ${engine}`, () => {
      let database: TestDatabase
      beforeAll(async () => {
        database = await openTestDb(engine)
        await migrate(database.db, migrations)
      }, 60_000)
      beforeEach(() => empty(database.db))
      afterAll(() => database?.close(), 60_000)
      suite(() => database)
    })
  }
}

/** Deletes every row but the ledgers of the migrations. */
async function empty(db: Db): Promise<void> {
  const names = (await tableNames(db)).filter(
    (name) => !/_migration(_lock)?$/.test(name) && !name.startsWith('sqlite_'),
  )
  if (names.length === 0) return
  if (dialectOf(db) === 'postgres') {
    await sql`truncate ${sql.join(names.map((name) => sql.table(name)))} cascade`.execute(db)
    return
  }
  await sql`pragma foreign_keys = off`.execute(db)
  for (const name of names) await db.deleteFrom(name).execute()
  await sql`pragma foreign_keys = on`.execute(db)
}

async function tableNames(db: Db): Promise<string[]> {
  if (dialectOf(db) === 'postgres') return (await db.introspection.getTables()).map((table) => table.name)
  // The shadow tables of a full-text index are emptied through the index itself.
  const { rows } = await sql<{
    name: string
  }>`select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')`.execute(db)
  return rows.map((row) => row.name)
}
