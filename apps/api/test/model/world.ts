import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { type Db, openDb } from '@sangdo/core/server'
import { sandbox } from '@sangdo/payments/sandbox'
import { sql } from 'kysely'
import { createApp } from '../../src/app.ts'
import { createShop } from '../../src/shop.ts'
import { createVisitor, type TestShop } from '../shop.ts'
import { codeLimit, createModel, type Item, items, type Model } from './state.ts'

export type World = Awaited<ReturnType<typeof openWorld>>
/** A life: a code and a buyer that no other life knows, in the one world. */
export type Life = Awaited<ReturnType<World['begin']>>

const address = { name: '김하늘', phone: '010-0000-0000', country: 'KR', postcode: '04524', line1: '세종대로 110' }
const promotion = {
  name: { ko: '열 중 하나', en: 'One in ten' },
  rule: { kind: 'percent_off', percent: 10 },
  needsCode: true,
}

/** A shop in which one life after another is lived: nothing is seeded in between, and each ends with nothing held. */
export async function openWorld(first: TestShop) {
  const { practice, clock, auth, secret, databaseUrl } = first
  let via: Pick<TestShop, 'shop' | 'db' | 'app'> = first
  let [lives, labels] = [0, 0]
  /** Someone who asks again when the process said that it had too much to do; then nothing has happened yet. */
  const visitor = (known?: Map<string, string>) => {
    const someone = createVisitor({ app: via.app, practice }, known)
    const ask: typeof someone.ask = async (...asked) => {
      const answer = await someone.ask(...asked)
      if (answer.status !== 503 || !String(answer.body.code).startsWith('load.')) return answer
      await wait(50)
      return ask(...asked)
    }
    return { ...someone, ask }
  }
  const { cookies } = await first.staff()
  const saved = await staff('POST', '/admin/promotions', promotion)
  const delivery = { email: 'sky@example.com', address, shippingMethod: await methodOf() }

  function staff(...asked: Parameters<ReturnType<typeof visitor>['ask']>) {
    return visitor(cookies).ask(...asked)
  }

  async function methodOf(): Promise<string> {
    const { cart } = await visitor().filledCart([{ sku: items[0], quantity: 1 }])
    return cart.shippingMethod
  }

  /** The process ends, and another one opens the same database. */
  async function restart(): Promise<void> {
    if (via !== first) await via.db.destroy()
    const db: Db = await openDb(databaseUrl)
    const provider = sandbox({ url: 'http://localhost:4100', secret, now: clock.now, fetch: practice.fetch })
    const webhookUrl = (id: string) => `http://localhost:4000/webhooks/${id}`
    const shop = createShop({ providers: [provider], webhookUrl, now: clock.now })
    via = { shop, db, app: createApp({ shop, db, auth, trustedOrigins: ['http://localhost:4000'] }) }
  }

  const setPrice = (sku: Item, minor: number) =>
    staff('PUT', '/admin/prices', { prices: [{ sku, amount: { minor, currency: 'KRW' } }] })
  const setPromotion = (endsAt: string | null) =>
    staff('POST', '/admin/promotions', { ...promotion, id: saved.body.id, endsAt })
  const count = (sku: Item, onHand: number) => staff('PUT', '/admin/stock', { sku, onHand })

  async function begin() {
    const fresh = createModel()
    const code = `LIFE${lives++}`
    for (const sku of items) {
      expect(await setPrice(sku, fresh.prices[sku])).toMatchObject({ status: 204 })
      expect(await count(sku, fresh.onHand[sku])).toMatchObject({ status: 200 })
    }
    await setPromotion(null)
    const coupon = { promotionId: saved.body.id, code, limit: codeLimit, limitPerBuyer: null }
    expect(await staff('POST', '/admin/coupons', coupon)).toMatchObject({ status: 201 })
    return { ...world, code }
  }

  /** What the shop means to ask the provider about now; when it asks is its own affair, what an answer does is not. */
  async function due() {
    const now = clock.now().toISOString()
    const read = async (from: string, more: string) => {
      const { rows } = await sql<{ reference: string; amount: string }>`${sql.raw(from)}
        where check_at <= ${now} ${sql.raw(more)}`.execute(via.db)
      return rows
    }
    return {
      messages: await read(`select reference from payments_inbox`, `order by check_at, id`),
      attempts: await read(`select id as reference from payments_attempt`, `order by check_at`),
      refunds: await read(`select attempt_id as reference, amount from payments_refund`, `order by check_at`),
    }
  }

  async function usesOf(code: string): Promise<number> {
    const { rows } = await sql<{ uses: number }>`select uses from pricing_coupon where code = ${code}`.execute(via.db)
    return Number(rows[0]?.uses)
  }

  const label = () => String(600_000_000_000 + labels++)
  const pass = (minutes: number) => clock.advance(minutes * 60_000)
  const close = async () => void (via !== first && (await via.db.destroy()))
  const world = {
    practice,
    clock,
    visitor,
    staff,
    delivery,
    restart,
    setPrice,
    setPromotion,
    count,
    due,
    usesOf,
    label,
    pass,
    shop: () => via.shop,
    db: () => via.db,
  }
  return { ...world, begin, close }
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** Reads orders as their buyers do, and holds them against the model. */
export async function agreeOnOrders(model: Model, life: Life, orders = model.orders): Promise<void> {
  for (const order of orders) {
    const { body } = await life.visitor().ask('GET', `/orders/${order.number}?token=${order.token}`)
    const attempts: { id: string; status: string; captured: { minor: number }; redirectUrl: string | null }[] =
      body.payment.attempts
    attempts.forEach(({ id, redirectUrl }, index) => {
      const known = order.attempts[index]
      if (known) Object.assign(known, { reference: id, page: known.page ?? redirectUrl })
    })
    const gone = order.refunds.filter((refund) => refund.forOrder && refund.done)
    expect({
      number: order.number,
      status: body.order.status,
      total: body.order.total.minor,
      attempts: attempts.map(({ status, captured }) => [status, captured.minor]),
      refunded: body.payment.refunded.minor,
      pieces: body.order.lines.map((line: { shipped: number; delivered: number }) => [line.shipped, line.delivered]),
    }).toEqual({
      number: order.number,
      status: order.status,
      total: order.total,
      attempts: order.attempts.map(({ ours, counted }) => [ours, counted]),
      refunded: sum(gone.map((refund) => refund.amount)),
      pieces: order.lines.map(({ shipped, delivered }) => [shipped, delivered]),
    })
  }
}

/** Holds the shelves and the uses of the code against the model. */
export async function agreeOnGoods(model: Model, life: Life, held: (sku: Item) => number): Promise<void> {
  const stock = await life.shop().inventory.stockOf(life.db(), [...items])
  expect({
    stock: items.map((sku) => [stock[sku]?.onHand, stock[sku]?.reserved]),
    uses: await life.usesOf(life.code),
  }).toEqual({ stock: items.map((sku) => [model.onHand[sku], held(sku)]), uses: model.uses })
}

/** The bank's books, payment by payment, are ours. */
export function agreeOnMoney(model: Model, life: Life): void {
  const attempts = model.orders.flatMap((order) => order.attempts)
  const ids = new Set(attempts.map(({ reference }) => reference))
  const theirs = life.practice.captured().filter(({ reference }) => ids.has(reference))
  const ours = attempts.filter(({ taken }) => taken > 0)
  expect(Object.fromEntries(theirs.map((one) => [one.reference, [one.captured.minor, one.refunded.minor]]))).toEqual(
    Object.fromEntries(ours.map(({ reference, counted, returned }) => [reference, [counted, returned]])),
  )
}
