import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bookMapping, type ImportedSku, type ProductMapping, type RowError } from '@sangdo/catalog'
import { defineErrors, ShopError } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { report } from './log.ts'
import type { Shop } from './shop.ts'

/** The files that the back office reads. */
export const formats = ['shopify', 'spree', 'books'] as const
export type Format = (typeof formats)[number]

const importErrors = defineErrors('imports', {
  not_found: ['not_found', (d: { importId: string }) => `There is no import ${d.importId}`],
  no_file: ['invalid', (_: { field: 'file' }) => 'The body is empty; send the file itself'],
  too_large: ['invalid', (d: { field: 'file'; megabytes: number }) => `A file has at most ${d.megabytes} MB`],
})

/** The list of books has no prices of its own: a shop adds columns for what it asks, has, and where it shelves them. */
const mappings = {
  shopify: 'shopify',
  spree: 'spree',
  books: { ...bookMapping, price: 'price', stock: 'stock', category: 'category' },
} as const satisfies Record<Format, 'shopify' | 'spree' | ProductMapping>

/** How far an import is, and the first of the rows it refused. */
export interface ImportState {
  readonly id: string
  readonly status: 'running' | 'finished' | 'failed'
  readonly dryRun: boolean
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly failed: number
  readonly problem: string | null
  readonly errors: { row: number; column: string | null; reason: string }[]
}

interface Wish {
  readonly format: Format
  readonly locale: string
  readonly currency: string
  readonly dryRun: boolean
}

export type Imports = ReturnType<typeof createImports>

const shownErrors = 50
const keptImports = 20
const megabytes = 100

/** Product files from the back office: received whole, then read in the background. The last twenty are remembered. */
export function createImports(shop: Shop, db: Db) {
  const states = new Map<string, ImportState>()
  const refusedRows = new Map<string, { columns: string[]; errors: RowError[] }>()

  /** Receives a file and begins to read it. Throws `imports.no_file`, `imports.too_large`. */
  async function start(file: ReadableStream<Uint8Array> | null, wish: Wish): Promise<ImportState> {
    if (!file) throw importErrors.no_file({ field: 'file' })
    const folder = await mkdtemp(join(tmpdir(), 'sangdo-import-'))
    const path = join(folder, 'products.csv')
    await receive(file, path).catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true })
      throw error
    })
    const state: ImportState = {
      id: shop.newId('imp'),
      status: 'running',
      dryRun: wish.dryRun,
      rows: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      failed: 0,
      problem: null,
      errors: [],
    }
    remember(state)
    void run(state.id, path, wish).then(() => rm(folder, { recursive: true, force: true }))
    return state
  }

  async function run(id: string, path: string, { format, locale, currency, dryRun }: Wish): Promise<void> {
    const change = (news: Partial<ImportState>) => remember({ ...importOf(id), ...news })
    const options = { format: mappings[format], locale, currency, dryRun, onPrice, onStock }
    try {
      const read = await shop.catalog.importProducts(db, createReadStream(path), { ...options, onProgress: change })
      refusedRows.set(id, { columns: [...read.columns], errors: [...read.errors] })
      const errors = read.errors.slice(0, shownErrors).map(({ row, column, reason }) => ({ row, column, reason }))
      change({
        rows: read.rows,
        created: read.created,
        updated: read.updated,
        unchanged: read.unchanged,
        failed: read.failed,
        errors,
        status: 'finished',
      })
    } catch (error) {
      if (!(error instanceof ShopError)) report(`import ${id}`, error)
      change({ status: 'failed', problem: error instanceof ShopError ? error.message : 'Something went wrong here' })
    }
  }

  async function onPrice(tx: Tx, rows: ImportedSku[]): Promise<void> {
    const prices = rows.flatMap(({ sku, price, compareAt }) => (price ? [{ sku, amount: price, compareAt }] : []))
    for (const some of thousands(prices)) await shop.pricing.setPrices(tx, some)
  }

  async function onStock(tx: Tx, rows: ImportedSku[]): Promise<void> {
    const counts = rows.flatMap(({ sku, stock }) =>
      stock === null ? [] : [{ sku, onHand: stock, reason: 'corrected' as const }],
    )
    for (const some of thousands(counts)) await shop.inventory.countAll(tx, some)
  }

  function remember(state: ImportState): void {
    states.set(state.id, state)
    const ended = [...states.values()].find(({ id, status }) => status !== 'running' && id !== state.id)
    if (states.size <= keptImports || !ended) return
    states.delete(ended.id)
    refusedRows.delete(ended.id)
  }

  /** How far an import is. Throws `imports.not_found`. */
  function importOf(importId: string): ImportState {
    const state = states.get(importId)
    if (!state) throw importErrors.not_found({ importId })
    return state
  }

  /** The rows that an import refused, as they were. Throws `imports.not_found`. */
  function refusedIn(importId: string): { columns: string[]; errors: RowError[] } {
    importOf(importId)
    return refusedRows.get(importId) ?? { columns: [], errors: [] }
  }

  return { start, importOf, refusedIn, onPrice, onStock }
}

/** As many as pricing and inventory take at once. */
const thousands = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / 1000) }, (_, index) => items.slice(index * 1000, (index + 1) * 1000))

async function receive(file: ReadableStream<Uint8Array>, path: string): Promise<void> {
  let bytes = 0
  const limit = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength
      done(bytes > megabytes * 1024 * 1024 ? importErrors.too_large({ field: 'file', megabytes }) : null, chunk)
    },
  })
  await pipeline(Readable.fromWeb(file as Parameters<typeof Readable.fromWeb>[0]), limit, createWriteStream(path))
}
