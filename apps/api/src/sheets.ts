import { fromMajor, type Money } from '@sangdo/core'
import { CsvError, parse } from 'csv-parse/sync'

/** What the columns of a file are called by those who write it: each by its names, without spaces and case. */
export type ColumnNames<Column extends string> = Readonly<Record<Column, readonly string[]>>

/** A row of a file: on which line it ends, its cells by column, and whether it has more cells than there are titles. */
export interface SheetRow<Column extends string> {
  readonly line: number
  readonly of: (column: Column) => string
  readonly overflows: boolean
}

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

/** The rows of a CSV file whose columns are found by their names; `missing` are those that it must have and does not. */
export function sheetOf<Column extends string>(
  csv: string,
  names: ColumnNames<Column>,
  needed: readonly NoInfer<Column>[],
): { rows: SheetRow<Column>[]; missing: Column[] } {
  const [head, ...records] = recordsOf(csv)
  const titles = (head?.cells ?? []).map((title) => title.toLowerCase().replaceAll(/[\s_()원]/g, ''))
  const at = (column: Column) => titles.findIndex((title) => names[column].includes(title))
  const missing = needed.filter((column) => at(column) < 0)
  if (missing.length > 0) return { rows: [], missing }
  const rows = records.map(({ line, cells }) => ({
    line,
    of: (column: Column) => cells[at(column)] ?? '',
    overflows: cells.length > titles.length,
  }))
  return { rows, missing: [] }
}

/** A day as people and banks write it, as `2026-11-21`; null for what is none. */
export function dayOf(typed: string): string | null {
  const [, year, month, day] = /^(\d{4})[-./년 ]*(\d{1,2})[-./월 ]*(\d{1,2})/.exec(typed) ?? []
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null
}

/** The digits of an amount, without what stands around and between them. */
export const digitsOf = (typed: string): string => typed.replaceAll(/[,\s₩$]|원$/g, '').replace('−', '-')

/** An amount in major units, below zero too; null for what is none, or cannot be one of the currency. */
export function amountOf(typed: string, currency: string): Money | null {
  try {
    return fromMajor(digitsOf(typed), currency)
  } catch {
    return null
  }
}
