import { instant, instantAfter, type Now } from './clock.ts'
import type { Db } from './db/index.ts'
import { atomic } from './atomic.ts'
import { type Broken, checkInvariants, type Invariant } from './invariant.ts'
import { tables } from './tables.ts'

/** What `createWatch` is given. */
export interface WatchOptions {
  /** What must hold at an instant. */
  readonly invariants: (now: Date) => readonly Invariant[]
  readonly now?: Now
  /** How long a breach is given to settle before it counts, in milliseconds: a minute. */
  readonly settleMs?: number
}

/** How a check ended: what did not hold, and when that was seen. */
export interface Check {
  readonly at: string
  readonly broken: readonly Broken[]
}

export type Watch = ReturnType<typeof createWatch>

/** Looks after the invariants of a shop that is running, and keeps what was found for whoever looks next. */
export function createWatch({ invariants, now = () => new Date(), settleMs = 60_000 }: WatchOptions) {
  /**
   * Checks every invariant, and those that are broken again after a while: what news under way repairs by itself is no alarm.
   * The outcome is kept for `latest`.
   */
  async function check(db: Db, { settle = settleMs }: { readonly settle?: number } = {}): Promise<Check> {
    const first = await checkInvariants(db, invariants(now()))
    const broken = first.length > 0 ? lasting(first, await again(db, first, settle)) : []
    const found = { at: instant(now()), broken }
    const row = { checked_at: found.at, broken: JSON.stringify(broken) }
    await tables(db)
      .insertInto('core_check')
      .values({ one: 1, ...row })
      .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
      .execute()
    return found
  }

  async function again(db: Db, first: readonly Broken[], settle: number): Promise<Broken[]> {
    await new Promise((resolve) => setTimeout(resolve, settle))
    const names = new Set(first.map(({ name }) => name))
    return checkInvariants(
      db,
      invariants(now()).filter(({ name }) => names.has(name)),
    )
  }

  /**
   * As `check`, unless this or another process has checked since `since`, or is at it: then null. A process that dies over it
   * leaves the check to the next one after an hour.
   */
  async function checkSince(db: Db, since: string): Promise<Check | null> {
    return (await claim(db, since)) ? check(db) : null
  }

  const claim = (db: Db, since: string): Promise<boolean> =>
    atomic(db, async (tx) => {
      const [at, stale] = [instant(now()), instantAfter(now(), -3_600_000)]
      const claimed = await tables(tx)
        .insertInto('core_check')
        .values({ one: 1, begun_at: at })
        .onConflict((conflict) =>
          conflict
            .column('one')
            .doUpdateSet({ begun_at: at })
            .where((eb) => eb.or([eb('core_check.checked_at', 'is', null), eb('core_check.checked_at', '<', since)]))
            .where((eb) => eb.or([eb('core_check.begun_at', 'is', null), eb('core_check.begun_at', '<', stale)])),
        )
        .returning('one')
        .executeTakeFirst()
      return claimed !== undefined
    })

  /** The outcome of the last check, by whichever process; null before the first. */
  async function latest(db: Db): Promise<Check | null> {
    const row = await tables(db).selectFrom('core_check').select(['checked_at', 'broken']).executeTakeFirst()
    return row?.checked_at ? { at: row.checked_at, broken: JSON.parse(row.broken ?? '[]') } : null
  }

  return { check, checkSince, latest }
}

/** What was found both times: the same subject under the same name. */
function lasting(first: readonly Broken[], second: readonly Broken[]): Broken[] {
  const before = new Set(first.flatMap(({ name, breaches }) => breaches.map(({ subject }) => `${name} ${subject}`)))
  return second.flatMap((found) => {
    const breaches = found.breaches.filter(({ subject }) => before.has(`${found.name} ${subject}`))
    return breaches.length > 0 ? { ...found, breaches } : []
  })
}
