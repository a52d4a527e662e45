import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomic, type Db, openDb } from '@sangdo/core/server'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
let db: Db
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const count = async () =>
  Number((await db.selectFrom('tea').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow())['n'])

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
  db = await openDb(join(folder, 'shop.db'))
  await sql`create table tea (id integer primary key, name text not null) strict`.execute(db)
})

afterEach(async () => {
  await db.destroy()
  await rm(folder, { recursive: true, force: true })
})

test('the settings that money needs are on', async () => {
  const pragma = async (name: string) =>
    Object.values((await sql.raw<object>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0]
  expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys')]).toEqual([
    'wal',
    2,
    1,
  ])
})

test('a read does not wait for an open transaction, and does not see its work', async () => {
  let commit = () => {}
  const held = new Promise<void>((resolve) => (commit = resolve))
  const writing = atomic(db, async (tx) => {
    await tx.insertInto('tea').values({ name: 'green' }).execute()
    await held
  })
  await pause(5)
  expect(await count()).toBe(0)
  commit()
  await writing
  expect(await count()).toBe(1)
})

test('writers of one process take turns', async () => {
  await Promise.all(
    Array.from({ length: 50 }, () =>
      atomic(db, async (tx) => {
        const { n } = await tx.selectFrom('tea').select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
        await tx
          .insertInto('tea')
          .values({ name: `cup ${n}` })
          .execute()
      }),
    ),
  )
  const names = await db.selectFrom('tea').select('name').distinct().execute()
  expect(names).toHaveLength(50)
})

test('what a failing transaction wrote is gone, and the next one goes on', async () => {
  await expect(
    atomic(db, async (tx) => {
      await tx.insertInto('tea').values({ name: 'green' }).execute()
      throw new Error('spilled')
    }),
  ).rejects.toThrow('spilled')
  await atomic(db, (tx) => atomic(tx, (inner) => inner.insertInto('tea').values({ name: 'black' }).execute()))
  expect(await db.selectFrom('tea').select('name').execute()).toEqual([{ name: 'black' }])
})

test('a long list streams while others write', async () => {
  await db
    .insertInto('tea')
    .values(Array.from({ length: 100 }, (_, id) => ({ id, name: 'cup' })))
    .execute()
  let seen = 0
  for await (const row of db.selectFrom('tea').selectAll().stream()) {
    seen++
    await db.updateTable('tea').set({ name: 'seen' }).where('id', '=', row['id']).execute()
  }
  expect(seen).toBe(100)
})

test('two processes write one file for ten seconds and neither is ever refused', async () => {
  const worker = new URL('./writer.ts', import.meta.url)
  const children = [1, 2].map(() =>
    fork(worker, [join(folder, 'shop.db'), '10000'], { execArgv: ['--conditions=@sangdo/source', '--import', 'tsx'] }),
  )
  const reports = await Promise.all(
    children.map(async (child) => (await once(child, 'message'))[0] as { commits: number; error?: string }),
  )
  expect(reports.map((report) => report.error)).toEqual([undefined, undefined])
  expect(await count()).toBe(reports.reduce((total, report) => total + report.commits, 0))
  expect(reports.every((report) => report.commits > 0)).toBe(true)
}, 30_000)

test('a plan does not depend on values, so that no statement is prepared twice, and a literal finds its partial index', async () => {
  await sql`create table cup (id integer, state text)`.execute(db)
  await sql`create index cup_open on cup (id) where state = 'open'`.execute(db)
  await sql`insert into cup values (1, 'open'), (2, 'sold')`.execute(db)
  const cups = db.selectFrom('cup').select('id')
  const sold = cups.where('id', '=', 2).where('state', '=', 'sold')
  expect(sold.compile().sql.match(/= \+\?/g)).toHaveLength(2)
  expect(await sold.execute()).toEqual([{ id: 2 }])
  expect(await cups.where('id', '=', '2').execute()).toEqual([{ id: 2 }])
  const written = sql`select id from cup where id = ${2} and id >= ${1} and state like ${'s%'} limit ${5}`
  expect(written.compile(db).sql).toBe('select id from cup where id = +? and id >= ? and state like ? limit 5')
  expect((await written.execute(db)).rows).toEqual([{ id: 2 }])
  expect(cups.limit(3).offset(1).compile()).toMatchObject({
    sql: expect.stringMatching(/limit 3 offset \?$/),
    parameters: [1],
  })
  const [plan] = await cups
    .where('state', '=', sql.lit('open'))
    .orderBy('id')
    .explain(undefined, sql`query plan`)
  expect(plan?.['detail']).toContain('cup_open')
})

test('a file that cannot be opened is a clear error', async () => {
  await expect(openDb(join(folder, 'missing', 'shop.db'))).rejects.toMatchObject({ code: 'core.database_unavailable' })
  await expect(openDb(folder)).rejects.toMatchObject({ code: 'core.database_unavailable' })
  await expect(openDb('postgres://127.0.0.1:1/none')).rejects.toMatchObject({ code: 'core.database_unavailable' })
})
