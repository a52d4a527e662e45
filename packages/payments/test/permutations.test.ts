import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { describeDatabases } from '@sangdo/core/testing'
import type { Payment } from '@sangdo/payments'
import { paymentMigrations } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

type Shop = ReturnType<typeof openShop>

/** What happens at the provider, step by step, each step told of by a message; and where it must end, however they arrive. */
interface Story {
  readonly tells: string
  readonly method: 'card' | 'virtual_account'
  readonly steps: readonly ((provider: Shop['provider'], reference: string) => unknown)[]
  readonly ends: Partial<Payment>
  /** What the provider holds in the end. */
  readonly held: number
  readonly says: readonly string[]
}

const pays: Story['steps'] = [
  (provider, reference) => provider.approve(reference),
  (provider, reference) => provider.confirm(reference, won(27_000)),
]
const back =
  (refundId: string, minor: number): Story['steps'][number] =>
  (provider, reference) =>
    provider.bankRefund({ reference, refundId, amount: won(minor), reason: 'at the desk' })
const disputeOf = async (provider: Shop['provider'], reference: string) =>
  (await provider.find(reference))?.disputes?.[0]?.disputeId ?? ''
const closes =
  (outcome: 'won' | 'lost'): Story['steps'][number] =>
  async (provider, reference) =>
    provider.closeDispute(reference, await disputeOf(provider, reference), outcome)

const stories: readonly Story[] = [
  {
    tells: 'paid by card and given back in two parts',
    method: 'card',
    steps: [...pays, back('desk-1', 7_000), back('desk-2', 20_000)],
    ends: { status: 'refunded', captured: won(27_000), refunded: won(27_000) },
    held: 0,
    says: ['payments.captured'],
  },
  {
    tells: 'paid by card, disputed and lost',
    method: 'card',
    steps: [...pays, (provider, reference) => provider.dispute(reference), closes('lost')],
    ends: { status: 'captured', captured: won(27_000), disputed: won(27_000) },
    held: 27_000,
    says: ['payments.captured', 'payments.disputed', 'payments.dispute_closed'],
  },
  {
    tells: 'disputed, won, and given back in part',
    method: 'card',
    steps: [...pays, (provider, reference) => provider.dispute(reference), closes('won'), back('desk-1', 7_000)],
    ends: { status: 'partially_refunded', disputed: won(0), refunded: won(7_000) },
    held: 20_000,
    says: ['payments.captured', 'payments.disputed', 'payments.dispute_closed', 'payments.refunded'],
  },
  {
    tells: 'paid twice into one account',
    method: 'virtual_account',
    steps: [
      (provider, reference) => provider.issueAccount(reference),
      (provider, reference) => provider.deposit(reference),
      (provider, reference) => provider.deposit(reference),
    ],
    ends: { status: 'captured', captured: won(27_000), refunded: won(0) },
    held: 27_000,
    says: ['payments.refunded'],
  },
  {
    tells: 'declined',
    method: 'card',
    steps: [(provider, reference) => provider.decline(reference)],
    ends: { status: 'failed', captured: won(0) },
    held: 0,
    says: ['payments.failed'],
  },
]

/** Every order in which messages can arrive, each of them once or twice. */
function arrivals(count: number): number[][] {
  const orders = new Map<string, number[]>()
  const place = (order: readonly number[], left: readonly number[]): void => {
    if (left.length === 0) orders.set(order.join(), [...order])
    for (const one of new Set(left)) place([...order, one], left.toSpliced(left.indexOf(one), 1))
  }
  const all = Array.from({ length: count }, (_, index) => index)
  place([], all)
  for (const twice of all) place([], [...all, twice])
  return [...orders.values()]
}

/** As many of the orders as `RUNS` says, spread evenly: eight unless it does, every one of them with `deep`. */
function sample(orders: readonly number[][]): readonly number[][] {
  const { RUNS: runs = '8' } = process.env
  const wanted = runs === 'deep' ? orders.length : Math.min(Number(runs), orders.length)
  return Array.from({ length: wanted }, (_, index) => orders[Math.floor((index * orders.length) / wanted)] ?? [])
}

/** Everything that is kept of a payment, what refers to others first. */
const kept = ['task', 'entry', 'report', 'inbox', 'dispute', 'capture', 'refund', 'attempt', 'payment'] as const

/** Whatever was found sound is forgotten, so that a thousand orders of messages do not make each other slow. */
async function forget(db: Shop['db']): Promise<void> {
  for (const name of kept) await sql`delete from ${sql.table(`payments_${name}`)}`.execute(db)
}

describe('messages of a payment in every order, each once or twice', () => {
  describeDatabases([paymentMigrations], (database) => {
    test.each(stories)(
      '$tells',
      async ({ method, steps, ends, held, says }) => {
        for (const [index, order] of sample(arrivals(steps.length)).entries()) {
          const { db, payments, provider, start, hears, viewOf, said, sweepAfter, charges, sound } = openShop(
            database().db,
          )
          const orderId = `ord_${index}`
          const { reference } = await start({ orderId, method })
          let done = 0
          for (const told of order) {
            // A message can overtake others, but not what it tells of.
            for (; done <= told; done++) await steps[done]?.(provider, reference)
            await hears(reference)
            await payments.processInbox(db)
          }
          await sweepAfter(60)
          expect({ order, ...(await viewOf(orderId)) }).toMatchObject({ order, ...ends })
          expect([order, charges(), ...says.map((name) => said(name).length > 0)]).toEqual([
            order,
            held,
            ...says.map(() => true),
          ])
          for (const name of ['payments.captured', 'payments.disputed', 'payments.dispute_closed', 'payments.failed'])
            expect(said(name).length).toBeLessThanOrEqual(1)
          await sound()
          await forget(db)
        }
      },
      3_600_000,
    )

    test('a deposit that is taken back leaves nothing, whether or not anybody saw it come', async () => {
      for (const [index, order] of sample(arrivals(3)).entries()) {
        const { db, payments, provider, start, hears, viewOf, charges, sweepAfter, sound } = openShop(database().db)
        const orderId = `ord_${index}`
        const { reference } = await start({ orderId, method: 'virtual_account' })
        const steps = [
          () => provider.issueAccount(reference),
          () => provider.deposit(reference),
          () => provider.reverse(reference),
        ]
        let done = 0
        for (const told of order) {
          for (; done <= told; done++) steps[done]?.()
          await hears(reference)
          await payments.processInbox(db)
        }
        await sweepAfter(25 * 3600)
        const { captured, status } = await viewOf(orderId)
        expect([captured, charges(), ['cancelled', 'expired'].includes(status)]).toEqual([won(0), 0, true])
        expect((await provider.find(reference))?.status).not.toBe('awaiting_deposit')
        await sound()
        await forget(db)
      }
    }, 3_600_000)

    test('that an old attempt has failed changes nothing of the new one, whenever it is heard', async () => {
      for (const [index, order] of sample(arrivals(3)).entries()) {
        const { db, payments, provider, start, hears, viewOf, charges, sound } = openShop(database().db)
        const orderId = `ord_${index}`
        const first = await start({ orderId })
        provider.decline(first.reference)
        const second = await start({ orderId })
        const steps = pays.map((step) => () => step(provider, second.reference))
        let done = 0
        for (const told of order) {
          for (; done < told; done++) await steps[done]?.()
          await hears(told === 0 ? first.reference : second.reference)
          await payments.processInbox(db)
        }
        expect([(await viewOf(orderId)).status, charges()]).toEqual(['captured', 27_000])
        await sound()
        await forget(db)
      }
    }, 3_600_000)
  })
})
