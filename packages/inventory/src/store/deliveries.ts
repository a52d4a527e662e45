import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { DeliveryId, ExpectedDelivery, Incoming, LocationId, Sku } from '../contract/index.ts'
import { tables } from '../tables.ts'

/** Stores a delivery that is expected. */
export async function addDelivery(
  tx: Tx,
  delivery: ExpectedDelivery & { id: DeliveryId; locationId: LocationId },
  at: string,
): Promise<void> {
  const { id, sku, quantity, locationId, expectedAt = null, reference = null } = delivery
  const row = { id, sku, quantity, location_id: locationId, expected_at: expectedAt, reference, created_at: at }
  await tables(tx)
    .insertInto('inventory_delivery')
    .values({ ...row, received: 0, status: 'open' })
    .execute()
}

/** So many pieces of a delivery have come in, in one guarded statement. Says whether as many were still expected there. */
export async function receiveDelivery(
  tx: Tx,
  id: DeliveryId,
  { sku, locationId, quantity }: { sku: Sku; locationId: LocationId; quantity: number },
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('inventory_delivery')
    .set((eb) => ({
      received: eb('received', '+', quantity),
      status: eb
        .case()
        .when(eb('received', '+', quantity), '=', eb.ref('quantity'))
        .then('closed' as const)
        .else('open' as const)
        .end(),
    }))
    .where('id', '=', id)
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .where('status', '=', sql.lit('open'))
    .where((eb) => eb(eb('quantity', '-', eb.ref('received')), '>=', quantity))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Nothing more of a delivery is expected; false when there is no such delivery. One that has ended stays as it is. */
export async function cancelDelivery(db: Db, id: DeliveryId): Promise<boolean> {
  const result = await tables(db)
    .updateTable('inventory_delivery')
    .set((eb) => ({
      status: eb
        .case()
        .when('status', '=', 'open')
        .then('cancelled' as const)
        .else(eb.ref('status'))
        .end(),
    }))
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What suppliers are still to deliver of the given skus. */
export async function expectedOf(db: Db, skus: readonly Sku[]): Promise<Incoming[]> {
  if (skus.length === 0) return []
  return tables(db)
    .selectFrom('inventory_delivery')
    .select(['sku', 'location_id as locationId', 'expected_at as expectedAt'])
    .select((eb) => eb('quantity', '-', eb.ref('received')).as('quantity'))
    .where('status', '=', sql.lit('open'))
    .where('sku', 'in', skus)
    .orderBy('id')
    .execute()
}
