import { createTable, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

export const inventoryMigrations: Migrations = {
  package: 'inventory',
  steps: {
    '0001_stock': {
      async up(db) {
        await createTable(db, 'inventory_location')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('priority', 'integer', (column) => column.notNull())
          .execute()
        await createTable(db, 'inventory_stock')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('on_hand', 'integer', (column) => column.notNull())
          .addColumn('reserved', 'integer', (column) => column.notNull())
          .addColumn('safety', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('inventory_stock_key', ['sku', 'location_id'])
          .addCheckConstraint('inventory_stock_covered', sql`reserved >= 0 and safety >= 0 and on_hand >= reserved`)
          .execute()
        await createTable(db, 'inventory_movement')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity <> 0`))
          .addColumn('reason', 'text', (column) => column.notNull())
          .addColumn('reference', 'text')
          .addColumn('note', 'text')
          .addColumn('at', 'text', (column) => column.notNull())
          .execute()
        await db.schema.createIndex('inventory_movement_sku').on('inventory_movement').columns(['sku', 'id']).execute()
      },
    },
    '0002_reservation': {
      async up(db) {
        await createTable(db, 'inventory_reservation')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('reference', 'text', (column) => column.notNull().unique())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addColumn('expires_at', 'text')
          .addColumn('closed_at', 'text')
          .addColumn('restocked_at', 'text')
          .execute()
        await db.schema
          .createIndex('inventory_reservation_due')
          .on('inventory_reservation')
          .column('expires_at')
          .where(sql<boolean>`status = 'open'`)
          .execute()
        await createTable(db, 'inventory_reservation_line')
          .addColumn('reservation_id', 'text', (column) => column.notNull().references('inventory_reservation.id'))
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity > 0`))
          .addPrimaryKeyConstraint('inventory_reservation_line_key', ['reservation_id', 'sku', 'location_id'])
          .execute()
        await db.schema
          .createIndex('inventory_reservation_line_sku')
          .on('inventory_reservation_line')
          .column('sku')
          .execute()
      },
    },
    '0003_correction': {
      async up(db) {
        await createTable(db, 'inventory_correction')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull())
          .addColumn('on_hand_before', 'integer', (column) => column.notNull())
          .addColumn('on_hand', 'integer', (column) => column.notNull())
          .addColumn('reserved_before', 'integer', (column) => column.notNull())
          .addColumn('reserved', 'integer', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .execute()
      },
    },
    '0004_extension': {
      async up(db) {
        await db.schema.alterTable('inventory_reservation').addColumn('extended_at', 'text').execute()
      },
    },
    '0005_position': {
      async up(db) {
        for (const name of ['latitude_micro', 'longitude_micro'])
          await db.schema.alterTable('inventory_location').addColumn(name, 'integer').execute()
      },
    },
    '0006_backorder': {
      async up(db) {
        await createTable(db, 'inventory_allowance')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('most', 'integer', (column) => column.notNull().check(sql`most >= 0`))
          .addColumn('promised', 'integer', (column) => column.notNull().check(sql`promised >= 0`))
          .addColumn('kind', 'text', (column) => column.notNull())
          .addColumn('until', 'text')
          .addColumn('expected_at', 'text')
          .addPrimaryKeyConstraint('inventory_allowance_key', ['sku', 'location_id'])
          .execute()
        await createTable(db, 'inventory_backorder')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('reservation_id', 'text', (column) => column.notNull().references('inventory_reservation.id'))
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity > 0`))
          .addColumn('filled', 'integer', (column) => column.notNull().check(sql`filled between 0 and quantity`))
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('expected_at', 'text')
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addUniqueConstraint('inventory_backorder_line', ['reservation_id', 'sku', 'location_id'])
          .execute()
        await db.schema
          .createIndex('inventory_backorder_waiting')
          .on('inventory_backorder')
          .columns(['sku', 'location_id', 'created_at', 'id'])
          .where(sql<boolean>`status = 'waiting'`)
          .execute()
      },
    },
    '0007_transfer': {
      async up(db) {
        await createTable(db, 'inventory_transfer')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('from_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('to_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('note', 'text')
          .addColumn('dispatched_at', 'text', (column) => column.notNull())
          .addColumn('expected_at', 'text')
          .addColumn('closed_at', 'text')
          .execute()
        await db.schema
          .createIndex('inventory_transfer_under_way')
          .on('inventory_transfer')
          .column('id')
          .where(sql<boolean>`status = 'in_transit'`)
          .execute()
        await createTable(db, 'inventory_transfer_line')
          .addColumn('transfer_id', 'text', (column) => column.notNull().references('inventory_transfer.id'))
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity > 0`))
          .addColumn('received', 'integer', (column) => column.notNull())
          .addColumn('lost', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('inventory_transfer_line_key', ['transfer_id', 'sku'])
          .addCheckConstraint(
            'inventory_transfer_line_complete',
            sql`received >= 0 and lost >= 0 and received + lost <= quantity`,
          )
          .execute()
        await db.schema
          .createIndex('inventory_movement_reference')
          .on('inventory_movement')
          .column('reference')
          .execute()
      },
    },
    '0008_aside': {
      async up(db) {
        await db.schema
          .alterTable('inventory_movement')
          .addColumn('state', 'text', (column) => column.notNull().defaultTo('sellable'))
          .execute()
        await createTable(db, 'inventory_aside')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('state', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity >= 0`))
          .addPrimaryKeyConstraint('inventory_aside_key', ['sku', 'location_id', 'state'])
          .execute()
      },
    },
    '0009_delivery': {
      async up(db) {
        await createTable(db, 'inventory_delivery')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity > 0`))
          .addColumn('received', 'integer', (column) => column.notNull().check(sql`received between 0 and quantity`))
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('expected_at', 'text')
          .addColumn('reference', 'text')
          .addColumn('created_at', 'text', (column) => column.notNull())
          .execute()
        await db.schema
          .createIndex('inventory_delivery_open')
          .on('inventory_delivery')
          .column('sku')
          .where(sql<boolean>`status = 'open'`)
          .execute()
      },
    },
    '0010_hot': {
      async up(db) {
        await createTable(db, 'inventory_hot')
          .addColumn('sku', 'text', (column) => column.primaryKey())
          .addColumn('buckets', 'integer', (column) => column.notNull().check(sql`buckets > 1`))
          .addColumn('heard', 'integer', (column) => column.notNull())
          .execute()
        await createTable(db, 'inventory_bucket')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('bucket', 'integer', (column) => column.notNull())
          .addColumn('free', 'integer', (column) => column.notNull().check(sql`free >= 0`))
          .addPrimaryKeyConstraint('inventory_bucket_key', ['sku', 'location_id', 'bucket'])
          .execute()
      },
    },
    '0011_lot': {
      async up(db) {
        await createTable(db, 'inventory_lot')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('lot', 'text', (column) => column.notNull())
          .addColumn('expires_at', 'text')
          .addPrimaryKeyConstraint('inventory_lot_key', ['sku', 'lot'])
          .execute()
        await db.schema
          .createIndex('inventory_lot_due')
          .on('inventory_lot')
          .column('expires_at')
          .where(sql<boolean>`expires_at is not null`)
          .execute()
        await createTable(db, 'inventory_lot_stock')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('lot', 'text', (column) => column.notNull())
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('state', 'text', (column) => column.notNull())
          .addColumn('quantity', 'integer', (column) => column.notNull().check(sql`quantity >= 0`))
          .addPrimaryKeyConstraint('inventory_lot_stock_key', ['sku', 'lot', 'location_id', 'state'])
          .addForeignKeyConstraint('inventory_lot_stock_lot', ['sku', 'lot'], 'inventory_lot', ['sku', 'lot'])
          .execute()
        await createTable(db, 'inventory_serial')
          .addColumn('sku', 'text', (column) => column.notNull())
          .addColumn('serial', 'text', (column) => column.notNull())
          .addColumn('lot', 'text')
          .addColumn('location_id', 'text', (column) => column.notNull().references('inventory_location.id'))
          .addColumn('state', 'text')
          .addColumn('reason', 'text')
          .addColumn('reference', 'text')
          .addPrimaryKeyConstraint('inventory_serial_key', ['sku', 'serial'])
          .execute()
        await db.schema
          .createIndex('inventory_serial_out')
          .on('inventory_serial')
          .column('reference')
          .where(sql<boolean>`state is null`)
          .execute()
        await db.schema.alterTable('inventory_movement').addColumn('lot', 'text').execute()
        await db.schema
          .createIndex('inventory_movement_lot')
          .on('inventory_movement')
          .columns(['sku', 'lot'])
          .where(sql<boolean>`lot is not null`)
          .execute()
        await db.schema.alterTable('inventory_correction').addColumn('lot', 'text').execute()
        await db.schema
          .alterTable('inventory_correction')
          .addColumn('state', 'text', (column) => column.notNull().defaultTo('sellable'))
          .execute()
      },
    },
    '0012_reorder': {
      async up(db) {
        await createTable(db, 'inventory_reorder')
          .addColumn('sku', 'text', (column) => column.primaryKey())
          .addColumn('point', 'integer', (column) => column.notNull().check(sql`point >= 0`))
          .addColumn('target', 'integer', (column) => column.notNull())
          .addColumn('multiple', 'integer', (column) => column.notNull().check(sql`multiple > 0`))
          .addColumn('low_at', 'integer', (column) => column.notNull().check(sql`low_at >= 0`))
          .addCheckConstraint('inventory_reorder_above', sql`target > point`)
          .execute()
      },
    },
  },
}
