import { type Breach, checkInvariants, createTable, type Invariant } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const shelf = {
  package: 'shelf',
  steps: {
    '0001_shelf': {
      up: async (db: Parameters<typeof createTable>[0]) => {
        await createTable(db, 'shelf_stock')
          .addColumn('sku', 'text', (column) => column.primaryKey())
          .addColumn('there', 'integer', (column) => column.notNull())
          .addColumn('promised', 'integer', (column) => column.notNull())
          .execute()
      },
    },
  },
}

const covered: Invariant = {
  name: 'shelf.covered',
  says: 'No more is promised than is there',
  breaches: sql<Breach>`select sku as subject, there, promised from shelf_stock where promised > there order by sku`,
}

describe('invariants', () => {
  describeDatabases([shelf], (database) => {
    const put = (sku: string, there: number, promised: number) =>
      sql`insert into shelf_stock (sku, there, promised) values (${sku}, ${there}, ${promised})`.execute(database().db)

    test('a sound shop has nothing to tell', async () => {
      await put('MUG', 5, 5)
      expect(await checkInvariants(database().db, [covered])).toEqual([])
    })

    test('what breaks one is named with its figures, and at most so many of them', async () => {
      for (const sku of ['A', 'B', 'C']) await put(sku, 1, 2)
      expect(await checkInvariants(database().db, [covered], { most: 2 })).toEqual([
        {
          name: 'shelf.covered',
          says: 'No more is promised than is there',
          breaches: [
            { subject: 'A', there: 1, promised: 2 },
            { subject: 'B', there: 1, promised: 2 },
          ],
        },
      ])
    })
  })
})
