import { type Instant, instant, instantAfter, type Now } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { claimAttempts } from '../store/attempts.ts'
import { claimCaptures } from '../store/captures.ts'
import { claimRefunds } from '../store/refunds.ts'
import type { Claim } from '../store/requests.ts'
import type { Attempts } from './attempts.ts'
import type { Captures } from './captures.ts'
import type { Refunds } from './refunds.ts'

interface SweepDependencies {
  readonly attempts: Attempts
  readonly captures: Captures
  readonly refunds: Refunds
  readonly now: Now
}

const atOnce = 8
// Longer than all questions about one row may take; what takes longer still is asked twice, with one effect.
const claimMs = 60_000

/** Follows up what has no end yet. Any number of processes may do so at once. */
export function createSweep({ attempts, captures, refunds, now }: SweepDependencies) {
  /**
   * Asks providers about what is due: attempts without an end, captures and refunds without an outcome. Answers how many it asked
   * about. Each is claimed first, so that no other process asks about it too, and eight are asked about at once; those of a process
   * that is killed are due again after a minute. One that fails holds up no other; the errors are thrown at the end.
   */
  async function sweep(db: Db, limit = 100): Promise<{ attempts: number; captures: number; refunds: number }> {
    const errors: unknown[] = []
    const counts = {
      attempts: await all(db, limit, errors, claimAttempts, (id, claimed) => attempts.syncOne(db, id, { claimed })),
      captures: await all(db, limit, errors, claimCaptures, (id) => captures.check(db, id)),
      refunds: await all(db, limit, errors, claimRefunds, (id) => refunds.check(db, id)),
    }
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} payments could not be looked at`)
    return counts
  }

  /** Claims as many as can be asked about at once, until there are no more that are due. */
  async function all<Id>(
    db: Db,
    limit: number,
    errors: unknown[],
    claim: (db: Db, claim: Claim) => Promise<Id[]>,
    ask: (id: Id, claimed: Instant) => Promise<unknown>,
  ): Promise<number> {
    for (let count = 0; ;) {
      const [at, until, wanted] = [instant(now()), instantAfter(now(), claimMs), Math.min(atOnce, limit - count)]
      const ids = wanted > 0 ? await claim(db, { at, until, limit: wanted }) : []
      await Promise.all(ids.map((id) => ask(id, until).catch((error: unknown) => errors.push(error))))
      count += ids.length
      if (ids.length < wanted || wanted === 0) return count
    }
  }

  return sweep
}
