import { type RawBuilder, sql } from 'kysely'
import type { Db } from './db/index.ts'

/** A row that breaks an invariant: which thing it is, and the figures that disagree. */
export interface Breach {
  /** Which thing, such as an id or `MUG at loc_1`. */
  readonly subject: string
  readonly [figure: string]: string | number | null
}

/** A sentence that must hold of what is stored, at every commit and after every crash. */
export interface Invariant {
  /** `package.what_it_is_about`. */
  readonly name: string
  /** What must hold, in a sentence. */
  readonly says: string
  /** The rows that break it. One statement, so that it sees one moment of the database. */
  readonly breaches: RawBuilder<Breach>
}

/** An invariant that does not hold, and at most `most` of the rows that break it. */
export interface Broken {
  readonly name: string
  readonly says: string
  readonly breaches: readonly Breach[]
}

/**
 * Asks the database for what breaks each invariant, one statement after another, and answers with those that do not hold: none
 * in a sound shop. Reads only; it can run beside the work of a shop, and blocks nobody.
 */
export async function checkInvariants(
  db: Db,
  invariants: readonly Invariant[],
  { most = 20 }: { readonly most?: number } = {},
): Promise<Broken[]> {
  const broken: Broken[] = []
  for (const { name, says, breaches } of invariants) {
    const { rows } = await breaches.execute(db)
    if (rows.length > 0) broken.push({ name, says, breaches: rows.slice(0, most) })
  }
  return broken
}

/** What must hold of the outbox: nothing that happened stays untold. */
export const coreInvariants: readonly Invariant[] = [
  {
    name: 'core.delivered',
    says: 'Every subscriber has received what it hears of; none was given up after eight attempts',
    breaches: sql<Breach>`
      select event_id as subject, subscriber, attempts, error from core_receipt
      where delivered_at is null and retry_at is null order by event_id`,
  },
  {
    name: 'core.settled',
    says: 'An event is done with only when no subscriber is still to receive it',
    breaches: sql<Breach>`
      select core_outbox.id as subject, core_receipt.subscriber, core_receipt.retry_at
      from core_outbox join core_receipt on core_receipt.event_id = core_outbox.id
      where core_outbox.delivered_at is not null and core_receipt.delivered_at is null
        and core_receipt.retry_at is not null
      order by core_outbox.id`,
  },
]
