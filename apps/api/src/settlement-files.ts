import { instant, type Instant, instantAfter } from '@sangdo/core'
import { type SettlementKind, SettlementRow } from '@sangdo/payments'
import { amountOf, type ColumnNames, dayOf, type SheetRow, sheetOf } from './sheets.ts'

/** A row of a settlement file that was not read, and why: `line` is where it stands in the file. */
export interface RefusedSettlement {
  readonly line: number
  readonly reason: 'columns' | 'kind' | 'date' | 'amount' | 'row'
}

type Column = 'rowId' | 'kind' | 'reference' | 'amount' | 'at'

/** As the providers that we know write them. */
const names: ColumnNames<Column> = {
  rowId: [
    'rowid',
    'id',
    '거래번호',
    '거래고유번호',
    '거래키',
    'transactionkey',
    'balancetransactionid',
    'transactionid',
  ],
  kind: ['kind', 'type', '구분', '유형', '거래구분', '거래유형', 'reportingcategory', 'category'],
  reference: ['reference', 'orderid', '주문번호', '가맹점주문번호', '상점주문번호', 'merchantreference', 'invoiceid'],
  amount: ['amount', 'gross', '금액', '거래금액', '결제금액', '정산대상금액'],
  at: ['at', 'date', 'created', '일시', '거래일시', '거래일', '거래일자', '승인일시'],
}

const words: Readonly<Record<SettlementKind, readonly string[]>> = {
  capture: ['capture', 'charge', 'payment', '승인', '결제', '매출'],
  refund: ['refund', '취소', '환불', '부분취소', '매출취소'],
  chargeback: ['chargeback', 'dispute', '차지백', '이의제기'],
  fee: ['fee', '수수료'],
  payout: ['payout', '지급', '정산지급', '이체'],
}
const kinds = new Map(Object.entries(words).flatMap(([kind, all]) => all.map((word) => [word, kind as SettlementKind])))

/** The hours by which the clocks of Korea are ahead, as the files of its providers name no zone. */
const zone = '+09:00'
const day = 86_400_000

/**
 * What a provider has settled by its file, and the rows that could not be read. Where what goes out is written below zero, what is
 * above is the other way, as a chargeback that was won; where nothing is below zero, amounts are as the kind says. `period` is from
 * the first day of the file to the end of its last, in Korea.
 */
export function settlementOf(
  csv: string,
  currency: string,
): {
  rows: SettlementRow[]
  refused: RefusedSettlement[]
  missing: Column[]
  period: { from?: Instant; to?: Instant }
} {
  const sheet = sheetOf(csv, names, ['rowId', 'kind', 'reference', 'amount', 'at'])
  const isSigned = sheet.rows.some(
    ({ of }) => goesOut(of('kind')) && (amountOf(of('amount'), currency)?.minor ?? 0) < 0,
  )
  const [rows, refused]: [SettlementRow[], RefusedSettlement[]] = [[], []]
  for (const row of sheet.rows) {
    const read = rowOf(row, currency, isSigned)
    if (typeof read === 'string') refused.push({ line: row.line, reason: read })
    else rows.push(read)
  }
  return { rows, refused, missing: sheet.missing, period: periodOf(rows) }
}

const kindOf = (typed: string) => kinds.get(typed.trim().toLowerCase())
const goesOut = (typed: string) => (kindOf(typed) ?? 'capture') !== 'capture'

function rowOf(
  { of, overflows }: SheetRow<Column>,
  currency: string,
  isSigned: boolean,
): SettlementRow | RefusedSettlement['reason'] {
  if (overflows) return 'columns'
  const [kind, at] = [kindOf(of('kind')), instantOf(of('at'))]
  if (!kind) return 'kind'
  if (!at) return 'date'
  const amount = amountOf(of('amount'), currency)
  if (!amount || amount.minor === 0) return 'amount'
  const minor = isSigned && kind !== 'capture' ? -amount.minor : amount.minor
  const row = SettlementRow.safeParse({
    rowId: of('rowId'),
    kind,
    reference: of('reference'),
    amount: { ...amount, minor },
    at,
  })
  return row.success ? row.data : 'row'
}

/** A moment as files write it: with its zone, or else in Korea; a day alone is its beginning. Null for what is none. */
function instantOf(typed: string): Instant | null {
  const date = dayOf(typed)
  if (date === null || !isDay(date)) return null
  const [, hour = '0', minute = '00', second = '00'] = /[T ](\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(typed) ?? []
  const [named = zone] = /(?:Z|[+-]\d{2}:?\d{2})$/.exec(typed.slice(10)) ?? []
  const at = Date.parse(`${date}T${hour.padStart(2, '0')}:${minute}:${second}${named}`)
  return Number.isNaN(at) ? null : instant(new Date(at))
}

/** Whether there is such a day: JavaScript takes the 30th of February for the 2nd of March. */
const isDay = (date: string) => {
  const at = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)
}

function periodOf(rows: readonly SettlementRow[]): { from?: Instant; to?: Instant } {
  const times = rows.map(({ at }) => at).toSorted()
  const [first, last] = [times[0], times.at(-1)]
  if (!first || !last) return {}
  return { from: startOfDay(first), to: instantAfter(new Date(startOfDay(last)), day) }
}

/** When the day of a moment began in Korea. */
export function startOfDay(at: Instant): Instant {
  const inKorea = instantAfter(new Date(at), 9 * 3_600_000).slice(0, 10)
  return instant(new Date(`${inKorea}T00:00:00${zone}`))
}
