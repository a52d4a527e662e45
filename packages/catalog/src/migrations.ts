import { createTable, type Db, dialectOf, type Migrations } from '@sangdo/core/server'
import { sql } from 'kysely'

/** Text that is compared byte by byte on both engines, so that words, names and pages come in the same order. */
const exact = (db: Db) => (dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`)

/** A table that is its own index: SQLite keeps no second copy of the rows. */
function clustered(db: Db, name: string) {
  const table = createTable(db, name)
  return dialectOf(db) === 'sqlite' ? table.modifyEnd(sql`, without rowid`) : table
}

export const catalogMigrations: Migrations = {
  package: 'catalog',
  steps: {
    '0001_category': {
      async up(db) {
        await createTable(db, 'catalog_category')
          .addColumn('id', exact(db), (column) => column.primaryKey())
          .addColumn('parent_id', exact(db), (column) => column.references('catalog_category.id'))
          .addColumn('position', 'integer', (column) => column.notNull())
          .addColumn('name', exact(db), (column) => column.notNull())
          .addColumn('description', exact(db), (column) => column.notNull())
          .addColumn('media', exact(db), (column) => column.notNull())
          .execute()
        await db.schema
          .createIndex('catalog_category_parent')
          .on('catalog_category')
          .columns(['parent_id', 'position'])
          .execute()
        await createTable(db, 'catalog_tree')
          .addColumn('id', 'integer', (column) => column.primaryKey())
          .addColumn('version', 'integer', (column) => column.notNull())
          .execute()
        await clustered(db, 'catalog_slug')
          .addColumn('kind', exact(db), (column) => column.notNull())
          .addColumn('slug', exact(db), (column) => column.notNull())
          .addColumn('locale', exact(db), (column) => column.notNull())
          .addColumn('owner_id', exact(db), (column) => column.notNull())
          .addColumn('current', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('catalog_slug_key', ['kind', 'slug', 'locale'])
          .execute()
        await db.schema
          .createIndex('catalog_slug_owner')
          .unique()
          .on('catalog_slug')
          .columns(['owner_id', 'locale'])
          .where(sql<boolean>`current = 1`)
          .execute()
      },
    },
    '0002_product': {
      async up(db) {
        await createTable(db, 'catalog_product')
          .addColumn('id', exact(db), (column) => column.primaryKey())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('status', exact(db), (column) => column.notNull())
          .addColumn('name', exact(db), (column) => column.notNull())
          .addColumn('summary', exact(db), (column) => column.notNull())
          .addColumn('description', exact(db), (column) => column.notNull())
          .addColumn('details', exact(db), (column) => column.notNull())
          .addColumn('brand_line', exact(db))
          .addColumn('tags', exact(db), (column) => column.notNull())
          .addColumn('tax_class', exact(db), (column) => column.notNull())
          .addColumn('options', exact(db), (column) => column.notNull())
          .addColumn('media', exact(db), (column) => column.notNull())
          .addColumn('created_at', exact(db), (column) => column.notNull())
          .addColumn('updated_at', exact(db), (column) => column.notNull())
          .addColumn('published_at', exact(db))
          .execute()
        await createTable(db, 'catalog_variant')
          .addColumn('id', exact(db), (column) => column.primaryKey())
          .addColumn('product_id', exact(db), (column) => column.notNull().references('catalog_product.id'))
          .addColumn('sku', exact(db), (column) => column.notNull().unique())
          .addColumn('barcode', exact(db))
          .addColumn('weight_grams', 'integer')
          .addColumn('options', exact(db), (column) => column.notNull())
          .addColumn('image', exact(db))
          .addColumn('position', 'integer', (column) => column.notNull())
          .execute()
        await db.schema
          .createIndex('catalog_variant_product')
          .on('catalog_variant')
          .columns(['product_id', 'position'])
          .execute()
        await clustered(db, 'catalog_placement')
          .addColumn('product_id', exact(db), (column) => column.notNull().references('catalog_product.id'))
          .addColumn('category_id', exact(db), (column) => column.notNull().references('catalog_category.id'))
          .addColumn('position', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('catalog_placement_key', ['product_id', 'category_id'])
          .execute()
        await db.schema
          .createIndex('catalog_placement_category')
          .on('catalog_placement')
          .columns(['category_id', 'product_id'])
          .execute()
      },
    },
    '0003_listing': {
      async up(db) {
        await clustered(db, 'catalog_sku_price')
          .addColumn('sku', exact(db), (column) => column.notNull())
          .addColumn('currency', exact(db), (column) => column.notNull())
          .addColumn('minor', 'bigint', (column) => column.notNull().check(sql`minor >= 0`))
          .addColumn('compare_at_minor', 'bigint')
          .addPrimaryKeyConstraint('catalog_sku_price_key', ['sku', 'currency'])
          .execute()
        await clustered(db, 'catalog_sku_stock')
          .addColumn('sku', exact(db), (column) => column.primaryKey())
          .addColumn('available', 'integer', (column) => column.notNull())
          .execute()
        await clustered(db, 'catalog_listing')
          .addColumn('product_id', exact(db), (column) => column.primaryKey().references('catalog_product.id'))
          .addColumn('status', exact(db), (column) => column.notNull())
          .addColumn('newest', exact(db), (column) => column.notNull())
          .addColumn('in_stock', 'integer', (column) => column.notNull())
          .addColumn('rating_average', 'integer', (column) => column.notNull())
          .addColumn('rating_count', 'integer', (column) => column.notNull())
          .addColumn('rating_score', 'integer', (column) => column.notNull())
          .addColumn('sales', 'integer', (column) => column.notNull())
          .execute()
        for (const key of ['newest', 'rating_score', 'sales']) {
          await db.schema
            .createIndex(`catalog_listing_${key}`)
            .on('catalog_listing')
            .columns(['status', key, 'product_id'])
            .execute()
        }
        await clustered(db, 'catalog_listing_price')
          .addColumn('product_id', exact(db), (column) => column.notNull().references('catalog_product.id'))
          .addColumn('currency', exact(db), (column) => column.notNull())
          .addColumn('minor', 'bigint', (column) => column.notNull())
          .addColumn('max_minor', 'bigint', (column) => column.notNull())
          .addColumn('compare_at_minor', 'bigint')
          .addPrimaryKeyConstraint('catalog_listing_price_key', ['product_id', 'currency'])
          .execute()
        await db.schema
          .createIndex('catalog_listing_price_minor')
          .on('catalog_listing_price')
          .columns(['currency', 'minor', 'product_id'])
          .execute()
        await clustered(db, 'catalog_listing_card')
          .addColumn('product_id', exact(db), (column) => column.notNull().references('catalog_product.id'))
          .addColumn('locale', exact(db), (column) => column.notNull())
          .addColumn('sort_name', exact(db), (column) => column.notNull())
          .addColumn('card', exact(db), (column) => column.notNull())
          .addPrimaryKeyConstraint('catalog_listing_card_key', ['product_id', 'locale'])
          .execute()
        await db.schema
          .createIndex('catalog_listing_card_name')
          .on('catalog_listing_card')
          .columns(['locale', 'sort_name', 'product_id'])
          .execute()
      },
    },
    '0004_search': {
      async up(db) {
        await clustered(db, 'catalog_token')
          .addColumn('token', exact(db), (column) => column.notNull())
          .addColumn('product_id', exact(db), (column) => column.notNull().references('catalog_product.id'))
          .addColumn('rank', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('catalog_token_key', ['token', 'product_id'])
          .execute()
        await db.schema
          .createIndex('catalog_token_product')
          .on('catalog_token')
          .columns(['product_id', 'token', 'rank'])
          .execute()
      },
    },
  },
}
