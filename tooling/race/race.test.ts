import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invariants, openShop, seedDemo } from '@sangdo/api'
import { checkInvariants } from '@sangdo/core/server'
import { openTestDb } from '@sangdo/core/testing'
import { createSandbox } from '@sangdo/payments/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { secrets, startApi } from '../bench/api.ts'

const sku = 'SG-CUP-0101'
const [stock, buyers, processes] = [50, 200, 4]

interface Story {
  /** Every status that any request was answered with. */
  readonly statuses: number[]
  readonly outcome: 'ordered' | 'sold_out'
}

/** One buyer, from an empty cart to a paid order, or to the news that there is none left. */
async function buy(url: string, practice: ReturnType<typeof createSandbox>, number: number): Promise<Story> {
  const statuses: number[] = []
  const ask = async (method: string, path: string, json?: object) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `buyer-${number}-${path}` }
    const body = json ? { body: JSON.stringify(json) } : {}
    let response = await fetch(`${url}${path}`, { method, headers, ...body })
    // A crowd is asked to come again in a moment; whoever does, with the same key, has lost nothing.
    for (; response.status === 503; response = await fetch(`${url}${path}`, { method, headers, ...body }))
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400))
    statuses.push(response.status)
    // eslint-disable-next-line typescript/no-explicit-any, typescript/no-unnecessary-type-assertion -- the API is typed and tested elsewhere; here only its behaviour counts
    return { status: response.status, body: (await response.json()) as any }
  }
  const { body: cart } = await ask('POST', '/carts', { currency: 'KRW', market: 'kr', locale: 'ko' })
  await ask('POST', `/carts/${cart.id}/lines`, { sku, quantity: 1 })
  const address = { name: '김하늘', phone: '010-0000-0000', country: 'KR', postcode: '04524', line1: '세종대로 110' }
  await ask('PUT', `/carts/${cart.id}/delivery`, { email: `buyer-${number}@example.com`, address })
  const { body: priced } = await ask('GET', `/carts/${cart.id}`)
  await ask('PUT', `/carts/${cart.id}/delivery`, { shippingMethod: priced.shippingOptions[0].method })
  const { body: last } = await ask('GET', `/carts/${cart.id}`)
  const accepted = {
    cartId: cart.id,
    version: last.cart.version,
    quoteHash: last.quoteHash,
    method: 'card',
    returnUrl: 'http://127.0.0.1/back',
  }
  const { status, body: placed } = await ask('POST', '/checkout', accepted)
  if (status === 409) return { statuses, outcome: 'sold_out' }
  const { body: view } = await ask('GET', `/orders/${placed.order.number}?token=${placed.token}`)
  const reference = view.payment.attempts[0].id as string
  practice.approve(reference, { brand: 'visa', last4: '4242' })
  await ask('POST', `/payments/${reference}/order`)
  return { statuses, outcome: 'ordered' }
}

describe.each(['sqlite', 'postgres'] as const)(`${processes} processes on one %s database`, (engine) => {
  test.skipIf(engine === 'postgres' && !process.env['TEST_DATABASE_URL'])(
    `of ${buyers} buyers exactly ${stock} get what there is, and nobody else is charged`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sangdo-race-'))
      const database = await openTestDb(engine)
      const databaseUrl = database.url ?? ''
      const first = await openShop({ databaseUrl, folder, byCall: true, env: secrets })
      await seedDemo(first.shop, first.db)
      await first.auth.addStaff({
        email: 'owner@example.com',
        name: 'Owner',
        password: 'a long password',
        role: 'owner',
      })
      await first.shop.inventory.count(first.db, { sku, onHand: stock })
      const practice = createSandbox({ secret: secrets.SANDBOX_SECRET })
      const window = await practice.listen(0)
      const running = await Promise.all(
        Array.from({ length: processes }, () =>
          startApi({ databaseUrl, folder, payUrl: window.url, program: 'built' }),
        ),
      )

      onTestFinished(async () => void (await Promise.all(running.map((one) => one.kill()))))

      const stories = await Promise.all(
        Array.from({ length: buyers }, (_, index) => buy(running[index % processes]?.url ?? '', practice, index)),
      )
      // What came in by webhook or is still on its way is settled by the processes themselves.
      for (let tries = 0; tries < 100 && (await first.shop.orders.countByStatus(first.db)).paid !== stock; tries++)
        await new Promise((resolve) => setTimeout(resolve, 100))

      await Promise.all(running.map((one) => one.stop()))
      await window.close()
      const faults = stories.flatMap((story) => story.statuses).filter((status) => status >= 500)
      const { shop, db } = first
      const summary = {
        ordered: stories.filter((story) => story.outcome === 'ordered').length,
        faults,
        orders: await shop.orders.countByStatus(db),
        charged: practice.captured().filter((payment) => payment.captured.minor > 0).length,
        stock: (await shop.inventory.stockOf(db, [sku]))[sku],
        broken: await checkInvariants(db, invariants),
      }
      await db.destroy()
      await database.close()
      await rm(folder, { recursive: true, force: true })
      expect(summary).toEqual({
        ordered: stock,
        faults: [],
        orders: { paid: stock },
        charged: stock,
        stock: { onHand: 0, reserved: 0, available: 0 },
        broken: [],
      })
    },
  )
})
