import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { CartQuote, PromotionInput } from '@sangdo/pricing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { quoteWith, usd, won } from './shop.ts'

const name = { ko: '특가', en: 'Special' }
const thousandOff = { kind: 'amount_off', amount: won(1_000) } as const

describe('limits', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const outbox = recorder()
      const pricing = createPricing({ outbox, now: stillClock().now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax' })
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: won(10_000) },
        { sku: 'MUG', amount: usd(1_000) },
      ])
      const promote = (promotion: Partial<PromotionInput>) =>
        pricing.savePromotion(db, { name, rule: thousandOff, ...promotion })
      const quote = (quantity = 1, change: object = {}) => {
        const lines = [{ id: 'lin_1', sku: 'MUG', quantity }]
        return pricing.quote(db, { currency: 'KRW', market: 'kr', email: 'sky@example.com', lines, ...change })
      }
      const hold = (reference: string, quoted: CartQuote, email = 'sky@example.com') =>
        atomic(db, (tx) => pricing.hold(tx, reference, quoted, { email }))
      const release = (reference: string) => atomic(db, (tx) => pricing.release(tx, reference))
      const spent = async () => (await pricing.promotions(db)).items.map((promotion) => promotion.spent)
      return { db, outbox, pricing, promote, quote, hold, release, spent }
    }
    const reasons = ({ refused }: CartQuote) => refused.map(({ reason }) => reason)

    test('a promotion ends with its last use, needs no code for that, and comes back when one is given back', async () => {
      const { promote, quote, hold, release, spent } = await shop()
      await promote({ limits: { uses: 2 } })
      await hold('ord_1', await quote())
      await hold('ord_2', await quote())
      expect(reasons(await quote())).toEqual(['used_up'])
      expect(await spent()).toEqual([{ uses: 2, amount: null, units: 2 }])
      await release('ord_1')
      await release('ord_1')
      expect((await quote()).total).toEqual(won(9_000))
      expect(await spent()).toEqual([{ uses: 1, amount: null, units: 1 }])
    })

    test('a buyer uses a promotion as often as they may, and others still may', async () => {
      const { promote, quote, hold } = await shop()
      await promote({ limits: { usesPerBuyer: 1 } })
      await hold('ord_1', await quote())
      const again = await quote(1, { email: 'Sky+2@example.com' })
      expect([again.adjustments, again.refused]).toEqual([
        [],
        [{ promotionId: expect.stringMatching(/^prm_/), code: null, reason: 'used_by_you' }],
      ])
      expect((await quote(1, { email: 'sea@example.com' })).total).toEqual(won(9_000))
      expect((await quote(1, { email: null })).total).toEqual(won(9_000))
    })

    test('a money budget is spent to the last won, and never in part', async () => {
      const { promote, quote, hold, spent } = await shop()
      const { id } = await promote({ rule: { kind: 'percent_off', percent: 10 }, limits: { budget: won(2_500) } })
      await hold('ord_1', await quote(2))
      expect(await spent()).toEqual([{ uses: 1, amount: won(2_000), units: 2 }])
      expect(reasons(await quote(1))).toEqual(['used_up'])
      await expect(hold('ord_2', quoteWith({ promotionId: id, amount: 501 }))).rejects.toMatchObject({
        code: 'pricing.promotion_used_up',
      })
      await hold('ord_3', quoteWith({ promotionId: id, amount: 500 }))
      expect(await spent()).toEqual([{ uses: 2, amount: won(2_500), units: 2 }])
    })

    test('pieces of a live sale are counted, and what is left is given to the last buyer', async () => {
      const { promote, quote, hold, spent } = await shop()
      const rule = { kind: 'fixed_price', price: won(7_000) } as const
      await promote({ rule, limits: { units: 3 } })
      await hold('ord_1', await quote(2))
      const last = await quote(2)
      expect(last.total).toEqual(won(17_000))
      await hold('ord_2', last)
      expect([reasons(await quote(1)), await spent()]).toEqual([['used_up'], [{ uses: 2, amount: null, units: 3 }]])
    })

    test('only discounts on lines can be limited in pieces', async () => {
      const { promote } = await shop()
      await expect(promote({ limits: { units: 3 } })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'limits.units' }] },
      })
    })

    test('a budget in another currency is no budget for this cart, and that is said', async () => {
      const { promote, quote, hold } = await shop()
      const promotion = await promote({ rule: { kind: 'percent_off', percent: 10 }, limits: { budget: usd(5_000) } })
      expect(await quote()).toMatchObject({
        adjustments: [],
        refused: [{ promotionId: promotion.id, code: null, reason: 'other_currency' }],
      })
      expect((await quote(1, { currency: 'USD' })).total).toEqual(usd(900))
      await expect(hold('ord_1', quoteWith({ promotionId: promotion.id, amount: 1 }))).rejects.toMatchObject({
        code: 'pricing.promotion_used_up',
      })
    })

    test('a code for amounts in another currency says so; a promotion that needs none is silent', async () => {
      const { db, pricing, promote, quote } = await shop()
      await promote({ rule: { kind: 'amount_off', amount: usd(100) } })
      const { id } = await promote({ rule: { kind: 'gift', sku: 'TEA', minimum: usd(100) }, needsCode: true })
      await pricing.saveCoupon(db, { code: 'DOLLAR', promotionId: id })
      expect((await quote(1, { codes: ['dollar'] })).refused).toEqual([
        { promotionId: null, code: 'dollar', reason: 'other_currency' },
      ])
    })

    test('gifts and shares are uses too, and each promotion is counted once', async () => {
      const { promote, quote, hold, spent } = await shop()
      const shares = [
        { to: 'maker', purpose: 'commission', percent: 5 },
        { to: 'sea', purpose: 'donation', percent: 1 },
      ] as const
      await promote({ rule: { kind: 'gift', sku: 'TEA', shares }, limits: { uses: 5 } })
      await promote({ rule: { kind: 'share_only', shares }, limits: { uses: 5 } })
      const quoted = await quote()
      expect([quoted.gifts.length, quoted.shares.length]).toEqual([1, 4])
      await hold('ord_1', quoted)
      expect((await spent()).map(({ uses }) => uses)).toEqual([1, 1])
    })

    test('a code counts for its promotion as well, and leaves nothing behind when either is used up', async () => {
      const { db, pricing, outbox, promote, quote, hold, release, spent } = await shop()
      const { id } = await promote({ needsCode: true, limits: { uses: 1 } })
      await pricing.saveCoupon(db, { code: 'FIRST', promotionId: id })
      await pricing.saveCoupon(db, { code: 'SECOND', promotionId: id, limit: 1 })
      const [first, second] = [await quote(1, { codes: ['first'] }), await quote(1, { codes: ['second'] })]
      await hold('ord_1', first)
      await atomic(db, async (tx) => {
        const refused = pricing.hold(tx, 'ord_2', second, { email: 'sea@example.com' })
        await expect(refused).rejects.toMatchObject({ code: 'pricing.promotion_used_up', details: { promotionId: id } })
      })
      expect(await spent()).toMatchObject([{ uses: 1 }])
      await release('ord_2')
      await release('ord_1')
      expect(await spent()).toMatchObject([{ uses: 0 }])
      expect(outbox.events.filter((event) => event.name === 'pricing.coupon_released')).toEqual([
        { name: 'pricing.coupon_released', payload: { code: 'FIRST', promotionId: id, reference: 'ord_1' } },
      ])
    })

    test('when the code is refused, what its promotion had given is given back, even if the caller goes on', async () => {
      const { db, pricing, promote, quote, hold, spent } = await shop()
      const { id } = await promote({ needsCode: true, limits: { budget: won(9_000), usesPerBuyer: 5 } })
      await pricing.saveCoupon(db, { code: 'ONCE', promotionId: id, limitPerBuyer: 1 })
      const quoted = await quote(1, { codes: ['once'] })
      await hold('ord_1', quoted)
      await atomic(db, async (tx) => {
        const refused = pricing.hold(tx, 'ord_2', quoted, { email: 'sky@example.com' })
        await expect(refused).rejects.toMatchObject({ code: 'pricing.coupon_used_up', details: { code: 'ONCE' } })
      })
      const before = await spent()
      expect(before).toEqual([{ uses: 1, amount: won(1_000), units: 1 }])
      await pricing.recount(db, id)
      expect(await spent()).toEqual(before)
    })

    test('an order whose uses were released takes them anew, as after a payment that failed', async () => {
      const { promote, quote, hold, release, spent } = await shop()
      await promote({ limits: { uses: 1 } })
      const quoted = await quote()
      await hold('ord_1', quoted)
      await release('ord_1')
      await hold('ord_1', quoted)
      await hold('ord_1', quoted)
      expect(await spent()).toMatchObject([{ uses: 1 }])
      await expect(hold('ord_2', quoted)).rejects.toMatchObject({ code: 'pricing.promotion_used_up' })
    })

    test('a limit may be lowered below what has been used, and raised again', async () => {
      const { db, pricing, promote, quote, hold, spent } = await shop()
      const promotion = await promote({ needsCode: true, limits: { uses: 5 } })
      await pricing.saveCoupon(db, { code: 'MANY', promotionId: promotion.id, limit: 5 })
      const coded = () => quote(1, { codes: ['many'] })
      for (const order of ['ord_1', 'ord_2']) await hold(order, await coded())
      await pricing.saveCoupon(db, { code: 'MANY', promotionId: promotion.id, limit: 1 })
      expect(reasons(await coded())).toEqual(['used_up'])
      await pricing.saveCoupon(db, { code: 'MANY', promotionId: promotion.id, limit: 3 })
      await pricing.savePromotion(db, { ...promotion, limits: { uses: 1 } })
      expect(reasons(await coded())).toEqual(['used_up'])
      await pricing.savePromotion(db, { ...promotion, limits: { uses: 3 } })
      expect((await coded()).total).toEqual(won(9_000))
      expect(await spent()).toMatchObject([{ uses: 2 }])
    })

    test('a budget that is set later, or in another currency, begins with what has been spent of that', async () => {
      const { pricing, db, promote, quote, hold, release, spent } = await shop()
      const promotion = await promote({ rule: { kind: 'percent_off', percent: 10 }, limits: { uses: 100 } })
      await hold('ord_1', await quote(2))
      await hold('ord_2', await quote(3, { currency: 'USD' }))
      await pricing.savePromotion(db, { ...promotion, limits: { budget: won(5_000) } })
      expect(await spent()).toEqual([{ uses: 2, amount: won(2_000), units: 5 }])
      await pricing.savePromotion(db, { ...promotion, limits: { budget: usd(5_000) } })
      expect(await spent()).toEqual([{ uses: 2, amount: usd(300), units: 5 }])
      await release('ord_1')
      expect(await spent()).toEqual([{ uses: 1, amount: usd(300), units: 3 }])
      await release('ord_2')
      expect(await spent()).toEqual([{ uses: 0, amount: usd(0), units: 0 }])
    })

    test('a promotion keeps all that it was told', async () => {
      const { db, pricing, promote } = await shop()
      const promotion = await promote({
        group: 'season',
        stacksWith: ['member'],
        best: true,
        priority: 7,
        exclusive: true,
        limits: { uses: 10, usesPerBuyer: 2, budget: money(100_000, 'KRW') },
        startsAt: '2026-01-01T00:00:00.000Z',
      })
      expect(await pricing.promotionOf(db, promotion.id)).toEqual(promotion)
      expect((await pricing.promotions(db)).items).toEqual([
        { ...promotion, coupons: [], spent: { uses: 0, amount: won(0), units: 0 } },
      ])
    })
  })
})
