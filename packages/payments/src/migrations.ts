import { createTable, type Db, dialectOf, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'
import { riskStep } from './risk/migration.ts'
import { settlementStep } from './settlements/migration.ts'
import { transferStep } from './transfers/migration.ts'

export const paymentMigrations: Migrations = {
  package: 'payments',
  steps: {
    '0001_payment': {
      async up(db) {
        await createTable(db, 'payments_payment')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('order_id', 'text', (column) => column.notNull().unique())
          .addColumn('captured_attempt_id', 'text', (column) => column.unique())
          .addColumn('created_at', 'text', (column) => column.notNull())
          .execute()
        await createTable(db, 'payments_attempt')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('payment_id', 'text', (column) => column.notNull().references('payments_payment.id'))
          .addColumn('provider', 'text', (column) => column.notNull())
          .addColumn('method', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount > 0`))
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('captured', 'bigint', (column) => column.notNull())
          .addColumn('captured_currency', 'text', (column) => column.notNull())
          .addColumn('refunded', 'bigint', (column) => column.notNull())
          .addColumn('redirect_url', 'text')
          .addColumn('deposit', 'text')
          .addColumn('card', 'text')
          .addColumn('failure', 'text')
          .addColumn('cancel_wanted', 'integer', (column) => column.notNull())
          .addColumn('expires_at', 'text', (column) => column.notNull())
          .addColumn('checks', 'integer', (column) => column.notNull())
          .addColumn('check_at', 'text')
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addCheckConstraint('payments_attempt_covered', sql`refunded >= 0 and refunded <= captured`)
          .execute()
        await db.schema
          .createIndex('payments_attempt_open')
          .on('payments_attempt')
          .column('payment_id')
          .unique()
          .where(
            sql<boolean>`status in ('requesting', 'unknown', 'requires_action', 'authorized', 'awaiting_deposit') and cancel_wanted = 0`,
          )
          .execute()
        await db.schema
          .createIndex('payments_attempt_payment')
          .on('payments_attempt')
          .columns(['payment_id', 'id'])
          .execute()
        await db.schema
          .createIndex('payments_attempt_due')
          .on('payments_attempt')
          .column('check_at')
          .where(sql<boolean>`check_at is not null`)
          .execute()
        await createTable(db, 'payments_report')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('attempt_id', 'text', (column) => column.notNull().references('payments_attempt.id'))
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('applied', 'integer', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .execute()
        await db.schema
          .createIndex('payments_report_attempt')
          .on('payments_report')
          .columns(['attempt_id', 'id'])
          .execute()
      },
    },
    '0002_refund': {
      async up(db) {
        await createTable(db, 'payments_refund')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('payment_id', 'text', (column) => column.notNull().references('payments_payment.id'))
          .addColumn('attempt_id', 'text', (column) => column.notNull().references('payments_attempt.id'))
          .addColumn('refund_key', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount > 0`))
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('reason', 'text', (column) => column.notNull())
          .addColumn('for_order', 'integer', (column) => column.notNull())
          .addColumn('account', 'text')
          .addColumn('failure', 'text')
          .addColumn('checks', 'integer', (column) => column.notNull())
          .addColumn('check_at', 'text')
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addUniqueConstraint('payments_refund_once', ['payment_id', 'refund_key'])
          .execute()
        await db.schema
          .createIndex('payments_refund_due')
          .on('payments_refund')
          .column('check_at')
          .where(sql<boolean>`check_at is not null`)
          .execute()
        await createTable(db, 'payments_entry')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('journal', 'text', (column) => column.notNull())
          .addColumn('account', 'text', (column) => column.notNull())
          .addColumn('debit', 'bigint', (column) => column.notNull())
          .addColumn('credit', 'bigint', (column) => column.notNull())
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('order_id', 'text', (column) => column.notNull())
          .addColumn('attempt_id', 'text', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .addUniqueConstraint('payments_entry_once', ['journal', 'account'])
          .addCheckConstraint('payments_entry_side', sql`debit >= 0 and credit >= 0 and (debit = 0) <> (credit = 0)`)
          .execute()
        await db.schema.createIndex('payments_entry_attempt').on('payments_entry').column('attempt_id').execute()
      },
    },
    '0003_inbox': {
      async up(db) {
        await createTable(db, 'payments_inbox')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('provider', 'text', (column) => column.notNull())
          .addColumn('event_id', 'text', (column) => column.notNull())
          .addColumn('reference', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('received_at', 'text', (column) => column.notNull())
          .addColumn('checks', 'integer', (column) => column.notNull())
          .addColumn('check_at', 'text')
          .addUniqueConstraint('payments_inbox_once', ['provider', 'event_id'])
          .execute()
        await db.schema
          .createIndex('payments_inbox_due')
          .on('payments_inbox')
          .column('check_at')
          .where(sql<boolean>`check_at is not null`)
          .execute()
      },
    },
    '0004_report_previous': {
      async up(db) {
        await db.schema.alterTable('payments_report').addColumn('previous', 'text').execute()
      },
    },
    '0005_dispute': {
      async up(db) {
        await addCounters(db, 'payments_attempt', ['reversed', 'disputed'])
        await createTable(db, 'payments_dispute')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('attempt_id', 'text', (column) => column.notNull().references('payments_attempt.id'))
          .addColumn('reference', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount > 0`))
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('reason', 'text', (column) => column.notNull())
          .addColumn('due_at', 'text')
          .addColumn('opened_at', 'text', (column) => column.notNull())
          .addColumn('closed_at', 'text')
          .addUniqueConstraint('payments_dispute_once', ['attempt_id', 'reference'])
          .execute()
      },
    },
    '0006_capture': {
      async up(db) {
        await db.schema
          .alterTable('payments_attempt')
          .addColumn('capture_later', 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
        await addCounters(db, 'payments_attempt', ['claimed'])
        await createTable(db, 'payments_capture')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('attempt_id', 'text', (column) => column.notNull().references('payments_attempt.id'))
          .addColumn('capture_key', 'text', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount > 0`))
          .addColumn('currency', 'text', (column) => column.notNull())
          .addColumn('failure', 'text')
          .addColumn('checks', 'integer', (column) => column.notNull())
          .addColumn('check_at', 'text')
          .addColumn('created_at', 'text', (column) => column.notNull())
          .addUniqueConstraint('payments_capture_once', ['attempt_id', 'capture_key'])
          .execute()
        await db.schema
          .createIndex('payments_capture_due')
          .on('payments_capture')
          .column('check_at')
          .where(sql<boolean>`check_at is not null`)
          .execute()
      },
    },
    '0007_task': {
      async up(db) {
        await addCounters(db, 'payments_attempt', ['suspended'])
        await db.schema.alterTable('payments_refund').addColumn('task_id', 'text').execute()
        await createTable(db, 'payments_task')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('kind', 'text', (column) => column.notNull())
          .addColumn('subject', 'text', (column) => column.notNull())
          .addColumn('order_id', 'text')
          .addColumn('attempt_id', 'text', (column) => column.references('payments_attempt.id'))
          .addColumn('amount', 'bigint')
          .addColumn('currency', 'text')
          .addColumn('since', 'text', (column) => column.notNull())
          .addColumn('resolved_at', 'text')
          .addColumn('resolution', 'text')
          .addUniqueConstraint('payments_task_once', ['kind', 'subject'])
          .execute()
        await db.schema
          .createIndex('payments_task_open')
          .on('payments_task')
          .column('id')
          .where(sql<boolean>`resolved_at is null`)
          .execute()
      },
    },
    '0008_risk': riskStep,
    '0009_transfer': transferStep,
    '0010_settlement': settlementStep,
    '0011_evidence': {
      async up(db) {
        await db.schema.alterTable('payments_attempt').addColumn('evidence', 'text').execute()
      },
    },
  },
}

/** Adds amounts that start at nothing. A STRICT table of SQLite knows no `bigint`; its `integer` is just as wide. */
async function addCounters(db: Db, table: string, names: readonly string[]): Promise<void> {
  const wide = dialectOf(db) === 'postgres' ? 'bigint' : 'integer'
  for (const name of names)
    await db.schema
      .alterTable(table)
      .addColumn(name, wide, (column) => column.notNull().defaultTo(0))
      .execute()
}
