import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

export const reviewMigrations: Migrations = {
  package: 'reviews',
  steps: {
    '0001_review': {
      async up(db) {
        await createTable(db, 'reviews_review')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('product_id', 'text', (column) => column.notNull())
          .addColumn('line_id', 'text', (column) => column.notNull().unique())
          .addColumn('order_id', 'text', (column) => column.notNull())
          .addColumn('customer_id', 'text')
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('stars', 'integer', (column) => column.notNull().check(sql`stars between 1 and 5`))
          .addColumn('title', 'text')
          .addColumn('text', 'text', (column) => column.notNull())
          .addColumn('locale', 'text', (column) => column.notNull())
          .addColumn('author', 'text', (column) => column.notNull())
          .addColumn('rewarded', 'integer', (column) => column.notNull().check(sql`rewarded in (0, 1)`))
          .addColumn('helpful', 'integer', (column) => column.notNull().check(sql`helpful >= 0`))
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addColumn('edited_at', 'text')
          .addColumn('reply_text', 'text')
          .addColumn('reply_at', 'text')
          .addCheckConstraint('reviews_review_reply', sql`(reply_text is null) = (reply_at is null)`)
          .execute()
        for (const [name, key] of [
          ['newest', []],
          ['stars', ['stars']],
          ['helpful', ['helpful']],
        ] as const)
          await db.schema
            .createIndex(`reviews_review_${name}`)
            .on('reviews_review')
            .columns(['product_id', 'status', ...key, 'created_at', 'id'])
            .execute()
        await db.schema
          .createIndex('reviews_review_status')
          .on('reviews_review')
          .columns(['status', 'created_at', 'id'])
          .execute()
        await db.schema
          .createIndex('reviews_review_customer')
          .on('reviews_review')
          .columns(['customer_id', 'created_at', 'id'])
          .execute()
      },
    },
    '0002_decision': {
      async up(db) {
        await createTable(db, 'reviews_decision')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('review_id', 'text', (column) => column.notNull().references('reviews_review.id'))
          .addColumn('from_status', 'text')
          .addColumn('to_status', 'text', (column) => column.notNull())
          .addColumn('actor', 'text', (column) => column.notNull())
          .addColumn('reason', 'text')
          .addColumn('note', 'text')
          .addColumn('at', 'text', (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addUniqueConstraint('reviews_decision_order', ['review_id', 'version'])
          .addCheckConstraint('reviews_decision_reason', sql`(to_status = 'rejected') = (reason is not null)`)
          .execute()
      },
    },
    '0003_rating': {
      async up(db) {
        await createTable(db, 'reviews_rating')
          .addColumn('product_id', 'text', (column) => column.primaryKey())
          .addColumn('stars_1', 'integer', (column) => column.notNull().check(sql`stars_1 >= 0`))
          .addColumn('stars_2', 'integer', (column) => column.notNull().check(sql`stars_2 >= 0`))
          .addColumn('stars_3', 'integer', (column) => column.notNull().check(sql`stars_3 >= 0`))
          .addColumn('stars_4', 'integer', (column) => column.notNull().check(sql`stars_4 >= 0`))
          .addColumn('stars_5', 'integer', (column) => column.notNull().check(sql`stars_5 >= 0`))
          .execute()
        await createTable(db, 'reviews_vote')
          .addColumn('review_id', 'text', (column) => column.notNull().references('reviews_review.id'))
          .addColumn('voter', 'text', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('reviews_vote_key', ['review_id', 'voter'])
          .execute()
      },
    },
  },
}
