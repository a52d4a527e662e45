import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

export const orderMigrations: Migrations = {
  package: 'orders',
  steps: {
    '0001_cart': {
      async up(db) {
        await createTable(db, 'orders_cart')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('market', 'text', (column) => column.notNull())
          .addColumn('locale', 'text', (column) => column.notNull())
          .addColumn('customer_id', 'text')
          .addColumn('email', 'text')
          .addColumn('address', 'text')
          .addColumn('shipping_method', 'text')
          .addColumn('codes', 'text', (column) => column.notNull())
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addColumn('updated_at', 'text', (column) => column.notNull())
          .execute()
        await db.schema
          .createIndex('orders_cart_customer')
          .on('orders_cart')
          .columns(['customer_id', 'status', 'updated_at'])
          .execute()
        await createTable(db, 'orders_cart_line')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('cart_id', 'text', (column) => column.notNull().references('orders_cart.id').onDelete('cascade'))
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity between 1 and 9999`))
          .addUniqueConstraint('orders_cart_line_sku', ['cart_id', 'sku'])
          .execute()
      },
    },
    '0002_order': {
      async up(db) {
        await createTable(db, 'orders_order')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('number', 'text', (column) => column.notNull().unique())
          .addColumn('cart_id', 'text', (column) => column.notNull().unique())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('market', 'text', (column) => column.notNull())
          .addColumn('locale', 'text', (column) => column.notNull())
          .addColumn('customer_id', 'text')
          .addColumn('email', 'text', (column) => column.notNull())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('address', 'text', (column) => column.notNull())
          .addColumn('shipping_method', 'text', (column) => column.notNull())
          .addColumn('shipping_name', 'text', (column) => column.notNull())
          .addColumn('quote', 'text', (column) => column.notNull())
          .addColumn('total', 'bigint', (column) => column.notNull().check(sql`total >= 0`))
          .addColumn('pieces', 'integer', (column) => column.notNull())
          .addColumn('stock_reference', 'text', (column) => column.notNull())
          .addColumn('placed_at', 'text', (column) => column.notNull())
          .addColumn('paid_at', 'text')
          .addColumn('expires_at', 'text')
          .addColumn('cancel_reason', 'text')
          .execute()
        await db.schema.createIndex('orders_order_status').on('orders_order').columns(['status', 'id']).execute()
        await db.schema.createIndex('orders_order_customer').on('orders_order').columns(['customer_id', 'id']).execute()
        await db.schema
          .createIndex('orders_order_due')
          .on('orders_order')
          .column('expires_at')
          .where(sql<boolean>`status = 'pending_payment'`)
          .execute()
        await createTable(db, 'orders_line')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('order_id', 'text', (column) => column.notNull().references('orders_order.id'))
          .addColumn('position', 'integer', (column) => column.notNull())
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('product_id', 'text', (column) => column.notNull())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('options', 'text', (column) => column.notNull())
          .addColumn('image', 'text')
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity > 0`))
          .addColumn('shipped', 'integer', (column) => column.notNull())
          .addColumn('delivered', 'integer', (column) => column.notNull())
          .addColumn('unit_price', 'bigint', (column) => column.notNull())
          .addColumn('subtotal', 'bigint', (column) => column.notNull())
          .addColumn('discount', 'bigint', (column) => column.notNull())
          .addColumn('total', 'bigint', (column) => column.notNull().check(sql`total >= 0`))
          .addColumn('tax', 'bigint', (column) => column.notNull())
          .addColumn('tax_rate', 'text', (column) => column.notNull())
          .addCheckConstraint(
            'orders_line_pieces',
            sql`0 <= delivered and delivered <= shipped and shipped <= quantity`,
          )
          .execute()
        await db.schema.createIndex('orders_line_order').on('orders_line').columns(['order_id', 'position']).execute()
        await createTable(db, 'orders_history')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('order_id', 'text', (column) => column.notNull().references('orders_order.id'))
          .addColumn('from_status', 'text')
          .addColumn('to_status', 'text', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .addColumn('actor', 'text', (column) => column.notNull())
          .addColumn('note', 'text')
          .execute()
        await db.schema.createIndex('orders_history_order').on('orders_history').columns(['order_id', 'id']).execute()
      },
    },
    '0003_history_version': {
      async up(db) {
        await db.schema
          .alterTable('orders_history')
          .addColumn('version', 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
        // What two processes wrote in one millisecond is in any order by id; the version of the order is the truth.
        await sql`update orders_history set version = (
          select count(*) from orders_history as earlier
          where earlier.order_id = orders_history.order_id and earlier.id < orders_history.id)`.execute(db)
        await db.schema
          .createIndex('orders_history_version')
          .unique()
          .on('orders_history')
          .columns(['order_id', 'version'])
          .execute()
        await db.schema.dropIndex('orders_history_order').execute()
      },
    },
  },
}
