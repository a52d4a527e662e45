import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { externalTaxOf, type PromotionInput } from '@sangdo/pricing'
import { type BuyerFacts, createPricing, type PricingOptions, pricingMigrations } from '@sangdo/pricing/server'
import { describeTaxService, fakeTaxService } from '@sangdo/pricing/testing'
import { counting, usd, won } from './shop.ts'

const name = { ko: '할인', en: 'Discount' }
const tenPercent = { kind: 'percent_off', percent: 10 } as const
const taxed = { id: 'us', pricesInclude: 'no_tax', taxService: 'fake' } as const

describe('quotes', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async (options: PricingOptions = {}) => {
      const { db, sent } = counting(database().db)
      const clock = stillClock()
      const pricing = createPricing({ now: clock.now, ...options })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', rates: { standard: 10 } })
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: won(12_000) },
        { sku: 'TEA', amount: won(9_000) },
        { sku: 'MUG', amount: usd(999) },
      ])
      const promote = (promotion: Partial<PromotionInput>) =>
        pricing.savePromotion(db, { name, rule: tenPercent, ...promotion })
      const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 1 }]
      const request = (change: object = {}) => ({ currency: 'KRW', market: 'kr', lines, ...change })
      const quote = (change: object = {}) => pricing.quote(db, request(change))
      const total = async (change: object = {}) => (await quote(change)).total.minor
      const statements = async (work: () => Promise<unknown>) => {
        sent.length = 0
        await work()
        return sent.length
      }
      return { db, clock, pricing, promote, request, quote, total, statements, sent }
    }

    test('a cart that was priced before takes one statement, with limits or a code one more each', async () => {
      const { db, pricing, promote, quote, statements } = await shop()
      await promote({})
      await pricing.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', floor: won(5_000) }])
      await quote()
      expect(await statements(() => quote())).toBe(1)
      expect(await statements(() => pricing.pricesOf(db, ['MUG'], { currency: 'KRW', market: 'kr' }))).toBe(1)
      await promote({ limits: { uses: 5, budget: won(90_000) } })
      const coded = await promote({ needsCode: true, limits: { uses: 5 } })
      await pricing.saveCoupon(db, { code: 'CODE', promotionId: coded.id })
      await quote()
      expect(await statements(() => quote())).toBe(2)
      expect(await statements(() => quote({ codes: ['code'], email: 'sky@example.com' }))).toBe(3)
    })

    test('a sku that has no price is not looked for again either', async () => {
      const { quote, statements } = await shop()
      const lines = [{ id: 'lin_1', sku: 'NONE', quantity: 1 }]
      expect((await quote({ lines })).lines).toEqual([])
      expect(await statements(() => quote({ lines }))).toBe(1)
    })

    test('pieces of one sku on several lines count together for a price that starts at a quantity', async () => {
      const { db, pricing, quote } = await shop()
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(10_000), minQuantity: 5 }])
      const two = (first: number, second: number) => [
        { id: 'lin_1', sku: 'MUG', quantity: first },
        { id: 'lin_2', sku: 'MUG', quantity: second },
      ]
      expect((await quote({ lines: two(2, 3) })).total).toEqual(won(50_000))
      expect((await quote({ lines: two(2, 2) })).total).toEqual(won(48_000))
    })

    test('what is kept in memory is bounded, and what was asked for last is kept', async () => {
      const { db, pricing, statements } = await shop({ keptSkus: 2 })
      const ask = (...skus: string[]) => pricing.pricesOf(db, skus, { currency: 'KRW', market: 'kr' })
      await ask('MUG', 'TEA')
      await ask('MUG')
      await ask('NONE')
      expect(await statements(() => ask('MUG', 'NONE'))).toBe(1)
      expect(await statements(() => ask('TEA'))).toBeGreaterThan(1)
    })

    test('a quote that may be a minute old reads nothing twice, until something is changed here', async () => {
      const { db, pricing, promote, request, statements } = await shop()
      const aged = () => pricing.quote(db, request(), { maxAge: 60_000 })
      await aged()
      expect(await statements(aged)).toBe(0)
      await promote({})
      expect((await aged()).total).toEqual(won(10_800))
      expect(await statements(aged)).toBe(0)
      await atomic(db, async (tx) =>
        expect((await pricing.quote(tx, request(), { maxAge: 60_000 })).total).toEqual(won(10_800)),
      )
      expect(await statements(() => pricing.quote(db, request()))).toBe(1)
    })

    test('what another process has changed is sold at by no quote but one that may be older', async () => {
      const { db, pricing, clock, request } = await shop()
      const other = createPricing({ now: clock.now })
      const total = async (maxAge: number) => (await pricing.quote(db, request(), { maxAge })).total
      await total(0)
      await other.setPrices(db, [{ sku: 'MUG', amount: won(15_000) }])
      expect(await total(60_000)).toEqual(won(12_000))
      expect(await total(0)).toEqual(won(15_000))
      expect(await total(60_000)).toEqual(won(15_000))
    })

    test('no process sells at a price that another has changed, nor by a promotion, a floor or a market', async () => {
      const { db, pricing, total } = await shop()
      const other = createPricing()
      expect(await total()).toBe(12_000)
      await other.setPrices(db, [{ sku: 'MUG', amount: won(10_000) }])
      expect(await total()).toBe(10_000)
      const promotion = await other.savePromotion(db, { name, rule: tenPercent })
      expect(await total()).toBe(9_000)
      await other.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', floor: won(9_500) }])
      expect(await total()).toBe(9_500)
      await other.savePromotion(db, { ...promotion, active: false })
      expect(await total()).toBe(10_000)
      await other.saveMarket(db, { id: 'kr', pricesInclude: 'no_tax', rates: { standard: 10 } })
      expect(await total()).toBe(11_000)
      const list = await other.savePriceList(db, { name: 'Sale', currency: 'KRW' })
      await other.setPrices(db, [{ sku: 'MUG', amount: won(1_000), priceListId: list.id }])
      expect(await total()).toBe(1_100)
      await other.savePriceList(db, { ...list, market: 'us' })
      expect(await total()).toBe(11_000)
      await pricing.removePrices(db, [{ sku: 'MUG', currency: 'KRW' }])
      expect(await total()).toBe(0)
    })

    test('a transaction sees the price that it changed, and nobody else does when it is undone', async () => {
      const { db, pricing, request, total, statements } = await shop()
      expect(await total()).toBe(12_000)
      const undone = atomic(db, async (tx) => {
        await pricing.setPrices(tx, [{ sku: 'MUG', amount: won(1) }])
        for (let times = 0; times < 2; times++) expect((await pricing.quote(tx, request())).total).toEqual(won(1))
        throw new Error('The order was refused')
      })
      await expect(undone).rejects.toThrow('The order was refused')
      expect(await statements(total)).toBe(1)
      expect(await total()).toBe(12_000)
      await atomic(db, (tx) => pricing.setPrices(tx, [{ sku: 'TEA', amount: won(2) }]))
      expect(await total()).toBe(12_000)
    })

    test('a transaction that changes nothing reads what is kept, and keeps nothing of its own', async () => {
      const { db, pricing, quote, request, statements } = await shop()
      await quote()
      const inside = (lines?: object) =>
        statements(() => atomic(db, (tx) => pricing.quote(tx, request(lines ? { lines } : {}))))
      expect(await inside()).toBe(1)
      const tea = [{ id: 'lin_1', sku: 'TEA', quantity: 1 }]
      expect(await inside(tea)).toBe(await inside(tea))
      expect(await statements(() => quote({ lines: tea }))).toBeGreaterThan(1)
    })

    test('two databases behind one service do not mix', async () => {
      const { db, pricing, total } = await shop()
      expect(await total()).toBe(12_000)
      const { openTestDb } = await import('@sangdo/core/testing')
      const { migrate } = await import('@sangdo/core/server')
      const second = await openTestDb('sqlite')
      await migrate(second.db, [pricingMigrations])
      await pricing.saveMarket(second.db, { id: 'kr', pricesInclude: 'tax' })
      await pricing.setPrices(second.db, [{ sku: 'MUG', amount: won(5) }])
      const ask = async (handle: typeof db) =>
        (await pricing.pricesOf(handle, ['MUG'], { currency: 'KRW', market: 'kr' }))['MUG']?.amount.minor
      const found = [await ask(second.db), await ask(db), await ask(second.db), await ask(db)]
      await second.close()
      expect(found).toEqual([5, 12_000, 5, 12_000])
    })

    test('who the buyer is, is asked only when something depends on it, and only of somebody', async () => {
      const asked: unknown[] = []
      const facts: BuyerFacts = { orderNumber: 1, segments: ['tea'], customerGroups: ['vip'], companyId: 'com_1' }
      const buyers = { buyerOf: async (_: unknown, who: object) => (asked.push(who), facts) }
      const { db, pricing, promote, total } = await shop({ buyers })
      const sky = { customerId: 'cus_1', email: 'sky@example.com' }
      expect([await total(sky), asked]).toEqual([12_000, []])
      await promote({ rule: { kind: 'amount_off', amount: won(1_000), when: { orderNumber: 1 } } })
      expect([await total(), asked]).toEqual([12_000, []])
      expect([await total(sky), asked]).toEqual([11_000, [sky]])
      expect(await total({ ...sky, buyer: { orderNumber: 2 } })).toBe(12_000)
      expect(asked).toHaveLength(1)
      const list = await pricing.savePriceList(db, { name: 'Contract', currency: 'KRW', companyId: 'com_1' })
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(8_000), priceListId: list.id }])
      expect([await total(sky), asked.length]).toEqual([7_000, 2])
    })

    test('where, when and how a buyer buys decides which promotions count', async () => {
      const { promote, total, quote } = await shop()
      const off = (minor: number, when: object) => promote({ rule: { kind: 'amount_off', amount: won(minor), when } })
      await off(1, { channels: ['app'] })
      await off(10, { paymentMethods: ['bank'] })
      await off(100, { segments: ['tea'] })
      await off(1_000, { customerGroups: ['vip'] })
      await off(4_000, { weekdays: [5] })
      const all = { channel: 'app', paymentMethod: 'bank', segments: ['tea'], customerGroups: ['vip'] }
      expect(await total(all)).toBe(12_000 - 5_111)
      expect((await quote()).refused.map(({ reason }) => reason).toSorted()).toEqual([
        'not_for_you',
        'not_for_you',
        'not_here',
        'wrong_payment',
      ])
    })

    test('the hour is that of the market', async () => {
      const { db, pricing, promote, total } = await shop()
      await promote({ rule: { ...tenPercent, when: { hours: { from: '12:00', to: '13:00' } } } })
      expect(await total()).toBe(12_000)
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', timeZone: 'Asia/Seoul' })
      expect(await total()).toBe(10_800)
    })

    test('no discount goes below what a sku must bring in, with the tax that its price contains', async () => {
      const { db, pricing, promote, total } = await shop()
      await promote({ rule: { kind: 'percent_off', percent: 50 } })
      await pricing.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', cost: won(6_000), minimumMargin: 25 }])
      expect(await total()).toBe(8_800)
      const exchange = { from: 'USD', to: 'KRW', rate: '1300' }
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'no_tax', exchange })
      await pricing.removePrices(db, [{ sku: 'MUG', currency: 'KRW' }])
      await pricing.saveGuards(db, [
        { sku: 'MUG', currency: 'KRW' },
        { sku: 'MUG', currency: 'USD', floor: usd(900) },
      ])
      expect(await total()).toBe(11_700)
    })

    test('a price that was exchanged is the price of the line', async () => {
      const { db, pricing, quote } = await shop()
      const exchange = { from: 'USD', to: 'KRW', rate: '1384.5', ending: { step: 1_000, less: 100 } }
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', exchange })
      await pricing.removePrices(db, [{ sku: 'MUG', currency: 'KRW' }])
      expect((await quote()).lines).toMatchObject([{ unitPrice: won(13_900) }])
    })

    test('the taxes are those of where the goods go, and an exempt buyer pays none', async () => {
      const { db, pricing, quote } = await shop()
      await pricing.saveMarket(db, {
        id: 'us',
        pricesInclude: 'no_tax',
        rates: { standard: 1 },
        regionalRates: [{ taxClass: 'standard', region: 'US-CA', rate: '7.25' }],
      })
      const added = async (change: object) => (await quote({ currency: 'USD', market: 'us', ...change })).taxAdded.minor
      expect([await added({}), await added({ region: 'US-CA' })]).toEqual([10, 72])
      expect(await added({ region: 'US-CA', taxExemption: { certificate: 'CA-1' } })).toBe(0)
    })

    test('fees are charged, and points pay a part without changing the total', async () => {
      const { quote } = await shop()
      const fees = [{ id: 'wrapping', amount: won(500) }]
      expect(await quote({ fees, tenders: [{ id: 'points', amount: won(2_000) }] })).toMatchObject({
        total: won(12_500),
        due: won(10_500),
      })
    })

    test('a tax service is asked about what is left after discounts, and its figures are kept', async () => {
      const service = fakeTaxService({ rate: 10 })
      const { db, pricing, promote, quote } = await shop({ taxServices: { fake: service } })
      await pricing.saveMarket(db, taxed)
      await promote({})
      const cart = { currency: 'USD', market: 'us', region: 'US-CA', shipping: usd(500) }
      const quoted = await quote({ ...cart, fees: [{ id: 'wrapping', amount: usd(100), taxClass: 'standard' }] })
      expect(quoted).toMatchObject({ taxAdded: usd(150), taxation: { source: 'fake' } })
      expect(service.requests).toMatchObject([
        {
          market: 'us',
          region: 'US-CA',
          lines: [{ id: 'lin_1', amount: usd(899), taxClass: 'standard' }],
          shipping: usd(500),
          fees: [{ id: 'wrapping', amount: usd(100), taxClass: 'standard' }],
        },
      ])
    })

    test('in a transaction no tax service is asked; the figures that it gave before are used', async () => {
      const service = fakeTaxService()
      const { db, pricing, quote, request } = await shop({ taxServices: { fake: service } })
      await pricing.saveMarket(db, taxed)
      const cart = request({ currency: 'USD', market: 'us' })
      const quoted = await quote(cart)
      const again = await atomic(db, (tx) => pricing.quote(tx, { ...cart, externalTax: externalTaxOf(quoted) }))
      expect([again, service.requests.length]).toEqual([quoted, 1])
      await expect(atomic(db, (tx) => pricing.quote(tx, cart))).rejects.toMatchObject({
        code: 'pricing.tax_unavailable',
      })
      expect(service.requests).toHaveLength(1)
    })

    test('a tax service that is down, or that nobody knows, is an error and not a tax of zero', async () => {
      const service = fakeTaxService()
      const { db, pricing, quote } = await shop({ taxServices: { fake: service } })
      await pricing.saveMarket(db, taxed)
      service.fail()
      const refused = { code: 'pricing.tax_unavailable', kind: 'unavailable' }
      await expect(quote({ currency: 'USD', market: 'us' })).rejects.toMatchObject(refused)
      await pricing.saveMarket(db, { ...taxed, taxService: 'toString' })
      await expect(quote({ currency: 'USD', market: 'us' })).rejects.toMatchObject(refused)
    })
  })
})

describeTaxService(() => fakeTaxService())
