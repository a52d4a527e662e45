import { createTable, type Db } from '@sangdo/core/server'
import { sql } from 'kysely'

/** Uses of promotions without a code, and what each use took. */
export async function widenRedemptions(db: Db): Promise<void> {
  await createTable(db, 'pricing_redemption_0005')
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('promotion_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('buyer', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount >= 0`))
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('units', 'bigint', (column) => column.notNull().check(sql`units >= 0`))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('held_at', 'text', (column) => column.notNull())
    .addColumn('closed_at', 'text')
    .addPrimaryKeyConstraint('pricing_redemption_use', ['reference', 'promotion_id', 'code'])
    .execute()
  await sql`insert into pricing_redemption_0005
      (reference, promotion_id, code, buyer, amount, currency, units, status, held_at, closed_at)
    select reference, promotion_id, code, buyer, 0, '', 0, status, held_at, closed_at
    from pricing_redemption`.execute(db)
  await db.schema.dropTable('pricing_redemption').execute()
  await db.schema.alterTable('pricing_redemption_0005').renameTo('pricing_redemption').execute()
  await db.schema.createIndex('pricing_redemption_promotion').on('pricing_redemption').column('promotion_id').execute()
}

/** Promotions know from the start how often they are in use. */
export async function countRedemptions(db: Db): Promise<void> {
  await sql`insert into pricing_promotion_limit (promotion_id, uses, spent, units)
    select id, (select count(*) from pricing_redemption
      where promotion_id = pricing_promotion.id and status <> 'released'), 0, 0
    from pricing_promotion`.execute(db)
  await sql`insert into pricing_promotion_buyer (promotion_id, buyer, uses)
    select promotion_id, buyer, count(*) from pricing_redemption
    where status <> 'released' group by promotion_id, buyer`.execute(db)
}

/** Codes of a batch, and codes for one buyer. A limit may be lowered below what has been used; then nothing is left. */
export async function widenCoupons(db: Db): Promise<void> {
  await createTable(db, 'pricing_coupon_0006')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('promotion_id', 'text', (column) => column.notNull().references('pricing_promotion.id'))
    .addColumn('use_limit', 'integer')
    .addColumn('buyer_limit', 'integer')
    .addColumn('uses', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`uses >= 0`),
    )
    .addColumn('batch_id', 'text')
    .addColumn('buyer', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('issued_for', 'text')
    .execute()
  await sql`insert into pricing_coupon_0006 (code, promotion_id, use_limit, buyer_limit, uses)
    select code, promotion_id, use_limit, buyer_limit, uses from pricing_coupon`.execute(db)
  await db.schema.dropTable('pricing_coupon').execute()
  await db.schema.alterTable('pricing_coupon_0006').renameTo('pricing_coupon').execute()
  await db.schema
    .createIndex('pricing_coupon_shown')
    .on('pricing_coupon')
    .columns(['promotion_id', 'code'])
    .where(sql<boolean>`batch_id is null and issued_for is null`)
    .execute()
  await db.schema
    .createIndex('pricing_coupon_batch')
    .on('pricing_coupon')
    .columns(['batch_id', 'code'])
    .where(sql<boolean>`batch_id is not null`)
    .execute()
  await db.schema
    .createIndex('pricing_coupon_issued')
    .unique()
    .on('pricing_coupon')
    .column('issued_for')
    .where(sql<boolean>`issued_for is not null`)
    .execute()
}

/** Promotions of which codes are issued on an occasion; and a buyer's codes are found. */
export async function addIssue(db: Db): Promise<void> {
  await db.schema.alterTable('pricing_promotion').addColumn('issue', 'text').execute()
  await db.schema.alterTable('pricing_promotion').addColumn('issue_days', 'integer').execute()
  await db.schema
    .createIndex('pricing_promotion_issue')
    .on('pricing_promotion')
    .column('issue')
    .where(sql<boolean>`issue is not null`)
    .execute()
  await db.schema
    .createIndex('pricing_coupon_owner')
    .on('pricing_coupon')
    .columns(['buyer', 'expires_at'])
    .where(sql<boolean>`buyer is not null`)
    .execute()
}
