import { beforeAll, describe, expect, test } from 'vitest'
import { CompiledQuery, sql } from 'kysely'
import { createApp } from '../src/app.ts'
import { createGate, isMoney } from '../src/load.ts'
import { optionsFrom } from '../src/process.ts'
import { createRunning } from '../src/running.ts'
import { describeShop } from './engines.ts'
import { createVisitor, type TestShop } from './shop.ts'

const sku = 'SG-CUP-0101'
const trustedOrigins = ['http://localhost:4000']
const newCart = { currency: 'KRW', market: 'kr', locale: 'ko' }

/** The same shop, as a process that takes on so much. */
function processOf(shop: TestShop, running: ReturnType<typeof createRunning>) {
  const app = createApp({ ...shop, trustedOrigins, running })
  return { app, someone: createVisitor({ app, practice: shop.practice }) }
}

describe('a gate', () => {
  const wide = { most: 4, kept: 1, lateness: () => 0, latest: 500 }
  const codeOf = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'in'
  }

  test('keeps places for money that browsing cannot take', () => {
    const gate = createGate(wide)
    const browsing = [1, 2, 3, 4].map(() => codeOf(() => gate.enter(false)))
    expect(browsing).toEqual(['in', 'in', 'in', 'load.too_many_requests'])
    expect([1, 2].map(() => codeOf(() => gate.enter(true)))).toEqual(['in', 'load.too_many_requests'])
    expect(gate.underWay()).toBe(4)
  })

  test('gives a place that has become free to the next', () => {
    const gate = createGate({ ...wide, most: 1, kept: 0 })
    const leave = gate.enter(false)
    expect(codeOf(() => gate.enter(false))).toBe('load.too_many_requests')
    leave()
    expect(codeOf(() => gate.enter(false))).toBe('in')
  })

  test('refuses browsing when the process is late, and money only when it is twice as late', () => {
    const answers = (late: number) => {
      const gate = createGate({ ...wide, lateness: () => late })
      return [codeOf(() => gate.enter(false)), codeOf(() => gate.enter(true))]
    }
    expect(answers(500)).toEqual(['in', 'in'])
    expect(answers(501)).toEqual(['load.too_late', 'in'])
    expect(answers(1001)).toEqual(['load.too_late', 'load.too_late'])
  })

  test('knows what moves money', () => {
    const moving = [
      '/checkout',
      '/payments/pay_1/order',
      '/webhooks/sandbox',
      '/orders/A1/settle',
      '/orders/A1/payments',
    ]
    expect(moving.filter((path) => !isMoney(path))).toEqual([])
    expect(['/carts', '/payment-methods', '/checkouts', '/orders/A1', '/me/orders'].filter(isMoney)).toEqual([])
  })

  test('is as wide as the environment says, in whole requests', () => {
    expect(optionsFrom({ MAX_REQUESTS: '7' }).running).toEqual({ maxRequests: 7 })
    expect(optionsFrom({ MAX_LATENESS: '250' }).running).toEqual({ latest: 250 })
    expect(optionsFrom({}).running).toEqual({})
    for (const wrong of ['0', '1.5', 'many']) expect(() => optionsFrom({ MAX_REQUESTS: wrong })).toThrow('MAX_REQUESTS')
  })
})

describeShop((shop, engine) => {
  beforeAll(async () => {
    await shop().shop.inventory.count(shop().db, { sku, onHand: 1000, reason: 'corrected' })
  })

  test('ten times as many requests as there is room for: each is served or told at once to come again', async () => {
    const { app } = processOf(shop(), createRunning({ maxRequests: 8, lateness: () => 0 }))
    const answers = await Promise.all(
      Array.from({ length: 80 }, async () => app.request('/products?locale=ko&currency=KRW')),
    )
    const statuses = answers.map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 503]))
    for (const answer of answers.filter(({ status }) => status === 503)) {
      expect(answer.headers.get('retry-after')).toBe('1')
      expect(await answer.json()).toMatchObject({ code: 'load.too_many_requests' })
    }
    expect((await app.request('/products?locale=ko&currency=KRW')).status).toBe(200)
  })

  test('a slow line takes no place until all of its request is here', async () => {
    const { app, someone } = processOf(shop(), createRunning({ maxRequests: 4, lateness: () => 0 }))
    const endings: (() => void)[] = []
    const slow = Array.from({ length: 10 }, async () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          endings.push(() => {
            controller.enqueue(new TextEncoder().encode(JSON.stringify(newCart)))
            controller.close()
          })
        },
      })
      const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
      return app.request('/carts', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    })
    expect((await someone.ask('POST', '/carts', newCart)).status).toBe(201)
    for (const end of endings) end()
    expect((await Promise.all(slow)).map(({ status }) => status)).toContain(201)
  })

  test('the last piece of ten is not sold eleven times to a crowd that is partly turned away', async () => {
    const { db } = shop()
    const buyers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const cart = await shop()
          .visitor()
          .filledCart([{ sku, quantity: 1 }])
        return shop().visitor().accepted(cart)
      }),
    )
    await shop().shop.inventory.count(db, { sku, onHand: 10, reason: 'corrected' })
    const { someone } = processOf(shop(), createRunning({ maxRequests: 8, lateness: () => 0 }))
    const buy = async (accepted: object): Promise<number> => {
      const { status } = await someone.ask('POST', '/checkout', accepted)
      if (status !== 503) return status
      await new Promise((resolve) => setTimeout(resolve, 5))
      return buy(accepted)
    }
    const statuses = await Promise.all(buyers.map(buy))
    expect(statuses.filter((status) => status === 201)).toHaveLength(10)
    expect(statuses.filter((status) => status === 409)).toHaveLength(20)
    await shop().shop.inventory.count(db, { sku, onHand: 1000, reason: 'corrected' })
  })

  test.runIf(engine === 'sqlite')(
    'a full disk refuses what must be written, serves what is read, and heals',
    async () => {
      const { db, visitor } = shop()
      const readiness = () => processOf(shop(), createRunning({ lateness: () => 0 })).app.request('/health/ready')
      const staff = await shop().staff('viewer')
      const { rows } = await sql<{ pages: number }>`select page_count as pages from pragma_page_count`.execute(db)
      await onWriter(db, `pragma max_page_count = ${rows[0]?.pages ?? 0}`)
      const full: number[] = []
      for (let turn = 0; turn < 400 && !full.includes(503); turn++)
        full.push((await visitor().ask('POST', '/carts', newCart)).status)
      const refused = await visitor().ask('POST', '/carts', newCart)
      const seen = [
        await visitor().ask('GET', '/products?locale=ko&currency=KRW'),
        await staff.ask('GET', '/admin/orders'),
      ]
      const signUps: number[] = []
      for (let turn = 0; turn < 12; turn++) {
        const person = { email: `full-${turn}@example.com`, name: 'x'.repeat(100), password: 'a long password' }
        signUps.push((await visitor().ask('POST', '/auth/sign-up/email', person)).status)
      }
      const ready = await readiness()
      await onWriter(db, 'pragma max_page_count = 1073741823')
      expect(new Set(full)).toEqual(new Set([201, 503]))
      expect([refused.status, refused.headers.get('retry-after'), refused.body.code]).toEqual([
        503,
        '1',
        'core.database_unavailable',
      ])
      expect(seen.map(({ status }) => status)).toEqual([200, 200])
      // A few still find room in pages that are there; nobody hears of a fault.
      expect(signUps.filter((status) => status !== 200 && status !== 503)).toEqual([])
      expect(signUps).toContain(503)
      expect(ready.status).toBe(503)
      expect((await visitor().ask('POST', '/carts', newCart)).status).toBe(201)
      expect((await readiness()).status).toBe(200)
    },
  )

  test.runIf(engine === 'postgres')(
    'requests whose connection is cut are told to come again, and the next are served',
    async () => {
      const { db, visitor } = shop()
      const staff = await shop().staff('viewer')
      const statuses: number[] = []
      const codes = new Set<string>()
      const note = ({ status, body }: { status: number; body: { code?: string } }) => {
        statuses.push(status)
        if (status >= 500) codes.add(String(body.code))
      }
      for (let turn = 0; turn < 10; turn++) {
        const carts = Array.from({ length: 12 }, () => visitor().ask('POST', '/carts', newCart).then(note))
        const looks = Array.from({ length: 12 }, () => staff.ask('GET', '/admin/orders').then(note))
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(db)
        await Promise.all([...carts, ...looks])
      }
      expect(new Set(statuses)).toEqual(new Set([201, 200, 503]))
      expect([...codes]).toEqual(['core.database_unavailable'])
      expect((await visitor().ask('POST', '/carts', newCart)).status).toBe(201)
      expect((await staff.ask('GET', '/admin/orders')).status).toBe(200)
    },
  )

  test.runIf(engine === 'postgres')(
    'browsing that takes every connection and keeps it does not keep money waiting',
    async () => {
      const { db, visitor } = shop()
      const buyer = visitor()
      const accepted = buyer.accepted(await buyer.filledCart([{ sku, quantity: 1 }]))
      const { held, release } = await holdAll(db)
      const [browsing, buying] = await Promise.all([
        visitor().ask('GET', '/products?locale=ko&currency=KRW'),
        buyer.ask('POST', '/checkout', accepted),
      ])
      release()
      await held
      expect([browsing.status, browsing.body.code]).toEqual([503, 'core.database_busy'])
      expect(buying.status).toBe(201)
      expect((await visitor().ask('GET', '/products?locale=ko&currency=KRW')).status).toBe(200)
    },
  )
})

/** Runs a setting where SQLite writes: a transaction has that connection. */
const onWriter = (db: TestShop['db'], setting: string) =>
  db.transaction().execute((tx) => tx.executeQuery(CompiledQuery.raw(setting)))

/** Takes all connections of the pool until they are released. */
async function holdAll(db: TestShop['db']) {
  let release: () => void = () => {}
  const over = new Promise<void>((resolve) => (release = resolve))
  const takes = Array.from({ length: 10 }, () => {
    let taken: () => void = () => {}
    const isTaken = new Promise<void>((resolve) => (taken = resolve))
    const held = db.connection().execute(async () => {
      taken()
      await over
    })
    return { isTaken, held }
  })
  await Promise.all(takes.map(({ isTaken }) => isTaken))
  return { held: Promise.all(takes.map(({ held }) => held)), release }
}
