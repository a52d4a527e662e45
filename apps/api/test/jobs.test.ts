import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { openDb } from '@sangdo/core/server'
import { sandbox } from '@sangdo/payments/sandbox'
import { jobsOf } from '../src/jobs.ts'
import { createShop } from '../src/shop.ts'
import { describeShop } from './engines.ts'
import type { TestShop } from './shop.ts'

const sku = 'SG-CUP-0101'
const minute = 60_000
const signal = new AbortController().signal
const soundness = 'soundness'

/** What was asked of others, by whichever process. */
interface Outside {
  readonly calls: string[]
  readonly mails: string[]
}

/** One more process over the database of a shop: its own connections, services and jobs. */
async function processOf({ databaseUrl, secret, practice, clock }: TestShop, { calls, mails }: Outside) {
  const db = await openDb(databaseUrl)
  const provider = sandbox({ url: 'http://localhost:4100', secret, now: clock.now, fetch: practice.fetch })
  const confirm: typeof provider.confirm = (reference, amount) => {
    calls.push(`confirm ${reference}`)
    return provider.confirm(reference, amount)
  }
  const shop = createShop({
    providers: [{ ...provider, confirm }],
    webhookUrl: (id) => `http://localhost:4000/webhooks/${id}`,
    now: clock.now,
    mail: { orderNews: async (news, { number }) => mails.push(`${news} ${number}`) },
  })
  return { db, jobs: jobsOf(shop, db) }
}

const twice = (all: readonly string[]) => all.filter((one, at) => all.indexOf(one) !== at)

describeShop((shop) => {
  test('whatever two processes do at once is done once', async () => {
    const { db, clock, practice } = shop()
    const { inventory, pricing } = shop().shop
    const outside: Outside = { calls: [], mails: [] }
    const processes = [await processOf(shop(), outside), await processOf(shop(), outside)]
    /** Every job of both processes at the same moment, and once more for what the first led to. */
    const work = async (rounds = 3) => {
      for (let round = 0; round < rounds; round++) {
        const jobs = processes.flatMap((one) => one.jobs).filter(({ name }) => name !== soundness)
        const outcomes = await Promise.allSettled(jobs.map(async (job) => job.run(signal)))
        expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
      }
    }
    const order = async () => {
      const visitor = shop().visitor()
      const accepted = visitor.accepted(await visitor.filledCart([{ sku, quantity: 1 }]))
      const { body } = await visitor.ask('POST', '/checkout', accepted)
      const pay = () => visitor.payIn(String(body.payment.redirectUrl), { practice: '4242424242424242' })
      return { id: String(body.order.id), number: String(body.order.number), pay }
    }

    await inventory.count(db, { sku, onHand: 100, reason: 'corrected' })
    await inventory.setHot(db, { sku, hot: true })
    // Nothing is announced that started before the tables were made, which was later than it is on this clock.
    await db.updateTable('pricing_announcement').set({ until: clock.now().toISOString() }).execute()
    await work()
    const [paid, left] = [[], []] as Awaited<ReturnType<typeof order>>[][]
    for (let turn = 0; turn < 8; turn++) paid?.push(await order())
    for (let turn = 0; turn < 5; turn++) left?.push(await order())
    // Those who pay close the window: only the provider's message tells of it.
    for (const { pay } of paid ?? []) await pay()
    await practice.flush()
    await work()
    expect(outside.calls).toHaveLength(8)
    expect(twice(outside.calls)).toEqual([])
    expect(outside.mails.toSorted()).toEqual(paid?.map(({ number }) => `paid ${number}`).toSorted())

    const soon = new Date(clock.now().getTime() + minute).toISOString()
    await inventory.receive(db, { sku: 'MILK', quantity: 3, lot: 'L1', expiresAt: soon })
    await pricing.setPrices(db, [{ sku, amount: money(20_000, 'KRW'), startsAt: soon }])
    const { id: promotionId } = await pricing.savePromotion(db, {
      name: { ko: '쿠폰', en: 'Coupon' },
      rule: { kind: 'percent_off', percent: 10 },
      needsCode: true,
    })
    const batch = await pricing.addBatch(db, { promotionId, count: 12_000 })
    await work()
    const told = () =>
      db
        .selectFrom('core_outbox')
        .select('payload')
        .where('name', '=', 'pricing.prices_changed')
        .execute()
        .then((rows) => rows.filter(({ payload }) => String(payload).includes(sku)).length)
    const before = await told()
    clock.advance(25 * minute)
    await work(4)

    const steps = await db.selectFrom('orders_history').select(['order_id', 'to_status', 'version']).execute()
    const ends = steps.map((step) => `${step.order_id} ${step.to_status}`)
    expect(twice(steps.map((step) => `${step.order_id} ${step.version}`))).toEqual([])
    for (const { id } of paid ?? []) expect(ends.filter((end) => end === `${id} paid`)).toHaveLength(1)
    for (const { id } of left ?? []) expect(ends.filter((end) => end === `${id} expired`)).toHaveLength(1)
    expect(outside.calls).toHaveLength(8)
    expect(twice(outside.mails)).toEqual([])

    expect((await inventory.stockOf(db, [sku]))[sku]).toMatchObject({ onHand: 92, reserved: 0 })
    expect(await inventory.asideOf(db, ['MILK'])).toMatchObject([{ state: 'expired', quantity: 3 }])
    const moves = (await inventory.movementsOf(db, 'MILK', { limit: 10 })).items
    expect(moves.map(({ state, quantity }) => `${quantity} ${state}`).toSorted()).toEqual([
      '-3 sellable',
      '3 expired',
      '3 sellable',
    ])
    expect((await told()) - before).toBe(1)
    const codes = await db
      .selectFrom('pricing_coupon')
      .select((eb) => eb.fn.countAll().as('made'))
      .where('promotion_id', '=', promotionId)
      .executeTakeFirst()
    expect(Number(codes?.['made'])).toBe(12_000)
    expect((await pricing.unfinishedBatches(db)).map(({ id }) => id)).not.toContain(batch.id)

    const looks = processes.flatMap(({ jobs }) => jobs.filter(({ name }) => name === soundness))
    const found = await Promise.all(looks.map(async (job) => job.run(signal)))
    expect(found.filter((check) => check !== null)).toMatchObject([{ broken: [] }])
    for (const one of processes) await one.db.destroy()
  }, 60_000)
})
