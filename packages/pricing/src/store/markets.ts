import type { Db } from '@sangdo/core/server'
import { Market } from '../contract/index.ts'
import { tables } from '../tables.ts'

/** Stores a market, or changes it. */
export async function saveMarket(db: Db, market: Market): Promise<void> {
  const row = {
    prices_include: market.pricesInclude,
    tax_rounding: market.taxRounding,
    tax_level: market.taxLevel,
    constant: market.constant,
    time_zone: market.timeZone,
    tax_service: market.taxService,
    rates: JSON.stringify(market.rates),
    regional_rates: JSON.stringify(market.regionalRates),
    exchange: market.exchange && JSON.stringify(market.exchange),
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
      taxLevel: row.tax_level,
      constant: row.constant,
      timeZone: row.time_zone,
      taxService: row.tax_service,
      rates: JSON.parse(row.rates),
      regionalRates: JSON.parse(row.regional_rates),
      exchange: row.exchange === null ? null : JSON.parse(row.exchange),
    })
  )
}
