import { integer, type Money, money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import type { Price, PriceKey, PriceList, PriceListId, SkuGuard } from '../contract/index.ts'
import type { ListedPrice } from '../rules/prices.ts'
import { type PricingTables, tables } from '../tables.ts'
import { inParts } from './parts.ts'

type ListRow = Selectable<PricingTables['pricing_list']>

const listFrom = (row: ListRow): PriceList => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  market: row.market,
  channel: row.channel,
  customerGroup: row.customer_group,
  companyId: row.company_id,
  customerId: row.customer_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
})

/** Stores a price list, or changes it. */
export async function savePriceList(db: Db, list: PriceList): Promise<void> {
  const row: Omit<ListRow, 'id'> = {
    name: list.name,
    currency: list.currency,
    market: list.market,
    channel: list.channel,
    customer_group: list.customerGroup,
    company_id: list.companyId,
    customer_id: list.customerId,
    starts_at: list.startsAt,
    ends_at: list.endsAt,
  }
  await tables(db)
    .insertInto('pricing_list')
    .values({ id: list.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** All price lists, oldest first; or those with the given ids. */
export async function priceLists(db: Db, ids?: readonly PriceListId[]): Promise<PriceList[]> {
  if (ids?.length === 0) return []
  const query = tables(db).selectFrom('pricing_list').selectAll().orderBy('id')
  return (await (ids ? query.where('id', 'in', ids) : query).execute()).map(listFrom)
}

/** How a key is written down: empty text where there is no list or start, so that it is part of the primary key. */
export const keyRow = (key: PriceKey) => ({
  sku: key.sku,
  currency: key.currency,
  list_id: key.priceListId ?? ('' as const),
  min_quantity: key.minQuantity,
  starts_at: key.startsAt ?? '',
})

/** The key of a price. */
export const keyOf = ({ sku, amount, priceListId, minQuantity, startsAt }: Price): PriceKey => ({
  sku,
  currency: amount.currency,
  priceListId,
  minQuantity,
  startsAt,
})

/** Stores prices, each of another key; one with the same key is replaced. */
export async function savePrices(tx: Tx, prices: readonly Price[]): Promise<void> {
  const rows = prices.map((price) => ({
    ...keyRow(keyOf(price)),
    amount: price.amount.minor,
    compare_at: price.compareAt?.minor ?? null,
  }))
  await tables(tx)
    .insertInto('pricing_price')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['sku', 'currency', 'list_id', 'min_quantity', 'starts_at'])
        .doUpdateSet((eb) => ({ amount: eb.ref('excluded.amount'), compare_at: eb.ref('excluded.compare_at') })),
    )
    .execute()
}

/** Takes a price away; says whether it was there. */
export async function removePrice(tx: Tx, key: PriceKey): Promise<boolean> {
  const row = keyRow(key)
  const result = await tables(tx)
    .deleteFrom('pricing_price')
    .where('sku', '=', row.sku)
    .where('currency', '=', row.currency)
    .where('list_id', '=', row.list_id)
    .where('min_quantity', '=', row.min_quantity)
    .where('starts_at', '=', row.starts_at)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** The scheduled prices of the given skus that have started. */
export async function startedPrices(tx: Tx, skus: readonly string[], at: string): Promise<PriceKey[]> {
  const rows = await tables(tx)
    .selectFrom('pricing_price')
    .select(['sku', 'currency', 'list_id', 'min_quantity', 'starts_at'])
    .where('sku', 'in', skus)
    .where('starts_at', '<>', '')
    .where('starts_at', '<=', at)
    .execute()
  return rows.map((row) => ({
    sku: row.sku,
    currency: row.currency,
    priceListId: row.list_id || null,
    minQuantity: row.min_quantity,
    startsAt: row.starts_at,
  }))
}

/** Every price of the given skus, in one currency or in all, each with its list. */
export function pricesOf(db: Db, skus: readonly string[], currency?: string): Promise<ListedPrice[]> {
  return inParts(skus, (part) => readPrices(db, part, currency))
}

async function readPrices(db: Db, skus: readonly string[], currency: string | undefined): Promise<ListedPrice[]> {
  let query = tables(db)
    .selectFrom('pricing_price as price')
    .leftJoin('pricing_list as list', 'list.id', 'price.list_id')
    .select(['sku', 'price.currency', 'list_id', 'min_quantity', 'price.starts_at', 'amount', 'compare_at'])
    .select(['list.id', 'list.name', 'list.market', 'channel', 'customer_group', 'company_id', 'customer_id'])
    .select(['list.starts_at as list_starts_at', 'ends_at'])
    .where('sku', 'in', skus)
    .orderBy('sku')
    .orderBy('list_id')
    .orderBy('min_quantity')
    .orderBy('price.starts_at')
  if (currency !== undefined) query = query.where('price.currency', '=', currency)
  return (await query.execute()).map((row) => ({
    sku: row.sku,
    amount: money(integer(row.amount), row.currency),
    compareAt: orNull(row.compare_at, row.currency),
    priceListId: row.list_id || null,
    minQuantity: row.min_quantity,
    startsAt: row.starts_at || null,
    list: row.id && listFrom({ ...row, id: row.id, name: row.name ?? '', starts_at: row.list_starts_at }),
  }))
}

/** An amount of a column that may be empty. */
export const orNull = (minor: number | null, currency: string): Money | null =>
  minor === null ? null : money(integer(minor), currency)

/** Some of the skus that have a price in a list, in order, after the given one. */
export async function skusIn(db: Db, id: PriceListId, after: string, limit: number): Promise<string[]> {
  const rows = await tables(db)
    .selectFrom('pricing_price')
    .select('sku')
    .distinct()
    .where('list_id', '=', id)
    .where('list_id', '<>', '')
    .where('sku', '>', after)
    .orderBy('sku')
    .limit(limit)
    .execute()
  return rows.map((row) => row.sku)
}

/** Stores what skus cost and must bring in; one for the same sku and currency is replaced. */
export async function saveGuards(tx: Tx, guards: readonly SkuGuard[]): Promise<void> {
  const rows = guards.map(({ sku, currency, cost, floor, minimumMargin }) => ({
    sku,
    currency,
    cost: cost?.minor ?? null,
    floor: floor?.minor ?? null,
    minimum_margin: minimumMargin === null ? null : String(minimumMargin),
  }))
  await tables(tx)
    .insertInto('pricing_guard')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['sku', 'currency']).doUpdateSet((eb) => ({
        cost: eb.ref('excluded.cost'),
        floor: eb.ref('excluded.floor'),
        minimum_margin: eb.ref('excluded.minimum_margin'),
      })),
    )
    .execute()
}

/** What the given skus cost and must bring in, in every currency. */
export function guardsOf(db: Db, skus: readonly string[]): Promise<SkuGuard[]> {
  return inParts(skus, (part) => readGuards(db, part))
}

async function readGuards(db: Db, skus: readonly string[]): Promise<SkuGuard[]> {
  const rows = await tables(db)
    .selectFrom('pricing_guard')
    .selectAll()
    .where('sku', 'in', skus)
    .orderBy('sku')
    .orderBy('currency')
    .execute()
  return rows.map((row) => ({
    sku: row.sku,
    currency: row.currency,
    cost: orNull(row.cost, row.currency),
    floor: orNull(row.floor, row.currency),
    minimumMargin: row.minimum_margin,
  }))
}
