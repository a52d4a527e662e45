import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { Price } from '@sangdo/pricing'
import { createPricing, type PricingOptions, pricingMigrations } from '@sangdo/pricing/server'
import { usd, won } from './shop.ts'

const day = 86_400_000
const on = (days: number) => new Date(Date.parse('2026-01-02T03:04:05.678Z') + days * day).toISOString()
const kr = { currency: 'KRW', market: 'kr' }

describe('prices', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async (options: PricingOptions = {}) => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const pricing = createPricing({ outbox, now: clock.now, ...options })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax' })
      const set = (minor: number, more: Partial<Price> = {}) =>
        pricing.setPrices(db, [{ sku: 'MUG', amount: won(minor), ...more }])
      const price = async (question: object = {}) =>
        (await pricing.pricesOf(db, ['MUG'], { ...kr, ...question }))['MUG']?.amount.minor
      const told = () => outbox.events.splice(0).map((event) => (event.payload as { skus: string[] }).skus)
      return { db, clock, outbox, pricing, set, price, told }
    }

    test('a list for a company, a group, a channel or a customer is theirs alone', async () => {
      const { db, pricing, set, price } = await shop()
      await set(10_000)
      const lists = [{ companyId: 'com_1' }, { customerGroup: 'vip' }, { channel: 'app' }, { customerId: 'cus_1' }]
      for (const [index, condition] of lists.entries()) {
        const list = await pricing.savePriceList(db, { name: 'Contract', currency: 'KRW', ...condition })
        await set(9_000 - index, { priceListId: list.id })
      }
      expect(await price()).toBe(10_000)
      expect(await price({ companyId: 'com_1' })).toBe(9_000)
      expect(await price({ customerGroups: ['new', 'vip'] })).toBe(8_999)
      expect(await price({ channel: 'app', companyId: 'com_2' })).toBe(8_998)
      expect(await price({ customerId: 'cus_1' })).toBe(8_997)
      expect((await pricing.priceLists(db)).map((list) => list.companyId)).toEqual(['com_1', null, null, null])
    })

    test('prices are asked for at an instant in the one way it is written, and for whole pieces', async () => {
      const { db, pricing, set, price } = await shop()
      await set(10_000)
      expect(await price({ at: undefined, quantity: undefined })).toBe(10_000)
      const refused = (field: string) => ({ code: 'pricing.invalid_context', details: { field } })
      await expect(price({ at: '2026-01-02' })).rejects.toMatchObject(refused('at'))
      await expect(price({ quantity: 0.5 })).rejects.toMatchObject(refused('quantity'))
      await expect(pricing.pricesOf(db, [], { ...kr, at: 'now' })).rejects.toMatchObject(refused('at'))
      await expect(pricing.lowestOf(db, ['MUG'], { ...kr, at: 'now' })).rejects.toMatchObject(refused('at'))
      await expect(pricing.whyPriceOf(db, 'MUG', { ...kr, at: 'now' })).rejects.toMatchObject(refused('at'))
    })

    test('a price is in the currency of its list, or refused by its place among the others', async () => {
      const { db, pricing } = await shop()
      const { id: priceListId } = await pricing.savePriceList(db, { id: undefined, name: 'Sale', currency: 'KRW' })
      const other = { sku: 'MUG', amount: usd(999), priceListId }
      await expect(
        pricing.setPrices(db, [{ sku: 'MUG', amount: won(1) }, { ...other, amount: won(2) }, other]),
      ).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'prices.2.amount.currency' }] },
      })
      expect(await pricing.listedPricesOf(db, ['MUG'])).toEqual([])
    })

    test('a list, a promotion and a rate end after they have begun', async () => {
      const { db, pricing } = await shop()
      const name = { ko: '할인', en: 'Discount' }
      const rule = { kind: 'percent_off', percent: 10 } as const
      const over = [
        { startsAt: on(1), endsAt: on(1) },
        { startsAt: on(1), endsAt: on(0) },
      ]
      const refused = (field: string) => ({ code: 'core.invalid_input', details: { issues: [{ field }] } })
      for (const period of over) {
        await expect(pricing.savePriceList(db, { name: 'Sale', currency: 'KRW', ...period })).rejects.toMatchObject(
          refused('endsAt'),
        )
        await expect(pricing.savePromotion(db, { name, rule, ...period })).rejects.toMatchObject(refused('endsAt'))
        const rates = [
          { taxClass: 'standard', rate: 1 },
          { taxClass: 'standard', rate: 2, ...period },
        ]
        await expect(
          pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', regionalRates: rates }),
        ).rejects.toMatchObject(refused('regionalRates.1.endsAt'))
      }
      const promotion = await pricing.savePromotion(db, { id: undefined, name, rule, startsAt: on(0), endsAt: on(1) })
      expect(promotion.id).toMatch(/^prm_/)
    })

    test('a scheduled price takes over at its instant, and a new price at once ends it', async () => {
      const { clock, set, price } = await shop()
      await set(10_000)
      await set(12_000, { startsAt: on(1) })
      await set(14_000, { startsAt: on(9) })
      expect(await price()).toBe(10_000)
      clock.advance(day)
      expect(await price()).toBe(12_000)
      clock.advance(day)
      await set(11_000)
      expect(await price()).toBe(11_000)
      clock.advance(7 * day)
      expect(await price()).toBe(14_000)
    })

    test('a price given twice in one go is the last of them', async () => {
      const { db, pricing, price } = await shop()
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: won(1) },
        { sku: 'MUG', amount: won(2) },
      ])
      expect(await price()).toBe(2)
    })

    test('a price that is taken away is no price, which is told and remembered', async () => {
      const { db, pricing, set, price, told } = await shop()
      await set(10_000)
      told()
      await pricing.removePrices(db, [
        { sku: 'MUG', currency: 'KRW' },
        { sku: 'TEA', currency: 'KRW' },
      ])
      expect([await price(), told()]).toEqual([undefined, [['MUG']]])
      const past = (await pricing.historiesOf(db, ['MUG'], ['KRW'])).get('MUG')
      expect(past?.prices.map((change) => change.amount)).toEqual([won(10_000), null])
    })

    test('a reduced price comes with the lowest of the 30 days before it, for whoever asks', async () => {
      const { db, clock, pricing, set } = await shop()
      const vip = await pricing.savePriceList(db, { name: 'VIP', currency: 'KRW', customerGroup: 'vip' })
      await set(10_000)
      await set(9_000, { priceListId: vip.id })
      clock.advance(10 * day)
      await set(12_000)
      clock.advance(25 * day)
      await set(11_000)
      clock.advance(day)
      const prices = await pricing.pricesOf(db, ['MUG', 'NONE'], kr, { lowest: true })
      expect(prices).toEqual({
        MUG: { amount: won(11_000), compareAt: null, priceListId: null, lowestBefore: won(10_000) },
      })
      expect(await pricing.lowestOf(db, ['MUG'], { ...kr, customerGroups: ['vip'] })).toEqual({ MUG: null })
      clock.advance(10 * day)
      await set(10_500)
      expect(await pricing.lowestOf(db, ['MUG'], kr)).toEqual({ MUG: won(11_000) })
    })

    test('what a list was is part of the history, so a sale that was moved is still known', async () => {
      const { db, clock, pricing, set } = await shop()
      await set(10_000)
      const sale = await pricing.savePriceList(db, { name: 'Sale', currency: 'KRW', startsAt: on(1), endsAt: on(5) })
      await set(7_000, { priceListId: sale.id })
      clock.advance(3 * day)
      await pricing.savePriceList(db, { ...sale, startsAt: on(20), endsAt: on(25) })
      clock.advance(18 * day)
      expect(await pricing.pricesOf(db, ['MUG'], kr, { lowest: true })).toMatchObject({
        MUG: { amount: won(7_000), lowestBefore: won(7_000) },
      })
    })

    test('a market without a price in its currency exchanges another one, and says from what', async () => {
      const { db, clock, pricing, price } = await shop()
      const exchange = { from: 'USD', to: 'KRW', rate: '1384.5', ending: { step: 1_000, less: 100 } }
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', exchange })
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: usd(999), compareAt: usd(1_299) },
        { sku: 'TEA', amount: usd(500) },
        { sku: 'TEA', amount: won(5_000) },
      ])
      expect(await pricing.pricesOf(db, ['MUG', 'TEA'], kr)).toEqual({
        MUG: {
          amount: won(13_900),
          compareAt: won(17_900),
          priceListId: null,
          exchangedFrom: usd(999),
          exchangeRate: '1384.5',
        },
        TEA: { amount: won(5_000), compareAt: null, priceListId: null },
      })
      expect(await price({ currency: 'EUR' })).toBeUndefined()
      clock.advance(day)
      await pricing.setPrices(db, [{ sku: 'MUG', amount: usd(899) }])
      expect(await pricing.lowestOf(db, ['MUG', 'TEA'], kr)).toEqual({ MUG: won(13_900), TEA: null })
    })

    test('why a price applies can be asked, also of one that was exchanged', async () => {
      const { db, pricing, set } = await shop()
      const app = await pricing.savePriceList(db, { name: 'App', currency: 'KRW', channel: 'app' })
      await set(10_000)
      await set(9_000, { priceListId: app.id })
      const { price, considered } = await pricing.whyPriceOf(db, 'MUG', kr)
      expect(price?.amount).toEqual(won(10_000))
      expect(considered.map(({ lost }) => lost?.reason ?? 'won')).toEqual(['won', 'condition'])
      expect(await pricing.whyPriceOf(db, 'NONE', kr)).toEqual({ price: null, considered: [] })
    })

    test('starts and ends of prices and lists are told once each, however late', async () => {
      const { db, clock, pricing, set, told } = await shop()
      const sale = await pricing.savePriceList(db, { name: 'Sale', currency: 'KRW', startsAt: on(2), endsAt: on(4) })
      await pricing.setPrices(db, [
        { sku: 'TEA', amount: won(1), priceListId: sale.id },
        { sku: 'CUP', amount: won(1) },
      ])
      await set(12_000, { startsAt: on(1) })
      expect(await pricing.announceDue(db)).toBe(0)
      told()
      const after = async (days: number) => {
        clock.advance(days * day)
        return [await pricing.announceDue(db), told()]
      }
      expect(await after(1)).toEqual([1, [['MUG']]])
      expect(await after(0)).toEqual([0, []])
      expect(await after(1)).toEqual([1, [['TEA']]])
      expect(await after(1)).toEqual([0, []])
      expect(await after(5)).toEqual([1, [['TEA']]])
    })

    test('a list of many skus is told in pages of a thousand, and its skus are told when it is moved', async () => {
      const { db, clock, pricing, told } = await shop()
      const sale = await pricing.savePriceList(db, { name: 'Sale', currency: 'KRW', startsAt: on(1) })
      const prices = Array.from({ length: 2_500 }, (_, index) => ({
        sku: `SKU-${index}`,
        amount: won(index),
        priceListId: sale.id,
      }))
      for (let from = 0; from < prices.length; from += 1_000)
        await pricing.setPrices(db, prices.slice(from, from + 1_000))
      told()
      clock.advance(2 * day)
      expect(await pricing.announceDue(db)).toBe(2_500)
      const pages = told()
      expect(pages.map((skus) => skus.length)).toEqual([1_000, 1_000, 500])
      expect(new Set(pages.flat()).size).toBe(2_500)
      await pricing.savePriceList(db, { ...sale, name: 'Winter sale' })
      expect(told()).toEqual([])
      await pricing.savePriceList(db, { ...sale, endsAt: on(9) })
      expect(told().flat()).toHaveLength(2_500)
    }, 30_000)

    test('an announcement that is interrupted goes on where it was', async () => {
      const { db, clock, told, set, outbox } = await shop()
      let left = 1
      const once = {
        append: async (...event: Parameters<typeof outbox.append>) => {
          if (left-- === 0) throw new Error('The power is off')
          await outbox.append(...event)
        },
      }
      const failing = createPricing({ outbox: once, now: clock.now })
      const sale = await failing.savePriceList(db, { name: 'Sale', currency: 'KRW', startsAt: on(1) })
      const skus = Array.from({ length: 1_500 }, (_, index) => `SKU-${String(index).padStart(4, '0')}`)
      const quiet = createPricing({ now: clock.now })
      for (const from of [0, 1_000])
        await quiet.setPrices(
          db,
          skus.slice(from, from + 1_000).map((sku) => ({ sku, amount: won(1), priceListId: sale.id })),
        )
      await set(1, { startsAt: on(3) })
      told()
      clock.advance(2 * day)
      await expect(failing.announceDue(db)).rejects.toThrow('The power is off')
      clock.advance(2 * day)
      const pricing = createPricing({ outbox, now: clock.now })
      expect(await pricing.announceDue(db)).toBe(501)
      expect(told().map((page) => [page.length, page[0]])).toEqual([
        [1_000, 'SKU-0000'],
        [500, 'SKU-1000'],
        [1, 'MUG'],
      ])
    }, 30_000)

    test('prices and what they were are stored together or not at all', async () => {
      const { db, pricing, set, price } = await shop()
      await set(10_000)
      const failed = atomic(db, async (tx) => {
        await pricing.setPrices(tx, [{ sku: 'MUG', amount: won(1) }])
        throw new Error('The order was refused')
      })
      await expect(failed).rejects.toThrow('The order was refused')
      expect(await price()).toBe(10_000)
      expect((await pricing.historiesOf(db, ['MUG'], ['KRW'])).get('MUG')?.prices).toHaveLength(1)
    })

    test('what a sku costs and must bring in is kept by currency', async () => {
      const { db, pricing } = await shop()
      const guard = { sku: 'MUG', currency: 'KRW', cost: won(4_000), floor: null, minimumMargin: '20' }
      await pricing.saveGuards(db, [guard, { sku: 'MUG', currency: 'USD', floor: usd(500) }])
      await pricing.saveGuards(db, [{ ...guard, floor: won(7_000) }])
      expect(await pricing.guardsOf(db, ['MUG', 'TEA'])).toEqual([
        { ...guard, floor: won(7_000) },
        { sku: 'MUG', currency: 'USD', cost: null, floor: usd(500), minimumMargin: null },
      ])
      await expect(pricing.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', cost: usd(1) }])).rejects.toMatchObject({
        code: 'core.invalid_input',
      })
    })

    test('a market keeps all that it was told', async () => {
      const { db, pricing } = await shop()
      const market = await pricing.saveMarket(db, {
        id: 'eu',
        pricesInclude: 'tax',
        taxRounding: 'half_even',
        taxLevel: 'unit',
        rates: { standard: [{ name: 'VAT', percent: '19' }] },
        regionalRates: [{ taxClass: 'standard', region: 'DE', rate: 16, startsAt: on(1), endsAt: on(2) }],
        constant: 'net',
        timeZone: 'Europe/Berlin',
        exchange: { from: 'KRW', to: 'EUR', rate: '0.00062' },
        taxService: 'somebody',
      })
      expect(await pricing.marketOf(db, 'eu')).toEqual(market)
      await expect(pricing.saveMarket(db, { ...market, timeZone: 'Moon/Crater' })).rejects.toMatchObject({
        details: { issues: [{ field: 'timeZone' }] },
      })
    })
  })
})
