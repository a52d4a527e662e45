import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { expected } from '../src/lateness.ts'
import { createRunning } from '../src/running.ts'
import { describeShop } from './engines.ts'
import type { TestShop } from './shop.ts'

const trustedOrigins = ['http://localhost:4000']

/** The same shop, as a process of its own that is doing so or so. */
const process = (shop: TestShop, running = createRunning({ lateness: () => 0 })) =>
  createApp({ ...shop, trustedOrigins, running })

describeShop((shop) => {
  test('a process that is well is alive and ready, and says which database it stands on', async () => {
    const app = process(shop())
    expect((await app.request('/health/live')).status).toBe(200)
    expect((await app.request('/health/ready')).status).toBe(200)
    expect(await (await app.request('/health')).json()).toEqual({
      status: 'ok',
      database: expect.stringMatching(/^(sqlite|postgres)$/),
    })
  })

  test('looking leaves nothing behind', async () => {
    await process(shop()).request('/health/ready')
    expect(await shop().db.selectFrom('api_probe').selectAll().execute()).toEqual([])
  })

  test('a process that stops is alive but not ready, and says so as a problem', async () => {
    const running = createRunning()
    const app = process(shop(), running)
    running.stop()
    const answer = await app.request('/health/ready')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'health.not_ready', details: { reasons: ['stopping'] } })
    expect((await app.request('/health/live')).status).toBe(200)
  })

  test('a process whose event loop is late is not ready until it has caught up', async () => {
    let late = 501
    const app = process(shop(), createRunning({ lateness: () => late, latest: 500 }))
    expect(await (await app.request('/health/ready')).json()).toMatchObject({ details: { reasons: ['event_loop'] } })
    late = 500
    expect((await app.request('/health/ready')).status).toBe(200)
  })

  test('a database that cannot be written to makes a process not ready', async () => {
    const { db } = shop()
    await sql`alter table api_probe rename to api_probe_away`.execute(db)
    const app = process(shop())
    const answers = [await app.request('/health/ready'), await app.request('/health')]
    await sql`alter table api_probe_away rename to api_probe`.execute(db)
    expect(answers.map(({ status }) => status)).toEqual([503, 503])
    expect(await answers[0]?.json()).toMatchObject({ details: { reasons: ['database'] } })
    expect((await process(shop()).request('/health/ready')).status).toBe(200)
  })
})

describe('how late an event loop is', () => {
  const delays = (...ms: number[]) => {
    const mean = ms.reduce((sum, one) => sum + one, 0) / ms.length
    const variance = ms.reduce((sum, one) => sum + (one - mean) ** 2, 0) / ms.length
    return { count: ms.length, mean: mean * 1e6, stddev: Math.sqrt(variance) * 1e6 }
  }

  test('is nothing where it turns as often as it is looked at, or has not been looked at', () => {
    expect(expected(delays(10, 10, 10))).toBe(0)
    expect(expected({ count: 0, mean: Number.NaN, stddev: Number.NaN })).toBe(0)
  })

  test('counts a long stop for as long as it lasted', () => {
    // 1,000 of the 1,100 ms went by in one stop: (10 x 10² + 1000²) / 1100 = 910 ms, less the 10 ms between two looks.
    expect(expected(delays(1000, ...Array.from({ length: 10 }, () => 10)))).toBeCloseTo(900, 6)
  })
})
