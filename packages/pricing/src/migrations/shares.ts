import { createTable, type Db } from '@sangdo/core/server'
import { sql } from 'kysely'

/** The ledger of shares. Each move of a share has its place, so that two who move it at once cannot both. */
export async function createShareLedger(db: Db): Promise<void> {
  await createTable(db, 'pricing_share_entry')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('promotion_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull().check(sql`place > 0`))
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('expected', 'bigint', (column) => column.notNull())
    .addColumn('owed', 'bigint', (column) => column.notNull())
    .addColumn('refunded', 'bigint', (column) => column.notNull().check(sql`refunded >= 0`))
    .addColumn('refund', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('pricing_share_entry_place')
    .unique()
    .on('pricing_share_entry')
    .columns(['reference', 'promotion_id', 'code', 'recipient', 'purpose', 'currency', 'place'])
    .execute()
  for (const column of ['recipient', 'promotion_id'])
    await db.schema
      .createIndex(`pricing_share_entry_${column}`)
      .on('pricing_share_entry')
      .columns([column, 'id'])
      .execute()
}
