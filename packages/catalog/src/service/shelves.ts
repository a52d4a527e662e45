import type { Locale } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import type { Category, CategoryId, CategoryInput } from '../contract/index.ts'
import * as store from '../store/index.ts'

export type AddCategory = (db: Db, input: CategoryInput) => Promise<Category>

/** Finds categories by their paths (`Kitchen > Cups`, by name from the top) and, where it may write, adds what is missing of them. */
export const createShelves =
  (addCategory: AddCategory) =>
  async (db: Db, paths: readonly string[], locale: Locale, mayWrite: boolean): Promise<Map<string, CategoryId>> => {
    const categories = await store.allCategories(db)
    const find = async (parentId: CategoryId | null, name: string): Promise<CategoryId> => {
      const known = categories.find((category) => category.parentId === parentId && category.name[locale] === name)
      if (known) return known.id
      const category = mayWrite
        ? await addCategory(db, { name: { [locale]: name }, parentId })
        : planned(parentId, name, locale, categories.length)
      categories.push(category)
      return category.id
    }
    const found = new Map<string, CategoryId>()
    for (const path of paths) {
      let id: CategoryId | null = null
      for (const name of path.split(/\s*(?:->|>)\s*/).filter(Boolean)) id = await find(id, name)
      if (id !== null) found.set(path, id)
    }
    return found
  }

/** A category that a dry run would add. */
const planned = (parentId: CategoryId | null, name: string, locale: Locale, number: number): Category => ({
  id: `cat_planned${number}`,
  parentId,
  position: 0,
  name: { [locale]: name },
  description: {},
  slugs: {},
  media: [],
})
