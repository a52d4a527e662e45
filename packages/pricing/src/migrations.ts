import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

export const pricingMigrations: Migrations = {
  package: 'pricing',
  steps: {
    '0001_price': {
      async up(db) {
        await createTable(db, 'pricing_market')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('prices_include', 'text', (column) => column.notNull())
          .addColumn('tax_rounding', 'text', (column) => column.notNull())
          .addColumn('rates', 'text', (column) => column.notNull())
          .execute()
        await createTable(db, 'pricing_list')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('market', 'text')
          .addColumn('starts_at', 'text')
          .addColumn('ends_at', 'text')
          .execute()
        await createTable(db, 'pricing_price')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('list_id', 'text', (column) => column.notNull())
          .addColumn('min_quantity', 'integer', (column) => column.notNull().check(sql`min_quantity > 0`))
          .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount between 0 and 1000000000000`))
          .addColumn('compare_at', 'bigint')
          .addPrimaryKeyConstraint('pricing_price_key', ['sku', 'currency', 'list_id', 'min_quantity'])
          .execute()
      },
    },
    '0002_promotion': {
      async up(db) {
        await createTable(db, 'pricing_promotion')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('rule', 'text', (column) => column.notNull())
          .addColumn('priority', 'integer', (column) => column.notNull())
          .addColumn('exclusive', 'integer', (column) => column.notNull())
          .addColumn('needs_code', 'integer', (column) => column.notNull())
          .addColumn('active', 'integer', (column) => column.notNull())
          .addColumn('starts_at', 'text')
          .addColumn('ends_at', 'text')
          .execute()
        await db.schema
          .createIndex('pricing_promotion_running')
          .on('pricing_promotion')
          .columns(['active', 'needs_code'])
          .execute()
        await createTable(db, 'pricing_coupon')
          .addColumn('code', 'text', (column) => column.primaryKey())
          .addColumn('promotion_id', 'text', (column) => column.notNull().references('pricing_promotion.id'))
          .addColumn('use_limit', 'integer')
          .addColumn('buyer_limit', 'integer')
          .addColumn('uses', 'integer', (column) => column.notNull())
          .addCheckConstraint('pricing_coupon_limit', sql`uses >= 0 and (use_limit is null or uses <= use_limit)`)
          .execute()
        await db.schema.createIndex('pricing_coupon_promotion').on('pricing_coupon').column('promotion_id').execute()
        await createTable(db, 'pricing_coupon_buyer')
          .addColumn('code', 'text', (column) => column.notNull())
          .addColumn('buyer', 'text', (column) => column.notNull())
          .addColumn('uses', 'integer', (column) => column.notNull().check(sql`uses >= 0`))
          .addPrimaryKeyConstraint('pricing_coupon_buyer_key', ['code', 'buyer'])
          .execute()
        await createTable(db, 'pricing_redemption')
          .addColumn('reference', 'text', (column) => column.notNull())
          .addColumn('code', 'text', (column) => column.notNull())
          .addColumn('promotion_id', 'text', (column) => column.notNull())
          .addColumn('buyer', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('held_at', 'text', (column) => column.notNull())
          .addColumn('closed_at', 'text')
          .addPrimaryKeyConstraint('pricing_redemption_key', ['reference', 'code'])
          .execute()
      },
    },
  },
}
