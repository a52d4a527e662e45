import { createNewId, defineEvent } from '@sangdo/core'
import { atomic, createOutbox, type Db, on, sendAlong } from '@sangdo/core/server'
import { describeDatabases, stillClock, type TestDatabase } from '@sangdo/core/testing'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

const poured = defineEvent('tea.poured', z.object({ cup: z.string() }))
const clock = stillClock()
const outbox = createOutbox({ newId: createNewId(clock.now), now: clock.now })

function suite(database: () => TestDatabase) {
  let db: Db

  beforeEach(async () => {
    db = database().db
    await sql`create table if not exists cup (id integer primary key, tea text not null)`.execute(db)
  })

  const add = (on: Db, ...ids: number[]) =>
    sendAlong(on, on.insertInto('cup').values(ids.map((id) => ({ id, tea: 'green' }))))
  const cups = async (on: Db) => (await on.selectFrom('cup').select('id').orderBy('id').execute()).map(({ id }) => id)

  test('what is sent along is there for whatever follows in the transaction, and after it', async () => {
    const seen = await atomic(db, async (tx) => {
      await add(tx, 1)
      await add(tx, 2)
      const before = await cups(tx)
      await add(tx, 3)
      return before
    })
    expect(seen).toEqual([1, 2])
    expect(await cups(db)).toEqual([1, 2, 3])
  })

  test('outside a transaction it is stored at once', async () => {
    await add(db, 1)
    expect(await cups(db)).toEqual([1])
  })

  test('when it fails, so does the transaction, with its error and not with that of a later statement', async () => {
    const twice = (tx: Db) => add(tx, 1).then(() => add(tx, 2, 1))
    const unique = { code: expect.stringMatching(/^(23505|SQLITE_CONSTRAINT_PRIMARYKEY)$/) }
    await expect(atomic(db, twice)).rejects.toMatchObject(unique)
    await expect(atomic(db, async (tx) => twice(tx).then(() => cups(tx)))).rejects.toMatchObject(unique)
    expect(await cups(db)).toEqual([])
    await atomic(db, (tx) => add(tx, 1))
    expect(await cups(db)).toEqual([1])
  })

  test('what was sent along before an error of the caller is never stored', async () => {
    const spilling = atomic(db, async (tx) => {
      await add(tx, 1)
      throw new Error('spilled')
    })
    await expect(spilling).rejects.toThrow('spilled')
    expect(await cups(db)).toEqual([])
  })

  test('a transaction that reads first, or does nothing, is one all the same', async () => {
    const spilling = atomic(db, async (tx) => {
      await cups(tx)
      await tx.insertInto('cup').values({ id: 1, tea: 'green' }).execute()
      throw new Error('spilled')
    })
    await expect(spilling).rejects.toThrow('spilled')
    await expect(atomic(db, () => Promise.reject(new Error('spilled at once')))).rejects.toThrow('spilled at once')
    expect(await atomic(db, async () => 'nothing')).toBe('nothing')
    expect(await cups(db)).toEqual([])
    await Promise.all(Array.from({ length: 30 }, (_, id) => atomic(db, async (tx) => cups(tx).then(() => add(tx, id)))))
    expect(await cups(db)).toHaveLength(30)
  })

  test('of subscribers that hear of the same, what a failing one sends along is undone, and nothing else', async () => {
    const spill = () => {
      throw new Error('spilled')
    }
    const subscriptions = [
      on(poured, 'quiet', async () => {}),
      on(poured, 'first', (tx) => add(tx, 1)),
      on(poured, 'throws', (tx) => add(tx, 2).then(spill)),
      on(poured, 'throws later', async (tx) => {
        await add(tx, 3)
        await cups(tx)
        await add(tx, 4)
        spill()
      }),
      on(poured, 'taken', (tx) => add(tx, 1)),
      on(poured, 'last', (tx) => add(tx, 5)),
    ]
    await atomic(db, (tx) => outbox.append(tx, poured, { cup: 'one' }))
    expect(await outbox.deliver(db, subscriptions)).toEqual({ delivered: 3, failed: 3, more: false })
    expect(await cups(db)).toEqual([1, 5])
    const receipts = await db.selectFrom('core_receipt').select(['subscriber', 'error']).orderBy('subscriber').execute()
    expect(receipts.filter(({ error }) => error !== null).map(({ subscriber }) => subscriber)).toEqual([
      'taken',
      'throws',
      'throws later',
    ])
  })
}

describe('what is sent along', () => {
  describeDatabases([], suite)
})
