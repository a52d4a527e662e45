import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomic, type Db, openDb, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
let db: Db

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
  db = await openDb(join(folder, 'shop.db'))
  await sql`create table tea (id integer primary key, name text not null) strict`.execute(db)
})

afterEach(async () => {
  await db.destroy()
  await rm(folder, { recursive: true, force: true })
})

const names = async () => (await db.selectFrom('tea').select('name').orderBy('id').execute()).map((row) => row['name'])
const pour = (on: Db, name: string) => on.insertInto('tea').values({ name }).execute()
const onWriter = (statement: string) => atomic(db, (tx) => sql.raw(statement).execute(tx))
const codes = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'rejected' ? (result.reason as { code?: string }).code : 'stored'))

/** Counts the commits that are in the log: the last page of each says how large the database is after it. */
async function commits(): Promise<number> {
  const log = await readFile(join(folder, 'shop.db-wal'))
  const frame = 24 + log.readUInt32BE(8)
  const salt = log.toString('hex', 16, 24)
  let found = 0
  for (let at = 32; at + frame <= log.length; at += frame) {
    if (log.toString('hex', at + 8, at + 16) === salt && log.readUInt32BE(at + 4) > 0) found++
  }
  return found
}

test('a hundred transactions at once are synced to disk a few times, not a hundred times', async () => {
  const before = await commits()
  await Promise.all(
    Array.from({ length: 100 }, (_, id) =>
      atomic(db, async (tx) => {
        await pour(tx, `cup ${id}`)
        await pour(tx, `pot ${id}`)
      }),
    ),
  )
  const needed = (await commits()) - before
  expect(await names()).toHaveLength(200)
  expect(needed).toBeGreaterThanOrEqual(2)
  expect(needed).toBeLessThan(50)
})

test('a hundred single statements at once go together too', async () => {
  const before = await commits()
  await Promise.all(Array.from({ length: 100 }, (_, id) => pour(db, `cup ${id}`)))
  expect(await names()).toHaveLength(100)
  expect((await commits()) - before).toBeLessThan(50)
})

test('one transaction after another is synced one by one', async () => {
  const before = await commits()
  for (const name of ['green', 'black', 'white']) await atomic(db, (tx) => pour(tx, name))
  expect((await commits()) - before).toBe(3)
})

test('transactions that come in during a sync, one per turn of the event loop, still go together', async () => {
  const before = await commits()
  const requests = Array.from(
    { length: 40 },
    (_, id) => new Promise((resolve) => setImmediate(() => resolve(atomic(db, (tx) => pour(tx, `cup ${id}`))))),
  )
  await Promise.all(requests)
  expect((await commits()) - before).toBeLessThan(20)
})

test('a transaction is acknowledged only once others can see it', async () => {
  const seen = await Promise.all(
    Array.from({ length: 50 }, async (_, id) => {
      await atomic(db, (tx) => pour(tx, `cup ${id}`))
      return (await names()).includes(`cup ${id}`)
    }),
  )
  expect(seen.every(Boolean)).toBe(true)
})

test('a transaction that is called off takes nothing of its neighbours along', async () => {
  const spilled = atomic(db, async (tx) => {
    await pour(tx, 'black')
    throw new Error('spilled')
  })
  const results = await Promise.allSettled([
    atomic(db, (tx) => pour(tx, 'green')),
    spilled,
    atomic(db, (tx) => pour(tx, 'white')),
  ])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await names()).toEqual(['green', 'white'])
})

test('whoever is refused because of a neighbour is told once the neighbour can be seen', async () => {
  const claim = (on: Db, name: string) => on.insertInto('tea').values({ id: 1, name }).execute()
  const seen = await Promise.all(
    Array.from({ length: 12 }, (_, id) =>
      (id % 2 === 0 ? claim(db, `cup ${id}`) : atomic(db, (tx) => claim(tx, `cup ${id}`))).catch(names),
    ),
  )
  expect(seen.slice(1)).toEqual(Array.from({ length: 11 }, () => ['cup 0']))
})

test('a transaction sees what the one before it in its group has written', async () => {
  const seen = await Promise.all(
    [0, 1, 2].map(() =>
      atomic(db, async (tx) => {
        const cups = await tx.selectFrom('tea').selectAll().execute()
        await pour(tx, 'cup')
        return cups.length
      }),
    ),
  )
  expect(seen).toEqual([0, 1, 2])
})

test('when the commit fails, the whole group is refused with that error and the next group is stored', async () => {
  await sql`create table cup (tea integer references tea deferrable initially deferred) strict`.execute(db)
  const results = await Promise.allSettled([
    atomic(db, (tx) => pour(tx, 'green')),
    atomic(db, (tx) => tx.insertInto('cup').values({ tea: 99 }).execute()),
    pour(db, 'black'),
  ])
  expect(codes(results)).toEqual(Array(3).fill('SQLITE_CONSTRAINT_FOREIGNKEY'))
  expect(await names()).toEqual([])
  await Promise.all([atomic(db, (tx) => pour(tx, 'white')), pour(db, 'red')])
  expect(await names()).toEqual(['white', 'red'])
})

test('when SQLite undoes everything by itself, those of the group that had finished are refused too', async () => {
  await pour(db, 'green')
  const disaster = async (tx: Tx) => {
    await expect(sql`insert or rollback into tea values (1, 'again')`.execute(tx)).rejects.toThrow('UNIQUE')
    await expect(pour(tx, 'never')).rejects.toThrow('UNIQUE')
  }
  const results = await Promise.allSettled([
    atomic(db, (tx) => pour(tx, 'black')),
    pour(db, 'white'),
    atomic(db, disaster),
    atomic(db, (tx) => pour(tx, 'red')),
  ])
  const refused = 'SQLITE_CONSTRAINT_PRIMARYKEY'
  expect(codes(results)).toEqual([refused, refused, refused, 'stored'])
  expect(await names()).toEqual(['green', 'red'])
})

test('a full disk refuses writes as unavailable, serves reads, and heals without a restart', async () => {
  await pour(db, 'green')
  await onWriter('pragma max_page_count = 4')
  const large = 'x'.repeat(3000)
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, id) => atomic(db, (tx) => pour(tx, `${id} ${large}`))),
  )
  const stored = results.filter((result) => result.status === 'fulfilled').length
  expect(codes(results)).toContain('core.database_unavailable')
  expect(codes(results).every((code) => code === 'stored' || code === 'core.database_unavailable')).toBe(true)
  expect(await names()).toHaveLength(1 + stored)
  await expect(sql`insert into tea (name) values (${large.repeat(10)})`.execute(db)).rejects.toMatchObject({
    code: 'core.database_unavailable',
    kind: 'unavailable',
    cause: { code: 'SQLITE_FULL' },
  })
  await onWriter('pragma max_page_count = 100000')
  await Promise.all(Array.from({ length: 30 }, () => atomic(db, (tx) => pour(tx, large))))
  expect(await names()).toHaveLength(31 + stored)
})

test('a file that may only be read refuses writes as unavailable, until it may be written', async () => {
  await sql`pragma query_only = on`.execute(db)
  await expect(pour(db, 'green')).rejects.toMatchObject({ code: 'core.database_unavailable' })
  await expect(atomic(db, (tx) => pour(tx, 'green'))).rejects.toMatchObject({ code: 'core.database_unavailable' })
  expect(await names()).toEqual([])
  await sql`pragma query_only = off`.execute(db)
  await pour(db, 'black')
  expect(await names()).toEqual(['black'])
})

test('while another process holds the file, writers wait for their time and are then told that it is busy', async () => {
  const other = await openDb(join(folder, 'shop.db'))
  const hasty = await openDb(join(folder, 'shop.db'), { busyTimeout: 30 })
  await atomic(other, async (tx) => {
    await pour(tx, 'green')
    const refused = await Promise.allSettled([pour(hasty, 'black'), atomic(hasty, (mine) => pour(mine, 'white'))])
    expect(codes(refused)).toEqual(['core.database_busy', 'core.database_busy'])
  })
  await pour(hasty, 'red')
  expect(await names()).toEqual(['green', 'red'])
  await Promise.all([other.destroy(), hasty.destroy()])
})

test('statements that want the connection to themselves run between the groups', async () => {
  await Promise.all([
    atomic(db, (tx) => pour(tx, 'green')),
    sql`vacuum`.execute(db),
    atomic(db, (tx) => pour(tx, 'black')),
    sql`pragma foreign_keys = off`.execute(db),
    pour(db, 'white'),
  ])
  expect(await names()).toEqual(['green', 'black', 'white'])
  const { rows } = await atomic(db, (tx) => sql<object>`pragma foreign_keys`.execute(tx))
  expect(rows).toEqual([{ foreign_keys: 0 }])
})

test.each(['commit', ' ROLLBACK', 'begin immediate', 'end'])('%j by hand is refused', async (statement) => {
  await expect(sql.raw(statement).execute(db)).rejects.toThrow('db.transaction()')
  await expect(onWriter(statement)).rejects.toThrow('db.transaction()')
})

test('a statement that is not awaited cannot slip out of its transaction', async () => {
  await sql`create table cup (tea integer references tea deferrable initially deferred) strict`.execute(db)
  const late: Promise<unknown>[] = []
  const refused = atomic(db, async (tx) => {
    await tx.insertInto('cup').values({ tea: 99 }).execute()
    for (const name of ['green', 'black', 'white']) late.push(pour(tx, name).catch(String))
  })
  await expect(refused).rejects.toThrow('FOREIGN KEY')
  expect(await Promise.all(late)).toContainEqual(expect.stringContaining('await every statement'))
  expect(await names()).toEqual([])
})

test('a database in memory groups, reads and rolls back alike', async () => {
  const memory = await openDb(':memory:')
  await sql`create table tea (id integer primary key, name text not null) strict`.execute(memory)
  const spilled = atomic(memory, async (tx) => {
    await pour(tx, 'black')
    throw new Error('spilled')
  })
  const results = await Promise.allSettled([
    atomic(memory, (tx) => pour(tx, 'green')),
    spilled,
    pour(memory, 'white'),
    memory.selectFrom('tea').select('name').execute(),
  ])
  expect(results[1]?.status).toBe('rejected')
  expect(results[3]).toEqual({ status: 'fulfilled', value: [{ name: 'green' }, { name: 'white' }] })
  await memory.destroy()
})
