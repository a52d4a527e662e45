import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { fromMajor, type Money } from '@sangdo/core'
import type { CartPromotion } from '@sangdo/pricing'
import { type PastOrder, simulate } from '@sangdo/pricing/simulate'
import { data } from '../bench/books.ts'

/** The file of a real shop's invoice lines. */
export const retailFile = join(data, 'online-retail/online-retail.csv.gz')

interface Row {
  readonly InvoiceNo: string
  readonly StockCode: string
  readonly Quantity: string
  readonly InvoiceDate: string
  readonly UnitPrice: string
  readonly Country: string
}

/** Prices below a penny are no prices; the engine refuses the order that holds one. */
function priceOf(text: string): Money {
  try {
    return fromMajor(text, 'GBP')
  } catch {
    return { minor: Number.NaN, currency: 'GBP' }
  }
}

const counts = { lines: 0, invoices: 0 }

/** One invoice after the other, read as a stream. */
async function* invoices(): AsyncGenerator<PastOrder> {
  const rows = createReadStream(retailFile)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }))
  let open: { id: string; lines: PastOrder['lines'][number][]; context: PastOrder['context'] } | null = null
  for await (const row of rows as AsyncIterable<Row>) {
    counts.lines += 1
    if (open && open.id !== row.InvoiceNo) {
      counts.invoices += 1
      yield open
      open = null
    }
    const at = `${row.InvoiceDate.replace(' ', 'T')}.000Z`
    open ??= { id: row.InvoiceNo, lines: [], context: { at, timeZone: 'Europe/London', market: row.Country } }
    const cost = priceOf(row.UnitPrice)
    open.lines.push({
      id: `${open.lines.length}`,
      sku: row.StockCode,
      quantity: Number(row.Quantity),
      unitPrice: cost,
      cost: { ...cost, minor: Math.round(cost.minor * 0.6) },
    })
  }
  if (open) {
    counts.invoices += 1
    yield open
  }
}

const drafts: CartPromotion[] = [
  {
    id: 'tiers',
    kind: 'spend_tiers',
    tiers: [
      { from: priceOf('100'), percent: 3 },
      { from: priceOf('500'), percent: '7.5' },
    ],
  },
  { id: 'dozen', kind: 'buy_x_get_y', buy: 11, get: 1, per: 'sku', priority: 1 },
  { id: 'sunday', kind: 'amount_off', amount: priceOf('5'), minimum: priceOf('50'), when: { weekdays: [7] } },
]

const progress: number[] = []
const found = await simulate(invoices(), {
  drafts,
  currency: 'GBP',
  tax: { pricesInclude: 'tax', rates: { standard: 20 } },
  onProgress: ({ orders, skipped }) => progress.push(orders + skipped),
})
console.log(
  JSON.stringify({ found, counts, progress: progress.length, peakMiB: process.resourceUsage().maxRSS / 1024 }),
)
