import type { Money } from '@sangdo/core'

/** One row of a file by the names of its columns. */
export type Row = Readonly<Record<string, string>>

/** Where a field comes from: a column, or what is made of its cell, and of others, if need be. */
export type Column = string | { readonly column: string; readonly read: (cell: string, row: Row) => string }

/**
 * How the columns of a file become products. A row belongs to the product that its `handle` names, a row with a `name` says what
 * that product is, and a row with a `sku` or with options makes a variant. An empty cell leaves what is stored.
 */
export interface ProductMapping {
  readonly handle: Column
  readonly name: Column
  readonly summary?: Column
  readonly description?: Column
  readonly brandLine?: Column
  /** Separated by commas. */
  readonly tags?: Column
  /** `draft`, `archived` or `false` make a draft, all else goes on sale. For new products only. */
  readonly status?: Column
  readonly taxClass?: Column
  /** A path from the top, `Kitchen > Cups`; what is missing of it is added. */
  readonly category?: Column
  readonly sku: Column
  readonly barcode?: Column
  readonly weightGrams?: Column
  /** Plain decimals in major units, `12.90`. */
  readonly price?: Column
  readonly compareAt?: Column
  readonly currency?: Column
  /** Whole pieces; fewer than none count as none. */
  readonly stock?: Column
  readonly image?: Column
  readonly imageAlt?: Column
  readonly variantImage?: Column
  readonly options?: readonly { readonly name: Column; readonly value: Column }[]
  readonly details?: readonly { readonly label: string; readonly value: Column }[]
}

/** How the columns of a file become translations of products that are there already. */
export interface TranslationMapping {
  readonly handle: Column
  readonly locale: Column
  readonly name: Column
  readonly summary?: Column
  readonly description?: Column
}

/** What a file said of a sku that the catalog does not keep. */
export interface ImportedSku {
  readonly sku: string
  readonly price: Money | null
  readonly compareAt: Money | null
  readonly stock: number | null
}

/** Why a row was not stored: its line in the file, the column at fault if there is one, and the row itself. */
export interface RowError {
  readonly row: number
  readonly column: string | null
  readonly reason: string
  readonly cells: readonly string[]
}

/** How far an import is: rows read, and what became of the products in them. `failed` counts rows. */
export interface ImportProgress {
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly failed: number
}

/** What became of a file. `errors` holds the first thousand; `failed` counts all. */
export interface ImportReport extends ImportProgress {
  readonly columns: readonly string[]
  readonly errors: readonly RowError[]
}
