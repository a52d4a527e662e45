import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

export const crmMigrations: Migrations = {
  package: 'crm',
  steps: {
    '0001_customer': {
      async up(db) {
        await createTable(db, 'crm_customer')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('email', 'text', (column) => column.unique())
          .addColumn('name', 'text')
          .addColumn('phone', 'text')
          .addColumn('locale', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addColumn('left_at', 'text')
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('search', 'text', (column) => column.notNull())
          .addCheckConstraint(
            'crm_customer_forgotten',
            sql`(status = 'active' and email is not null and name is not null and left_at is null)
              or (status = 'left' and email is null and name is null and phone is null and left_at is not null)`,
          )
          .execute()
        await createTable(db, 'crm_address')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('customer_id', 'text', (column) => column.notNull().references('crm_customer.id'))
          .addColumn('label', 'text')
          .addColumn('is_default', 'integer', (column) => column.notNull().check(sql`is_default in (0, 1)`))
          .addColumn('address', 'text', (column) => column.notNull())
          .execute()
        await db.schema.createIndex('crm_address_customer').on('crm_address').columns(['customer_id', 'id']).execute()
        await db.schema
          .createIndex('crm_address_default')
          .unique()
          .on('crm_address')
          .column('customer_id')
          .where(sql<boolean>`is_default = 1`)
          .execute()
      },
    },
    '0002_consent': {
      async up(db) {
        await createTable(db, 'crm_consent')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('customer_id', 'text', (column) => column.notNull().references('crm_customer.id'))
          .addColumn('purpose', 'text', (column) => column.notNull())
          .addColumn('channel', 'text', (column) => column.notNull())
          .addColumn('decision', 'text', (column) => column.notNull().check(sql`decision in ('granted', 'withdrawn')`))
          .addColumn('text_version', 'text', (column) => column.notNull())
          .addColumn('source', 'text', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addUniqueConstraint('crm_consent_order', ['customer_id', 'version'])
          .execute()
      },
    },
    '0003_order': {
      async up(db) {
        await createTable(db, 'crm_order')
          .addColumn('order_id', 'text', (column) => column.primaryKey())
          .addColumn('customer_id', 'text', (column) => column.notNull().references('crm_customer.id'))
          .addColumn('number', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('status_at', 'text', (column) => column.notNull())
          .addColumn('total', 'bigint', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('placed_at', 'text', (column) => column.notNull())
          .execute()
        await db.schema
          .createIndex('crm_order_customer')
          .on('crm_order')
          .columns(['customer_id', 'placed_at', 'order_id'])
          .execute()
      },
    },
  },
}
