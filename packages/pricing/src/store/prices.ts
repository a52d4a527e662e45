import { integer, money } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { Market, type Price, type PriceList, type PriceListId } from '../contract.ts'
import type { ListedPrice } from '../rules/index.ts'
import { tables } from '../tables.ts'

/** Stores a market, or changes it. */
export async function saveMarket(db: Db, market: Market): Promise<void> {
  const row = {
    prices_include: market.pricesInclude,
    tax_rounding: market.taxRounding,
    rates: JSON.stringify(market.rates),
  }
  await tables(db)
    .insertInto('pricing_market')
    .values({ id: market.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** The market with this id, if there is one. */
export async function marketOf(db: Db, id: string): Promise<Market | undefined> {
  const row = await tables(db).selectFrom('pricing_market').selectAll().where('id', '=', id).executeTakeFirst()
  return (
    row &&
    Market.parse({
      id: row.id,
      pricesInclude: row.prices_include,
      taxRounding: row.tax_rounding,
      rates: JSON.parse(row.rates),
    })
  )
}

/** Stores a price list, or changes it. */
export async function savePriceList(db: Db, { startsAt, endsAt, ...list }: PriceList): Promise<void> {
  const row = { ...list, starts_at: startsAt, ends_at: endsAt }
  await tables(db)
    .insertInto('pricing_list')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** All price lists, oldest first. */
export async function priceLists(db: Db): Promise<PriceList[]> {
  return tables(db)
    .selectFrom('pricing_list')
    .select(['id', 'name', 'currency', 'market', 'starts_at as startsAt', 'ends_at as endsAt'])
    .orderBy('id')
    .execute()
}

/** Stores prices; one for the same sku, currency, list and quantity is replaced. */
export async function savePrices(db: Db, prices: readonly Price[]): Promise<void> {
  const rows = prices.map((price) => ({
    sku: price.sku,
    currency: price.amount.currency,
    list_id: price.priceListId ?? ('' as const),
    min_quantity: price.minQuantity,
    amount: price.amount.minor,
    compare_at: price.compareAt?.minor ?? null,
  }))
  await tables(db)
    .insertInto('pricing_price')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['sku', 'currency', 'list_id', 'min_quantity'])
        .doUpdateSet((eb) => ({ amount: eb.ref('excluded.amount'), compare_at: eb.ref('excluded.compare_at') })),
    )
    .execute()
}

/** Every price of the given skus, in one currency or in all, each with its list. */
export async function pricesOf(db: Db, skus: readonly string[], currency?: string): Promise<ListedPrice[]> {
  if (skus.length === 0) return []
  let query = tables(db)
    .selectFrom('pricing_price as price')
    .leftJoin('pricing_list as list', 'list.id', 'price.list_id')
    .select([
      'sku',
      'price.currency',
      'list_id',
      'min_quantity',
      'amount',
      'compare_at',
      'list.name',
      'list.market',
      'list.starts_at',
      'list.ends_at',
    ])
    .where('sku', 'in', skus)
    .orderBy('sku')
    .orderBy('list_id')
    .orderBy('min_quantity')
  if (currency !== undefined) query = query.where('price.currency', '=', currency)
  return (await query.execute()).map((row) => ({
    sku: row.sku,
    amount: money(integer(row.amount), row.currency),
    compareAt: row.compare_at === null ? null : money(integer(row.compare_at), row.currency),
    priceListId: row.list_id || null,
    minQuantity: row.min_quantity,
    list: row.list_id === '' ? null : listOf(row.list_id, row.currency, row),
  }))
}

const listOf = (
  id: PriceListId,
  currency: string,
  row: { name: string | null; market: string | null; starts_at: string | null; ends_at: string | null },
): PriceList => ({
  id,
  name: row.name ?? '',
  currency,
  market: row.market,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
})
