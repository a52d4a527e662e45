import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../../shared/data')

/** Where a file of the shared data is, or why a test of it is skipped. */
export function dataFile(name: string): { path: string; missing: boolean; note: string } {
  const path = join(folder, name)
  const missing = !existsSync(path)
  return { path, missing, note: missing ? ` (SKIPPED: there is no ../shared/data/${name})` : '' }
}

/** A file in pieces, as an upload comes. */
export const piecesOf = (path: string): AsyncIterable<Uint8Array> => createReadStream(path)

/** A text in pieces of `size` characters. */
export async function* textOf(text: string, size = 1000): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
