import { createNewId, type Locale, type NewId, type Now } from '@sangdo/core'
import { type Announce, silent } from '@sangdo/core/server'
import { createCategories } from './categories.ts'
import { createImport } from './import.ts'
import { createTranslations } from './translations.ts'
import { createListing } from './listing.ts'
import { createProducts } from './products.ts'
import { createSaving } from './saving.ts'

/** What `createCatalog` may be given; all of it has a default, so that the package stands alone. */
export interface CatalogOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
  /** The languages that lists are kept in: Korean and English unless given. The first stands in for any other. */
  readonly locales?: readonly [Locale, ...Locale[]]
}

export type Catalog = ReturnType<typeof createCatalog>

/** Products and categories in several languages, lists that are ready to show, and a search that knows Hangul. */
export function createCatalog({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
  locales = ['ko', 'en'],
}: CatalogOptions = {}) {
  const dependencies = { outbox, now, newId, locales }
  const saving = createSaving(dependencies)
  const categories = createCategories(dependencies, saving)
  return {
    ...createProducts(saving),
    ...categories,
    ...createListing(dependencies, saving),
    ...createImport(saving, categories.addCategory),
    ...createTranslations(saving),
  }
}
