import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

export const shippingMigrations: Migrations = {
  package: 'shipping',
  steps: {
    '0001_method': {
      async up(db) {
        await createTable(db, 'shipping_zone')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('areas', 'text', (column) => column.notNull())
          .execute()
        await createTable(db, 'shipping_method')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('zone_id', 'text', (column) => column.notNull().references('shipping_zone.id'))
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('active', 'integer', (column) => column.notNull().check(sql`active in (0, 1)`))
          .addColumn('position', 'integer', (column) => column.notNull())
          .addColumn('rates', 'text', (column) => column.notNull())
          .addColumn('surcharges', 'text', (column) => column.notNull())
          .addColumn('days_from', 'integer', (column) => column.notNull())
          .addColumn('days_to', 'integer', (column) => column.notNull())
          .addColumn('excluded_skus', 'text', (column) => column.notNull())
          .addCheckConstraint('shipping_method_days', sql`days_from >= 0 and days_to >= days_from`)
          .execute()
        await db.schema.createIndex('shipping_method_zone').on('shipping_method').column('zone_id').execute()
      },
    },
    '0002_shipment': {
      async up(db) {
        await createTable(db, 'shipping_shipment')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('order_id', 'text', (column) => column.notNull())
          .addColumn('carrier', 'text', (column) => column.notNull())
          .addColumn('tracking_number', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('lines', 'text', (column) => column.notNull())
          .addColumn('shipped_at', 'text', (column) => column.notNull())
          .addColumn('delivered_at', 'text')
          .addUniqueConstraint('shipping_shipment_label', ['order_id', 'carrier', 'tracking_number'])
          .addCheckConstraint('shipping_shipment_arrived', sql`(status = 'delivered') = (delivered_at is not null)`)
          .execute()
        await db.schema
          .createIndex('shipping_shipment_open')
          .on('shipping_shipment')
          .columns(['shipped_at', 'id'])
          .where(sql<boolean>`delivered_at is null`)
          .execute()
        await createTable(db, 'shipping_event')
          .addColumn('shipment_id', 'text', (column) => column.notNull().references('shipping_shipment.id'))
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .addColumn('place', 'text')
          .addColumn('note', 'text')
          .addPrimaryKeyConstraint('shipping_event_key', ['shipment_id', 'at', 'status'])
          .execute()
      },
    },
  },
}
