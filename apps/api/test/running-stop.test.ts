import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { describeShop } from './engines.ts'
import { createRunning } from '../src/running.ts'
import { startProcess } from './running-process.ts'
import { createVisitor } from './shop.ts'

const sku = 'SG-CUP-0101'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describeShop((shop) => {
  test('whoever got an order while the process was told to stop has it, and the process ends by itself', async () => {
    const { databaseUrl, secret, practice, db } = shop()
    await shop().shop.inventory.count(db, { sku, onHand: 1000, reason: 'corrected' })
    const folder = await mkdtemp(join(tmpdir(), 'sangdo-stop-'))
    const api = await startProcess({
      DATABASE_URL: databaseUrl,
      SANDBOX_SECRET: secret,
      AUTH_SECRET: secret,
      DATA_DIR: folder,
      DEMO: 'off',
    })
    const buyers = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const someone = createVisitor({ app: api.app, practice })
        return { someone, accepted: someone.accepted(await someone.filledCart([{ sku, quantity: 1 }])) }
      }),
    )
    let answered: () => void = () => {}
    const first = new Promise<void>((resolve) => (answered = resolve))
    const orders = buyers.map(async ({ someone, accepted }, turn) => {
      await pause(turn * 10)
      const { status, body } = await someone.ask('POST', '/checkout', accepted)
      answered()
      return { status, number: String(body.order?.number) }
    })
    await first
    const end = api.terminate()
    const outcomes = await Promise.allSettled(orders)
    const code = await end
    const told = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    const kept = await db.selectFrom('orders_order').select('number').execute()
    expect(code).toBe(0)
    // Ordered, or asked to come again: a busy machine may be late.
    expect(told.map(({ status }) => status).filter((status) => status !== 201 && status !== 503)).toEqual([])
    const ordered = told.filter(({ status }) => status === 201)
    expect(ordered.length).toBeGreaterThan(0)
    expect(kept.map(({ number }) => number)).toEqual(expect.arrayContaining(ordered.map(({ number }) => number)))
    expect(api.errors()).toBe('')
    await rm(folder, { recursive: true })
  }, 120_000)

  test('a connection that is kept open is not kept by a process that stops', async () => {
    const running = createRunning()
    const app = createApp({ ...shop(), trustedOrigins: [], running })
    expect((await app.request('/payment-methods')).headers.get('connection')).toBeNull()
    running.stop()
    const last = await app.request('/payment-methods')
    expect([last.status, last.headers.get('connection')]).toEqual([200, 'close'])
  })
})
