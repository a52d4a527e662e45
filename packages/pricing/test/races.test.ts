import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atomic, type Db, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { CartQuote, PromotionId, PromotionInput } from '@sangdo/pricing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { type Counted, quoteWith, won } from './shop.ts'

const name = { ko: '선착순', en: 'First come, first served' }
const rule = { kind: 'percent_off', percent: 10 } as const
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

describe('many buyers at once', () => {
  describeDatabases(
    [pricingMigrations],
    (database) => {
      let other: Db
      beforeAll(async () => void (other = await openDb(database().url ?? '')))
      afterAll(() => other.destroy())

      const shop = () => {
        const { db } = database()
        const outbox = recorder()
        const pricing = createPricing({ outbox })
        const promote = (more: Partial<PromotionInput> = {}) => pricing.savePromotion(db, { name, rule, ...more })
        /** Every second one comes by another connection, as from another process. */
        const via = (index: number) => (index % 2 ? db : other)
        const hold = (index: number, quote: CartQuote, email = `${index}@example.com`) =>
          atomic(via(index), (tx) => pricing.hold(tx, `ord_${index}`, quote, { email }))
        const spent = async () => (await pricing.promotions(db)).items.map((promotion) => promotion.spent)
        return { db, outbox, pricing, promote, via, hold, spent }
      }
      const accepted = async (attempts: Promise<unknown>[], code: string) => {
        const results = await Promise.allSettled(attempts)
        const refused = results.filter((result) => result.status === 'rejected')
        expect(refused.map((result) => result.reason.code).filter((found) => found !== code)).toEqual([])
        return results.length - refused.length
      }

      test('of fifty who use one coupon exactly ten may', async () => {
        const { db, pricing, promote, hold, spent } = shop()
        const { id: promotionId } = await promote({ needsCode: true })
        await pricing.saveCoupon(db, { code: 'TEN', promotionId, limit: 10 })
        const quote = quoteWith({ promotionId, code: 'TEN' })
        expect(
          await accepted(
            times(50, (index) => hold(index, quote)),
            'pricing.coupon_used_up',
          ),
        ).toBe(10)
        expect((await pricing.promotions(db)).items[0]?.coupons[0]?.uses).toBe(10)
        expect(await spent()).toMatchObject([{ uses: 10 }])
      }, 30_000)

      test('of fifty who use one promotion without a code exactly ten may', async () => {
        const { promote, hold, spent } = shop()
        const { id: promotionId } = await promote({ limits: { uses: 10 } })
        const quote = quoteWith({ promotionId, units: 1 })
        expect(
          await accepted(
            times(50, (index) => hold(index, quote)),
            'pricing.promotion_used_up',
          ),
        ).toBe(10)
        expect(await spent()).toEqual([{ uses: 10, amount: null, units: 10 }])
      }, 30_000)

      test('of twenty orders of one buyer exactly three count, by code or by promotion', async () => {
        const { db, pricing, promote, hold, spent } = shop()
        const coded = await promote({ needsCode: true })
        const limited = await promote({ limits: { usesPerBuyer: 3 } })
        await pricing.saveCoupon(db, { code: 'THRICE', promotionId: coded.id, limitPerBuyer: 3 })
        const byCode = quoteWith({ promotionId: coded.id, code: 'THRICE' })
        const mine = (from: number, quote: CartQuote) =>
          times(20, (index) => hold(from + index, quote, 'sky@example.com'))
        expect(await accepted(mine(0, byCode), 'pricing.coupon_used_up')).toBe(3)
        expect(await accepted(mine(100, quoteWith({ promotionId: limited.id })), 'pricing.promotion_used_up')).toBe(3)
        expect((await spent()).map(({ uses }) => uses)).toEqual([3, 3])
      }, 30_000)

      test('a budget is spent to the last order that fits into it, and not a won further', async () => {
        const { promote, hold, spent } = shop()
        const { id: promotionId } = await promote({ limits: { budget: won(12_500) } })
        const quote = quoteWith({ promotionId, amount: 1_000 })
        expect(
          await accepted(
            times(50, (index) => hold(index, quote)),
            'pricing.promotion_used_up',
          ),
        ).toBe(12)
        const last = quoteWith({ promotionId, amount: 500 })
        expect(
          await accepted(
            times(5, (index) => hold(100 + index, last)),
            'pricing.promotion_used_up',
          ),
        ).toBe(1)
        expect(await spent()).toEqual([{ uses: 13, amount: won(12_500), units: 0 }])
      }, 30_000)

      test('the pieces of a live sale go to those who were first', async () => {
        const { promote, hold, spent } = shop()
        const { id: promotionId } = await promote({
          rule: { kind: 'fixed_price', price: won(1) },
          limits: { units: 20 },
        })
        const quote = quoteWith({ promotionId, units: 3 })
        expect(
          await accepted(
            times(50, (index) => hold(index, quote)),
            'pricing.promotion_used_up',
          ),
        ).toBe(6)
        expect(await spent()).toEqual([{ uses: 6, amount: null, units: 18 }])
      }, 30_000)

      test('one order that is sent many times holds one use', async () => {
        const { promote, pricing, via, spent } = shop()
        const { id: promotionId } = await promote({ limits: { uses: 10 } })
        const quote = quoteWith({ promotionId })
        const holds = times(20, (index) =>
          atomic(via(index), (tx) => pricing.hold(tx, 'ord_1', quote, { email: 'sky@example.com' })),
        )
        await Promise.all(holds)
        expect(await spent()).toMatchObject([{ uses: 1 }])
      }, 30_000)

      test('buyers whose carts name the same promotions in another order do not wait for each other for ever', async () => {
        const { db, pricing, promote, hold, spent } = shop()
        const [a, b, c] = [
          await promote({ needsCode: true }),
          await promote({ limits: { uses: 99 } }),
          await promote({ needsCode: true }),
        ]
        await pricing.saveCoupon(db, { code: 'ZZZ', promotionId: a.id })
        await pricing.saveCoupon(db, { code: 'AAA', promotionId: c.id })
        const counted: Counted[] = [
          { promotionId: a.id, code: 'ZZZ' },
          { promotionId: b.id },
          { promotionId: c.id, code: 'AAA' },
        ]
        const quotes = [quoteWith(...counted), quoteWith(...counted.toReversed())]
        const holds = times(40, (index) => hold(index, quotes[index % 2] ?? quoteWith()))
        expect(await accepted(holds, '')).toBe(40)
        expect((await spent()).map(({ uses }) => uses)).toEqual([40, 40, 40])
      }, 30_000)

      /** A storm: orders of a few buyers that hold, redeem and release a few promotions, all at once. */
      const anyOrder = fc.record({
        reference: fc.integer({ min: 0, max: 7 }),
        buyer: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'),
        uses: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
        amount: fc.integer({ min: 0, max: 400 }),
        units: fc.integer({ min: 0, max: 3 }),
        action: fc.constantFrom('hold', 'hold', 'redeem', 'release'),
      })

      test('after any storm the counters are what the uses that live come to, and within every limit', async () => {
        const { db, pricing, promote, via } = shop()
        const limits = [{ uses: 4, budget: won(1_000) }, { usesPerBuyer: 2 }, { units: 5 }]
        let storms = 0
        const storm = async (
          orders: readonly (typeof anyOrder extends fc.Arbitrary<infer Order> ? Order : never)[],
        ) => {
          const run = ++storms
          const promotions: { id: PromotionId; code: string | null }[] = []
          for (const [index, limit] of limits.entries()) {
            const line = { ...rule, target: 'line' } as const
            const { id } = await promote({ rule: line, limits: limit, needsCode: index !== 1 })
            const code = index === 1 ? null : `STORM${run}X${index}`
            if (code) await pricing.saveCoupon(db, { code, promotionId: id, limit: 5, limitPerBuyer: 3 })
            promotions.push({ id, code })
          }
          const actions = orders.map(async ({ reference, buyer, uses, amount, units, action }, index) => {
            const counted = uses.flatMap((use): Counted[] => {
              const { id, code = null } = promotions[use] ?? {}
              return id ? [{ promotionId: id, ...(code && { code }), amount, units }] : []
            })
            const name = `storm-${run}-${reference}`
            await atomic<unknown>(via(index), (tx) =>
              action === 'hold'
                ? pricing.hold(tx, name, quoteWith(...counted), { email: buyer })
                : pricing[action](tx, name),
            )
          })
          const failed = (await Promise.allSettled(actions)).flatMap((one) =>
            one.status === 'rejected' ? one.reason : [],
          )
          expect(
            failed.filter((error) => !/^pricing\.(coupon_used_up|promotion_used_up|reference_held)$/.test(error.code)),
          ).toEqual([])
          const before = await countersOf(db)
          for (const { id } of promotions) await pricing.recount(db, id)
          expect(await countersOf(db)).toEqual(before)
          for (const row of before.totals) {
            expect(row.uses).toBeLessThanOrEqual(row.use_limit ?? Infinity)
            expect(row.spent).toBeLessThanOrEqual(row.budget ?? Infinity)
            expect(row.units).toBeLessThanOrEqual(row.unit_limit ?? Infinity)
          }
        }
        await fc.assert(fc.asyncProperty(fc.array(anyOrder, { minLength: 10, maxLength: 40 }), storm), {
          numRuns: 8,
          endOnFailure: true,
        })
      }, 120_000)

      const countersOf = async (db: Db) => ({
        totals: await db.selectFrom('pricing_promotion_limit').selectAll().orderBy('promotion_id').execute(),
        buyers: await db
          .selectFrom('pricing_promotion_buyer')
          .selectAll()
          .where('uses', '>', 0)
          .orderBy('promotion_id')
          .orderBy('buyer')
          .execute(),
        codes: await db.selectFrom('pricing_coupon').select(['code', 'uses']).orderBy('code').execute(),
        codesOfBuyers: await db
          .selectFrom('pricing_coupon_buyer')
          .selectAll()
          .where('uses', '>', 0)
          .orderBy('code')
          .orderBy('buyer')
          .execute(),
      })

      test('a counter that was damaged is made right from the uses', async () => {
        const { db, pricing, promote, hold, spent } = shop()
        const { id: promotionId } = await promote({ needsCode: true, limits: { budget: won(9_000) } })
        await pricing.saveCoupon(db, { code: 'MANY', promotionId })
        for (const index of [1, 2, 3])
          await hold(index, quoteWith({ promotionId, code: 'MANY', amount: 100, units: 2 }))
        const right = await countersOf(db)
        await db.updateTable('pricing_promotion_limit').set({ uses: 9, spent: 1, units: 0 }).execute()
        await db.updateTable('pricing_coupon').set({ uses: 0 }).execute()
        await db.deleteFrom('pricing_promotion_buyer').execute()
        await db.updateTable('pricing_coupon_buyer').set({ uses: 7 }).execute()
        await pricing.recount(db, promotionId)
        expect(await countersOf(db)).toEqual(right)
        expect(await spent()).toEqual([{ uses: 3, amount: won(300), units: 6 }])
      })

      test('of prices that are set at once the last in the history is the one that holds', async () => {
        const { db, pricing, via } = shop()
        await Promise.all(times(30, (index) => pricing.setPrices(via(index), [{ sku: 'MUG', amount: won(index + 1) }])))
        const past = (await pricing.historiesOf(db, ['MUG'], ['KRW'])).get('MUG')
        expect(past?.prices).toHaveLength(30)
        const price = (await pricing.pricesOf(db, ['MUG'], { currency: 'KRW', market: 'kr' }))['MUG']
        expect(past?.prices.at(-1)?.amount).toEqual(price?.amount)
      }, 30_000)

      test('nobody is quoted a price that was gone before they asked', async () => {
        const { db, pricing } = shop()
        const writer = createPricing()
        await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax' })
        const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 1 }]
        const last = 60
        let stored = 0
        const write = async () => {
          for (let price = 1; price <= last; price++) {
            await writer.setPrices(other, [{ sku: 'MUG', amount: won(price) }])
            stored = price
          }
        }
        const read = async () => {
          for (let seen = 0; seen < last;) {
            const least = Math.max(stored, seen)
            seen = (await pricing.quote(db, { currency: 'KRW', market: 'kr', lines })).total.minor
            expect(seen).toBeGreaterThanOrEqual(least)
            // Requests come with a turn of the event loop each; without one nothing else in the process would have its own.
            await new Promise((resolve) => setImmediate(resolve))
          }
        }
        await Promise.all([write(), ...times(5, read)])
      }, 60_000)

      test('what started is told once, by whichever process comes first', async () => {
        const { db } = database()
        const clock = stillClock()
        const outbox = recorder()
        const processes = times(4, () => createPricing({ outbox, now: clock.now }))
        const startsAt = new Date(clock.now().getTime() + 1_000).toISOString()
        const [first] = processes
        for (let from = 0; from < 2_500; from += 500)
          await first?.setPrices(
            db,
            times(500, (index) => ({ sku: `SKU-${from + index}`, amount: won(1), startsAt })),
          )
        outbox.events.length = 0
        clock.advance(1_000)
        const named = await Promise.all(processes.map((pricing, index) => pricing.announceDue(index % 2 ? db : other)))
        expect(named.reduce((sum, count) => sum + count, 0)).toBe(2_500)
        const skus = outbox.events.flatMap((event) => (event.payload as { skus: string[] }).skus)
        expect([skus.length, new Set(skus).size]).toEqual([2_500, 2_500])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
