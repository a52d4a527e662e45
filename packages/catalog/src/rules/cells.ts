import type { Column, ImportReport, Row } from '../contract/index.ts'

// What a spreadsheet takes for a formula, full-width signs included.
const formula = /^[=+\-@\t\r＝＋－＠]/

/** A cell that a spreadsheet shows as it is: with an apostrophe before what it would calculate. */
export const defused = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell)

/** A cell as it was before it was defused. */
export const restored = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell

/** The name of the column that a field comes from. */
export const columnName = (column: Column): string => (typeof column === 'string' ? column : column.column)

/** What a row says in a field; empty where the column is missing. */
export function cellOf(column: Column | undefined, row: Row): string {
  if (column === undefined) return ''
  const cell = (row[columnName(column)] ?? '').trim()
  return typeof column === 'string' ? cell : column.read(cell, row).trim()
}

/** One line of CSV (RFC 4180), formulas defused. */
export function csvLine(cells: readonly string[]): string {
  return `${cells
    .map(defused)
    .map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`
}

/**
 * The refused rows of an import as a CSV file, piece by piece: each as it was, then its line, the column at fault and the reason.
 * Corrected, the file can be imported as it is; the three columns are passed over then.
 */
export function* errorFile({ columns, errors }: Pick<ImportReport, 'columns' | 'errors'>): Generator<string> {
  const own = columns.filter((column) => !reportColumns.includes(column))
  yield `\ufeff${csvLine([...own, ...reportColumns])}`
  for (const { row, column, reason, cells } of errors) {
    const kept = columns.flatMap((name, index) => (reportColumns.includes(name) ? [] : [cells[index] ?? '']))
    yield csvLine([...kept, String(row), column ?? '', reason])
  }
}

const reportColumns = ['row', 'column', 'reason']
