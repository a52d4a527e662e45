import type { z } from 'zod'
import { atomic } from './atomic.ts'
import { type Now, instant, instantAfter } from './clock.ts'
import type { Db, Tx } from './db/index.ts'
import type { EventDefinition, PayloadOf } from './event.ts'
import type { NewId } from './id.ts'
import { parse } from './parse.ts'
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

/** What became of a delivery: how many handlers ran, and how many failed and will be tried again. */
export interface Delivery {
  readonly delivered: number
  readonly failed: number
}

export type Outbox = ReturnType<typeof createOutbox>

/** Says nothing to anyone: for a package that is used alone. */
export const silent: Announce = { append: async () => {} }

const maximumAttempts = 8
const batch = 100
const unheardBatch = 1000
const day = 86_400_000

/**
 * Facts, written beside the change that made them true and delivered later: exactly once to handlers that only write to
 * the database, at least once to any other effect.
 */
export function createOutbox({ newId, now }: { newId: NewId; now: Now }) {
  /** Stores an event in the transaction of the change that it tells of. */
  async function append<Event extends EventDefinition>(
    tx: Tx,
    event: Event,
    payload: z.input<Event['payload']>,
  ): Promise<void> {
    const at = instant(now())
    const row = { id: newId('evt'), name: event.name, payload: JSON.stringify(parse(event.payload, payload)) }
    await tables(tx)
      .insertInto('core_outbox')
      .values({ ...row, occurred_at: at, due_at: at, delivered_at: null })
      .execute()
  }

  /**
   * Gives every subscriber its pending events, oldest first, a hundred at a time: call it again while it answers with any. A
   * handler that throws is rolled back, noted with its error and tried again later (1 s, doubled each time, eight times in
   * all); it holds up neither other events nor other subscribers.
   */
  async function deliver(db: Db, subscriptions: readonly Subscription[]): Promise<Delivery> {
    const total = { delivered: 0, failed: 0, skipped: 0 }
    for (const event of await dueEvents(db, subscriptions)) {
      const hearing = subscriptions.filter((subscription) => subscription.event.name === event.name)
      const last = hearing.pop()
      for (const subscription of hearing) total[await deliverOne(db, event, subscription)]++
      if (last) total[await deliverOne(db, event, last, settle)]++
      else await settle(db, event.id)
    }
    return { delivered: total.delivered, failed: total.failed }
  }

  /** The oldest events that are due. Those that nobody hears are done with all at once, or an import's would hold up the others. */
  async function dueEvents(db: Db, subscriptions: readonly Subscription[]) {
    const heard = [...new Set(subscriptions.map((subscription) => subscription.event.name))]
    const due = await dueNow(db).selectAll().limit(batch).execute()
    if (due.every((event) => heard.includes(event.name))) return due
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
      const done = { delivered_at: instant(now()) }
      if (ids.length > 0)
        await tables(tx)
          .updateTable('core_outbox')
          .set(done)
          .where('id', 'in', ids)
          .where('delivered_at', 'is', null)
          .execute()
      return ids.length
    })
  }

  /** With `after` for the last subscriber of an event, which commits with what the handler wrote. */
  async function deliverOne(
    db: Db,
    event: StoredEvent,
    subscription: Subscription,
    after: (db: Db, eventId: string) => Promise<void> = async () => {},
  ): Promise<'delivered' | 'failed' | 'skipped'> {
    try {
      return await atomic(db, async (tx) => {
        const claimed = await handleOnce(tx, event, subscription)
        await after(tx, event.id)
        return claimed ? 'delivered' : 'skipped'
      })
    } catch (error) {
      await noteFailure(db, event.id, subscription.subscriber, error)
      await after(db, event.id)
      return 'failed'
    }
  }

  async function handleOnce(
    tx: Tx,
    event: StoredEvent,
    { subscriber, event: definition, handle }: Subscription,
  ): Promise<boolean> {
    const receipt = {
      event_id: event.id,
      subscriber,
      delivered_at: instant(now()),
      attempts: 1,
      error: null,
      retry_at: null,
    }
    const claimed = await tables(tx)
      .insertInto('core_receipt')
      .values(receipt)
      .onConflict((conflict) =>
        conflict
          .columns(['event_id', 'subscriber'])
          .doUpdateSet({ delivered_at: receipt.delivered_at, retry_at: null })
          .where('core_receipt.delivered_at', 'is', null)
          .where('core_receipt.retry_at', '<=', receipt.delivered_at),
      )
      .returning('event_id')
      .executeTakeFirst()
    if (!claimed) return false
    await handle(tx, parse(definition.payload, JSON.parse(event.payload)), { id: event.id, at: event.occurred_at })
    return true
  }

  async function noteFailure(db: Db, eventId: string, subscriber: string, error: unknown): Promise<void> {
    await atomic(db, async (tx) => {
      const known = await tables(tx)
        .selectFrom('core_receipt')
        .select('attempts')
        .where('event_id', '=', eventId)
        .where('subscriber', '=', subscriber)
        .executeTakeFirst()
      const attempts = (known?.attempts ?? 0) + 1
      const retryAt = attempts < maximumAttempts ? instantAfter(now(), 1000 * 2 ** (attempts - 1)) : null
      const outcome = { attempts, error: String(error), retry_at: retryAt }
      await tables(tx)
        .insertInto('core_receipt')
        .values({ event_id: eventId, subscriber, delivered_at: null, ...outcome })
        .onConflict((conflict) =>
          conflict
            .columns(['event_id', 'subscriber'])
            .doUpdateSet(outcome)
            .where('core_receipt.delivered_at', 'is', null),
        )
        .execute()
    })
  }

  /** Done with the event, unless a handler is to be tried again, here or in another process. */
  async function settle(db: Db, eventId: string): Promise<void> {
    const { next } = await tables(db)
      .selectFrom('core_receipt')
      .select((eb) => eb.fn.min('retry_at').as('next'))
      .where('event_id', '=', eventId)
      .where('delivered_at', 'is', null)
      .executeTakeFirstOrThrow()
    await tables(db)
      .updateTable('core_outbox')
      .set(next ? { due_at: next } : { delivered_at: instant(now()) })
      .where('id', '=', eventId)
      .where('delivered_at', 'is', null)
      .execute()
  }

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

interface StoredEvent {
  readonly id: string
  readonly payload: string
  readonly occurred_at: string
}
