import { ShopError } from '@sangdo/core'
import type { ImportProgress, ImportReport, RowError } from '../contract/index.ts'

/** What became of some products, and the rows that were refused. */
export interface Fate {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: readonly RowError[]
}

const keptErrors = 1000

interface Listeners {
  readonly onProgress?: (progress: ImportProgress) => void
  readonly onError?: (error: RowError) => void
}

/** Counts what becomes of the rows of a file, and tells whoever listens. */
export function createTally({ onProgress, onError }: Listeners) {
  const progress = { rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0 }
  const errors: RowError[] = []
  let columns: readonly string[] = []

  const refuse = (refused: readonly RowError[]): void => {
    progress.failed += refused.length
    errors.push(...refused.slice(0, Math.max(0, keptErrors - errors.length)))
    for (const error of refused) onError?.(error)
  }

  const count = (fate: Fate): void => {
    progress.created += fate.created
    progress.updated += fate.updated
    progress.unchanged += fate.unchanged
    refuse(fate.refused)
    onProgress?.({ ...progress })
  }

  return {
    refuse,
    count,
    countRow: () => void progress.rows++,
    knowColumns: (known: readonly string[]) => void (columns = known),
    report: (): ImportReport => ({ ...progress, columns, errors: errors.toSorted((a, b) => a.row - b.row) }),
  }
}

/** Why a product was refused, in words for whoever sent the file; null for an error that is not about the product. */
export const refusal = (error: unknown): string | null =>
  error instanceof ShopError && error.kind !== 'unavailable' ? error.message : null
