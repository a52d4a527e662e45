import type { Db, Tx } from '@sangdo/core/server'
import { PriceList, type PriceKey, type Price } from '../contract/index.ts'
import type { ListChange, PriceChange, PriceHistory } from '../rules/lowest.ts'
import { tables } from '../tables.ts'
import { inParts } from './parts.ts'
import { keyOf, keyRow, orNull } from './prices.ts'

/** Writes down prices as they were set at an instant. */
export async function recordPrices(
  tx: Tx,
  prices: readonly (Price & { id: string })[],
  recordedAt: string,
): Promise<void> {
  const rows = prices.map((price) => ({
    id: price.id,
    ...keyRow(keyOf(price)),
    amount: price.amount.minor,
    compare_at: price.compareAt?.minor ?? null,
    recorded_at: recordedAt,
  }))
  await tables(tx).insertInto('pricing_price_change').values(rows).execute()
}

/** Writes down prices that were taken away at an instant. */
export async function recordRemovals(
  tx: Tx,
  keys: readonly (PriceKey & { id: string })[],
  recordedAt: string,
): Promise<void> {
  if (keys.length === 0) return
  const nothing = { amount: null, compare_at: null, recorded_at: recordedAt }
  const rows = keys.map((key) => ({ id: key.id, ...keyRow(key), ...nothing }))
  await tables(tx).insertInto('pricing_price_change').values(rows).execute()
}

/** Writes down a price list as it was set at an instant. */
export async function recordList(tx: Tx, id: string, list: PriceList, recordedAt: string): Promise<void> {
  const row = { id, list_id: list.id, list: JSON.stringify(list), recorded_at: recordedAt }
  await tables(tx).insertInto('pricing_list_change').values(row).execute()
}

/** All that was ever said of the prices of the given skus in these currencies, oldest first, by sku. */
export async function historiesOf(
  db: Db,
  skus: readonly string[],
  currencies: readonly string[],
): Promise<Map<string, PriceHistory>> {
  const changes = await inParts(skus, (part) => priceChanges(db, part, currencies))
  const listIds = [...new Set(changes.flatMap((change) => change.priceListId ?? []))]
  const lists = await inParts(listIds, (part) => listChanges(db, part))
  const bySku = Map.groupBy(changes, (change) => change.sku)
  return new Map([...bySku].map(([sku, prices]) => [sku, { prices, lists }]))
}

async function priceChanges(db: Db, skus: readonly string[], currencies: readonly string[]): Promise<PriceChange[]> {
  const rows = await tables(db)
    .selectFrom('pricing_price_change')
    .selectAll()
    .where('sku', 'in', skus)
    .where('currency', 'in', currencies)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    sku: row.sku,
    currency: row.currency,
    priceListId: row.list_id || null,
    minQuantity: row.min_quantity,
    startsAt: row.starts_at || null,
    amount: orNull(row.amount, row.currency),
    compareAt: orNull(row.compare_at, row.currency),
    recordedAt: row.recorded_at,
  }))
}

async function listChanges(db: Db, ids: readonly PriceList['id'][]): Promise<ListChange[]> {
  const rows = await tables(db)
    .selectFrom('pricing_list_change')
    .selectAll()
    .where('list_id', 'in', ids)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...PriceList.parse(JSON.parse(row.list)), recordedAt: row.recorded_at }))
}
