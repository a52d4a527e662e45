import type { Text } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Category, CategoryId, Media } from '../contract/index.ts'
import { tables } from '../tables.ts'
import { slugsOf } from './products.ts'

/** Every category, in the order of the shelves. */
export async function allCategories(db: Db): Promise<Category[]> {
  const rows = await tables(db)
    .selectFrom('catalog_category')
    .selectAll()
    .select(
      sql<
        string | null
      >`(select string_agg(locale || ':' || slug, ',') from catalog_slug where owner_id = catalog_category.id and current = 1)`.as(
        'slugs',
      ),
    )
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    position: row.position,
    name: JSON.parse(row.name) as Text,
    description: JSON.parse(row.description) as Text,
    slugs: slugsOf(row.slugs),
    media: JSON.parse(row.media) as Media[],
  }))
}

/** Where the categories stand, in the order of the shelves. */
export async function places(db: Db): Promise<{ id: CategoryId; parentId: CategoryId | null }[]> {
  return tables(db)
    .selectFrom('catalog_category')
    .select(['id', 'parent_id as parentId'])
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** Waits for whoever else is changing the tree, so that two moves cannot make a circle together. */
export async function lockTree(tx: Tx): Promise<void> {
  await tables(tx)
    .insertInto('catalog_tree')
    .values({ id: 1, version: 1 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ version: eb('catalog_tree.version', '+', 1) })),
    )
    .execute()
}

/** Stores a category, new or changed. */
export async function putCategory(tx: Tx, category: Category): Promise<void> {
  const row = {
    parent_id: category.parentId,
    position: category.position,
    name: JSON.stringify(category.name),
    description: JSON.stringify(category.description),
    media: JSON.stringify(category.media),
  }
  await tables(tx)
    .insertInto('catalog_category')
    .values({ id: category.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Puts categories below a parent, in this order. */
export async function arrange(tx: Tx, parentId: CategoryId | null, ids: readonly CategoryId[]): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await tables(tx)
      .updateTable('catalog_category')
      .set({ parent_id: parentId, position })
      .where('id', '=', id)
      .execute()
  }
}

/** Takes a category out of the tree, and every product off its shelf. */
export async function removeCategory(tx: Tx, id: CategoryId): Promise<void> {
  await tables(tx).deleteFrom('catalog_placement').where('category_id', '=', id).execute()
  await tables(tx).deleteFrom('catalog_category').where('id', '=', id).execute()
}
