import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openDb } from '@sangdo/core/server'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const runs = Number(process.env['RUNS'] ?? 20)
const worker = fileURLToPath(new URL('./acknowledging.ts', import.meta.url))

/** Lets a process write until it has acknowledged `most`, kills it, and answers with all it has acknowledged. */
async function killed(path: string, first: number, most: number): Promise<number[]> {
  const child = spawn(
    process.execPath,
    ['--conditions=@sangdo/source', '--import', 'tsx', worker, path, String(first)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const closed = once(child, 'close')
  const acknowledged: number[] = []
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(Number(line))
    if (acknowledged.length === most) child.kill('SIGKILL')
  }
  expect(await closed).toEqual([null, 'SIGKILL'])
  return acknowledged
}

test(
  `a process that is killed, ${runs} times, has stored all it acknowledged, and nothing in part`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
    const path = join(folder, 'shop.db')
    const db = await openDb(path)
    await sql`create table cup (id integer, part integer, primary key (id, part)) strict`.execute(db)
    await db.destroy()
    const acknowledged = new Set<number>()
    for (let run = 0; run < runs; run++) {
      const ids = await killed(path, run * 1_000_000, 1 + Math.floor(Math.random() * 300))
      for (const id of ids) acknowledged.add(id)
      const reopened = await openDb(path)
      const { rows } = await sql<{ id: number; parts: number }>`
      select id, count(*) as parts from cup group by id`.execute(reopened)
      const { rows: sound } = await sql<object>`pragma integrity_check`.execute(reopened)
      await reopened.destroy()
      const stored = new Set(rows.map((row) => row.id))
      expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([])
      expect(rows.filter((row) => row.parts !== 3)).toEqual([])
      expect(sound).toEqual([{ integrity_check: 'ok' }])
    }
    await rm(folder, { recursive: true, force: true })
  },
  20_000 + runs * 10_000,
)
