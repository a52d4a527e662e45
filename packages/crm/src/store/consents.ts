import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Consent, CustomerId } from '../contract.ts'
import { tables } from '../tables.ts'

/** Writes a line of the ledger, after all others of a customer who is locked, whatever the clocks of several servers say. */
export async function addConsent(tx: Tx, { customerId, textVersion, ...consent }: Consent): Promise<void> {
  await tables(tx)
    .insertInto('crm_consent')
    .values((eb) => ({
      ...consent,
      customer_id: customerId,
      text_version: textVersion,
      version: eb.selectFrom('crm_customer').select('version').where('id', '=', customerId),
    }))
    .execute()
}

const selected = (db: Db) =>
  tables(db)
    .selectFrom('crm_consent as consent')
    .select(['consent.id', 'consent.customer_id as customerId', 'consent.purpose', 'consent.channel'])
    .select(['consent.decision', 'consent.text_version as textVersion', 'consent.source', 'consent.at'])

/** The last line of each channel in the ledgers of these customers. */
export async function lastConsents(db: Db, customerIds: readonly CustomerId[]): Promise<Consent[]> {
  if (customerIds.length === 0) return []
  return selected(db)
    .where('consent.customer_id', 'in', customerIds)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('crm_consent as later')
            .select('later.id')
            .whereRef('later.customer_id', '=', 'consent.customer_id')
            .whereRef('later.purpose', '=', 'consent.purpose')
            .whereRef('later.channel', '=', 'consent.channel')
            .whereRef('later.version', '>', 'consent.version'),
        ),
      ),
    )
    .orderBy('consent.channel')
    .execute()
}

/** The ledger of one customer, newest first. */
export async function ledgerOf(db: Db, customerId: CustomerId, { after, limit }: PageQuery): Promise<Page<Consent>> {
  let query = selected(db)
    .select('consent.version')
    .where('consent.customer_id', '=', customerId)
    .orderBy('consent.version', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('consent.version', '<', decodeCursor(after, 'n')[0] as number)
  const { items, next } = pageOf(await query.execute(), limit, ({ version }) => [version])
  return { items: items.map(({ version: _, ...consent }) => consent), next }
}
