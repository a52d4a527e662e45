import { Currency, Locale, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  catalogErrors,
  type CategoryId,
  type ImportedSku,
  type ImportProgress,
  type ImportReport,
  type Product,
  type ProductId,
  type ProductMapping,
  type RowError,
} from '../contract/index.ts'
import {
  columnName,
  handleSlug,
  inputOf,
  type Plan,
  planProduct,
  readRow,
  type ReadRow,
  same,
  shopifyMapping,
  spreeMapping,
} from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Saving } from './saving.ts'
import { createTally, type Fate, refusal } from './report.ts'
import { type Encoding, readCsv, type Source } from './reader.ts'
import { type AddCategory, createShelves } from './shelves.ts'

/** How a product file is read and what is told of it; see `importProducts`. */
export interface ImportOptions {
  /** Which columns mean what: those of Shopify or Spree, or a mapping of your own. */
  readonly format: 'shopify' | 'spree' | ProductMapping
  /** The language of the file. */
  readonly locale: Locale
  /** The currency of prices in rows that name none. */
  readonly currency?: Currency
  /** Reads and checks everything, and writes nothing. */
  readonly dryRun?: boolean
  /** UTF-8 unless given. */
  readonly encoding?: Encoding
  readonly onProgress?: (progress: ImportProgress) => void
  /** Hears of every refused row, also past the thousand that the report keeps. */
  readonly onError?: (error: RowError) => void
  /** Stores the prices of the rows just stored, in their transaction. */
  readonly onPrice?: (tx: Tx, rows: ImportedSku[]) => Promise<void>
  /** Stores the stock of the rows just stored, in their transaction. */
  readonly onStock?: (tx: Tx, rows: ImportedSku[]) => Promise<void>
}

const formats = { shopify: shopifyMapping, spree: spreeMapping }
const chunkProducts = 200
const chunkRows = 2000
const Options = z.object({ locale: Locale, currency: Currency.optional() })

type Group = readonly [handle: string, rows: readonly ReadRow[]]

/** Brings product files in. */
export function createImport({ productFrom, slugsFor, add, replace }: Saving, addCategory: AddCategory) {
  /**
   * Stores the products of a CSV file, some two hundred to a transaction, with memory that does not grow with the file. A product
   * that is there (by its handle, which becomes its slug) is changed where the file says something else; nothing is ever removed.
   * A row that cannot be stored is refused with its line, column and reason, and the import goes on: see `errorFile`. Run again, it
   * changes nothing. Prices and stock are not the catalog's: `onPrice` and `onStock` get them in the same transaction. Throws
   * `catalog.unreadable_file` for what is no CSV file, or lacks the column that says which product a row belongs to.
   */
  async function importProducts(db: Db, source: Source, options: ImportOptions): Promise<ImportReport> {
    const { locale, currency } = parse(Options, { locale: options.locale, currency: options.currency })
    const mapping = typeof options.format === 'string' ? formats[options.format] : options.format
    const tally = createTally(options)
    const dryHandles = new Set<string>()
    let groups = new Map<string, ReadRow[]>()
    let rows = 0
    const flush = async () => {
      tally.count(await storeChunk(db, [...groups], { ...options, mapping, locale, dryHandles }))
      groups = new Map()
      rows = 0
    }
    for await (const { columns, lines } of readCsv(source, options.encoding ?? 'utf-8')) {
      tally.knowColumns(columns)
      if (!columns.includes(columnName(mapping.handle)))
        throw catalogErrors.unreadable_file({ reason: `it has no column ${columnName(mapping.handle)}` })
      for (const line of lines) {
        tally.countRow()
        const read = 'reason' in line ? line : readRow(line, mapping, currency)
        if ('reason' in read) {
          tally.refuse([read])
          continue
        }
        const handle = handleSlug(read.handle)
        if (rows >= chunkRows || (groups.size >= chunkProducts && !groups.has(handle))) await flush()
        const group = groups.get(handle)
        if (group) group.push(read)
        else groups.set(handle, [read])
        rows++
      }
    }
    if (groups.size > 0) await flush()
    return tally.report()
  }

  interface ChunkOptions extends ImportOptions {
    readonly mapping: ProductMapping
    readonly dryHandles: Set<string>
  }

  /** Stores a chunk at once; where that is refused (someone else took a sku meanwhile, a callback threw), product by product. */
  async function storeChunk(db: Db, groups: readonly Group[], options: ChunkOptions): Promise<Fate> {
    try {
      return await (options.dryRun
        ? planChunk(db, groups, options)
        : atomic(db, (tx) => storePlans(tx, groups, options)))
    } catch (error) {
      const reason = refusal(error)
      if (reason === null) throw error
      if (groups.length === 1)
        return {
          created: 0,
          updated: 0,
          unchanged: 0,
          refused: groups.flatMap(([, rows]) => rows.map((row) => errorOf(row, reason))),
        }
      const fates: Fate[] = []
      for (const group of groups) fates.push(await storeChunk(db, [group], options))
      return fates.reduce(together)
    }
  }

  /** What would become of a chunk. A product that lies in several places of the file was new at the first of them only. */
  async function planChunk(db: Db, groups: readonly Group[], options: ChunkOptions): Promise<Fate> {
    const fresh = groups.filter(([handle]) => !options.dryHandles.has(handle))
    const { plans, known } = await plansOf(db, fresh, options, false)
    for (const [handle] of fresh) if (!known.has(handle)) options.dryHandles.add(handle)
    const changed = plans.map(({ handle, plan }) => changeOf(plan, known.get(handle)))
    return fateOf(
      plans.map(({ plan }) => plan),
      changed,
      groups.length - fresh.length,
    )
  }

  async function storePlans(tx: Tx, groups: readonly Group[], options: ChunkOptions): Promise<Fate> {
    const { plans, known } = await plansOf(tx, groups, options, true)
    const changes = plans.map(({ handle, plan }) => ({
      plan,
      before: known.get(handle),
      change: changeOf(plan, known.get(handle)),
    }))
    await add(
      tx,
      await completed(
        tx,
        changes.filter(({ change }) => change === 'created'),
      ),
    )
    await replace(
      tx,
      await completed(
        tx,
        changes.filter(({ change }) => change === 'updated'),
      ),
    )
    const skus = plans.flatMap(({ plan }) => plan.skus)
    const priced = skus.filter((row) => row.price !== null)
    const counted = skus.filter((row) => row.stock !== null)
    if (priced.length > 0) await options.onPrice?.(tx, priced)
    if (counted.length > 0) await options.onStock?.(tx, counted)
    return fateOf(
      plans.map(({ plan }) => plan),
      changes.map(({ change }) => change),
      0,
    )
  }

  async function completed(
    tx: Tx,
    changes: readonly { plan: Plan; before: Product | undefined }[],
  ): Promise<Product[]> {
    const products: Product[] = []
    for (const { plan, before } of changes) {
      if (!plan.input) continue
      const product = productFrom(plan.input, before)
      products.push({ ...product, slugs: await slugsFor(tx, 'product', product) })
    }
    return products
  }

  async function plansOf(db: Db, groups: readonly Group[], { mapping, locale }: ChunkOptions, writes: boolean) {
    const known = await knownProducts(
      db,
      locale,
      groups.map(([handle]) => handle),
    )
    const owners = await store.ownersOf(db, [
      ...new Set(groups.flatMap(([, rows]) => rows.map((row) => row.text.sku)).filter(Boolean)),
    ])
    const paths = new Set(
      groups
        .flatMap(([, rows]) => rows.filter((row) => row.text.name !== '').map((row) => row.text.category))
        .filter(Boolean),
    )
    const shelves =
      paths.size === 0
        ? new Map<string, CategoryId>()
        : await createShelves(addCategory)(db, [...paths], locale, writes)
    const claimed = new Map<string, string>()
    const plans = groups.map(([handle, rows]) => {
      const before = known.get(handle)
      const isForeign = (sku: string) =>
        (owners.get(sku) ?? before?.id) !== before?.id || (claimed.get(sku) ?? handle) !== handle
      const plan = planProduct(rows, before ? inputOf(before) : null, {
        mapping,
        locale,
        isForeign,
        categoryOf: (path) => shelves.get(path),
      })
      for (const { sku } of plan.input?.variants ?? []) claimed.set(sku, handle)
      return { handle, plan }
    })
    return { plans, known }
  }

  return { importProducts }
}

async function knownProducts(db: Db, locale: Locale, handles: readonly string[]): Promise<Map<string, Product>> {
  const owners = await store.ownersOfSlugs(db, 'product', locale, handles)
  const products = new Map(
    (await store.productsOf(db, [...new Set(owners.values())] as ProductId[])).map((product) => [
      product.id as string,
      product,
    ]),
  )
  return new Map(
    [...owners].flatMap(([slug, id]) => {
      const product = products.get(id)
      return product ? [[slug, product] as const] : []
    }),
  )
}

type Change = 'created' | 'updated' | 'unchanged' | 'refused'

function changeOf({ input }: Plan, before: Product | undefined): Change {
  if (!input) return 'refused'
  if (!before) return 'created'
  return same(input, inputOf(before)) ? 'unchanged' : 'updated'
}

function fateOf(plans: readonly Plan[], changes: readonly Change[], unchanged: number): Fate {
  const count = (wanted: Change) => changes.filter((change) => change === wanted).length
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged') + unchanged,
    refused: plans.flatMap((plan) => plan.refused),
  }
}

const together = (left: Fate, right: Fate): Fate => ({
  created: left.created + right.created,
  updated: left.updated + right.updated,
  unchanged: left.unchanged + right.unchanged,
  refused: [...left.refused, ...right.refused],
})

const errorOf = ({ line, cells }: ReadRow, reason: string): RowError => ({ row: line, column: null, reason, cells })
