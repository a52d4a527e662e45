import { fromMajor, type Money, ShopError } from '@sangdo/core'
import { type Column, type ProductMapping, type Row, type RowError, tidied } from '../contract/index.ts'
import { cellOf, columnName } from './cells.ts'

/** A row of a file, read: what it says in each field, numbers and money understood. */
export interface ReadRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly handle: string
  readonly text: Readonly<Record<TextField, string>>
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly details: readonly { readonly label: string; readonly value: string }[]
  readonly weightGrams: number | null
  readonly stock: number | null
  readonly price: Money | null
  readonly compareAt: Money | null
}

const textFields = [
  'name',
  'summary',
  'description',
  'brandLine',
  'tags',
  'status',
  'taxClass',
  'category',
  'sku',
  'barcode',
  'image',
  'imageAlt',
  'variantImage',
] as const
type TextField = (typeof textFields)[number]

/** A row as it stands in the file. */
export interface RawRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly row: Row
}

/** Why a row cannot be read, and where. */
interface Fault {
  readonly column: string | null
  readonly reason: string
}

/** Reads a row by a mapping; answers with the first thing that is wrong with it where it cannot be read. */
export function readRow(
  { line, cells, row }: RawRow,
  mapping: ProductMapping,
  currency: string | undefined,
): ReadRow | RowError {
  const faults: Fault[] = []
  const fault = (column: Column | undefined, reason: string) =>
    void faults.push({ column: column === undefined ? null : columnName(column), reason })
  const handle = tidied(cellOf(mapping.handle, row))
  if (handle === '') fault(mapping.handle, 'A row must say which product it belongs to')
  const read: ReadRow = {
    line,
    cells,
    handle,
    text: Object.fromEntries(textFields.map((field) => [field, tidied(cellOf(mapping[field], row))])) as Record<
      TextField,
      string
    >,
    options: (mapping.options ?? []).map(({ name, value }) => ({
      name: tidied(cellOf(name, row)),
      value: tidied(cellOf(value, row)),
    })),
    details: (mapping.details ?? []).map(({ label, value }) => ({ label, value: tidied(cellOf(value, row)) })),
    weightGrams: wholeOf(mapping.weightGrams, row, fault),
    stock: wholeOf(mapping.stock, row, fault),
    ...moneyOf(row, mapping, currency, fault),
  }
  return faults[0] ? { row: line, ...faults[0], cells } : read
}

type Refuse = (column: Column | undefined, reason: string) => void

function wholeOf(column: Column | undefined, row: Row, fault: Refuse): number | null {
  const cell = cellOf(column, row)
  if (cell === '') return null
  const number = /^-?\d{1,9}(\.0+)?$/.test(cell) ? Number(cell) : Number.NaN
  if (Number.isNaN(number)) fault(column, `${shown(cell)} is not a whole number`)
  return Math.max(0, number)
}

function moneyOf(
  row: Row,
  mapping: ProductMapping,
  currency: string | undefined,
  fault: Refuse,
): { price: Money | null; compareAt: Money | null } {
  const own = cellOf(mapping.currency, row) || currency
  const read = (column: Column | undefined): Money | null => {
    const cell = cellOf(column, row)
    if (cell === '') return null
    if (own === undefined) return fault(column, 'A price needs a currency') ?? null
    const amount = amountOf(cell, own)
    if (typeof amount === 'string') return fault(column, amount) ?? null
    return amount
  }
  const price = read(mapping.price)
  const compareAt = read(mapping.compareAt)
  return { price, compareAt: compareAt && compareAt.minor > 0 ? compareAt : null }
}

function amountOf(cell: string, currency: string): Money | string {
  try {
    const amount = fromMajor(cell, currency)
    return amount.minor < 0 ? 'A price is not negative' : amount
  } catch (error) {
    if (error instanceof ShopError) return error.message.replace(/^amount: /, '')
    throw error
  }
}

const shown = (cell: string) => (cell.length > 40 ? `${cell.slice(0, 40)}…` : cell)
