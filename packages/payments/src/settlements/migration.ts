import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

/** The settlements of providers, and what does not agree with the ledger. */
export const settlementStep: Migrations['steps'][string] = {
  async up(db) {
    await createTable(db, 'payments_settlement')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('row_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount <> 0`))
      .addColumn('currency', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('read_at', 'text', (column) => column.notNull())
      .addUniqueConstraint('payments_settlement_once', ['provider', 'row_id'])
      .execute()
    await createTable(db, 'payments_exception')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('currency', 'text', (column) => column.notNull())
      .addColumn('found', 'text', (column) => column.notNull())
      .addColumn('here', 'bigint', (column) => column.notNull())
      .addColumn('there', 'bigint', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .addColumn('resolved_at', 'text')
      .addColumn('resolution', 'text')
      .execute()
    await db.schema
      .createIndex('payments_exception_open')
      .on('payments_exception')
      .columns(['provider', 'kind', 'reference', 'currency'])
      .unique()
      .where(sql<boolean>`resolved_at is null`)
      .execute()
    await db.schema.createIndex('payments_entry_account').on('payments_entry').columns(['account', 'at']).execute()
  },
}
