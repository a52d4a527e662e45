import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Customer, CustomerFilter, CustomerId } from '../contract.ts'
import { tables } from '../tables.ts'

/** Stores a customer; false when the e-mail address belongs to another. */
export async function addCustomer(tx: Tx, customer: Customer, search: string): Promise<boolean> {
  const { createdAt, leftAt, ...row } = customer
  const added = await tables(tx)
    .insertInto('crm_customer')
    .values({ ...row, created_at: createdAt, left_at: leftAt, version: 0, search })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

const selected = (db: Db) =>
  tables(db)
    .selectFrom('crm_customer')
    .select(['id', 'email', 'name', 'phone', 'locale', 'status', 'created_at as createdAt', 'left_at as leftAt'])

/** The customers with these ids. */
export async function customersOf(db: Db, ids: readonly CustomerId[]): Promise<Customer[]> {
  return ids.length === 0 ? [] : selected(db).where('id', 'in', ids).execute()
}

/** The customer with this e-mail address, if there is one. */
export async function customerByEmail(db: Db, email: string): Promise<Customer | undefined> {
  return selected(db).where('email', '=', email).executeTakeFirst()
}

/** Makes others wait until this transaction ends, so that one customer's changes come one after the other. */
export async function lockCustomer(tx: Tx, id: CustomerId): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('crm_customer')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Stores what has changed; false when the e-mail address belongs to another. */
export async function changeCustomer(tx: Tx, customer: Customer, search: string): Promise<boolean> {
  const { id, email, name, phone, locale } = customer
  try {
    await tables(tx)
      .updateTable('crm_customer')
      .set({ email, name, phone, locale, search })
      .where('id', '=', id)
      .execute()
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

/** unique_violation of PostgreSQL, and the same of SQLite; only the e-mail address can raise it here. */
const isTaken = (error: unknown) =>
  ['23505', 'SQLITE_CONSTRAINT_UNIQUE'].includes(String((error as { code?: unknown }).code))

/** Takes everything personal off a customer and out of their address book. */
export async function forget(tx: Tx, id: CustomerId, at: string): Promise<void> {
  await tables(tx)
    .updateTable('crm_customer')
    .set({ email: null, name: null, phone: null, search: '', status: 'left', left_at: at })
    .where('id', '=', id)
    .execute()
  await tables(tx).deleteFrom('crm_address').where('customer_id', '=', id).execute()
}

/** Customers, newest first. */
export async function list(
  db: Db,
  { text, status }: CustomerFilter,
  { after, limit }: PageQuery,
): Promise<Page<Customer>> {
  let query = selected(db)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (status) query = query.where('status', '=', status)
  for (const word of wordsOf(text ?? '')) query = query.where('search', 'like', `%${word}%`)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as CustomerId)
  return pageOf(await query.execute(), limit, ({ id }) => [id])
}

const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\\%_]/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
