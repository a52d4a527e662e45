import { Locale } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type ImportReport,
  type ParsedProduct,
  type Product,
  type ProductId,
  ProductInput,
  type RowError,
  tidied,
  type TranslationMapping,
} from '../contract/index.ts'
import { cellOf, columnName, handleSlug, inputOf, type RawRow, same, spreeTranslations } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Saving } from './saving.ts'
import { createTally, type Fate, refusal } from './report.ts'
import type { ImportOptions } from './import.ts'
import { readCsv, type Source } from './reader.ts'

/** How a translations file is read; `locale` is the language whose slugs its handles are. */
export interface TranslationOptions extends Pick<
  ImportOptions,
  'locale' | 'dryRun' | 'encoding' | 'onProgress' | 'onError'
> {
  readonly format?: 'spree' | TranslationMapping
}

/** Brings translations in. */
export function createTranslations({ productFrom, slugsFor, replace }: Saving) {
  /**
   * Adds the translations of a CSV file to products that are there, a row for each product and language, in transactions of their
   * own. Refused rows, dry run, repetition and errors are as in `importProducts`; the report counts rows as updated or unchanged.
   */
  async function importTranslations(db: Db, source: Source, options: TranslationOptions): Promise<ImportReport> {
    const mapping = typeof options.format === 'object' ? options.format : spreeTranslations
    const tally = createTally(options)
    for await (const { columns, lines } of readCsv(source, options.encoding ?? 'utf-8')) {
      tally.knowColumns(columns)
      for (const line of lines) {
        tally.countRow()
        if ('reason' in line) tally.refuse([line])
        else tally.count(await translateRow(db, line, mapping, options))
      }
    }
    return tally.report()
  }

  async function translateRow(
    db: Db,
    raw: RawRow,
    mapping: TranslationMapping,
    { locale, dryRun = false }: TranslationOptions,
  ): Promise<Fate> {
    const refused = (column: TranslationMapping['name'] | null, reason: string): Fate =>
      fate({
        refused: [{ row: raw.line, column: column && columnName(column), reason, cells: raw.cells } satisfies RowError],
      })
    const language = Locale.safeParse(cellOf(mapping.locale, raw.row))
    if (!language.success) return refused(mapping.locale, language.error.issues[0]?.message ?? 'This is no language')
    try {
      return await atomic(db, async (tx) => {
        const before = await knownProduct(tx, locale, cellOf(mapping.handle, raw.row))
        if (!before) return refused(mapping.handle, 'There is no product with this handle')
        const entered = ProductInput.safeParse(translated(inputOf(before), raw, mapping, language.data))
        if (!entered.success)
          return refused(mapping.name, entered.error.issues[0]?.message ?? 'This translation cannot be stored')
        if (same(entered.data, inputOf(before))) return fate({ unchanged: 1 })
        if (!dryRun) await put(tx, entered.data, before)
        return fate({ updated: 1 })
      })
    } catch (error) {
      const reason = refusal(error)
      if (reason === null) throw error
      return refused(null, reason)
    }
  }

  async function put(tx: Tx, input: ParsedProduct, before: Product): Promise<void> {
    const product = productFrom(input, before)
    await replace(tx, [{ ...product, slugs: await slugsFor(tx, 'product', product) }])
  }

  return { importTranslations }
}

const fate = (some: Partial<Fate>): Fate => ({ created: 0, updated: 0, unchanged: 0, refused: [], ...some })

async function knownProduct(tx: Tx, locale: Locale, handle: string): Promise<Product | undefined> {
  const slug = handleSlug(handle)
  const id = (await store.ownersOfSlugs(tx, 'product', locale, [slug])).get(slug)
  return id === undefined ? undefined : (await store.productsOf(tx, [id as ProductId]))[0]
}

/** A product with a further language; its pictures are described by the translated name where nothing else describes them. */
function translated(input: ParsedProduct, { row }: RawRow, mapping: TranslationMapping, locale: Locale): ParsedProduct {
  const next = structuredClone(input)
  for (const field of ['name', 'summary', 'description'] as const) {
    const text = tidied(cellOf(mapping[field], row))
    if (text !== '') next[field][locale] = text
  }
  const name = next.name[locale]
  if (name !== undefined) for (const { alt } of next.media) alt[locale] ||= name
  return next
}
