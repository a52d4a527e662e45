import type { Text } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import type { Category, CategoryId, Media } from '../contract/index.ts'
import { type CatalogTables, tables } from '../tables.ts'
import { slugsOf } from './products.ts'

const selected = (db: Db) =>
  tables(db)
    .selectFrom('catalog_category')
    .selectAll()
    .select(
      sql<
        string | null
      >`(select string_agg(locale || ':' || slug, ',') from catalog_slug where owner_id = catalog_category.id and current = 1)`.as(
        'slugs',
      ),
    )

const categoryOf = (row: Selectable<CatalogTables['catalog_category']> & { slugs: string | null }): Category => ({
  id: row.id,
  parentId: row.parent_id,
  position: row.position,
  name: JSON.parse(row.name) as Text,
  description: JSON.parse(row.description) as Text,
  slugs: slugsOf(row.slugs),
  media: JSON.parse(row.media) as Media[],
})

/** Every category, in the order of the shelves. */
export async function allCategories(db: Db): Promise<Category[]> {
  return (await selected(db).orderBy('position').orderBy('id').execute()).map(categoryOf)
}

/** The categories from the top down to this one; none where there is no such category. */
export async function categoryPath(db: Db, id: CategoryId): Promise<Category[]> {
  const above = sql<CategoryId>`(with recursive path(id, parent_id) as (
    select id, parent_id from catalog_category where id = ${id}
    union all select up.id, up.parent_id from path join catalog_category as up on up.id = path.parent_id)
    select id from path)`
  const found = new Map((await selected(db).where('id', 'in', above).execute()).map((row) => [row.id, categoryOf(row)]))
  const path: Category[] = []
  for (let next = found.get(id); next; next = next.parentId ? found.get(next.parentId) : undefined) path.unshift(next)
  return path
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
