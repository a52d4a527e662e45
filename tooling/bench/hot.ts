import { openShop } from '@sangdo/api'
import pg from 'pg'
import { secrets } from './api.ts'
import { type Bed, tell } from './bed.ts'
import type { Measured } from './measures.ts'
import { median } from './pricing/clock.ts'

const clients = 64
const [rounds, seconds] = [3, 4]
const pieces = 1_000_000
const unit = 'reservations/s'

/** Lets so many clients do the same again and again for some seconds; answers how often a second it was done. */
async function rateOf(once: (client: number) => Promise<void>): Promise<number> {
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  let done = 0
  const client = async (_: unknown, number: number) => {
    while (elapsed() < seconds) {
      await once(number)
      done++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return done / elapsed()
}

/**
 * 64 clients of one process who want one sku on PostgreSQL: what the shop does for a sku that it knows to be hot, and for any other,
 * beside the plainest reservation there is, with a connection for each client: one guarded update and two inserts.
 */
export async function hotStock(name: string, { databaseUrl, folder, skus }: Bed): Promise<Measured[]> {
  const [hot = '', warm = '', bare = ''] = skus
  const { shop, db } = await openShop({ databaseUrl, folder, byCall: true, env: secrets })
  for (const sku of [hot, warm, bare]) await shop.inventory.count(db, { sku, onHand: pieces })
  await shop.inventory.setHot(db, { sku: hot, hot: true })
  const reserve = (sku: string) => async () => {
    const lines = [{ sku, quantity: 1 }]
    await shop.inventory.gate(db, [sku], (tx) =>
      shop.inventory.reserve(tx, crypto.randomUUID(), lines, { seconds: 900 }),
    )
  }
  const pool = new pg.Pool({ connectionString: databaseUrl, max: clients })
  const connections = await Promise.all(Array.from({ length: clients }, () => pool.connect()))
  const plainly = async (client: number) => {
    const connection = connections[client]
    if (connection) await reservePlainly(connection, bare)
  }
  const rates: Record<'own' | 'other' | 'floor', number[]> = { own: [], other: [], floor: [] }
  for (let round = 0; round <= rounds; round++) {
    const found = {
      own: await rateOf(reserve(hot)),
      other: await rateOf(reserve(warm)),
      floor: await rateOf(plainly),
    }
    tell(
      `${name}, round ${round}: hot ${found.own.toFixed(0)}, any other ${found.other.toFixed(0)}, floor ${found.floor.toFixed(0)} ${unit}`,
    )
    // The first round does not count.
    if (round > 0) for (const kind of ['own', 'other', 'floor'] as const) rates[kind].push(found[kind])
  }
  for (const connection of connections) connection.release()
  await pool.end()
  await db.destroy()
  const floor = median(rates.floor)
  return [
    { name, ours: median(rates.own), floor, ratio: median(rates.own) / floor, unit },
    { name: `${name}.other`, ours: median(rates.other), floor, ratio: median(rates.other) / floor, unit },
  ]
}

const statements = {
  take: `update inventory_stock set reserved = reserved + 1 where sku = $1 and on_hand - reserved - safety >= 1 returning location_id`,
  head: `insert into inventory_reservation (id, reference, status, created_at, expires_at) values ($1, $2, 'open', $3, $4)`,
  line: `insert into inventory_reservation_line (reservation_id, sku, location_id, quantity) values ($1, $2, $3, 1)`,
}

async function reservePlainly(connection: pg.PoolClient, sku: string): Promise<void> {
  const [id, reference, now] = [crypto.randomUUID(), crypto.randomUUID(), new Date()]
  const until = new Date(now.getTime() + 900_000).toISOString()
  await connection.query('begin')
  await connection.query({ name: 'head', text: statements.head, values: [id, reference, now.toISOString(), until] })
  const { rows } = await connection.query<{ location_id: string }>({
    name: 'take',
    text: statements.take,
    values: [sku],
  })
  await connection.query({ name: 'line', text: statements.line, values: [id, sku, rows[0]?.location_id] })
  await connection.query('commit')
}
