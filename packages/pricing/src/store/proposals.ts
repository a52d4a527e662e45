import { decodeCursor, integer, money, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import type { ProposalId, ProposalStatus, StoredProposal } from '../contract/proposals.ts'
import { type PricingTables, tables } from '../tables.ts'
import { orNull } from './prices.ts'

const proposalFrom = (row: Selectable<PricingTables['pricing_proposal']>): StoredProposal => ({
  id: row.id,
  source: row.source,
  reason: row.reason,
  sku: row.sku,
  priceListId: row.list_id || null,
  minQuantity: row.min_quantity,
  market: row.market,
  current: money(integer(row.current), row.currency),
  compareAt: orNull(row.compare_at, row.currency),
  proposed: money(integer(row.proposed), row.currency),
  bounded: money(integer(row.bounded), row.currency),
  limitedBy: row.limited_by,
  status: row.status,
  createdAt: row.created_at,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
})

/** Stores proposals. */
export async function addProposals(tx: Tx, proposals: readonly StoredProposal[]): Promise<void> {
  if (proposals.length === 0) return
  const rows = proposals.map((proposal) => ({
    id: proposal.id,
    source: proposal.source,
    reason: proposal.reason,
    sku: proposal.sku,
    currency: proposal.current.currency,
    list_id: proposal.priceListId ?? ('' as const),
    min_quantity: proposal.minQuantity,
    market: proposal.market,
    current: proposal.current.minor,
    compare_at: proposal.compareAt?.minor ?? null,
    proposed: proposal.proposed.minor,
    bounded: proposal.bounded.minor,
    limited_by: proposal.limitedBy,
    status: proposal.status,
    created_at: proposal.createdAt,
    decided_at: proposal.decidedAt,
    decided_by: proposal.decidedBy,
  }))
  await tables(tx).insertInto('pricing_proposal').values(rows).execute()
}

/** The open proposals for the given skus. */
export async function openProposals(db: Db, skus: readonly string[]): Promise<StoredProposal[]> {
  if (skus.length === 0) return []
  const rows = await tables(db)
    .selectFrom('pricing_proposal')
    .selectAll()
    .where('sku', 'in', skus)
    .where('status', '=', sql.lit('open'))
    .execute()
  return rows.map(proposalFrom)
}

/** The proposals with the given ids, oldest first. */
export async function proposalsWith(db: Db, ids: readonly ProposalId[]): Promise<StoredProposal[]> {
  const rows = await tables(db)
    .selectFrom('pricing_proposal')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return rows.map(proposalFrom)
}

/** Moves proposals that are in one status to another; answers with the ids of those that moved. */
export async function decide(
  tx: Tx,
  ids: readonly ProposalId[],
  [from, to]: readonly [ProposalStatus, ProposalStatus],
  { at, by }: { readonly at: string; readonly by: string | null },
): Promise<Set<ProposalId>> {
  if (ids.length === 0) return new Set()
  const rows = await tables(tx)
    .updateTable('pricing_proposal')
    .set({ status: to, decided_at: at, decided_by: by })
    .where('id', 'in', ids)
    .where('status', '=', from)
    .returning('id')
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Proposals, newest first; of one status, or all. */
export async function listProposals(
  db: Db,
  status: ProposalStatus | undefined,
  { after, limit }: PageQuery,
): Promise<Page<StoredProposal>> {
  let query = tables(db)
    .selectFrom('pricing_proposal')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (status !== undefined) query = query.where('status', '=', status)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as ProposalId)
  return pageOf((await query.execute()).map(proposalFrom), limit, (proposal) => [proposal.id])
}
