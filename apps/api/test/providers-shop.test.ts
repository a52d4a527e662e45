import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import { openTestDb, stillClock, type TestDatabase } from '@sangdo/core/testing'
import { createExchange } from '../../../packages/payments-toss/test/exchange.ts'
import { seedDemo } from '../src/demo/seed.ts'
import { invariants } from '../src/invariants.ts'
import { openShop, type OpenShop } from '../src/open.ts'
import { createVisitor } from './shop.ts'

const engines = process.env['TEST_DATABASE_URL'] ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)
const portone = {
  PORTONE_API_SECRET: 'secret',
  PORTONE_STORE_ID: 'store-1',
  PORTONE_CHANNEL_KEY: 'channel-key-1',
  PORTONE_WEBHOOK_SECRET: 'whsec_c2VjcmV0',
}

describe.each(engines)('a shop with payment companies, on %s', (engine) => {
  let open: { shop: OpenShop; database: TestDatabase; folder: string } | undefined
  const clock = stillClock('2026-11-21T03:00:00.000Z')

  async function shopWith(env: NodeJS.ProcessEnv, fetch: typeof globalThis.fetch) {
    const database = await openTestDb(engine)
    const folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
    const where = database.url ? { databaseUrl: database.url } : {}
    const shop = await openShop({ folder, ...where, now: clock.now, env, fetch, running: { latest: Infinity } })
    open = { shop, database, folder }
    return shop
  }

  afterEach(async () => {
    if (!open) return
    const broken = await checkInvariants(open.shop.db, invariants)
    await open.shop.db.destroy()
    await open.database.close()
    await rm(open.folder, { recursive: true, force: true })
    open = undefined
    expect(broken).toEqual([])
  })

  test('takes an order to Toss Payments, and hears of its money at the address with the secret part alone', async () => {
    const exchange = createExchange()
    const env = { TOSS_SECRET_KEY: exchange.secretKey, TOSS_WEBHOOK_TOKEN: 'part-1,part-2' }
    const shop = await shopWith(env, exchange.fetch)
    await seedDemo(shop.shop, shop.db)
    const { ask, filledCart, accepted } = createVisitor(shop)
    expect([shop.practising, shop.shop.payments.methods().map(({ provider }) => provider)]).toEqual([
      false,
      ['toss', 'toss', 'toss'],
    ])

    const cart = await filledCart([{ sku: 'SG-CUP-0101', quantity: 1 }])
    const { body } = await ask('POST', '/checkout', accepted(cart))
    const [reference = ''] = exchange.requests.flatMap(({ body: asked }) =>
      typeof asked['orderId'] === 'string' ? asked['orderId'] : [],
    )
    expect(body.payment.redirectUrl).toMatch(/^https:\/\/[a-z.]*tosspayments\.com\//)
    exchange.approve(reference)
    const hears = async (path: string) => {
      const { headers, body: sent } = exchange.message(reference, clock.now())
      const request = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: sent }
      return (await shop.fetch(new Request(`http://localhost:4000${path}`, request))).status
    }
    expect([
      await hears('/webhooks/toss'),
      await hears('/webhooks/toss?token=part-3'),
      await hears('/webhooks/toss?token=part-2'),
    ]).toEqual([403, 403, 202])
    await shop.shop.payments.processInbox(shop.db)
    await shop.shop.deliver(shop.db)
    const { body: view } = await ask('GET', `/orders/${body.order.number}?token=${body.token}`)
    expect([view.order.status, view.payment.provider]).toEqual(['paid', 'toss'])
  })

  test("serves PortOne's page beside the API, and nothing else there", async () => {
    const unreached: typeof fetch = async () => Response.json({ type: 'PAYMENT_NOT_FOUND' }, { status: 404 })
    const shop = await shopWith(portone, unreached)
    const asked = (path: string) => shop.fetch(new Request(`http://localhost:4000${path}`))
    const page = await asked('/pay/portone?pay=forged')
    expect([page.status, await page.text()]).toEqual([404, 'Not found'])
    expect(await (await asked('/pay/other')).json()).toMatchObject({ code: 'http.404' })
    expect((await asked('/health/live')).status).toBe(200)
  })
})
