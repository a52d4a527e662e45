import { type Locale, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type Category,
  CategoryChange,
  catalogErrors,
  type CategoryId,
  CategoryInput,
  CategoryMove,
  type CategoryNode,
} from '../contract/index.ts'
import { canMoveBelow, placed, treeOf } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies, Saving } from './saving.ts'

type Parsed = ReturnType<typeof parse<typeof CategoryInput>>

/** The tree of categories. Changes to it run one after another. */
export function createCategories({ newId }: Dependencies, { slugsFor }: Saving) {
  /** Adds a category, last among its siblings unless `position` says otherwise. Throws `catalog.category_not_found`, `catalog.slug_taken`. */
  async function addCategory(db: Db, input: CategoryInput): Promise<Category> {
    const entered = parse(CategoryInput, input)
    return atomic(db, async (tx) => {
      await store.lockTree(tx)
      return insert(tx, entered)
    })
  }

  async function insert(tx: Tx, { position, parentId, slugs = {}, ...fields }: Parsed): Promise<Category> {
    const id = newId('cat')
    const all = await store.places(tx)
    if (parentId !== null && !all.some((place) => place.id === parentId))
      throw catalogErrors.category_not_found({ categoryId: parentId })
    const order = placed(
      all.filter((place) => place.parentId === parentId).map((place) => place.id),
      id,
      position,
    )
    const media = fields.media.map((one) => ({ ...one, id: newId('med') }))
    const category: Category = {
      ...fields,
      id,
      parentId,
      position: order.indexOf(id),
      media,
      slugs: await slugsFor(tx, 'category', { id, name: fields.name, slugs }),
    }
    await put(tx, category)
    await store.arrange(tx, parentId, order)
    return category
  }

  async function put(tx: Tx, category: Category): Promise<void> {
    await store.putCategory(tx, category)
    const [taken] = await store.putSlugs(tx, 'category', [category])
    if (taken) throw catalogErrors.slug_taken({ locale: taken.locale, slug: taken.slug })
  }

  /** Changes the named fields of a category. Throws `catalog.category_not_found`, `catalog.slug_taken`. */
  async function updateCategory(db: Db, id: CategoryId, input: CategoryChange): Promise<Category> {
    const change = parse(CategoryChange, input)
    return atomic(db, async (tx) => {
      await store.lockTree(tx)
      const before = await existing(tx, id)
      const kept = new Map(before.media.map((one) => [one.url, one.id]))
      const media = change.media?.map((one) => ({ ...one, id: kept.get(one.url) ?? newId('med') })) ?? before.media
      const { name = before.name, description = before.description, slugs = before.slugs } = change
      const category = {
        ...before,
        name,
        description,
        media,
        slugs: await slugsFor(tx, 'category', { id, name, slugs }),
      }
      await put(tx, category)
      return category
    })
  }

  /** Moves a category, with all below it. Throws `catalog.category_cycle` for a place below itself, `catalog.category_not_found`. */
  async function moveCategory(db: Db, id: CategoryId, input: CategoryMove): Promise<Category> {
    const { parentId, position } = parse(CategoryMove, input)
    return atomic(db, async (tx) => {
      await store.lockTree(tx)
      await existing(tx, id)
      if (parentId !== null) await existing(tx, parentId)
      const all = await store.places(tx)
      if (parentId !== null && !canMoveBelow(all, id, parentId))
        throw catalogErrors.category_cycle({ categoryId: id, parentId })
      const siblings = all.filter((place) => place.parentId === parentId).map((place) => place.id)
      await store.arrange(tx, parentId, placed(siblings, id, position))
      return existing(tx, id)
    })
  }

  /** Takes a category away; its products stay in their other categories. Throws `catalog.category_not_empty` while others stand below it. */
  async function removeCategory(db: Db, id: CategoryId): Promise<void> {
    await atomic(db, async (tx) => {
      await store.lockTree(tx)
      await existing(tx, id)
      const children = (await store.places(tx)).filter((place) => place.parentId === id).length
      if (children > 0) throw catalogErrors.category_not_empty({ categoryId: id, children })
      await store.removeSlugs(tx, id)
      await store.removeCategory(tx, id)
    })
  }

  async function existing(db: Db, id: CategoryId): Promise<Category> {
    const category = (await store.categoryPath(db, id)).at(-1)
    if (!category) throw catalogErrors.category_not_found({ categoryId: id })
    return category
  }

  /** The categories at the top, each with those below it, in the order of the shelves. */
  async function categoryTree(db: Db): Promise<CategoryNode[]> {
    return treeOf(await store.allCategories(db))
  }

  /** The category that a slug leads to, as `productBySlug`. */
  async function categoryBySlug(
    db: Db,
    { locale, slug }: { locale: Locale; slug: string },
  ): Promise<Category | undefined> {
    const id = await store.ownerOfSlug(db, 'category', locale, slug.normalize('NFC'))
    return id === undefined ? undefined : (await store.categoryPath(db, id as CategoryId)).at(-1)
  }

  return {
    addCategory,
    updateCategory,
    moveCategory,
    removeCategory,
    categories: store.allCategories,
    categoryTree,
    categoryPath: store.categoryPath,
    categoryBySlug,
  }
}
