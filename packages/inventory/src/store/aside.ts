import type { Db, Tx } from '@sangdo/core/server'
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

/** What of the given skus is there and not for sale. */
export async function asideOf(db: Db, skus: readonly Sku[]): Promise<AsideLevel[]> {
  if (skus.length === 0) return []
  return tables(db)
    .selectFrom('inventory_aside')
    .select(['sku', 'location_id as locationId', 'state', 'quantity'])
    .where('sku', 'in', skus)
    .where('quantity', '>', 0)
    .orderBy('sku')
    .orderBy('location_id')
    .orderBy('state')
    .execute()
}
