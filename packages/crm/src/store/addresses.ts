import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import { Address, type AddressId, type CustomerId, type SavedAddress } from '../contract.ts'
import { tables } from '../tables.ts'

/** The addresses of these customers, oldest first. */
export async function addressesOf(
  db: Db,
  customerIds: readonly CustomerId[],
): Promise<(SavedAddress & { customerId: CustomerId })[]> {
  if (customerIds.length === 0) return []
  const rows = await tables(db)
    .selectFrom('crm_address')
    .selectAll()
    .where('customer_id', 'in', customerIds)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    label: row.label,
    isDefault: row.is_default === 1,
    address: Address.parse(JSON.parse(row.address)),
  }))
}

/** Stores an address that is not the default. */
export async function addAddress(tx: Tx, customerId: CustomerId, { id, label, address }: SavedAddress): Promise<void> {
  await tables(tx)
    .insertInto('crm_address')
    .values({ id, customer_id: customerId, label, is_default: 0, address: JSON.stringify(address) })
    .execute()
}

/** Stores what an address has become; false when it is not in this customer's book. */
export async function changeAddress(tx: Tx, customerId: CustomerId, changed: SavedAddress): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('crm_address')
    .set({ label: changed.label, address: JSON.stringify(changed.address) })
    .where('id', '=', changed.id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes one address the default, and no other. */
export async function makeDefault(tx: Tx, customerId: CustomerId, id: AddressId): Promise<void> {
  await tables(tx)
    .updateTable('crm_address')
    .set({ is_default: 0 })
    .where('customer_id', '=', customerId)
    .where('is_default', '=', sql.lit(1))
    .execute()
  await tables(tx)
    .updateTable('crm_address')
    .set({ is_default: 1 })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
}

/** Deletes an address; false when it is not in this customer's book. */
export async function removeAddress(tx: Tx, customerId: CustomerId, id: AddressId): Promise<boolean> {
  const result = await tables(tx)
    .deleteFrom('crm_address')
    .where('id', '=', id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}
