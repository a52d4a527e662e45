import { parse as createParser } from 'csv-parse'
import { catalogErrors, type RowError } from '../contract/index.ts'
import { restored, type RawRow } from '../rules/index.ts'

/** A file as it comes: pieces of bytes or text. */
export type Source = AsyncIterable<Uint8Array | string>

/** How a file is written; `euc-kr` is what Korean spreadsheets save (CP949). */
export type Encoding = 'utf-8' | 'euc-kr'

const longestCell = 100_000
const shownCell = 200
const longestRecord = 16_000_000

/** A row of a file, or why it is none. */
export type Line = RawRow | RowError

interface Record {
  readonly line: number
  readonly cells: string[]
}

/**
 * Reads a CSV file piece by piece: first its columns, then its rows. A byte order mark, Windows line ends, empty lines and stray
 * quotes are put up with; a row with cells beyond its header or longer than 100,000 characters is handed out as an error. Throws
 * `catalog.unreadable_file` for bytes that are not text in the given encoding, or a quote that never ends.
 */
export async function* readCsv(
  source: Source,
  encoding: Encoding,
): AsyncGenerator<{ columns: readonly string[]; lines: Line[] }> {
  let columns: readonly string[] | undefined
  for await (const records of recordsOf(textOf(source, encoding))) {
    if (columns === undefined && records.length > 0)
      columns = records.shift()?.cells.map((cell) => restored(cell.trim()))
    const known = columns
    if (known) yield { columns: known, lines: records.map((record) => lineOf(record, known)) }
  }
}

function lineOf({ line, cells }: Record, columns: readonly string[]): Line {
  const kept = cells.map((cell) => (cell.length > longestCell ? `${cell.slice(0, shownCell)}…` : cell))
  const long = cells.findIndex((cell) => cell.length > longestCell)
  if (long >= 0)
    return {
      row: line,
      column: columns[long] ?? null,
      reason: `This cell is longer than ${longestCell} characters`,
      cells: kept,
    }
  if (cells.length > columns.length)
    return {
      row: line,
      column: null,
      reason: `This row has ${cells.length} cells, the header ${columns.length}`,
      cells: kept,
    }
  return {
    line,
    cells,
    row: Object.fromEntries(columns.map((column, index) => [column, restored(cells[index] ?? '')])),
  }
}

/** The text of a file with plain line ends, so that lines are counted as an editor counts them. */
async function* textOf(source: Source, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let held = ''
  for await (const piece of source) {
    const text =
      held + (typeof piece === 'string' ? piece : decode(() => decoder.decode(piece, { stream: true }), encoding))
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replaceAll(/\r\n?/g, '\n')
  }
  yield (held + decode(() => decoder.decode(), encoding)).replaceAll(/\r\n?/g, '\n')
}

function decode(work: () => string, encoding: Encoding): string {
  try {
    return work()
  } catch (error) {
    throw catalogErrors.unreadable_file({ reason: `it is not written in ${encoding}` }, error)
  }
}

/** The records of each piece of text that completes some; the parser is driven by hand, so that none is lost before an error. */
async function* recordsOf(texts: AsyncIterable<string>): AsyncGenerator<Record[]> {
  let records: Record[] = []
  const parser = createParser({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    on_record: (cells: string[], { lines }) => {
      records.push({ cells, line: lines - cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0) })
      return null
    },
  })
  parser.on('error', () => {}) // each step hears of it by its own callback
  parser.resume()
  const step = async (work: (done: (error?: Error | null) => void) => void) => {
    const error = await new Promise<Error | null | undefined>((resolve) => work(resolve))
    const ready = records
    records = []
    return { ready, error }
  }
  const steps = async function* () {
    for await (const text of texts) if (text !== '') yield step((done) => parser.write(text, done))
    yield step((done) => parser.end(done))
  }
  for await (const { ready, error } of steps()) {
    yield ready.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    if (error) throw catalogErrors.unreadable_file({ reason: error.message }, error)
  }
}
