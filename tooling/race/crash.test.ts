import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invariants, openShop, seedDemo } from '@sangdo/api'
import { checkInvariants, type Db } from '@sangdo/core/server'
import { openTestDb } from '@sangdo/core/testing'
import { createSandbox } from '@sangdo/payments/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { secrets, startApi } from '../bench/api.ts'
import { buy } from '../bench/buyer.ts'
import { freePort, type Running } from '../bench/processes.ts'

const sku = 'SG-CUP-0101'
const buyers = 8
/** How often the process is killed: a few times in an ordinary run, `KILLS` in a long one. */
const kills = Number(process.env['KILLS'] ?? 8)

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What a patient buyer's browser does: whatever gets no answer is sent again, with the same key, until there is one. */
function patience(url: string, faults: string[]) {
  return async function get<Body>(method: string, path: string, content?: object | string): Promise<Body> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const body = content === undefined ? {} : { body: JSON.stringify(content) }
    for (;;) {
      const response = await fetch(url + path, { method, headers, ...body }).catch(() => null)
      const answer = await response?.json().catch(() => null)
      if (response?.ok && answer) return answer as Body
      const isBusy = response?.status === 503 || (answer as { code?: string } | null)?.code === 'core.in_progress'
      if (response && answer && !isBusy) {
        faults.push(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
        throw new Error(faults.at(-1))
      }
      await pause(50)
    }
  }
}

/** Waits until every promise of the shop is kept, for half a minute at most; answers with those that are not. */
async function broken(db: Db) {
  let found = await checkInvariants(db, invariants)
  for (const end = performance.now() + 30_000; found.length > 0 && performance.now() < end;) {
    await pause(250)
    found = await checkInvariants(db, invariants)
  }
  return found
}

/** What came in and went back, payment by payment: as the provider has it, and as the shop has it. */
async function books(db: Db, practice: ReturnType<typeof createSandbox>) {
  const ours: { reference: string; captured: number; refunded: number }[] = await db
    .selectFrom('payments_attempt')
    .select(['id as reference', 'captured', 'refunded'])
    .where('captured', '>', 0)
    .orderBy('id')
    .execute()
  const theirs = practice
    .captured()
    .filter(({ captured }) => captured.minor > 0)
    .map(({ reference, captured, refunded }) => ({ reference, captured: captured.minor, refunded: refunded.minor }))
  return [theirs.toSorted((a, b) => (a.reference < b.reference ? -1 : 1)), ours]
}

describe.each(['sqlite', 'postgres'] as const)('a shop on %s', (engine) => {
  test.skipIf(engine === 'postgres' && !process.env['TEST_DATABASE_URL'])(
    `that is killed ${kills} times in the middle of its work loses no order and no won`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sangdo-crash-'))
      const database = await openTestDb(engine)
      const databaseUrl = database.url ?? ''
      const { shop, db, ...first } = await openShop({ databaseUrl, folder, byCall: true, env: secrets })
      await seedDemo(shop, db)
      await first.auth.addStaff({ email: 'a@example.com', name: 'A', password: 'a long password', role: 'owner' })
      await shop.inventory.count(db, { sku, onHand: 1_000_000 })
      const practice = createSandbox({ secret: secrets.SANDBOX_SECRET })
      const window = await practice.listen(0)
      const port = await freePort()
      const begin = () => startApi({ databaseUrl, folder, payUrl: window.url, program: 'built', port })
      let running: Running = await begin()
      onTestFinished(() => running.kill())

      const [sold, faults]: [string[], string[]] = [[], []]
      const closing = new AbortController()
      const customers = Array.from({ length: buyers }, async () => {
        while (!closing.signal.aborted) {
          const bought = await buy({ get: patience(running.url, faults) }, sku, practice.approve)
          sold.push(`${bought.order.number} ${bought.order.status}`)
        }
      })
      const stillBroken: unknown[] = []
      for (let kill = 1; kill <= kills; kill++) {
        await pause(300 + Math.random() * 1200)
        if (kill === kills) closing.abort()
        await running.kill()
        running = await begin()
        if (closing.signal.aborted || kill % 10 === 0) stillBroken.push(...(await broken(db)))
      }
      await Promise.all(customers)
      stillBroken.push(...(await broken(db)))
      const [theirs, ours] = await books(db, practice)
      const stored: { number: string; status: string }[] = await db
        .selectFrom('orders_order')
        .select(['number', 'status'])
        .execute()
      const known = new Set(stored.map(({ number, status }) => `${number} ${status}`))

      await running.stop()
      await window.close()
      await db.destroy()
      await database.close()
      await rm(folder, { recursive: true, force: true })
      expect({ faults, stillBroken, lost: sold.filter((line) => !known.has(line)) }).toEqual({
        faults: [],
        stillBroken: [],
        lost: [],
      })
      expect(ours).toEqual(theirs)
      expect(sold.length).toBeGreaterThanOrEqual(buyers)
      expect(sold.filter((line) => !line.endsWith(' paid'))).toEqual([])
    },
    120_000 + kills * 15_000,
  )
})
