import {
  type CreateTableBuilder,
  DataTypeNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  sql,
  type UnknownRow,
} from 'kysely'
import { type Db, dialectOf } from './db/index.ts'
import type { Migrations } from './migrate.ts'

/** STRICT tables of SQLite know no `bigint`; their `integer` is just as wide. */
class WideIntegers extends OperationNodeTransformer implements KyselyPlugin {
  protected override transformDataType(node: DataTypeNode): DataTypeNode {
    return node.dataType === 'bigint' ? DataTypeNode.create('integer') : node
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return this.transformNode(node)
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  }
}

/** Starts a table in the types that both engines share; on SQLite it is STRICT, so that a column holds only what it says. */
export function createTable<Name extends string>(db: Db, name: Name): CreateTableBuilder<Name> {
  if (dialectOf(db) === 'postgres') return db.schema.createTable(name)
  return db
    .withPlugin(new WideIntegers())
    .schema.createTable(name)
    .modifyEnd(sql`strict`)
}

export const coreMigrations: Migrations = {
  package: 'core',
  steps: {
    '0001_outbox': {
      async up(db) {
        await createTable(db, 'core_outbox')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('payload', 'text', (column) => column.notNull())
          .addColumn('occurred_at', 'text', (column) => column.notNull())
          .addColumn('due_at', 'text', (column) => column.notNull())
          .addColumn('delivered_at', 'text')
          .execute()
        await db.schema
          .createIndex('core_outbox_pending')
          .on('core_outbox')
          .columns(['due_at', 'id'])
          .where(sql<boolean>`delivered_at is null`)
          .execute()
        await createTable(db, 'core_receipt')
          .addColumn('event_id', 'text', (column) => column.notNull().references('core_outbox.id').onDelete('cascade'))
          .addColumn('subscriber', 'text', (column) => column.notNull())
          .addColumn('delivered_at', 'text')
          .addColumn('attempts', 'integer', (column) => column.notNull())
          .addColumn('error', 'text')
          .addColumn('retry_at', 'text')
          .addPrimaryKeyConstraint('core_receipt_key', ['event_id', 'subscriber'])
          .execute()
      },
    },
    '0002_idempotency': {
      async up(db) {
        await createTable(db, 'core_idempotency')
          .addColumn('scope', 'text', (column) => column.notNull())
          .addColumn('key', 'text', (column) => column.notNull())
          .addColumn('fingerprint', 'text', (column) => column.notNull())
          .addColumn('answer', 'text')
          .addColumn('run', 'text', (column) => column.notNull())
          .addColumn('lease_until', 'text', (column) => column.notNull())
          .addColumn('expires_at', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('core_idempotency_key', ['scope', 'key'])
          .execute()
        await db.schema.createIndex('core_idempotency_expiry').on('core_idempotency').column('expires_at').execute()
      },
    },
    '0003_check': {
      async up(db) {
        await createTable(db, 'core_check')
          .addColumn('one', 'integer', (column) => column.primaryKey().check(sql`one = 1`))
          .addColumn('begun_at', 'text')
          .addColumn('checked_at', 'text')
          .addColumn('broken', 'text')
          .execute()
      },
    },
  },
}
