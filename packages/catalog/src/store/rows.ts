import type { Tx } from '@sangdo/core/server'
import type { Insertable } from 'kysely'
import { type CatalogTables, tables } from '../tables.ts'

/** Stores rows, many to a statement. */
export async function insertRows<Table extends keyof CatalogTables>(
  tx: Tx,
  table: Table,
  rows: readonly Insertable<CatalogTables[Table]>[],
): Promise<void> {
  for (const some of batches(rows)) await tables(tx).insertInto(table).values(some).execute()
}

/** The same items in slices of at most `size`. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

const batchSizes = [200, 50, 10, 1]

/**
 * The same rows in batches of a few sizes, the largest well within the 32,766 parameters of SQLite and the 65,535 of PostgreSQL:
 * few different statements, so that those prepared are used again and do not fill the memory.
 */
export function batches<Row>(rows: readonly Row[]): Row[][] {
  const size = batchSizes.find((one) => one <= rows.length)
  if (size === undefined) return []
  const whole = rows.length - (rows.length % size)
  return [...slices(rows.slice(0, whole), size), ...batches(rows.slice(whole))]
}
