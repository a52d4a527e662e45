import { describe, expect, test } from 'vitest'
import { atomic, type Db, migrate } from '@sangdo/core/server'
import { openTestDb } from '@sangdo/core/testing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { quoteWith, won } from './shop.ts'

const engines = process.env['TEST_DATABASE_URL']
  ? (['sqlite', 'pglite', 'postgres'] as const)
  : (['sqlite', 'pglite'] as const)
const firstSteps = Object.fromEntries(Object.entries(pricingMigrations.steps).slice(0, 2))

/** A shop as the first two steps knew it: a price, a sale, and a coupon that one order holds and another gave back. */
async function openOldShop(db: Db): Promise<void> {
  await migrate(db, [{ ...pricingMigrations, steps: firstSteps }])
  const market = { id: 'kr', prices_include: 'tax', tax_rounding: 'half_up', rates: '{"standard":10}' }
  await db.insertInto('pricing_market').values(market).execute()
  const list = { id: 'lst_1', name: 'Sale', currency: 'KRW', market: 'kr', starts_at: null, ends_at: null }
  await db.insertInto('pricing_list').values(list).execute()
  const price = { sku: 'MUG', currency: 'KRW', min_quantity: 1, compare_at: null }
  await db
    .insertInto('pricing_price')
    .values([
      { ...price, list_id: '', amount: 10_000 },
      { ...price, list_id: 'lst_1', amount: 9_000 },
    ])
    .execute()
  const promotion = {
    id: 'prm_1',
    name: '{"en":"Ten"}',
    rule: '{"kind":"percent_off","percent":10,"target":"order"}',
    priority: 0,
    exclusive: 0,
    needs_code: 1,
    active: 1,
    starts_at: null,
    ends_at: null,
  }
  await db.insertInto('pricing_promotion').values(promotion).execute()
  const coupon = { code: 'TEN', promotion_id: 'prm_1', use_limit: 2, buyer_limit: 1, uses: 1 }
  await db.insertInto('pricing_coupon').values(coupon).execute()
  await db.insertInto('pricing_coupon_buyer').values({ code: 'TEN', buyer: 'sky@example.com', uses: 1 }).execute()
  const use = { code: 'TEN', promotion_id: 'prm_1', buyer: 'sky@example.com', held_at: '2026-01-01', closed_at: null }
  await db
    .insertInto('pricing_redemption')
    .values([
      { ...use, reference: 'ord_1', status: 'held' },
      { ...use, reference: 'ord_2', status: 'released' },
    ])
    .execute()
}

describe('a shop that was there before', () => {
  test.each(engines)(
    'keeps its prices, promotions, coupons and uses on %s',
    async (engine) => {
      const { db, close } = await openTestDb(engine)
      await openOldShop(db)
      await migrate(db, [pricingMigrations])
      const pricing = createPricing()
      const question = { currency: 'KRW', market: 'kr' }
      expect(await pricing.pricesOf(db, ['MUG'], question, { lowest: true })).toEqual({
        MUG: { amount: won(9_000), compareAt: null, priceListId: 'lst_1', lowestBefore: null },
      })
      expect(await pricing.marketOf(db, 'kr')).toMatchObject({
        rates: { standard: 10 },
        timeZone: 'UTC',
        exchange: null,
      })
      expect((await pricing.promotions(db)).items).toMatchObject([
        { id: 'prm_1', best: false, limits: { uses: null }, spent: { uses: 1 }, coupons: [{ code: 'TEN', uses: 1 }] },
      ])
      const sky = { email: 'sky@example.com' }
      const quote = quoteWith({ promotionId: 'prm_1', code: 'TEN', amount: 1_000 })
      await expect(atomic(db, (tx) => pricing.hold(tx, 'ord_3', quote, sky))).rejects.toThrow('TEN')
      await atomic(db, (tx) => pricing.release(tx, 'ord_1'))
      await atomic(db, (tx) => pricing.hold(tx, 'ord_3', quote, sky))
      expect((await pricing.promotions(db)).items).toMatchObject([{ spent: { uses: 1 }, coupons: [{ uses: 1 }] }])
      await close()
    },
    60_000,
  )
})
