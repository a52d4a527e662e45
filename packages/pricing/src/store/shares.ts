import { decodeCursor, integer, money, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { ShareEntry, ShareEntryId, SharePurpose, ShareTotal } from '../contract/shares.ts'
import type { ShareKey, ShareMove } from '../rules/shares.ts'
import { tables } from '../tables.ts'

/** A move of a share, and which of its moves it is, from 1. */
export interface KeptMove extends ShareKey, ShareMove {
  readonly place: number
}

/** The moves of all shares of a reference, in the order in which they were made. */
export async function movesOf(db: Db, reference: string): Promise<KeptMove[]> {
  const rows = await tables(db)
    .selectFrom('pricing_share_entry')
    .select(['promotion_id as promotionId', 'code', 'recipient as to', 'purpose', 'currency', 'place', 'step'])
    .select(['expected', 'owed', 'refunded', 'refund'])
    .where('reference', '=', reference)
    .orderBy('place')
    .execute()
  return rows.map(({ expected, owed, refunded, ...row }) => ({
    ...row,
    expected: integer(expected),
    owed: integer(owed),
    refunded: integer(refunded),
  }))
}

/** Writes moves down; answers with those that nobody else had made. */
export async function addMoves(
  tx: Tx,
  reference: string,
  moves: readonly (KeptMove & { readonly id: ShareEntryId })[],
  at: string,
): Promise<Set<ShareEntryId>> {
  const rows = await tables(tx)
    .insertInto('pricing_share_entry')
    .values(
      moves.map(({ promotionId, to, ...move }) => ({
        reference,
        promotion_id: promotionId,
        recipient: to,
        ...move,
        recorded_at: at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Which entries are meant: all of them unless said. */
export interface ShareFilter {
  readonly to?: string | undefined
  readonly purpose?: SharePurpose | undefined
  readonly promotionId?: string | undefined
}

/** Entries, newest first. */
export async function listEntries(
  db: Db,
  { to, purpose, promotionId }: ShareFilter,
  { after, limit }: PageQuery,
): Promise<Page<ShareEntry>> {
  let query = tables(db)
    .selectFrom('pricing_share_entry')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (to !== undefined) query = query.where('recipient', '=', to)
  if (purpose !== undefined) query = query.where('purpose', '=', purpose)
  if (promotionId !== undefined) query = query.where('promotion_id', '=', promotionId)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as ShareEntryId)
  const items = (await query.execute()).map((row) => ({
    id: row.id,
    reference: row.reference,
    promotionId: row.promotion_id,
    code: row.code || null,
    to: row.recipient,
    purpose: row.purpose,
    step: row.step,
    expected: money(integer(row.expected), row.currency),
    owed: money(integer(row.owed), row.currency),
    recordedAt: row.recorded_at,
  }))
  return pageOf(items, limit, (entry) => [entry.id])
}

/** The sums of all entries, by receiver, purpose and currency. */
export async function totalsOf(db: Db, { to, purpose, promotionId }: ShareFilter): Promise<ShareTotal[]> {
  let query = tables(db)
    .selectFrom('pricing_share_entry')
    .select(['recipient as to', 'purpose', 'currency'])
    .select([sql<number>`sum(expected)`.as('expected'), sql<number>`sum(owed)`.as('owed')])
    .groupBy(['recipient', 'purpose', 'currency'])
    .orderBy('recipient')
    .orderBy('purpose')
    .orderBy('currency')
  if (to !== undefined) query = query.where('recipient', '=', to)
  if (purpose !== undefined) query = query.where('purpose', '=', purpose)
  if (promotionId !== undefined) query = query.where('promotion_id', '=', promotionId)
  return (await query.execute()).map(({ currency, expected, owed, ...whose }) => ({
    ...whose,
    expected: money(integer(expected), currency),
    owed: money(integer(owed), currency),
  }))
}
