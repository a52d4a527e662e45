import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { AsideLevel, Sku } from '../contract/index.ts'
import { tables } from '../tables.ts'

/** More goods are damaged or quarantined. */
export async function addAside(tx: Tx, { sku, locationId, state, quantity }: AsideLevel): Promise<void> {
  await tables(tx)
    .insertInto('inventory_aside')
    .values({ sku, location_id: locationId, state, quantity })
    .onConflict((conflict) =>
      conflict
        .columns(['sku', 'location_id', 'state'])
        .doUpdateSet((eb) => ({ quantity: eb('inventory_aside.quantity', '+', quantity) })),
    )
    .execute()
}

/** Fewer goods are damaged or quarantined, in one guarded statement. Says whether there were as many. */
export async function takeAside(tx: Tx, { sku, locationId, state, quantity }: AsideLevel): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_aside')
    .set((eb) => ({ quantity: eb('quantity', '-', quantity) }))
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where('state', '=', state)
    .where('quantity', '>=', quantity)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What of the given skus is there and not for sale; with `at`, also what has expired by then and still lies on the shelf. */
export async function asideOf(db: Db, skus: readonly Sku[], at = ''): Promise<AsideLevel[]> {
  if (skus.length === 0) return []
  const { rows } = await sql<AsideLevel>`
    select sku, location_id as "locationId", state, sum(quantity) as quantity from (
      select sku, location_id, state, quantity from inventory_aside union all
      select shelf.sku, location_id, 'expired', quantity from inventory_lot_stock as shelf
      join inventory_lot as lot on lot.sku = shelf.sku and lot.lot = shelf.lot
      where state = 'sellable' and expires_at <= ${at}
    ) as goods
    where sku in (${sql.join(skus)}) and quantity > 0
    group by sku, location_id, state order by sku, location_id, state`.execute(db)
  return rows
}
