import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'
import { addMarketColumns, addPriceStarts, createHistory, rememberPrices } from './prices.ts'
import { addIssue, countRedemptions, widenCoupons, widenRedemptions } from './promotions.ts'
import { createProposals } from './proposals.ts'
import { createShareLedger } from './shares.ts'

/** The tables of this package. Steps are only ever added. */
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
    '0003_price_conditions': {
      async up(db) {
        await addMarketColumns(db)
        for (const name of ['channel', 'customer_group', 'company_id', 'customer_id'])
          await db.schema.alterTable('pricing_list').addColumn(name, 'text').execute()
        await addPriceStarts(db)
        await createTable(db, 'pricing_guard')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('cost', 'bigint')
          .addColumn('floor', 'bigint')
          .addColumn('minimum_margin', 'text')
          .addPrimaryKeyConstraint('pricing_guard_key', ['sku', 'currency'])
          .execute()
      },
    },
    '0004_price_history': {
      async up(db) {
        await createHistory(db)
        await createTable(db, 'pricing_version')
          .addColumn('one', 'integer', (column) => column.primaryKey().check(sql`one = 1`))
          .addColumn('version', 'text', (column) => column.notNull())
          .execute()
        await createTable(db, 'pricing_announcement')
          .addColumn('one', 'integer', (column) => column.primaryKey().check(sql`one = 1`))
          .addColumn('until', 'text', (column) => column.notNull())
          .addColumn('target', 'text', (column) => column.notNull())
          .addColumn('after_sku', 'text', (column) => column.notNull())
          .execute()
        await rememberPrices(db, new Date().toISOString())
      },
    },
    '0005_budget': {
      async up(db) {
        const promotion = () => db.schema.alterTable('pricing_promotion')
        await promotion().addColumn('stack_group', 'text').execute()
        await promotion().addColumn('stacks_with', 'text').execute()
        await promotion()
          .addColumn('best', 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
        await createTable(db, 'pricing_promotion_limit')
          .addColumn('promotion_id', 'text', (column) => column.primaryKey().references('pricing_promotion.id'))
          .addColumn('use_limit', 'integer')
          .addColumn('buyer_limit', 'integer')
          .addColumn('budget', 'bigint')
          .addColumn('budget_currency', 'text')
          .addColumn('unit_limit', 'bigint')
          .addColumn('uses', 'integer', (column) => column.notNull().check(sql`uses >= 0`))
          .addColumn('spent', 'bigint', (column) => column.notNull().check(sql`spent >= 0`))
          .addColumn('units', 'bigint', (column) => column.notNull().check(sql`units >= 0`))
          .execute()
        await createTable(db, 'pricing_promotion_buyer')
          .addColumn('promotion_id', 'text', (column) => column.notNull())
          .addColumn('buyer', 'text', (column) => column.notNull())
          .addColumn('uses', 'integer', (column) => column.notNull().check(sql`uses >= 0`))
          .addPrimaryKeyConstraint('pricing_promotion_buyer_key', ['promotion_id', 'buyer'])
          .execute()
        await widenRedemptions(db)
        await countRedemptions(db)
      },
    },
    '0006_codes': {
      async up(db) {
        await createTable(db, 'pricing_batch')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('promotion_id', 'text', (column) => column.notNull().references('pricing_promotion.id'))
          .addColumn('prefix', 'text', (column) => column.notNull())
          .addColumn('wanted', 'integer', (column) => column.notNull())
          .addColumn('made', 'integer', (column) => column.notNull())
          .addColumn('buyer_limit', 'integer')
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addCheckConstraint('pricing_batch_made', sql`made between 0 and wanted`)
          .execute()
        await db.schema.createIndex('pricing_batch_promotion').on('pricing_batch').column('promotion_id').execute()
        await widenCoupons(db)
      },
    },
    '0007_shares': { up: createShareLedger },
    '0008_issue': { up: addIssue },
    '0009_proposals': { up: createProposals },
  },
}
