import { describe, expect, test } from 'vitest'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import type { PromotionInput } from '@sangdo/pricing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { won } from './shop.ts'

const name = { ko: '할인', en: 'Discount' }
const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 1 }]

describe('what a cart is asked with', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const pricing = createPricing({ now: stillClock().now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', rates: { standard: 10 } })
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(12_000) }])
      const rule = { kind: 'amount_off', amount: won(1) } as const
      const promote = (promotion: Partial<PromotionInput>) => pricing.savePromotion(db, { name, rule, ...promotion })
      const quote = (change: object = {}) => pricing.quote(db, { currency: 'KRW', market: 'kr', lines, ...change })
      const refused = async (change: object) =>
        expect(quote(change)).rejects.toMatchObject({ code: 'pricing.invalid_cart', kind: 'invalid' })
      return { db, pricing, promote, quote, refused }
    }

    test('a shop with more promotions than a cart can hold still sells: codes first, then those of priority', async () => {
      const { db, pricing, promote, quote } = await shop()
      const ids: string[] = []
      for (let priority = 0; priority <= 100; priority++) ids.push((await promote({ priority })).id)
      const first = await quote()
      expect([first.total, first.refused]).toEqual([
        won(11_900),
        [{ promotionId: ids[0], code: null, reason: 'too_many' }],
      ])
      const rule = { kind: 'amount_off', amount: won(1_000) } as const
      const { id } = await promote({ rule, needsCode: true, priority: -1_000 })
      await pricing.saveCoupon(db, { code: 'MINE', promotionId: id })
      const coded = await quote({ codes: ['mine'] })
      expect([coded.total, coded.refused.map(({ promotionId }) => promotionId)]).toEqual([
        won(10_901),
        [ids[1], ids[0]],
      ])
    })

    test('promotions of one priority are chosen by their ids', async () => {
      const { promote, quote } = await shop()
      const ids: string[] = []
      for (let count = 0; count < 102; count++) ids.push((await promote({})).id)
      expect((await quote()).refused.map(({ promotionId }) => promotionId)).toEqual(ids.toSorted().slice(100))
    })

    test('a cart comes with at most twenty codes, and each that was not understood is named as it was typed', async () => {
      const { quote, refused } = await shop()
      const codes = Array.from({ length: 20 }, (_, place) => '!'.repeat(place + 1))
      expect((await quote({ codes })).refused.map(({ code }) => code)).toEqual(codes)
      expect((await quote({ codes: ['!', '!', 'nope', 'NO-PE'] })).refused).toEqual([
        { promotionId: null, code: '!', reason: 'unknown_code' },
        { promotionId: null, code: 'NO-PE', reason: 'unknown_code' },
      ])
      await refused({ codes: [...codes, 'ONE'] })
    })

    test.each([
      ['lines', { lines: 'MUG' }],
      ['lines', { lines: Array.from({ length: 201 }, () => lines[0]) }],
      ['lines.0.sku', { lines: [null] }],
      ['lines.0.quantity', { lines: [{ id: 'lin_1', sku: 'NONE', quantity: 1.5 }] }],
      ['codes', { codes: 'WELCOME' }],
      ['codes', { codes: [7] }],
      ['email', { email: 7 }],
      ['region', { region: 7 }],
      ['customerGroups', { customerGroups: 7 }],
      ['market', { market: undefined }],
    ])('a request whose %s is wrong is refused by the name of the field', async (field, change) => {
      const { quote } = await shop()
      await expect(quote(change)).rejects.toMatchObject({ code: 'pricing.invalid_cart', details: { field } })
    })

    test('a line that has no price is named, and the others are priced', async () => {
      const { quote } = await shop()
      const quoted = await quote({ lines: [...lines, { id: 'lin_2', sku: 'NONE', quantity: 2 }] })
      expect([quoted.unpriced, quoted.total]).toEqual([[{ id: 'lin_2', sku: 'NONE' }], won(12_000)])
      expect((await quote()).unpriced).toEqual([])
    })

    test.each(['constructor', '__proto__', 'toString'])(
      'a tax class that is called %s is one that is not taxed',
      async (taxClass) => {
        const { db, pricing, quote } = await shop()
        await pricing.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', cost: won(1_000), minimumMargin: 50 }])
        const quoted = await quote({ lines: [{ ...lines[0], taxClass }] })
        expect([quoted.total, quoted.taxIncluded]).toEqual([won(12_000), won(0)])
      },
    )

    test('the prices of more skus than a statement may name are found', async () => {
      const { db, pricing } = await shop()
      const skus = ['MUG', ...Array.from({ length: 40_000 }, (_, place) => `SKU-${place}`)]
      await pricing.setPrices(db, [{ sku: 'SKU-39999', amount: won(5) }])
      await pricing.saveGuards(db, [{ sku: 'SKU-39999', currency: 'KRW', floor: won(4) }])
      const question = { currency: 'KRW', market: 'kr' }
      const found = await pricing.pricesOf(db, skus, question, { lowest: true })
      expect(Object.keys(found)).toEqual(['MUG', 'SKU-39999'])
      expect(await pricing.guardsOf(db, skus)).toMatchObject([{ sku: 'SKU-39999', floor: won(4) }])
    })

    test('a limit that no counter can reach is refused', async () => {
      const { db, pricing, promote } = await shop()
      const invalid = { code: 'core.invalid_input' }
      for (const limit of ['uses', 'usesPerBuyer', 'units'])
        await expect(promote({ limits: { [limit]: 1e9 + 1 } })).rejects.toMatchObject(invalid)
      const { id: promotionId } = await promote({ needsCode: true, limits: { uses: 1e9 } })
      for (const limit of ['limit', 'limitPerBuyer'])
        await expect(pricing.saveCoupon(db, { code: 'CODE', promotionId, [limit]: 1e9 + 1 })).rejects.toMatchObject(
          invalid,
        )
      await expect(pricing.createCodes(db, { promotionId, count: 1, limitPerBuyer: 1e9 + 1 })).rejects.toMatchObject(
        invalid,
      )
      expect(await pricing.saveCoupon(db, { code: 'CODE', promotionId, limit: 1e9 })).toMatchObject({ limit: 1e9 })
    })

    test('taxes that come to more than the price itself are refused when the market is saved', async () => {
      const { db, pricing, quote } = await shop()
      const rate = (...percents: number[]) =>
        percents.map((percent, place) => ({ name: `tax ${place}`, percent, compound: place > 0 }))
      const market = { id: 'kr', pricesInclude: 'no_tax' } as const
      const regional = (rates: ReturnType<typeof rate>) => [{ taxClass: 'standard', rate: rates }]
      await expect(pricing.saveMarket(db, { ...market, rates: { standard: rate(60, 26) } })).rejects.toMatchObject({
        code: 'core.invalid_input',
      })
      await expect(pricing.saveMarket(db, { ...market, regionalRates: regional(rate(60, 26)) })).rejects.toMatchObject({
        code: 'core.invalid_input',
      })
      await expect(
        pricing.saveMarket(db, { ...market, rates: { standard: [{ name: 'tax', percent: 'abc' }] } }),
      ).rejects.toMatchObject({ code: 'core.invalid_input' })
      await pricing.saveMarket(db, { ...market, rates: { standard: rate(60, 25) } })
      expect((await quote()).total).toEqual(won(24_000))
    })
  })
})
