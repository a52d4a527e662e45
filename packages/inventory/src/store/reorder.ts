import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Reorder, Sku } from '../contract/index.ts'
import { tables } from '../tables.ts'

/** A reorder point as it is stored: with its own threshold of running low. */
export interface StoredPoint extends Pick<Reorder, 'sku' | 'point' | 'target' | 'multiple'> {
  readonly lowAt: number
}

/** Stores when a sku is to be ordered, in place of what was stored before. */
export async function setReorderPoint(db: Db, { sku, lowAt, ...point }: StoredPoint): Promise<void> {
  const row = { ...point, low_at: lowAt }
  await tables(db)
    .insertInto('inventory_reorder')
    .values({ sku, ...row })
    .onConflict((conflict) => conflict.column('sku').doUpdateSet(row))
    .execute()
}

/** Forgets when a sku is to be ordered. */
export async function removeReorderPoint(db: Db, sku: Sku): Promise<void> {
  await tables(db).deleteFrom('inventory_reorder').where('sku', '=', sku).execute()
}

/** When the given skus are to be ordered; those without a reorder point are left out. */
export async function reorderPointsOf(db: Db, skus: readonly Sku[]): Promise<StoredPoint[]> {
  if (skus.length === 0) return []
  return tables(db)
    .selectFrom('inventory_reorder')
    .select(['sku', 'point', 'target', 'multiple', 'low_at as lowAt'])
    .where('sku', 'in', skus)
    .orderBy('sku')
    .execute()
}

/** The skus of which no more than their reorder point are free or on their way at an instant: one statement, so one moment. */
export async function belowPoint(
  db: Db,
  at: string,
  { after, limit }: PageQuery,
): Promise<Page<Omit<Reorder, 'quantity'>>> {
  const from = after ? String(decodeCursor(after, 's')[0]) : ''
  const { rows } = await sql<Omit<Reorder, 'quantity'>>`
    select * from (
      select sku, point, target, multiple,
        coalesce((select sum(on_hand - reserved - safety) from inventory_stock where sku = wanted.sku), 0)
        + coalesce((select sum(free) from inventory_bucket where sku = wanted.sku), 0)
        - coalesce((
            select sum(quantity) from inventory_lot_stock as shelf
            join inventory_lot as lot on lot.sku = shelf.sku and lot.lot = shelf.lot
            where shelf.sku = wanted.sku and state = 'sellable' and expires_at <= ${at}), 0) as free,
        coalesce((
            select sum(quantity - received) from inventory_delivery where sku = wanted.sku and status = 'open'), 0)
        + coalesce((
            select sum(quantity - received - lost) from inventory_transfer_line join inventory_transfer on id = transfer_id
            where sku = wanted.sku and status = 'in_transit'), 0) as incoming,
        coalesce((select sum(promised) from inventory_allowance where sku = wanted.sku), 0) as waiting
      from inventory_reorder as wanted
    ) as wanted
    where free + incoming - waiting <= point and sku > ${from}
    order by sku limit ${limit + 1}`.execute(db)
  return pageOf(rows, limit, ({ sku }) => [sku])
}
