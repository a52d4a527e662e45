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
      // A busy machine does not change what a test is about.
      MAX_LATENESS: '600000',
    })
    const buyers = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const someone = createVisitor({ app: api.app, practice })
        return { someone, accepted: someone.accepted(await someone.filledCart([{ sku, quantity: 1 }])) }
      }),
    )
    const order = async ({ someone, accepted }: (typeof buyers)[number], key: string = crypto.randomUUID()) => {
      const { status, body } = await someone.ask('POST', '/checkout', accepted, { 'idempotency-key': key })
      return { status, number: String(body.order?.number) }
    }
    let answered: () => void = () => {}
    const first = new Promise<void>((resolve) => (answered = resolve))
    const orders = buyers.slice(0, 35).map(async (buyer, turn) => {
      await pause(turn * 10)
      return order(buyer).finally(answered)
    })
    await first
    const end = api.terminate()
    /** Asks again and again, as a browser that is reloaded, until nobody listens any more. */
    const late = buyers.slice(35).map(async (buyer) => {
      const [key, answers]: [string, { status: number; number: string }[]] = [crypto.randomUUID(), []]
      for (;;) {
        const answer = await order(buyer, key).catch(() => null)
        if (!answer) return answers
        answers.push(answer)
      }
    })
    const [outcomes, latecomers, code] = await Promise.all([Promise.allSettled(orders), Promise.all(late), end])
    const told = [
      ...outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
      ...latecomers.flat(),
    ]
    const kept = await db.selectFrom('orders_order').select('number').execute()
    expect(code).toBe(0)
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter(({ status }) => status !== 201)).toEqual([])
    expect(kept.map(({ number }) => number)).toEqual(expect.arrayContaining(told.map(({ number }) => number)))
    // Asking again with the same key is never a second order.
    expect(latecomers.map((answers) => new Set(answers.map(({ number }) => number)).size)).not.toContainEqual(2)
    expect(kept.length).toBeLessThanOrEqual(buyers.length)
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
