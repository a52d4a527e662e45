import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { startApi } from './api.ts'
import { type Bed, tell } from './bed.ts'
import { type Measured, rateOfCheckouts } from './measures.ts'
import { median } from './pricing/clock.ts'

const [few, many] = [1_000, 1_000_000]
const [rounds, seconds, buyers] = [5, 5, 8]

/** What belongs to an order, and the share of it that a shop still keeps after a year: events for 30 days, answers for 15. */
const tables: Readonly<Record<string, { share?: number; only?: string }>> = {
  orders_cart: {},
  orders_cart_line: {},
  orders_order: {},
  orders_line: {},
  orders_history: {},
  inventory_reservation: {},
  inventory_reservation_line: {},
  inventory_movement: { only: `reason = 'sold'` },
  payments_payment: {},
  payments_attempt: {},
  payments_report: {},
  payments_entry: {},
  payments_inbox: {},
  core_outbox: { share: 30 / 365, only: `payload like '{"%":"ord_%'` },
  core_receipt: { share: 30 / 365, only: `event_id in (select id from core_outbox where payload like '{"%":"ord_%')` },
  core_idempotency: { share: 15 / 365 },
}

const kinds = ['crt', 'lin', 'ord', 'stp', 'rsv', 'mov', 'pay', 'att', 'rep', 'ent', 'whk', 'evt']
// An id says when it was made in its first ten characters; the copies are older.
const older = (column: string) =>
  `case when substr(${column}, 1, 3) in (${kinds.map((kind) => `'${kind}'`).join()}) and length(${column}) = 30
    then substr(${column}, 1, 4) || '00' || @copy || substr(${column}, 11) else ${column} end`
const another = (column: string) => `@copy || ${column}`

/** Columns whose values are unique and not, or not always, an id. */
const unique: Readonly<Record<string, string>> = {
  'payments_entry.journal': `replace(journal, attempt_id, ${older('attempt_id')})`,
  'payments_inbox.event_id': another('event_id'),
  'core_idempotency.key': another('key'),
  'orders_order.number': another('number'),
}

/** Stores the orders of a shop again and again, each time as others of an earlier time, until there are so many. */
function multiply(path: string): void {
  const db = new Sqlite(path)
  db.pragma('synchronous = off')
  db.pragma('foreign_keys = off')
  db.pragma('cache_size = -500000')
  for (const [table, { share = 1, only = 'true' }] of Object.entries(tables)) {
    const columns = db.prepare(`select name, type from pragma_table_info('${table}')`).all() as {
      name: string
      type: string
    }[]
    const copied = columns.map(({ name, type }) => unique[`${table}.${name}`] ?? (type === 'TEXT' ? older(name) : name))
    db.exec(`create temp table original as select * from ${table} where ${only}`)
    const insert = db.prepare(
      `insert into ${table} (${columns.map(({ name }) => name).join()}) select ${copied.join()} from temp.original`,
    )
    const began = performance.now()
    const run = db.transaction(() => {
      for (let copy = 1; copy < Math.round((many / few) * share); copy++)
        insert.run({ copy: String(copy).padStart(4, '0') })
    })
    run()
    db.exec('drop table temp.original')
    tell(`${table}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  db.exec(`update inventory_stock set on_hand = (select sum(quantity) from inventory_movement movement
    where movement.sku = inventory_stock.sku and movement.location_id = inventory_stock.location_id)`)
  db.pragma('wal_checkpoint(truncate)')
  db.exec('analyze')
  db.close()
}

/** What a checkout costs a shop that has a million orders, beside the same shop with a thousand. */
export async function grown(name: string, bed: Bed): Promise<Measured> {
  const [small, path] = [join(bed.folder, 'few.db'), join(bed.folder, 'many.db')]
  const begin = (databaseUrl: string) =>
    startApi({ databaseUrl, folder: bed.folder, payUrl: bed.payUrl, program: 'built' })
  copyOf(bed.databaseUrl, small)
  const first = await begin(small)
  while (ordersIn(small) < few) await rateOfCheckouts(bed, first.url, { seconds: 2, buyers })
  await new Promise((resolve) => setTimeout(resolve, 5000))
  await first.stop()
  copyFileSync(small, path)
  multiply(path)
  tell(`${ordersIn(small)} orders, and ${ordersIn(path)}`)
  const [little, large] = [await begin(small), await begin(path)]
  const [cheap, dear]: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const found = []
    for (const { url } of [little, large]) found.push(await rateOfCheckouts(bed, url, { seconds, buyers }))
    const [a = 0, b = 0] = found
    tell(`${name}, round ${round}: ${a.toFixed(1)} with ${few}, ${b.toFixed(1)} with ${many} orders, checkouts/s`)
    if (round === 0) continue
    cheap.push(1000 / a)
    dear.push(1000 / b)
  }
  await Promise.all([little.stop(), large.stop()])
  return { name, ours: median(dear), floor: median(cheap), ratio: median(dear) / median(cheap), unit: 'ms' }
}

function copyOf(path: string, copy: string): void {
  const db = new Sqlite(path)
  db.prepare('vacuum into ?').run(copy)
  db.close()
}

function ordersIn(path: string): number {
  const db = new Sqlite(path, { readonly: true })
  const { count } = db.prepare('select count(*) as count from orders_order').get() as { count: number }
  db.close()
  return count
}
