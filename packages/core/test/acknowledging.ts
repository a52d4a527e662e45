import { atomic, openDb } from '@sangdo/core/server'

const [path = '', first = '0'] = process.argv.slice(2)
const db = await openDb(path)
let next = Number(first)

async function write(): Promise<void> {
  for (;;) {
    const id = next++
    if (id % 4 === 0) {
      await db
        .insertInto('cup')
        .values([0, 1, 2].map((part) => ({ id, part })))
        .execute()
    } else {
      await atomic(db, async (tx) => {
        for (const part of [0, 1, 2]) await tx.insertInto('cup').values({ id, part }).execute()
      })
    }
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, write))
