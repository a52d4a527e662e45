import { createTable, type Db } from '@sangdo/core/server'
import { sql } from 'kysely'

/** Prices that rules and models propose, with the prices that they were made for. */
export async function createProposals(db: Db): Promise<void> {
  await createTable(db, 'pricing_proposal')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('sku', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('list_id', 'text', (column) => column.notNull())
    .addColumn('min_quantity', 'integer', (column) => column.notNull().check(sql`min_quantity > 0`))
    .addColumn('market', 'text')
    .addColumn('current', 'bigint', (column) => column.notNull())
    .addColumn('compare_at', 'bigint')
    .addColumn('proposed', 'bigint', (column) => column.notNull())
    .addColumn('bounded', 'bigint', (column) => column.notNull().check(sql`bounded between 0 and 1000000000000`))
    .addColumn('limited_by', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'text')
    .addColumn('decided_by', 'text')
    .execute()
  await db.schema.createIndex('pricing_proposal_status').on('pricing_proposal').columns(['status', 'id']).execute()
  await db.schema
    .createIndex('pricing_proposal_open')
    .on('pricing_proposal')
    .column('sku')
    .where(sql<boolean>`status = 'open'`)
    .execute()
}
