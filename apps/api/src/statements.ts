import { fromMajor } from '@sangdo/core'
import { StatementRow } from '@sangdo/payments'
import { CsvError, parse } from 'csv-parse/sync'

/** A row of a file that was not read, and why: `line` is where it stands in the file. */
export interface RefusedRow {
  readonly line: number
  readonly reason: 'columns' | 'date' | 'amount' | 'row'
}

/** What the columns are called by the banks that we know, without spaces and case. */
const names = {
  rowId: ['rowid', 'id', 'reference', '거래번호', '거래고유번호'],
  date: ['date', '거래일', '거래일자', '거래일시', '거래날짜'],
  amount: ['amount', 'credit', '입금', '입금액', '입금금액', '맡기신금액'],
  payer: ['payer', 'name', '입금자', '입금자명', '보낸분', '보낸사람', '거래처', '의뢰인'],
  text: ['text', 'memo', 'description', '적요', '내용', '메모', '통장표시내용'],
} as const
type Column = keyof typeof names
const needed = ['rowId', 'date', 'amount', 'payer'] as const satisfies Column[]

/** The records of a CSV file, with the line on which each ends; none for what is no CSV. */
export function recordsOf(csv: string): { line: number; cells: string[] }[] {
  const how = {
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  }
  try {
    const records = parse(csv, how) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (error instanceof CsvError) return []
    throw error
  }
}

/**
 * The money that came in by a bank's statement, and the rows that could not be read. Rows without an amount went out, and are
 * left out. The columns are found by their names; `missing` are those that a file must have and does not.
 */
export function statementOf(
  csv: string,
  currency: string,
): { rows: StatementRow[]; refused: RefusedRow[]; missing: Column[] } {
  const [head, ...records] = recordsOf(csv)
  const titles = (head?.cells ?? []).map((title) => title.toLowerCase().replaceAll(/[\s_()원]/g, ''))
  const at = (column: Column) => titles.findIndex((title) => (names[column] as readonly string[]).includes(title))
  const missing = needed.filter((column) => at(column) < 0)
  if (missing.length > 0) return { rows: [], refused: [], missing }
  const [rows, refused]: [StatementRow[], RefusedRow[]] = [[], []]
  for (const { line, cells } of records) {
    const read = rowOf((column) => cells[at(column)] ?? '', currency)
    if (read === null) continue
    if (cells.length > titles.length) refused.push({ line, reason: 'columns' })
    else if (typeof read === 'string') refused.push({ line, reason: read })
    else rows.push(read)
  }
  return { rows, refused, missing: [] }
}

function rowOf(of: (column: Column) => string, currency: string): StatementRow | RefusedRow['reason'] | null {
  const typed = of('amount').replaceAll(/[,\s₩$]|원$/g, '')
  if (/^[-−]?0*(\.0*)?$/.test(typed)) return null
  const [, year, month, day] = /^(\d{4})[-./년 ]*(\d{1,2})[-./월 ]*(\d{1,2})/.exec(of('date')) ?? []
  if (!year || !month || !day) return 'date'
  const amount = amountOf(typed, currency)
  if (amount === null) return 'amount'
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const row = StatementRow.safeParse({ rowId: of('rowId'), date, amount, payer: of('payer'), text: of('text') })
  return row.success ? row.data : row.error.issues.some(({ path }) => path[0] === 'date') ? 'date' : 'row'
}

function amountOf(typed: string, currency: string) {
  try {
    const amount = fromMajor(typed, currency)
    return amount.minor > 0 ? amount : null
  } catch {
    return null
  }
}
