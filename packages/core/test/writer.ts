import { atomic, openDb } from '@sangdo/core/server'

const [path = '', duration = '0'] = process.argv.slice(2)
const db = await openDb(path)
const end = performance.now() + Number(duration)
const report: { commits: number; error?: string } = { commits: 0 }
try {
  while (performance.now() < end) {
    await atomic(db, async (tx) => {
      await tx.selectFrom('tea').select('id').orderBy('id', 'desc').limit(1).execute()
      await tx
        .insertInto('tea')
        .values({ name: `by ${process.pid}` })
        .execute()
    })
    report.commits++
  }
} catch (error) {
  report.error = String(error)
}
await db.destroy()
process.send?.(report, () => process.exit())
