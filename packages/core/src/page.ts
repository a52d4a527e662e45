import { z } from 'zod'
import { coreErrors } from './errors.ts'

/** A slice of a list and the cursor of the next one; `next` is null on the last. */
export interface Page<Item> {
  readonly items: Item[]
  readonly next: string | null
}

/** How a list is asked for: where to go on, and how many. Keyset only, so a page never skips or repeats a row. */
export const PageQuery = z.object({
  after: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export type PageQuery = z.infer<typeof PageQuery>

/** The schema of a page of `item`. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** Makes a page of rows that were fetched with `limit + 1`; `keyOf` gives the sort key of the last one kept. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorPart[],
): Page<Row> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null }
}

/** A value that a list is sorted by. */
export type CursorPart = string | number

/** The sort key of a row as an opaque cursor. */
export function encodeCursor(parts: readonly CursorPart[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

const shapes = { s: 'string', n: 'number' } as const

/** Reads a cursor back; `shape` names its parts (`'ns'`: a number, then text). Throws `core.invalid_cursor` for anything else. */
export function decodeCursor(cursor: string, shape: string): CursorPart[] {
  const parts = readParts(cursor)
  const fits =
    parts.length === shape.length &&
    [...shape].every((kind, index) => typeof parts[index] === shapes[kind as 's' | 'n'])
  if (!fits) throw coreErrors.invalid_cursor({ field: 'after' })
  return parts as CursorPart[]
}

function readParts(cursor: string): unknown[] {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    const parts: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
