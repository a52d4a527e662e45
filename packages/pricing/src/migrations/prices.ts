import { createTable, type Db } from '@sangdo/core/server'
import { sql } from 'kysely'

/** Rates by region and date, what stays constant, exchange: markets that exist go on as they were. */
export async function addMarketColumns(db: Db): Promise<void> {
  const market = () => db.schema.alterTable('pricing_market')
  const defaults = { tax_level: 'line', constant: 'gross', time_zone: 'UTC', regional_rates: '[]' }
  for (const [name, value] of Object.entries(defaults))
    await market()
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
      .execute()
  await market().addColumn('exchange', 'text').execute()
  await market().addColumn('tax_service', 'text').execute()
}

/** A key cannot be changed in place on SQLite, so the table is copied. */
export async function addPriceStarts(db: Db): Promise<void> {
  await createTable(db, 'pricing_price_0003')
    .addColumn('sku', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('list_id', 'text', (column) => column.notNull())
    .addColumn('min_quantity', 'integer', (column) => column.notNull().check(sql`min_quantity > 0`))
    .addColumn('starts_at', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount between 0 and 1000000000000`))
    .addColumn('compare_at', 'bigint')
    .addPrimaryKeyConstraint('pricing_price_start', ['sku', 'currency', 'list_id', 'min_quantity', 'starts_at'])
    .execute()
  await sql`insert into pricing_price_0003 (sku, currency, list_id, min_quantity, starts_at, amount, compare_at)
    select sku, currency, list_id, min_quantity, '', amount, compare_at from pricing_price`.execute(db)
  await db.schema.dropTable('pricing_price').execute()
  await db.schema.alterTable('pricing_price_0003').renameTo('pricing_price').execute()
  await db.schema
    .createIndex('pricing_price_starting')
    .on('pricing_price')
    .columns(['starts_at', 'sku'])
    .where(sql<boolean>`starts_at <> ''`)
    .execute()
  await db.schema
    .createIndex('pricing_price_list')
    .on('pricing_price')
    .columns(['list_id', 'sku'])
    .where(sql<boolean>`list_id <> ''`)
    .execute()
}

/** The append-only history of prices and of price lists. */
export async function createHistory(db: Db): Promise<void> {
  await createTable(db, 'pricing_price_change')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sku', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('list_id', 'text', (column) => column.notNull())
    .addColumn('min_quantity', 'integer', (column) => column.notNull())
    .addColumn('starts_at', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint')
    .addColumn('compare_at', 'bigint')
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('pricing_price_change_sku')
    .on('pricing_price_change')
    .columns(['sku', 'currency', 'id'])
    .execute()
  await createTable(db, 'pricing_list_change')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('list_id', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('pricing_list_change_list').on('pricing_list_change').columns(['list_id', 'id']).execute()
}

/** The history begins with what there is, as of `at`. */
export async function rememberPrices(db: Db, at: string): Promise<void> {
  await sql`insert into pricing_version (one, version) values (1, ${at})`.execute(db)
  await sql`insert into pricing_announcement (one, until, target, after_sku) values (1, ${at}, '', '')`.execute(db)
  await sql`insert into pricing_price_change
      (id, sku, currency, list_id, min_quantity, starts_at, amount, compare_at, recorded_at)
    select 'pch_0' || row_number() over (order by sku, currency, list_id, min_quantity),
      sku, currency, list_id, min_quantity, starts_at, amount, compare_at, ${sql.val(at)}
    from pricing_price`.execute(db)
  const lists = await db.selectFrom('pricing_list').selectAll().orderBy('id').execute()
  for (const [index, row] of lists.entries()) {
    const list = {
      id: row.id,
      name: row.name,
      currency: row.currency,
      market: row.market,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
    }
    const change = { id: `lch_0${index}`, list_id: row.id, list: JSON.stringify(list), recorded_at: at }
    await db.insertInto('pricing_list_change').values(change).execute()
  }
}
