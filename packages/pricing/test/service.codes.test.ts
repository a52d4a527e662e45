import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, stillClock } from '@sangdo/core/testing'
import { isWellFormedCode } from '@sangdo/pricing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { won } from './shop.ts'

const name = { ko: '쿠폰', en: 'Coupon' }
const day = 86_400_000

describe('codes', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const clock = stillClock()
      const pricing = createPricing({ now: clock.now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax' })
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(10_000) }])
      const rule = { kind: 'percent_off', percent: 10 } as const
      const { id: promotionId } = await pricing.savePromotion(db, { name, rule, needsCode: true })
      const quote = (code: string, email: string | null = 'sky@example.com') => {
        const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 1 }]
        return pricing.quote(db, { currency: 'KRW', market: 'kr', email, codes: [code], lines })
      }
      const answer = async (code: string, email?: string | null) =>
        (await quote(code, email)).refused[0]?.reason ?? 'counts'
      const use = async (reference: string, code: string, email = 'sky@example.com') => {
        const quoted = await quote(code, email)
        await atomic(db, (tx) => pricing.hold(tx, reference, quoted, { email }))
      }
      const issue = (reference: string, more: object = {}) =>
        atomic(db, (tx) =>
          pricing.issueCoupon(tx, { promotionId, buyer: { email: 'Sky@Example.com' }, reference, ...more }),
        )
      return { db, clock, pricing, promotionId, answer, use, issue, quote }
    }

    test('twenty thousand codes are made at once, each different, well formed and good for one use', async () => {
      const { db, pricing, promotionId, answer, use } = await shop()
      const progress: number[] = []
      const batch = await pricing.createCodes(
        db,
        { promotionId, count: 20_000, prefix: 'LIVE' },
        { onProgress: (made) => progress.push(made) },
      )
      expect(batch).toMatchObject({ promotionId, count: 20_000, made: 20_000, prefix: 'LIVE' })
      expect([progress.length, progress[0], progress.at(-1)]).toEqual([20, 1_000, 20_000])
      const codes: string[] = []
      for await (const { code } of pricing.codesOf(db, batch.id)) codes.push(code)
      expect(new Set(codes).size).toBe(20_000)
      expect(codes).toEqual(codes.toSorted())
      expect(codes.every((code) => /^LIVE.{11}$/.test(code) && isWellFormedCode(code))).toBe(true)
      const [code = ''] = codes
      await use('ord_1', code.toLowerCase().replace('live', 'live-'))
      expect(await answer(code, 'sea@example.com')).toBe('used_up')
      const used = []
      for await (const coupon of pricing.codesOf(db, batch.id)) if (coupon.uses > 0) used.push(coupon.code)
      expect(used).toEqual([code])
    }, 60_000)

    test('a batch that was interrupted is finished, and no code too many is made by two who finish it', async () => {
      const { db, pricing, promotionId } = await shop()
      const off = () => {
        throw new Error('The power is off')
      }
      await expect(pricing.createCodes(db, { promotionId, count: 2_500 }, { onProgress: off })).rejects.toThrow()
      const [stopped] = await pricing.batches(db, promotionId)
      expect(stopped).toMatchObject({ count: 2_500, made: 1_000 })
      const id = stopped?.id ?? 'bat_none'
      await Promise.all([pricing.continueCodes(db, id), pricing.continueCodes(db, id)])
      expect(await pricing.batches(db, promotionId)).toMatchObject([{ made: 2_500 }])
      let count = 0
      for await (const _ of pricing.codesOf(db, id)) count++
      expect(count).toBe(2_500)
      expect(await pricing.continueCodes(db, id)).toMatchObject({ made: 2_500 })
    }, 30_000)

    test('a code that chance gives twice is made again', async () => {
      const { db, pricing, promotionId } = await shop()
      const chance = crypto.getRandomValues.bind(crypto)
      const first = crypto.getRandomValues(new Uint8Array(2_000))
      let repeats = false
      Object.assign(crypto, {
        getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => {
          if (!repeats || bytes.length < 1_000) return chance(bytes)
          repeats = false
          bytes.set(first.subarray(0, bytes.length))
          return bytes
        },
      })
      try {
        for (const count of [100, 150]) {
          repeats = true
          const batch = await pricing.createCodes(db, { promotionId, count })
          const codes: string[] = []
          for await (const { code } of pricing.codesOf(db, batch.id)) codes.push(code)
          expect(codes).toHaveLength(count)
        }
      } finally {
        Object.assign(crypto, { getRandomValues: chance })
      }
    })

    test('codes of batches and of single buyers are not listed with a promotion, and cannot be changed by hand', async () => {
      const { db, pricing, promotionId, issue } = await shop()
      await pricing.saveCoupon(db, { code: 'WELCOME', promotionId })
      const batch = await pricing.createCodes(db, { promotionId, count: 3, limitPerBuyer: 1 })
      const { code } = await issue('birthday-2026')
      expect((await pricing.promotions(db)).items[0]?.coupons.map((coupon) => coupon.code)).toEqual(['WELCOME'])
      for await (const made of pricing.codesOf(db, batch.id)) {
        expect(made).toMatchObject({ limit: 1, limitPerBuyer: 1 })
        await expect(pricing.saveCoupon(db, { code: made.code, promotionId, limit: 99 })).rejects.toMatchObject({
          code: 'pricing.code_taken',
        })
      }
      await expect(pricing.saveCoupon(db, { code, promotionId })).rejects.toMatchObject({ code: 'pricing.code_taken' })
    })

    test('a code for one buyer counts once, for that buyer, however they write their address', async () => {
      const { db, pricing, issue, answer, use, quote } = await shop()
      const { code } = await issue('birthday-2026')
      expect(await answer(code, 'sea@example.com')).toBe('not_yours')
      expect(await answer(code, null)).toBe('not_yours')
      expect(await answer(code, ' sky+shop@EXAMPLE.com')).toBe('counts')
      const quoted = await quote(code)
      await expect(
        atomic(db, (tx) => pricing.hold(tx, 'ord_0', quoted, { email: 'sea@example.com' })),
      ).rejects.toMatchObject({ code: 'pricing.coupon_used_up' })
      await use('ord_1', code)
      expect(await answer(code)).toBe('used_up')
    })

    test('a code for one buyer ends when it was said to', async () => {
      const { clock, issue, answer } = await shop()
      const expiresAt = new Date(clock.now().getTime() + 7 * day).toISOString()
      const { code } = await issue('welcome', { expiresAt })
      expect(await answer(code)).toBe('counts')
      clock.advance(7 * day)
      expect(await answer(code)).toBe('ended')
    })

    test('an event that is heard twice issues one code', async () => {
      const { issue } = await shop()
      const first = await issue('birthday-2026')
      expect(await issue('birthday-2026')).toEqual(first)
      expect((await issue('birthday-2027')).code).not.toBe(first.code)
    })

    test('a promotion or a batch that does not exist is named', async () => {
      const { db, pricing, issue } = await shop()
      await expect(issue('x', { promotionId: 'prm_none' })).rejects.toMatchObject({
        code: 'pricing.promotion_not_found',
      })
      await expect(pricing.createCodes(db, { promotionId: 'prm_none', count: 1 })).rejects.toMatchObject({
        code: 'pricing.promotion_not_found',
      })
      await expect(pricing.continueCodes(db, 'bat_none')).rejects.toMatchObject({ code: 'pricing.batch_not_found' })
      await expect(pricing.codesOf(db, 'bat_none').next()).rejects.toMatchObject({ code: 'pricing.batch_not_found' })
    })
  })
})
