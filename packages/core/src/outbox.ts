import type { z } from 'zod'
import { atomic, attempt } from './atomic.ts'
import { type Now, instant, instantAfter } from './clock.ts'
import { sendAlong } from './db/along.ts'
import type { Db, Tx } from './db/index.ts'
import type { EventDefinition, PayloadOf } from './event.ts'
import type { NewId } from './id.ts'
import { parse } from './parse.ts'
import { createSharedRun } from './shared-run.ts'
import { tables } from './tables.ts'

/** Where a package writes down what has happened. */
export interface Announce {
  append<Event extends EventDefinition>(tx: Tx, event: Event, payload: z.input<Event['payload']>): Promise<void>
}

/** Who hears of an event: its id and when it occurred, to key effects outside the database by. */
export interface Occurrence {
  readonly id: string
  readonly at: string
}

/** One subscriber of one event. */
export interface Subscription {
  readonly event: EventDefinition
  readonly subscriber: string
  readonly handle: (tx: Tx, payload: unknown, occurrence: Occurrence) => Promise<unknown>
}

/** Maps an event to a command: `on(orderPlaced, 'mail.confirmation', (tx, { email }) => …)`. The name must never change. */
export const on = <Event extends EventDefinition>(
  event: Event,
  subscriber: string,
  handle: (tx: Tx, payload: PayloadOf<Event>, occurrence: Occurrence) => Promise<unknown>,
): Subscription => ({ event, subscriber, handle: handle as Subscription['handle'] })

/** What became of a delivery: how many handlers ran, how many failed and will be tried again, and whether there may be more due. */
export interface Delivery {
  readonly delivered: number
  readonly failed: number
  readonly more: boolean
}

export type Outbox = ReturnType<typeof createOutbox>

/** Says nothing to anyone: for a package that is used alone. */
export const silent: Announce = { append: async () => {} }

const maximumAttempts = 8
const batch = 100
const unheardBatch = 1000
// A transaction that others wait for is to be short.
const together = 20
const day = 86_400_000

/**
 * Facts, written beside the change that made them true and delivered later: exactly once to handlers that only write to
 * the database, at least once to any other effect.
 */
export function createOutbox({ newId, now }: { newId: NewId; now: Now }) {
  const deliveries = new WeakMap<readonly Subscription[], WeakMap<Db, () => Promise<Delivery>>>()

  /** Stores an event in the transaction of the change that it tells of. */
  async function append<Event extends EventDefinition>(
    tx: Tx,
    event: Event,
    payload: z.input<Event['payload']>,
  ): Promise<void> {
    const at = instant(now())
    const row = { id: newId('evt'), name: event.name, payload: JSON.stringify(parse(event.payload, payload)) }
    await sendAlong(
      tx,
      tables(tx)
        .insertInto('core_outbox')
        .values({ ...row, occurred_at: at, due_at: at, delivered_at: null }),
    )
  }

  /**
   * Gives every subscriber its pending events, oldest first, a hundred at a time: call it again while it answers with any. A
   * handler that throws is rolled back, noted with its error and tried again later (1 s, doubled each time, eight times in
   * all); it holds up neither other events nor other subscribers. Whoever calls while a delivery of this process is under way
   * shares the next one, which knows all that was committed before the call.
   */
  function deliver(db: Db, subscriptions: readonly Subscription[]): Promise<Delivery> {
    const known = deliveries.get(subscriptions) ?? new WeakMap<Db, () => Promise<Delivery>>()
    const run = known.get(db) ?? createSharedRun(() => deliverDue(db, subscriptions))
    deliveries.set(subscriptions, known.set(db, run))
    return run()
  }

  async function deliverDue(db: Db, subscriptions: readonly Subscription[]): Promise<Delivery> {
    const due = await dueEvents(db, subscriptions)
    const total = { delivered: 0, failed: 0 }
    for (let from = 0; from < due.length; from += together) {
      const some = due.slice(from, from + together).map((event) => ({
        event,
        hearing: subscriptions.filter((subscription) => subscription.event.name === event.name),
      }))
      const heard = await atomic(db, (tx) => deliverTogether(tx, some))
      total.delivered += heard.delivered
      total.failed += heard.failed
    }
    return { ...total, more: due.length === batch }
  }

  /** Some events in one transaction: they cost little more than one alone. */
  async function deliverTogether(tx: Tx, hearings: readonly Hearing[]) {
    const claimed = await claim(tx, hearings)
    const total = { delivered: 0, failed: 0 }
    for (const { event, hearing } of hearings)
      for (const subscription of hearing) {
        const { subscriber } = subscription
        const attempts = claimed.get(receiptKey(event.id, subscriber))
        if (attempts === undefined) continue
        const heard = await attempt(
          tx,
          () => hear(tx, event, subscription),
          (error) => noteFailure(tx, { eventId: event.id, subscriber, attempts }, error),
        )
        total[heard ? 'delivered' : 'failed']++
      }
    await settle(
      tx,
      hearings.map(({ event }) => event.id),
    )
    return total
  }

  /** The oldest events that are due. Many that nobody hears are done with all at once, or an import's would hold up the others. */
  async function dueEvents(db: Db, subscriptions: readonly Subscription[]) {
    const heard = [...new Set(subscriptions.map((subscription) => subscription.event.name))]
    const due = await dueNow(db).selectAll().limit(batch).execute()
    if (due.length < batch || due.every((event) => heard.includes(event.name))) return due
    while ((await settleUnheard(db, heard)) === unheardBatch);
    return dueNow(db).selectAll().limit(batch).execute()
  }

  const dueNow = (db: Db) =>
    tables(db)
      .selectFrom('core_outbox')
      .where('delivered_at', 'is', null)
      .where('due_at', '<=', instant(now()))
      .orderBy('due_at')
      .orderBy('id')

  /** Done with some of the due events that nobody hears; answers how many. */
  async function settleUnheard(db: Db, heard: readonly string[]): Promise<number> {
    return atomic(db, async (tx) => {
      const unheard = heard.length > 0 ? dueNow(tx).where('name', 'not in', heard) : dueNow(tx)
      const ids = (await unheard.select('id').limit(unheardBatch).execute()).map((event) => event.id)
      if (ids.length > 0)
        await undelivered(tx)
          .set({ delivered_at: instant(now()) })
          .where('id', 'in', ids)
          .execute()
      return ids.length
    })
  }

  /** Writes down that subscribers hear; answers with those that had not, and the how manieth time it is that they try. */
  async function claim(tx: Tx, hearings: readonly Hearing[]): Promise<ReadonlyMap<string, number>> {
    const at = instant(now())
    const receipts = hearings.flatMap(({ event, hearing }) =>
      hearing.map(({ subscriber }) => ({
        event_id: event.id,
        subscriber,
        delivered_at: at,
        attempts: 1,
        error: null,
        retry_at: null,
      })),
    )
    if (receipts.length === 0) return new Map()
    const claimed = await tables(tx)
      .insertInto('core_receipt')
      .values(receipts)
      .onConflict((conflict) =>
        conflict
          .columns(['event_id', 'subscriber'])
          .doUpdateSet((eb) => ({ delivered_at: at, retry_at: null, attempts: eb('core_receipt.attempts', '+', 1) }))
          .where('core_receipt.delivered_at', 'is', null)
          .where('core_receipt.retry_at', '<=', at),
      )
      .returning(['event_id', 'subscriber', 'attempts'])
      .execute()
    return new Map(
      claimed.map(({ event_id: event, subscriber, attempts }) => [receiptKey(event, subscriber), attempts]),
    )
  }

  const hear = (tx: Tx, { id, payload, occurred_at: at }: StoredEvent, { event, handle }: Subscription) =>
    handle(tx, parse(event.payload, JSON.parse(payload)), { id, at })

  async function noteFailure(
    tx: Tx,
    { eventId, subscriber, attempts }: { eventId: string; subscriber: string; attempts: number },
    error: unknown,
  ): Promise<void> {
    const retryAt = attempts < maximumAttempts ? instantAfter(now(), 1000 * 2 ** (attempts - 1)) : null
    await tables(tx)
      .updateTable('core_receipt')
      .set({ delivered_at: null, error: String(error), retry_at: retryAt })
      .where('event_id', '=', eventId)
      .where('subscriber', '=', subscriber)
      .execute()
  }

  /** Done with events, but for those of which a handler is to be tried again, here or in another process. */
  async function settle(db: Db, eventIds: readonly string[]): Promise<void> {
    const { numUpdatedRows: done } = await undelivered(db)
      .set({ delivered_at: instant(now()) })
      .where('id', 'in', eventIds)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('core_receipt')
              .select('event_id')
              .whereRef('event_id', '=', 'core_outbox.id')
              .where('core_receipt.delivered_at', 'is', null)
              .where('retry_at', 'is not', null),
          ),
        ),
      )
      .executeTakeFirst()
    if (Number(done) < eventIds.length) await postpone(db, eventIds)
  }

  /** Comes back to the events that a handler waits for when the first of these is to be tried again. */
  async function postpone(db: Db, eventIds: readonly string[]): Promise<void> {
    const later = await tables(db)
      .selectFrom('core_receipt')
      .select((eb) => ['event_id as id', eb.fn.min('retry_at').as('next')])
      .where('event_id', 'in', eventIds)
      .where('delivered_at', 'is', null)
      .where('retry_at', 'is not', null)
      .groupBy('event_id')
      .execute()
    for (const { id, next } of later)
      if (next) await undelivered(db).set({ due_at: next }).where('id', '=', id).execute()
  }

  const undelivered = (db: Db) => tables(db).updateTable('core_outbox').where('delivered_at', 'is', null)

  /** The deliveries that were given up after eight attempts, with the last error of each. */
  async function failures(db: Db) {
    return tables(db)
      .selectFrom('core_receipt')
      .innerJoin('core_outbox', 'core_outbox.id', 'core_receipt.event_id')
      .select(['event_id as eventId', 'name', 'subscriber', 'attempts', 'error'])
      .where('core_receipt.delivered_at', 'is', null)
      .where('retry_at', 'is', null)
      .orderBy('event_id')
      .limit(batch)
      .execute()
  }

  /** Forgets events that every subscriber received more than `days` ago, and their receipts. */
  async function prune(db: Db, days = 30): Promise<void> {
    await tables(db)
      .deleteFrom('core_outbox')
      .where('delivered_at', '<', instantAfter(now(), -days * day))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('core_receipt')
              .select('event_id')
              .whereRef('event_id', '=', 'core_outbox.id')
              .where('core_receipt.delivered_at', 'is', null),
          ),
        ),
      )
      .execute()
  }

  return { append, deliver, failures, prune }
}

/** An event and those who want to hear of it. */
interface Hearing {
  readonly event: StoredEvent
  readonly hearing: readonly Subscription[]
}

const receiptKey = (eventId: string, subscriber: string) => `${eventId} ${subscriber}`

interface StoredEvent {
  readonly id: string
  readonly name: string
  readonly payload: string
  readonly occurred_at: string
}
