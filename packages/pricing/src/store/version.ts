import type { Db, Tx } from '@sangdo/core/server'
import { CompiledQuery } from 'kysely'
import { tables } from '../tables.ts'

/** Every quote begins with this, so it is not composed anew each time. */
const version: CompiledQuery<{ version: string }> = CompiledQuery.raw('select version from pricing_version')

/** The name of the present state of markets, lists, prices, guards and promotions; null before the first of them. */
export async function versionOf(db: Db): Promise<string | null> {
  const { rows } = await db.executeQuery(version)
  return rows[0]?.version ?? null
}

/**
 * Gives the state a new name, before it is changed. Until the transaction ends nobody else can, so changes come one after
 * another and the history has their order. Names are random: none comes back after a rollback or from a backup.
 */
export async function beginChange(tx: Tx): Promise<void> {
  const renewed = crypto.randomUUID()
  await tables(tx)
    .insertInto('pricing_version')
    .values({ one: 1, version: renewed })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ version: renewed }))
    .execute()
}
