import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { instant } from '@sangdo/core'
import { checkInvariants } from '@sangdo/core/server'
import { type OrderId, orderErrors, type PricedCart } from '@sangdo/orders'
import { type Attempt, paymentErrors, type PaymentMethod } from '@sangdo/payments'
import { createSandbox, type MischiefKind, sandbox } from '@sangdo/payments/sandbox'
import { sql } from 'kysely'
import { invariants } from '../src/invariants.ts'
import { createShop } from '../src/shop.ts'
import { createVirtualTime } from './chaos-time.ts'
import { describeShop } from './engines.ts'
import type { TestShop } from './shop.ts'

const sku = 'SG-CUP-0101'
const [second, minute, hour] = [1_000, 60_000, 3_600_000]
const day = 24 * hour
const secret = 'practice'
const url = 'http://localhost:4100'
const returnUrl = 'http://localhost:3000/ko/checkout/return'

/** How many checkouts in all; those of one seed share a provider, and the next seed follows. */
const asked = Number(process.env['RUNS'] ?? 300)
const runs = { sqlite: asked, postgres: Math.max(asked / 10, Math.min(asked, 60)) }
const atOnce = 300
const firstSeed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const expected = [orderErrors.wrong_status, paymentErrors.provider_unavailable, paymentErrors.provider_refused]

/** What people may do that things refuse, and what has no answer; anything else is a fault. */
async function unlessRefused<Answer>(work: () => Promise<Answer> | Answer): Promise<Answer | null> {
  try {
    return await work()
  } catch (error) {
    if (!expected.some((one) => one.match(error))) throw error
    return null
  }
}

/** A whole number below so many. */
type Dice = (sides: number) => number

/** The choices of one buyer: the same ones whatever the others do. */
function diceOf(name: string): Dice {
  let thrown = 0
  return (sides) => createHash('sha256').update(`${name}:${thrown++}`).digest().readUInt32BE() % sides
}

/** Nine days of a shop whose provider misbehaves: buyers come for ten minutes, the rest is waiting and the jobs. */
function createStory({ db, clock }: TestShop, seed: number) {
  const time = createVirtualTime(clock)
  const practice = createSandbox({
    secret,
    now: clock.now,
    publicUrl: url,
    sleep: time.sleep,
    chaos: { seed },
    send: (request) => time.strand(() => hear(request)),
  })
  const provider = sandbox({
    url,
    secret,
    now: clock.now,
    fetch: (request) => time.within(15 * second, () => practice.fetch(request)),
  })
  const shop = createShop({
    providers: [provider],
    webhookUrl: (id) => `http://localhost:4000/webhooks/${id}`,
    now: clock.now,
  })
  const forged: string[] = []

  async function hear(request: Request): Promise<Response> {
    const message = { headers: Object.fromEntries(request.headers), body: await request.text() }
    try {
      await shop.payments.receiveWebhook(db, 'sandbox', message)
      return new Response(null, { status: 202 })
    } catch (error) {
      if (!paymentErrors.forged_webhook.match(error)) throw error
      forged.push(message.body)
      return new Response(null, { status: 403 })
    }
  }

  async function readyCart(): Promise<PricedCart> {
    const { create, add, setDelivery } = shop.orders.carts
    const { id } = await create(db, { currency: 'KRW', market: 'kr', locale: 'ko' })
    await add(db, id, { sku, quantity: 1 })
    const address = {
      name: '김하늘',
      phone: '010-0000-0000',
      country: 'KR',
      postcode: '04524',
      line1: '세종대로 110',
    } as const
    await setDelivery(db, id, { email: 'sky@example.com', address })
    const { shippingOptions } = await shop.orders.carts.priced(db, id)
    await setDelivery(db, id, { shippingMethod: shippingOptions[0]?.method ?? 'none' })
    return shop.orders.carts.priced(db, id)
  }

  /** Orders and asks for the way to pay, again and again like someone whose page does not load; null when they give up. */
  async function begin({ cart, quoteHash }: PricedCart, method: PaymentMethod): Promise<Attempt | null> {
    for (let tries = 0; tries < 5; tries++) {
      const accepted = { cartId: cart.id, version: cart.version, quoteHash }
      const placed = await unlessRefused(() => shop.checkout(db, accepted, { method, returnUrl }, null))
      const attempt = placed && (await attemptsOf(placed.order.id)).at(-1)
      if (attempt?.method === method && attempt.redirectUrl) return attempt
      await time.rest(5 * second)
    }
    return null
  }

  const attemptsOf = async (orderId: OrderId) =>
    (await shop.payments.paymentsOf(db, [orderId]))[orderId]?.attempts ?? []

  /** What the buyer does in the provider's window, if it is not too late. */
  async function payIn({ id, method }: Attempt, dice: Dice): Promise<void> {
    await unlessRefused(() => {
      if (dice(12) === 0) return practice.decline(id)
      return method === 'virtual_account' ? practice.issueAccount(id, '국민은행') : practice.approve(id)
    })
  }

  const sendMoney = (id: string) => unlessRefused(() => practice.deposit(id))
  const comeBack = (id: Attempt['id']) => unlessRefused(() => shop.comeBack(db, id))

  async function visit(dice: Dice): Promise<void> {
    const cart = await readyCart()
    const method = (['card', 'card', 'card', 'virtual_account', 'virtual_account', 'bank_transfer'] as const)[dice(6)]
    const attempt = await begin(cart, method ?? 'card')
    if (!attempt) return
    await time.rest(dice(3 * 60) * second)
    const habit = dice(20)
    if (habit < 2) return // gives up
    await payIn(attempt, dice)
    if (habit < 5) return payAgain(cart, attempt, dice)
    if (habit === 5) await time.rest(20 * minute) // comes back late
    if (habit !== 6) await comeBack(attempt.id) // or closes the tab
    if (method === 'virtual_account') await time.rest(dice(30) * hour).then(() => sendMoney(attempt.id))
    if (habit === 7) await Promise.all([comeBack(attempt.id), time.strand(() => cancel(attempt))])
    if (habit === 8) await comeBack(attempt.id)
  }

  /** Takes another way to pay, and pays the first as well where that still goes. */
  async function payAgain(cart: PricedCart, first: Attempt, dice: Dice): Promise<void> {
    const other = await begin(cart, first.method === 'card' ? 'virtual_account' : 'card')
    if (first.method === 'virtual_account') await sendMoney(first.id)
    if (!other) return
    await payIn(other, dice)
    await comeBack(other.id)
    if (other.method === 'virtual_account') await sendMoney(other.id)
    if (dice(3) === 0) await comeBack(first.id)
  }

  async function cancel({ id }: Attempt): Promise<void> {
    const { orderId } = await shop.payments.paymentOf(db, id)
    await unlessRefused(() => shop.orders.cancel(db, orderId as OrderId, { reason: '마음이 바뀌어서', actor: 'buyer' }))
  }

  const jobs = [
    () => shop.deliver(db).then(() => shop.payments.processInbox(db)),
    () => shop.payments.sweep(db),
    () => shop.orders.expireOverdue(db).then(() => shop.inventory.releaseExpired(db)),
  ]

  /** The jobs of a shop: every two seconds while buyers are there, less often when nothing happens any more. */
  async function work(job: () => Promise<unknown>, from: number): Promise<void> {
    for (let age = 0; age < 9 * day; age = clock.now().getTime() - from) {
      await job()
      await time.rest(
        age < 15 * minute ? 2 * second : age < 3 * hour ? 20 * second : age < 3 * day ? hour / 2 : 3 * hour,
      )
    }
  }

  async function live(buyers: number): Promise<void> {
    const from = clock.now().getTime()
    const strands = jobs.map((job) => time.strand(() => work(job, from)))
    for (let buyer = 0; buyer < buyers; buyer++) {
      const dice = diceOf(`${seed}:${buyer}`)
      strands.push(time.strand(() => time.rest(dice(600) * second).then(() => visit(dice))))
    }
    await time.pass(Promise.all(strands))
    await shop.deliver(db)
  }

  return { live, practice, shop, forged }
}

type Story = ReturnType<typeof createStory>

/** Statuses of attempts and refunds that are on their way to another. */
const unended: readonly string[] = [
  'requesting',
  'unknown',
  'requires_action',
  'authorized',
  'awaiting_deposit',
  'requested',
  'pending',
]

describeShop((shop, engine) => {
  beforeAll(async () => {
    await shop().shop.inventory.count(shop().db, { sku, onHand: 1_000_000 })
    // Nobody pulls the plug here, so nothing has to reach the disk at once.
    if (engine === 'sqlite') await sql`pragma synchronous = off`.execute(shop().db)
  })

  /** What the ledger says that the provider holds, attempt by attempt. */
  async function booked(since: string): Promise<Record<string, number>> {
    const { rows } = await sql<{ attempt_id: string; net: number | string }>`
      select attempt_id, sum(debit) - sum(credit) as net from payments_entry
      where account = 'provider:sandbox' and at >= ${since} group by attempt_id`.execute(shop().db)
    return Object.fromEntries(rows.map(({ attempt_id, net }) => [attempt_id, Number(net)]))
  }

  /** What is not as it should be once all is over. */
  async function faultsOf({ practice, shop: services, forged }: Story, since: string): Promise<unknown[]> {
    const held = new Map(practice.captured().map((one) => [one.reference, one.captured.minor - one.refunded.minor]))
    const told = practice.mischief().filter(({ kind }) => kind === 'webhook_forged').length
    const ledger = await booked(since)
    const money = [...new Set([...held.keys(), ...Object.keys(ledger)])]
      .map((reference) => ({ reference, theirs: held.get(reference) ?? 0, ours: ledger[reference] ?? 0 }))
      .filter(({ theirs, ours }) => theirs !== ours)
    const ends: unknown[] = []
    for (const id of await placedSince(since)) ends.push(...(await faultsOfOrder(services, id, held)))
    return [...money, ...ends, ...(forged.length === told ? [] : [{ forged: forged.length, told }])]
  }

  /** An order that has not ended, that something is still open of, or that holds more or less of its buyer's money than it should. */
  async function faultsOfOrder(
    { orders, payments }: Story['shop'],
    id: OrderId,
    held: ReadonlyMap<string, number>,
  ): Promise<unknown[]> {
    const { status, total } = await orders.orderOf(shop().db, id)
    const { attempts = [], refunds = [] } = (await payments.paymentsOf(shop().db, [id]))[id] ?? {}
    const net = attempts.reduce((sum, attempt) => sum + (held.get(attempt.id) ?? 0), 0)
    const open = [...attempts, ...refunds].filter((one) => unended.includes(one.status)).length
    // An order whose deposit was taken back waits for someone to decide.
    const waits = status === 'payment_review' && attempts.some(({ reversed }) => reversed.minor > 0)
    const ended = ['paid', 'cancelled', 'expired'].includes(status) || waits
    const right = ended && open === 0 && net === (status === 'paid' ? total.minor : 0)
    return right ? [] : [{ id, status, total, net, attempts, refunds }]
  }

  async function placedSince(since: string): Promise<OrderId[]> {
    const { rows } = await sql<{ id: OrderId }>`select id from orders_order where placed_at >= ${since}`.execute(
      shop().db,
    )
    return rows.map(({ id }) => id)
  }

  test('whatever the provider does, every order ends, every won is accounted for, and nobody pays twice', async () => {
    const wanted = runs[engine]
    const kinds = new Set<MischiefKind>()
    const counted = { paid: 0, returned: 0 }
    for (let begun = 0; begun < wanted; begun += atOnce) {
      const seed = firstSeed + begun / atOnce
      const buyers = Math.min(atOnce, wanted - begun)
      const since = instant(shop().clock.now())
      const story = createStory(shop(), seed)
      const last = begun + buyers >= wanted
      const faults = await story
        .live(buyers)
        .then(async () => [...(await faultsOf(story, since)), ...(last ? await broken() : [])])
      expect(faults, `SEED=${seed} RUNS=${buyers} on ${engine}`).toEqual([])
      for (const { kind } of story.practice.mischief()) kinds.add(kind)
      for (const { captured, refunded } of story.practice.captured()) {
        counted.paid += Number(captured.minor > refunded.minor)
        counted.returned += Number(refunded.minor > 0)
      }
    }
    // That there was something to survive, and that most have survived it.
    expect([...kinds]).toEqual(
      expect.arrayContaining(['slow_request', 'answer_lost', 'webhook_lost', 'webhook_repeated']),
    )
    expect(counted.paid).toBeGreaterThan(wanted / 2)
    expect(counted.returned).toBeGreaterThan(0)
  }, 86_400_000)

  const broken = () => checkInvariants(shop().db, invariants)
})
