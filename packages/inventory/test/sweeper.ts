import { createNewId } from '@sangdo/core'
import { createOutbox, openDb } from '@sangdo/core/server'
import { createInventory } from '@sangdo/inventory/server'

/** One of several processes that let go of what nobody came back for; it reports after each few. */
const now = () => new Date()
const db = await openDb(process.argv[2] ?? '', { poolSize: 2 })
const inventory = createInventory({ now, outbox: createOutbox({ newId: createNewId(now), now }) })
let released = 0
for (;;) {
  const some = await inventory.releaseExpired(db, 5)
  released += some
  process.send?.({ released, done: false })
  if (some === 0) break
}
await db.destroy()
process.send?.({ released, done: true }, () => process.exit())
