import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { openShop } from '../src/open.ts'

const folder = mkdtempSync(join(tmpdir(), 'sangdo-check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the command says and how it ends, run as an operator would in a terminal. */
function sangdo(...words: string[]) {
  const program = join(import.meta.dirname, '../src/sangdo.ts')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@sangdo/source', '--import', 'tsx', program, ...words],
    {
      env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '' },
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
    },
  )
  return { status, said: stdout + stderr }
}

describe('sangdo check', () => {
  test('says what it can do to whoever asks for something else', () => {
    expect(sangdo('mend')).toEqual({ status: 2, said: expect.stringContaining('sangdo check') })
  })

  test('names the place where it finds no shop, and makes none there', () => {
    const { status, said } = sangdo('check')
    expect([status, said]).toEqual([1, expect.stringContaining(`there is no shop at ${join(folder, 'shop.db')}`)])
    expect(sangdo('check').status).toBe(1)
  })

  test('ends well where everything holds, and names what does not', async () => {
    const { db, practice } = await openShop({ folder, byCall: true, env: {} })
    expect(sangdo('check')).toEqual({
      status: 0,
      said: expect.stringMatching(/holds +orders\.paid [^]*All \d+ hold\./),
    })
    await sql`insert into core_outbox values ('evt_1', 'x', '{}', 'now', 'now', null)`.execute(db)
    await sql`insert into core_receipt values ('evt_1', 'mail', null, 8, 'no server', null)`.execute(db)
    const { status, said } = sangdo('check')
    expect(status).toBe(1)
    expect(said).toMatch(/broken +core\.delivered/)
    expect(said).toContain('{"subject":"evt_1","subscriber":"mail","attempts":8,"error":"no server"}')
    await practice.flush()
    await db.destroy()
  }, 60_000)
})
