import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'

const won = (minor: number) => money(minor, 'KRW')
const name = { ko: '첫 구매 10%', en: '10 % off your first order' }

describe('pricing', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const pricing = createPricing({ outbox, now: clock.now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } })
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: won(12_000), compareAt: won(15_000) },
        { sku: 'MUG', amount: money(999, 'USD') },
        { sku: 'TEA', amount: won(9_000) },
      ])
      const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 2 }]
      const quote = (change: object = {}) =>
        pricing.quote(db, { currency: 'KRW', market: 'kr', email: 'sky@example.com', lines, ...change })
      const coupon = async (limits: object = {}) => {
        const promotion = await pricing.savePromotion(db, {
          name,
          rule: { kind: 'percent_off', percent: 10 },
          needsCode: true,
        })
        await pricing.saveCoupon(db, { code: 'WELCOME10', promotionId: promotion.id, ...limits })
        return promotion
      }
      const hold = async (reference: string, email = 'sky@example.com') => {
        const quoted = await quote({ codes: ['welcome-10'], email })
        return atomic(db, (tx) => pricing.hold(tx, reference, quoted, { email }))
      }
      const uses = async () => (await pricing.promotions(db)).items.flatMap((one) => one.coupons)[0]?.uses
      return { db, clock, outbox, pricing, quote, coupon, hold, uses }
    }

    test('a cart is priced in its market, with the tax that its prices contain', async () => {
      const { quote } = await shop()
      expect(await quote({ shipping: won(3_000) })).toMatchObject({
        total: won(27_000),
        taxIncluded: won(2_182 + 273),
        lines: [{ unitPrice: won(12_000), compareAt: won(15_000), taxRate: '10' }],
      })
    })

    test('a line without a price in the currency is left out, which is not a price of zero', async () => {
      const { quote } = await shop()
      const lines = [
        { id: 'lin_1', sku: 'MUG', quantity: 1 },
        { id: 'lin_2', sku: 'TEA', quantity: 1 },
      ]
      expect((await quote({ currency: 'USD', lines })).lines.map((line) => line.sku)).toEqual(['MUG'])
    })

    test('a sale list replaces the base price for as long as it runs', async () => {
      const { db, clock, pricing, quote } = await shop()
      const list = await pricing.savePriceList(db, {
        name: 'Sale',
        currency: 'KRW',
        market: 'kr',
        startsAt: '2026-01-02T04:00:00.000Z',
        endsAt: null,
      })
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(10_000), priceListId: list.id }])
      expect((await quote()).total).toEqual(won(24_000))
      clock.advance(3_600_000)
      expect((await quote()).total).toEqual(won(20_000))
      expect(await pricing.pricesOf(db, ['MUG', 'NONE'], { currency: 'KRW', market: 'kr' })).toEqual({
        MUG: { amount: won(10_000), compareAt: null, priceListId: list.id },
      })
    })

    test('an automatic promotion counts for everyone while it runs, a coupon only for those who enter its code', async () => {
      const { db, pricing, quote, coupon } = await shop()
      await pricing.savePromotion(db, { name, rule: { kind: 'amount_off', amount: won(1_000) }, priority: 5 })
      await pricing.savePromotion(db, {
        name,
        rule: { kind: 'amount_off', amount: won(5_000) },
        endsAt: '2026-01-01T00:00:00.000Z',
      })
      await coupon()
      expect((await quote()).total).toEqual(won(23_000))
      expect((await quote({ codes: ['Welcome 10'] })).total).toEqual(won(20_700))
    })

    test('a code that does not count is named as it was typed, with the reason', async () => {
      const { quote, coupon, hold } = await shop()
      await coupon({ limitPerBuyer: 1 })
      await hold('ord_1')
      expect((await quote({ codes: ['welcome-10', 'nonsense'] })).refused).toEqual([
        { promotionId: null, code: 'welcome-10', reason: 'used_by_you' },
        { promotionId: null, code: 'nonsense', reason: 'unknown_code' },
      ])
    })

    test('a coupon is held once per order, made final by payment, and given back once by a cancellation', async () => {
      const { db, pricing, outbox, coupon, hold, uses } = await shop()
      await coupon({ limit: 5 })
      await hold('ord_1')
      await hold('ord_1')
      expect(await uses()).toBe(1)
      for (let times = 0; times < 2; times++) await atomic(db, (tx) => pricing.redeem(tx, 'ord_1'))
      for (let times = 0; times < 2; times++) await atomic(db, (tx) => pricing.release(tx, 'ord_1'))
      expect(await uses()).toBe(0)
      expect(outbox.events.map((event) => event.name).slice(-2)).toEqual([
        'pricing.coupon_redeemed',
        'pricing.coupon_released',
      ])
    })

    test('the limit for each buyer is not dodged by a plus in the address or by capitals', async () => {
      const { coupon, hold, quote } = await shop()
      await coupon({ limitPerBuyer: 1 })
      await hold('ord_1')
      const quoted = await quote({ codes: ['welcome10'], email: 'Sky+again@example.com' })
      expect([quoted.adjustments, quoted.refused[0]?.reason]).toEqual([[], 'used_by_you'])
    })

    test('a held coupon that is refused later leaves nothing behind', async () => {
      const { db, pricing, quote, coupon, hold, uses } = await shop()
      await coupon({ limit: 1 })
      const quoted = await quote({ codes: ['welcome10'] })
      await hold('ord_1')
      await expect(
        atomic(db, (tx) => pricing.hold(tx, 'ord_2', quoted, { email: 'b@example.com' })),
      ).rejects.toMatchObject({ code: 'pricing.coupon_used_up' })
      expect(await uses()).toBe(1)
    })

    test('a promotion, coupon, list or market that does not exist is named', async () => {
      const { db, pricing, quote, coupon } = await shop()
      await expect(quote({ market: 'mars' })).rejects.toMatchObject({ code: 'pricing.market_not_found' })
      await expect(pricing.saveCoupon(db, { code: 'ABC', promotionId: 'prm_none' })).rejects.toMatchObject({
        code: 'pricing.promotion_not_found',
      })
      await expect(
        pricing.setPrices(db, [{ sku: 'MUG', amount: won(1), priceListId: 'lst_none' }]),
      ).rejects.toMatchObject({ code: 'pricing.price_list_not_found' })
      await coupon()
      const other = await pricing.savePromotion(db, {
        name,
        rule: { kind: 'percent_off', percent: 5 },
        needsCode: true,
      })
      await expect(pricing.saveCoupon(db, { code: 'welcome10', promotionId: other.id })).rejects.toMatchObject({
        code: 'pricing.code_taken',
      })
    })

    test.each([
      ['rule.percent', { name, rule: { kind: 'percent_off', percent: '100.0000001' } }],
      ['rule.percent', { name, rule: { kind: 'percent_off', percent: -1 } }],
      ['rule.price', { name, rule: { kind: 'percent_off', percent: 1, price: 3 } }],
      ['name', { rule: { kind: 'percent_off', percent: 1 } }],
    ])('a promotion with a wrong %s is refused by name', async (field, input) => {
      const { db, pricing } = await shop()
      await expect(pricing.savePromotion(db, input as never)).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: expect.arrayContaining([expect.objectContaining({ field })]) },
      })
    })
  })
})
