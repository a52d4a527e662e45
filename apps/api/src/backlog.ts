import type { Db } from '@sangdo/core/server'
import { sql } from 'kysely'
import { metric } from './prometheus.ts'
import type { Shop } from './shop.ts'

const most = 10_000

/** What waits in the database, for whichever process: a few rows of an index each, however long the backlog is. */
export async function backlogLines({ watch, now }: Pick<Shop, 'watch' | 'now'>, db: Db): Promise<string[]> {
  const [events, tasks, check] = [await waitingEvents(db), await openTasks(db), await watch.latest(db)]
  const age = (since: string | null) => (since ? Math.max(0, (now().getTime() - Date.parse(since)) / 1000) : 0)
  const broken = check?.broken ?? []
  return [
    ...metric('sangdo_outbox_waiting', `Events that wait for delivery, ${most + 1} for more.`, [
      { value: events.waiting },
    ]),
    ...metric('sangdo_outbox_age_seconds', 'For how long the oldest event has been due.', [
      { value: age(events.since) },
    ]),
    ...metric('sangdo_money_tasks_open', 'What someone has to look at.', [{ value: tasks.waiting }]),
    ...metric('sangdo_money_task_age_seconds', 'For how long the oldest has been waiting.', [
      { value: age(tasks.since) },
    ]),
    ...metric('sangdo_promises_broken', 'Promises that the last look at the database found broken.', [
      { value: broken.length },
    ]),
    ...metric(
      'sangdo_promise_breaches',
      'What breaks a promise.',
      broken.map(({ name, breaches }) => ({ labels: { promise: name }, value: breaches.length })),
    ),
    ...metric(
      'sangdo_promises_checked_timestamp_seconds',
      'When that look was.',
      check ? [{ value: Date.parse(check.at) / 1000 }] : [],
    ),
  ]
}

interface Waiting {
  readonly waiting: number
  readonly since: string | null
}

const waitingEvents = (db: Db) =>
  one(
    db,
    sql`select count(*) as waiting, min(due_at) as since from (
      select due_at from core_outbox where delivered_at is null order by due_at, id limit ${most + 1}
    ) as waiting`,
  )

const openTasks = (db: Db) =>
  one(db, sql`select count(*) as waiting, min(since) as since from payments_task where resolved_at is null`)

async function one(db: Db, query: ReturnType<typeof sql>): Promise<Waiting> {
  const { rows } = await query.execute(db)
  const { waiting, since } = rows[0] as { waiting: number | string; since: string | null }
  return { waiting: Number(waiting), since }
}
