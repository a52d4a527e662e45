import { atomic, type Db, openDb } from '@sangdo/core/server'
import { describeDatabases, type TestDatabase } from '@sangdo/core/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const busy = { code: 'core.database_busy', kind: 'unavailable' }
const unavailable = { code: 'core.database_unavailable', kind: 'unavailable' }

function suite(database: () => TestDatabase) {
  let db: Db
  const more: Db[] = []
  const open = async (options: Parameters<typeof openDb>[1]) => {
    const opened = await openDb(database().url ?? '', options)
    more.push(opened)
    return opened
  }

  beforeEach(async () => {
    db = database().db
    await sql`create table if not exists tea (id integer primary key, name text not null)`.execute(db)
    await db
      .insertInto('tea')
      .values({ id: 1, name: 'green' })
      .onConflict((on) => on.doNothing())
      .execute()
  })

  afterEach(async () => {
    for (const opened of more.splice(0)) await opened.destroy()
  })

  const drink = (on: Db) => on.updateTable('tea').set({ name: 'empty' }).where('id', '=', 1).execute()

  test.each([
    ['statement_timeout', '5s'],
    ['lock_timeout', '2s'],
    ['idle_in_transaction_session_timeout', '10s'],
  ])('%s is %s on every connection', async (name, value) => {
    const { rows } = await sql.raw<Record<string, string>>(`show ${name}`).execute(db)
    expect(rows).toEqual([{ [name]: value }])
  })

  test('when every connection is taken, the next one is told so after its time, and served once one is free', async () => {
    const small = await open({ poolSize: 1, busyTimeout: 400 })
    await atomic(small, async () => {
      await expect(drink(small)).rejects.toMatchObject(busy)
      await expect(atomic(small, drink)).rejects.toMatchObject(busy)
    })
    await drink(small)
  })

  test('a lock that another transaction keeps is a busy database', async () => {
    await atomic(db, async (tx) => {
      await drink(tx)
      const waiting = db.transaction().execute(async (other) => {
        await sql`set local lock_timeout = 20`.execute(other)
        await drink(other)
      })
      await expect(waiting).rejects.toMatchObject({ ...busy, cause: { code: '55P03' } })
    })
  })

  test('atomic waits for such a lock by running its work again', async () => {
    let attempts = 0
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    let locked = () => {}
    const taken = new Promise<void>((resolve) => (locked = resolve))
    const holding = atomic(db, async (tx) => {
      await drink(tx)
      locked()
      await held
    })
    await taken
    await atomic(db, async (tx) => {
      if (++attempts === 2) release()
      await sql`set local lock_timeout = 20`.execute(tx)
      await drink(tx)
    })
    await holding
    expect(attempts).toBeGreaterThan(1)
  })

  test('a statement that takes too long is a busy database', async () => {
    const slow = db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = 20`.execute(tx)
      await sql`select pg_sleep(2)`.execute(tx)
    })
    await expect(slow).rejects.toMatchObject({ ...busy, cause: { code: '57014' } })
  })

  test('a server that only reads refuses writes as unavailable', async () => {
    const writing = db.transaction().execute(async (tx) => {
      await sql`set transaction read only`.execute(tx)
      await drink(tx)
    })
    await expect(writing).rejects.toMatchObject({ ...unavailable, cause: { code: '25006' } })
  })

  test('a connection that is lost is an unavailable database, and the next statement has a new one', async () => {
    const one = await open({ poolSize: 1 })
    await expect(sql`select pg_terminate_backend(pg_backend_pid())`.execute(one)).rejects.toMatchObject(unavailable)
    await drink(one)
    const cut = atomic(one, async (tx) => {
      await drink(tx)
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    await expect(cut).rejects.toMatchObject(unavailable)
    await atomic(one, drink)
  })

  test('a transaction that idles for too long is undone, and its caller told', async () => {
    const idle = db.transaction().execute(async (tx) => {
      await sql`set local idle_in_transaction_session_timeout = 20`.execute(tx)
      await drink(tx)
      await sql`select pg_sleep(0.2)`.execute(db)
      await drink(tx)
    })
    await expect(idle).rejects.toMatchObject(unavailable)
  })

  test('what comes again is prepared on the server, and prepared anew when a table has changed under it', async () => {
    const shop = await open({ poolSize: 1 })
    const tea = (on: Db) => on.selectFrom('tea').selectAll().where('id', '=', 1).executeTakeFirst()
    const prepared = async () =>
      (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(shop)).rows.filter(
        ({ statement }) => statement.startsWith('select * from "tea"'),
      )
    for (const used of [0, 0, 1, 1]) {
      await tea(shop)
      expect(await prepared()).toHaveLength(used)
    }
    await sql`alter table tea add column leaf text`.execute(db)
    await expect(tea(shop)).rejects.toMatchObject(busy)
    expect(await tea(shop)).toMatchObject({ id: 1, leaf: null })
    await atomic(shop, tea)
    await atomic(shop, tea)
    await sql`alter table tea drop column leaf`.execute(db)
    expect(Object.keys((await atomic(shop, tea)) ?? {})).toEqual(['id', 'name'])
  })

  test('what the statement itself got wrong stays as the server says it', async () => {
    await expect(db.insertInto('tea').values({ id: 1, name: 'again' }).execute()).rejects.toMatchObject({
      code: '23505',
    })
  })
}

describe('the limits of every wait', () => {
  describeDatabases([], suite, ['postgres'])
})
