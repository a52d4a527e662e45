import { z } from 'zod'
import { type Now, instant, instantAfter } from './clock.ts'
import type { Db } from './db/index.ts'
import { coreErrors } from './errors.ts'
import { createSecret } from './id.ts'
import { parse } from './parse.ts'
import { tables } from './tables.ts'

/** A key as clients send it: 1 to 255 printable ASCII characters. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'A key has 1 to 255 printable ASCII characters')

/** One request: who and where (`scope`), the client's key, and a fingerprint of what was asked. */
export interface IdempotentRequest {
  readonly scope: string
  readonly key: string
  readonly fingerprint: string
}

export type Idempotency = ReturnType<typeof createIdempotency>

/** Records that make a repeated request have one effect and one answer. Answers are kept for 15 days. */
export function createIdempotency({
  now,
  leaseSeconds = 15,
  keepDays = 15,
}: {
  now: Now
  leaseSeconds?: number
  keepDays?: number
}) {
  /**
   * Runs `work` once per scope and key, and answers repeats with the stored answer (which must survive JSON). When `work`
   * throws, nothing is stored and the key is free again. Throws `core.key_reused` for another fingerprint and
   * `core.in_progress` while the first run lasts, however long; `leaseSeconds` after its process has died it may run again.
   */
  async function once<Answer>(
    db: Db,
    request: IdempotentRequest,
    work: () => Promise<Answer>,
  ): Promise<{ answer: Answer; replayed: boolean }> {
    parse(IdempotencyKey, request.key)
    const run = createSecret()
    if (!(await claim(db, request, run))) return { answer: await storedAnswer<Answer>(db, request), replayed: true }
    const renewal = setInterval(() => void renew(db, request, run), (leaseSeconds * 1000) / 3)
    try {
      const answer = await work()
      await mine(db, request, run)
        .set({ answer: JSON.stringify(answer) })
        .execute()
      return { answer, replayed: false }
    } catch (error) {
      await mine(db, request, run)
        .set({ lease_until: instantAfter(now(), -1), expires_at: instantAfter(now(), -1) })
        .execute()
      throw error
    } finally {
      clearInterval(renewal)
    }
  }

  /** Says that the run is still alive; a database that is not there for it now may be so again before the lease is over. */
  const renew = (db: Db, request: IdempotentRequest, run: string) =>
    mine(db, request, run)
      .set({ lease_until: instantAfter(now(), leaseSeconds * 1000) })
      .execute()
      .catch(() => {})

  const mine = (db: Db, { scope, key }: IdempotentRequest, run: string) =>
    tables(db).updateTable('core_idempotency').where('scope', '=', scope).where('key', '=', key).where('run', '=', run)

  /** Takes the key, if it is new, expired, or held by a run of the same request that has crashed. */
  async function claim(db: Db, request: IdempotentRequest, run: string): Promise<boolean> {
    const at = instant(now())
    const fresh = {
      fingerprint: request.fingerprint,
      answer: null,
      run,
      lease_until: instantAfter(now(), leaseSeconds * 1000),
      expires_at: instantAfter(now(), keepDays * 86_400_000),
    }
    const row = await tables(db)
      .insertInto('core_idempotency')
      .values({ scope: request.scope, key: request.key, ...fresh })
      .onConflict((conflict) =>
        conflict
          .columns(['scope', 'key'])
          .doUpdateSet(fresh)
          .where((eb) =>
            eb.or([
              eb('core_idempotency.expires_at', '<', at),
              eb.and([
                eb('core_idempotency.answer', 'is', null),
                eb('core_idempotency.lease_until', '<', at),
                eb('core_idempotency.fingerprint', '=', request.fingerprint),
              ]),
            ]),
          ),
      )
      .returning('run')
      .executeTakeFirst()
    return row?.run === run
  }

  async function storedAnswer<Answer>(db: Db, { scope, key, fingerprint }: IdempotentRequest): Promise<Answer> {
    const row = await tables(db)
      .selectFrom('core_idempotency')
      .select(['fingerprint', 'answer'])
      .where('scope', '=', scope)
      .where('key', '=', key)
      .executeTakeFirst()
    if (row && row.fingerprint !== fingerprint) throw coreErrors.key_reused({ key })
    if (!row?.answer) throw coreErrors.in_progress({ key })
    return JSON.parse(row.answer) as Answer
  }

  /** Forgets the answers whose time is over. */
  async function prune(db: Db): Promise<void> {
    await tables(db).deleteFrom('core_idempotency').where('expires_at', '<', instant(now())).execute()
  }

  return { once, prune }
}
