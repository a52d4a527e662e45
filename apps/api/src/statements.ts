import { StatementRow } from '@sangdo/payments'
import { amountOf, type ColumnNames, dayOf, digitsOf, sheetOf } from './sheets.ts'

/** A row of a file that was not read, and why: `line` is where it stands in the file. */
export interface RefusedRow {
  readonly line: number
  readonly reason: 'columns' | 'date' | 'amount' | 'row'
}

type Column = 'rowId' | 'date' | 'amount' | 'payer' | 'text'

/** As the banks that we know write them. */
const names: ColumnNames<Column> = {
  rowId: ['rowid', 'id', 'reference', '거래번호', '거래고유번호'],
  date: ['date', '거래일', '거래일자', '거래일시', '거래날짜'],
  amount: ['amount', 'credit', '입금', '입금액', '입금금액', '맡기신금액'],
  payer: ['payer', 'name', '입금자', '입금자명', '보낸분', '보낸사람', '거래처', '의뢰인'],
  text: ['text', 'memo', 'description', '적요', '내용', '메모', '통장표시내용'],
}

/**
 * The money that came in by a bank's statement, and the rows that could not be read. Rows without an amount went out, and are
 * left out. The columns are found by their names; `missing` are those that a file must have and does not.
 */
export function statementOf(
  csv: string,
  currency: string,
): { rows: StatementRow[]; refused: RefusedRow[]; missing: Column[] } {
  const sheet = sheetOf(csv, names, ['rowId', 'date', 'amount', 'payer'])
  const [rows, refused]: [StatementRow[], RefusedRow[]] = [[], []]
  for (const { line, of, overflows } of sheet.rows) {
    const read = rowOf(of, currency)
    if (read === null) continue
    if (overflows) refused.push({ line, reason: 'columns' })
    else if (typeof read === 'string') refused.push({ line, reason: read })
    else rows.push(read)
  }
  return { rows, refused, missing: sheet.missing }
}

function rowOf(of: (column: Column) => string, currency: string): StatementRow | RefusedRow['reason'] | null {
  if (/^-?0*(\.0*)?$/.test(digitsOf(of('amount')))) return null
  const date = dayOf(of('date'))
  if (date === null) return 'date'
  const amount = amountOf(of('amount'), currency)
  if (amount === null || amount.minor <= 0) return 'amount'
  const row = StatementRow.safeParse({ rowId: of('rowId'), date, amount, payer: of('payer'), text: of('text') })
  return row.success ? row.data : row.error.issues.some(({ path }) => path[0] === 'date') ? 'date' : 'row'
}
