import type { Db, Tx } from '@sangdo/core/server'
import { tables } from '../tables.ts'

/** The name of the present state of markets, lists, prices, guards and promotions; null before the first of them. */
export async function versionOf(db: Db): Promise<string | null> {
  const row = await tables(db).selectFrom('pricing_version').select('version').executeTakeFirst()
  return row?.version ?? null
}

/**
 * Gives the state a new name, before it is changed. Until the transaction ends nobody else can, so changes come one after
 * another and the history has their order. Names are random: none comes back after a rollback or from a backup.
 */
export async function beginChange(tx: Tx): Promise<void> {
  const version = crypto.randomUUID()
  await tables(tx)
    .insertInto('pricing_version')
    .values({ one: 1, version })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ version }))
    .execute()
}
