import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Incoming, Sku, Transfer, TransferId } from '../contract/index.ts'
import { tables } from '../tables.ts'

/** Stores a transfer that is on its way. */
export async function addTransfer(tx: Tx, { lines, from, to, ...transfer }: Transfer): Promise<void> {
  await tables(tx)
    .insertInto('inventory_transfer')
    .values({
      id: transfer.id,
      from_id: from,
      to_id: to,
      status: transfer.status,
      note: transfer.note,
      dispatched_at: transfer.dispatchedAt,
      expected_at: transfer.expectedAt,
      closed_at: transfer.closedAt,
    })
    .execute()
  const rows = lines.map((line) => ({ transfer_id: transfer.id, ...line }))
  await tables(tx).insertInto('inventory_transfer_line').values(rows).execute()
}

const heads = (db: Db) =>
  tables(db)
    .selectFrom('inventory_transfer')
    .select(['id', 'from_id as from', 'to_id as to', 'status', 'note'])
    .select(['dispatched_at as dispatchedAt', 'expected_at as expectedAt', 'closed_at as closedAt'])

async function withLines(db: Db, found: Omit<Transfer, 'lines'>[]): Promise<Transfer[]> {
  if (found.length === 0) return []
  const rows = await tables(db)
    .selectFrom('inventory_transfer_line')
    .selectAll()
    .where(
      'transfer_id',
      'in',
      found.map(({ id }) => id),
    )
    .orderBy('sku')
    .execute()
  const lines = Map.groupBy(rows, (row) => row.transfer_id)
  return found.map((head) => ({
    ...head,
    lines: (lines.get(head.id) ?? []).map(({ transfer_id: _, ...line }) => line),
  }))
}

/** The transfer with this id, if there is one. */
export async function transferOf(db: Db, id: TransferId): Promise<Transfer | undefined> {
  return (await withLines(db, await heads(db).where('id', '=', id).execute()))[0]
}

/** Transfers, newest first. */
export async function transfers(db: Db, { after, limit }: PageQuery): Promise<Page<Transfer>> {
  let query = heads(db)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as TransferId)
  const { items, next } = pageOf(await query.execute(), limit, (transfer) => [transfer.id])
  return { items: await withLines(db, items), next }
}

/** Nobody else changes a transfer before the transaction ends. */
export async function lockTransfer(tx: Tx, id: TransferId): Promise<void> {
  await tables(tx)
    .updateTable('inventory_transfer')
    .set((eb) => ({ status: eb.ref('status') }))
    .where('id', '=', id)
    .execute()
}

/** So many more pieces of a line have arrived or are lost. A check of the table keeps them within what was sent. */
export async function addToLine(
  tx: Tx,
  id: TransferId,
  sku: Sku,
  column: 'received' | 'lost',
  quantity: number,
): Promise<void> {
  await tables(tx)
    .updateTable('inventory_transfer_line')
    .set((eb) => ({ [column]: eb(column, '+', quantity) }))
    .where('transfer_id', '=', id)
    .where('sku', '=', sku)
    .executeTakeFirstOrThrow()
}

/** Closes a transfer of which nothing is on its way any more; false when something is, or it was closed before. */
export async function closeTransfer(tx: Tx, id: TransferId, at: string): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_transfer')
    .set({ status: 'closed', closed_at: at })
    .where('id', '=', id)
    .where('status', '=', sql.lit('in_transit'))
    .where((eb) => {
      const underWay = eb
        .selectFrom('inventory_transfer_line')
        .select('sku')
        .where('transfer_id', '=', id)
        .where((line) => line('quantity', '>', line('received', '+', line.ref('lost'))))
      return eb.not(eb.exists(underWay))
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What is on its way between locations of the given skus. */
export async function underWayOf(db: Db, skus: readonly Sku[]): Promise<Incoming[]> {
  if (skus.length === 0) return []
  return tables(db)
    .selectFrom('inventory_transfer_line')
    .innerJoin('inventory_transfer', 'id', 'transfer_id')
    .select(['sku', 'to_id as locationId', 'expected_at as expectedAt'])
    .select((eb) => eb(eb('quantity', '-', eb.ref('received')), '-', eb.ref('lost')).as('quantity'))
    .where('status', '=', sql.lit('in_transit'))
    .where('sku', 'in', skus)
    .where((eb) => eb('quantity', '>', eb('received', '+', eb.ref('lost'))))
    .orderBy('id')
    .execute()
}
