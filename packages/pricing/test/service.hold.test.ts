import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { buyerOf } from '../src/service/dependencies.ts'
import { quoteWith, won } from './shop.ts'

const name = { ko: '할인', en: 'Discount' }
const sky = { email: 'sky@example.com' }

describe('a use that is held', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const clock = stillClock()
      const pricing = createPricing({ now: clock.now })
      const rule = { kind: 'percent_off', percent: 10 } as const
      const promote = async (change: object = {}) =>
        (await pricing.savePromotion(db, { name, rule, limits: { uses: 9, budget: won(9_000) }, ...change })).id
      const [first, second] = [await promote(), await promote()]
      const hold = (quote: ReturnType<typeof quoteWith>, buyer = sky) =>
        atomic(db, (tx) => pricing.hold(tx, 'ord_1', quote, buyer))
      const redeem = () => atomic(db, (tx) => pricing.redeem(tx, 'ord_1'))
      const release = () => atomic(db, (tx) => pricing.release(tx, 'ord_1'))
      const spent = async () => [
        (await pricing.listedPromotionOf(db, first)).spent.amount?.minor,
        (await pricing.listedPromotionOf(db, second)).spent.amount?.minor,
      ]
      return { db, clock, pricing, promote, first, second, hold, redeem, release, spent }
    }

    test('is redeemed once, and not after it was released: the answer says how many uses became final', async () => {
      const { first, second, hold, redeem, release } = await shop()
      await hold(quoteWith({ promotionId: first, amount: 10 }, { promotionId: second, amount: 20 }))
      expect([await redeem(), await redeem()]).toEqual([2, 0])
      await release()
      expect(await redeem()).toBe(0)
    })

    test('stays as it is when another quote is held under its reference, until it is released', async () => {
      const { db, pricing, first, second, hold, release, spent } = await shop()
      await hold(quoteWith({ promotionId: first, amount: 10, units: 1 }))
      const others = [
        quoteWith({ promotionId: second, amount: 20 }),
        quoteWith({ promotionId: first, amount: 11, units: 1 }),
        quoteWith({ promotionId: first, amount: 10, units: 2 }),
        quoteWith(),
      ]
      const refused = { code: 'pricing.reference_held', kind: 'conflict', details: { reference: 'ord_1' } }
      for (const other of others)
        await atomic(db, (tx) => expect(pricing.hold(tx, 'ord_1', other, sky)).rejects.toMatchObject(refused))
      await expect(
        hold(quoteWith({ promotionId: first, amount: 10, units: 1 }), { email: 'sea@example.com' }),
      ).rejects.toMatchObject(refused)
      expect(await spent()).toEqual([10, 0])
      await release()
      expect(await spent()).toEqual([0, 0])
      await hold(quoteWith({ promotionId: second, amount: 20 }))
      expect(await spent()).toEqual([0, 20])
    })

    test('is joined by what a quote with more in it adds', async () => {
      const { first, second, hold, release, spent } = await shop()
      await hold(quoteWith({ promotionId: first, amount: 10 }))
      await hold(quoteWith({ promotionId: first, amount: 10 }, { promotionId: second, amount: 20 }))
      expect(await spent()).toEqual([10, 20])
      await release()
      expect(await spent()).toEqual([0, 0])
    })

    test('may be of a promotion that is over by now: a quote is honoured', async () => {
      const { clock, promote, hold, redeem } = await shop()
      const promotionId = await promote({ endsAt: new Date(clock.now().getTime() + 1_000).toISOString() })
      clock.advance(2_000)
      await hold(quoteWith({ promotionId, amount: 10 }))
      expect(await redeem()).toBe(1)
    })

    test.each(['', '   ', `${'a'.repeat(320)}@example.com`])('is nobody’s without an e-mail address', async (email) => {
      const { first, hold, spent } = await shop()
      await expect(hold(quoteWith({ promotionId: first, amount: 10 }), { email })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'email' }] },
      })
      expect(await spent()).toEqual([0, 0])
    })
  })
})

test('a buyer is known by their address however it is written, and a very long one takes no time', () => {
  expect(['Sky+1@Example.com', ' sky@example.com', 'sky@exa+mple.com', '+@x', '', null].map(buyerOf)).toEqual([
    'sky@example.com',
    'sky@example.com',
    'sky@exa+mple.com',
    '@x',
    null,
    null,
  ])
  expect(buyerOf('+'.repeat(1_000_000))).toHaveLength(1_000_000)
})
