import { randomUUID } from 'node:crypto'
import { now } from './carts.ts'
import type { Database, Statement, Work } from './database.ts'

export const newId = (kind: string): string => `${kind}_${randomUUID().replaceAll('-', '').slice(0, 26)}`

/** Something that is told to others later. */
export const event = (name: string, payload: object): Statement => [
  `insert into core_outbox (id, name, payload, occurred_at, due_at) values (?, ?, ?, ?, ?)`,
  newId('evt'),
  name,
  JSON.stringify(payload),
  now(),
  now(),
]

/** Who is told of what; each has a receipt. */
const subscribers: Readonly<Record<string, readonly string[]>> = {
  'orders.placed': ['crm.placed'],
  'payments.captured': ['orders.mark_paid'],
  'orders.paid': ['crm.paid', 'catalog.count_sales', 'mail.paid'],
}

/** Tells a hundred events to whoever wants to know. */
function* deliver(): Work<number> {
  const events = yield [
    `select id, name, payload from core_outbox where delivered_at is null order by due_at, id limit 100`,
  ]
  for (const { id = '', name, payload } of events) {
    for (const subscriber of subscribers[String(name)] ?? []) {
      if (subscriber === 'catalog.count_sales') yield* countSales(String(payload))
      yield [
        `insert into core_receipt (event_id, subscriber, delivered_at, attempts) values (?, ?, ?, 1)`,
        id,
        subscriber,
        now(),
      ]
    }
    yield [`update core_outbox set delivered_at = ? where id = ?`, now(), id]
  }
  return events.length
}

function* countSales(payload: string): Work<void> {
  const { lines } = JSON.parse(payload) as { lines: { productId: string; quantity: number }[] }
  for (const { productId, quantity } of lines)
    yield [`update catalog_listing set sales = sales + ? where product_id = ?`, quantity, productId]
}

/** Delivers what there is, again and again, with half a second of rest when there is nothing. */
export async function delivering({ atomic }: Database): Promise<never> {
  for (;;) {
    const told = await atomic(deliver())
    if (told === 0) await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
