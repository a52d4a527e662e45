import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bookMapping, type ImportedSku, type RowError } from '@sangdo/catalog'
import { defineErrors } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Shop } from './shop.ts'

/** The files that the back office reads. */
export const formats = ['shopify', 'spree', 'books'] as const
export type Format = (typeof formats)[number]

const importErrors = defineErrors('imports', {
  not_found: ['not_found', (d: { importId: string }) => `There is no import ${d.importId}`],
  no_file: ['invalid', (_: { field: 'file' }) => 'The body is empty; send the file itself'],
  too_large: ['invalid', (d: { field: 'file'; megabytes: number }) => `A file has at most ${d.megabytes} MB`],
})

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
    await receive(file, path)
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
    const options = { format: format === 'books' ? bookMapping : format, locale, currency, dryRun, onPrice, onStock }
    try {
      const report = await shop.catalog.importProducts(db, createReadStream(path), { ...options, onProgress: change })
      refusedRows.set(id, { columns: [...report.columns], errors: [...report.errors] })
      const errors = report.errors.slice(0, shownErrors).map(({ row, column, reason }) => ({ row, column, reason }))
      change({
        rows: report.rows,
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        failed: report.failed,
        errors,
        status: 'finished',
      })
    } catch (error) {
      change({ status: 'failed', problem: (error as Error).message })
    }
  }

  async function onPrice(tx: Tx, rows: ImportedSku[]): Promise<void> {
    const prices = rows.flatMap(({ sku, price, compareAt }) => (price ? [{ sku, amount: price, compareAt }] : []))
    if (prices.length > 0) await shop.pricing.setPrices(tx, prices)
  }

  async function onStock(tx: Tx, rows: ImportedSku[]): Promise<void> {
    for (const { sku, stock } of rows)
      if (stock !== null) await shop.inventory.count(tx, { sku, onHand: stock, reason: 'corrected' })
  }

  function remember(state: ImportState): void {
    states.set(state.id, state)
    const [oldest] = states.keys()
    if (states.size <= keptImports || oldest === undefined) return
    states.delete(oldest)
    refusedRows.delete(oldest)
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
