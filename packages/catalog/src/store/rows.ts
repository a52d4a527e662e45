import type { Tx } from '@sangdo/core/server'
import type { Insertable } from 'kysely'
import { type CatalogTables, tables } from '../tables.ts'

// As many rows in a statement as keep it well within the 32,766 parameters of SQLite and 65,535 of PostgreSQL.
const most = 500

/** Stores rows, many to a statement. */
export async function insertRows<Table extends keyof CatalogTables>(
  tx: Tx,
  table: Table,
  rows: readonly Insertable<CatalogTables[Table]>[],
): Promise<void> {
  for (const some of slices(rows, most)) await tables(tx).insertInto(table).values(some).execute()
}

/** The same items in slices of at most `size`. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
