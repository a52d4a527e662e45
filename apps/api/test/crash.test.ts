import { beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import { type AttemptId, paymentErrors } from '@sangdo/payments'
import { invariants } from '../src/invariants.ts'
import { describeShop } from './engines.ts'
import { createVisitor, type TestShop } from './shop.ts'
import { createFuse, openVictim, type Victim } from './victim.ts'

const sku = 'SG-CUP-0101'
const card = { brand: 'visa', last4: '4242' } as const

/** Points of each flow at which the process dies: a few in an ordinary run, spread over all; `POINTS=all` tries every one. */
const wanted = process.env['POINTS'] === 'all' ? Infinity : Number(process.env['POINTS'] ?? 6)

type Someone = ReturnType<typeof createVisitor>
/** What a flow begins with, made by a process that is well. */
interface Scene {
  readonly accepted: object
  readonly orderId?: string
  readonly number?: string
  readonly token?: string
  readonly lineId?: string
  /** Of the one who has signed in to do it. */
  readonly cookies?: Map<string, string>
}

/** Something that a shop does, from the first request to the last piece of work behind it; doing it twice is doing it once. */
interface Flow {
  readonly name: string
  readonly prepare: (shop: TestShop) => Promise<Scene>
  /** Every request has a key, so that a buyer whose browser heard nothing sends it again. */
  readonly run: (via: Victim | TestShop, someone: Someone, scene: Scene, key: string) => Promise<void>
  /** Where the order must be in the end, whatever died on the way. */
  readonly ends: { readonly status: string; readonly returned: 'all' | number }
}

/** All that a shop does in the background, once. */
async function work({ shop, db }: Pick<Victim, 'shop' | 'db'>): Promise<void> {
  await shop.deliver(db)
  await shop.payments.processInbox(db)
  await shop.payments.sweep(db)
  await shop.orders.expireOverdue(db)
  await shop.inventory.releaseExpired(db)
  await shop.deliver(db)
}

const cartOf = async ({ visitor }: TestShop, method: string): Promise<Scene> => {
  const someone = visitor()
  return { accepted: someone.accepted(await someone.filledCart([{ sku, quantity: 1 }]), method) }
}

/** Twelve digits as a carrier prints them, another for every key. */
const numberFrom = (key: string) => String(Number.parseInt(key.slice(0, 8), 16)).padStart(12, '1')

/** What a buyer or a bank does at the provider, who lets nobody do it twice. */
function atProvider(act: () => unknown): void {
  try {
    act()
  } catch (error) {
    if (!paymentErrors.provider_refused.match(error)) throw error
  }
}

/** The order of a cart, its payment begun; asked again with the same key it is the same order. */
async function order(someone: Someone, { accepted }: Scene, key: string) {
  const { status, body } = await someone.ask('POST', '/checkout', accepted, { 'idempotency-key': `${key}-checkout` })
  expect([status, body.code]).toEqual([201, undefined])
  const { body: view } = await someone.ask('GET', `/orders/${body.order.number}?token=${body.token}`)
  const reference = view.payment.attempts.at(-1).id as AttemptId
  const { id, number, lines } = body.order
  return { id, number, token: body.token, lineId: lines[0].id, reference }
}

async function paid(shop: TestShop): Promise<Scene> {
  const scene = await cartOf(shop, 'card')
  const someone = shop.visitor()
  const placed = await order(someone, scene, crypto.randomUUID())
  shop.practice.approve(placed.reference, card)
  await someone.ask('POST', `/payments/${placed.reference}/order`)
  return { ...scene, orderId: placed.id, number: placed.number, token: placed.token, lineId: placed.lineId }
}

const flows: readonly Flow[] = [
  {
    name: 'a purchase by card',
    prepare: (shop) => cartOf(shop, 'card'),
    run: async (via, someone, scene, key) => {
      const { reference } = await order(someone, scene, key)
      atProvider(() => via.practice.approve(reference, card))
      await someone.ask('POST', `/payments/${reference}/order`)
    },
    ends: { status: 'paid', returned: 0 },
  },
  {
    name: 'a purchase that only a webhook tells of',
    prepare: (shop) => cartOf(shop, 'card'),
    run: async (via, someone, scene, key) => {
      const { reference } = await order(someone, scene, key)
      atProvider(() => via.practice.approve(reference, card))
      const { headers, body } = await via.practice.webhookOf(reference)
      await via.app.request('http://localhost:4000/webhooks/sandbox', {
        method: 'POST',
        headers: headers as Record<string, string>,
        body,
      })
      await work(via)
    },
    ends: { status: 'paid', returned: 0 },
  },
  {
    name: 'a deposit',
    prepare: (shop) => cartOf(shop, 'virtual_account'),
    run: async (via, someone, scene, key) => {
      const { reference } = await order(someone, scene, key)
      atProvider(() => via.practice.issueAccount(reference, '국민은행'))
      await someone.ask('POST', `/payments/${reference}/order`)
      const sent = via.practice.captured().some((one) => one.reference === reference && one.captured.minor > 0)
      if (!sent) via.practice.deposit(reference)
      await someone.ask('POST', `/payments/${reference}/order`)
    },
    ends: { status: 'paid', returned: 0 },
  },
  {
    name: 'an order that nobody pays',
    prepare: (shop) => cartOf(shop, 'card'),
    run: async (via, someone, scene, key) => {
      await order(someone, scene, key)
      await work(via)
    },
    ends: { status: 'expired', returned: 'all' },
  },
  {
    name: 'a buyer who calls a paid order off',
    prepare: paid,
    run: async (via, someone, { number, token }, key) => {
      const asked = { 'idempotency-key': `${key}-cancel` }
      await someone.ask('POST', `/orders/${number}/cancel?token=${token}`, { reason: '마음이 바뀌어서' }, asked)
      await work(via)
    },
    ends: { status: 'cancelled', returned: 'all' },
  },
  {
    name: 'a colleague who gives a part back',
    prepare: async (shop) => ({ ...(await paid(shop)), cookies: (await shop.staff()).cookies }),
    run: async (via, someone, { orderId }, key) => {
      const refund = { amount: { minor: 5000, currency: 'KRW' }, reason: '포장이 구겨져서' }
      await someone.ask('POST', `/admin/orders/${orderId}/refunds`, refund, { 'idempotency-key': `${key}-refund` })
      await work(via)
    },
    ends: { status: 'paid', returned: 5000 },
  },
  {
    name: 'a parcel that leaves',
    prepare: async (shop) => ({ ...(await paid(shop)), cookies: (await shop.staff()).cookies }),
    run: async (via, someone, { orderId, lineId }, key) => {
      const parcel = { carrier: 'cj', trackingNumber: numberFrom(key), lines: [{ lineId, quantity: 1 }] }
      await someone.ask('POST', `/admin/orders/${orderId}/shipments`, parcel, { 'idempotency-key': `${key}-ship` })
      await work(via)
    },
    ends: { status: 'shipped', returned: 0 },
  },
]

describeShop((shop, engine) => {
  beforeAll(async () => void (await shop().shop.inventory.count(shop().db, { sku, onHand: 100_000 })))

  /** What the provider has of an order's money, and what we say that it has. */
  async function moneyOf(orderId: string) {
    const { practice, shop: services, db } = shop()
    const payment = (await services.payments.paymentsOf(db, [orderId]))[orderId]
    const ids = new Set<string>(payment?.attempts.map(({ id }) => id))
    const theirs = practice.captured().filter(({ reference }) => ids.has(reference))
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
    return {
      captured: [sum(theirs.map(({ captured }) => captured.minor)), payment?.captured.minor ?? 0],
      refunded: [sum(theirs.map(({ refunded }) => refunded.minor)), payment?.refunded.minor ?? 0],
    }
  }

  /** The process dies at a point; half a minute later another one has made good of it, and the buyer's second try ends well. */
  async function dieAt(flow: Flow, point: number): Promise<number> {
    const scene = await flow.prepare(shop())
    const key = crypto.randomUUID()
    const fuse = createFuse(point)
    const victim = await openVictim(shop(), shop().databaseUrl, fuse)
    const done = flow.run(victim, createVisitor(victim, scene.cookies), scene, key)
    done.catch(() => {}) // What it says after its death is heard by nobody.
    await Promise.race([fuse.blown, done])
    await victim.die()

    shop().clock.advance(30_000)
    await work(shop())
    expect(await checkInvariants(shop().db, invariants)).toEqual([])

    shop().clock.advance(61_000)
    await flow.run(shop(), createVisitor(shop(), scene.cookies), scene, key)
    for (let minutes = 0; minutes < 16; minutes += 4) {
      shop().clock.advance(240_000)
      await work(shop())
    }
    expect(await checkInvariants(shop().db, invariants)).toEqual([])
    const orderId = scene.orderId ?? (await order(shop().visitor(), scene, key)).id
    const { status, total, paidAt } = await shop().shop.orders.orderOf(shop().db, orderId as `ord_${string}`)
    const money = await moneyOf(orderId)
    const [taken = 0] = money.captured
    const returned = flow.ends.returned === 'all' ? taken : flow.ends.returned
    expect(taken).toBe(paidAt ? total.minor : 0)
    expect({ status, money }).toEqual({
      status: flow.ends.status,
      money: { captured: [taken, taken], refunded: [returned, returned] },
    })
    return fuse.passed()
  }

  test.each(flows)(
    '$name comes to its end wherever the process dies',
    async (flow) => {
      const points = await dieAt(flow, Infinity)
      expect(points).toBeGreaterThan(50)
      const step = Math.max(1, points / wanted)
      // Another offset each time, so that runs together try all of them.
      const first = 1 + Math.floor(Math.random() * step)
      const tried = Array.from({ length: Math.min(points, wanted) }, (_, index) => first + Math.floor(index * step))
      for (const point of tried.filter((one) => one <= points))
        await dieAt(flow, point).catch((error: unknown) => {
          throw new Error(`${flow.name} on ${engine}, dead at point ${point} of ${points}`, { cause: error })
        })
    },
    3_600_000,
  )
})
