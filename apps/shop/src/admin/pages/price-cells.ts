import type { Desk, Entered } from '../desk.ts'
import { amountIn, amountText } from '../parts/amount.ts'
import type { Problems } from '../parts/form.tsx'
import type { Money, PriceList, PriceRow, PriceSheet } from '../types.ts'

/** A cell of the grid: which it is, and what stands in it. */
export interface Cell {
  readonly id: string
  readonly name: string
  readonly column: 'base' | 'cost' | 'floor' | PriceList['id']
  readonly row: PriceRow
  readonly amount: Money | null
}

/** The cells of a row, in the order in which they stand. */
export function cellsOf(row: PriceRow, index: number, lists: readonly PriceList[]): Cell[] {
  const columns = [
    ['base', row.base?.amount ?? null],
    ...lists.map(({ id }) => [id, row.lists[id]?.amount ?? null] as const),
    ['cost', row.cost],
    ['floor', row.floor],
  ] as const
  return columns.map(([column, amount], place) => ({
    id: `cell-${index}-${place}`,
    name: `${column}:${row.sku}`,
    column,
    row,
    amount,
  }))
}

/** What stood in the cells when the form was made, so that only what somebody has changed is saved. */
export const wasText = (cells: readonly Cell[]): string =>
  JSON.stringify(
    Object.fromEntries(cells.flatMap((cell) => (cell.amount ? [[cell.name, amountText(cell.amount)]] : []))),
  )

interface Grid {
  readonly rows: readonly PriceRow[]
  readonly chosen: readonly PriceList[]
  readonly currency: string
}

/** A changed cell, and where it stands in what is sent: `prices.3`. */
interface SentCell {
  readonly id: string
  readonly row: string
}

type Removal = NonNullable<PriceSheet['removals']>[number]
type Guard = NonNullable<PriceSheet['guards']>[number]

/** The changed cells of a grid as one sheet to save, or what is wrong with them. */
export function sheetIn(desk: Desk, { rows, chosen, currency }: Grid, entered: Entered) {
  const was = wasIn(entered['was'])
  const problems: Record<string, string> = {}
  const prices: NonNullable<PriceSheet['prices']> = []
  const removals: Removal[] = []
  const guards = new Map<string, Guard>()
  const cells: SentCell[] = []
  for (const cell of rows.flatMap((row, index) => cellsOf(row, index, chosen))) {
    const typed = entered[cell.name] ?? ''
    if (entered[cell.name] === undefined || typed === (was[cell.name] ?? '')) continue
    const amount = typed === '' ? null : amountIn(typed, currency)
    const problem = problemOf(desk, cell, typed, amount)
    if (problem) problems[cell.id] = problem
    else if (cell.column === 'cost' || cell.column === 'floor') {
      const guard = guards.get(cell.row.sku) ?? guardOf(cell.row, currency)
      guards.set(cell.row.sku, { ...guard, [cell.column]: amount })
      cells.push({ id: cell.id, row: `guards.${[...guards.keys()].indexOf(cell.row.sku)}` })
    } else if (amount === null) {
      removals.push(...removalsOf(cell, currency))
      cells.push({ id: cell.id, row: `removals.${removals.length - 1}` })
    } else {
      prices.push(priceOf(cell, amount))
      cells.push({ id: cell.id, row: `prices.${prices.length - 1}` })
    }
  }
  return { sheet: { prices, removals, guards: [...guards.values()] }, cells, problems: problems as Problems }
}

function wasIn(text: string | undefined): Readonly<Record<string, string>> {
  try {
    return JSON.parse(text ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

function problemOf({ text }: Desk, { column }: Cell, typed: string, amount: Money | null): string | undefined {
  if (typed === '') return column === 'base' ? text.prices.baseNeeded : undefined
  return amount === null || amount.minor < 0 ? text.error.amount : undefined
}

const listOf = ({ column }: Cell) => (column === 'base' ? null : (column as PriceList['id']))

const priceOf = (cell: Cell, amount: Money) => {
  const priceListId = listOf(cell)
  const known = priceListId === null ? cell.row.base : cell.row.lists[priceListId]
  return { sku: cell.row.sku, amount, compareAt: known?.compareAt ?? null, priceListId }
}

/** A price that was scheduled and holds by now goes, too. */
function removalsOf(cell: Cell, currency: string): Removal[] {
  const priceListId = listOf(cell)
  const startsAt = priceListId === null ? null : (cell.row.lists[priceListId]?.startsAt ?? null)
  const key = { sku: cell.row.sku, currency, priceListId }
  return startsAt === null ? [key] : [{ ...key, startsAt }, key]
}

const guardOf = ({ sku, cost, floor, minimumMargin }: PriceRow, currency: string): Guard => ({
  sku,
  currency,
  cost,
  floor,
  minimumMargin,
})
