import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { PromotionInput } from '@sangdo/pricing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { usd, won } from './shop.ts'

const day = 86_400_000
const sky = { email: 'Sky@Example.com' }

describe('codes for an occasion', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const pricing = createPricing({ outbox, now: clock.now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax' })
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(10_000) }])
      const promotion = (change: Partial<PromotionInput> = {}) =>
        pricing.savePromotion(db, {
          name: { ko: '환영합니다', en: 'Welcome' },
          rule: { kind: 'percent_off', percent: 10 },
          needsCode: true,
          issue: 'registration',
          issueDays: 30,
          ...change,
        })
      const issue = (reference = 'registration:cus_1', occasion: 'registration' | 'birthday' = 'registration') =>
        atomic(db, (tx) => pricing.issueFor(tx, occasion, { buyer: sky, reference }))
      const use = async (reference: string, code: string) => {
        const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 1 }]
        const quote = await pricing.quote(db, { currency: 'KRW', market: 'kr', ...sky, codes: [code], lines })
        await atomic(db, (tx) => pricing.hold(tx, reference, quote, sky))
      }
      const wallet = async (email = sky.email) => (await pricing.walletOf(db, { email })).map(({ code }) => code)
      const inDays = (days: number) => new Date(clock.now().getTime() + days * day).toISOString()
      return { db, clock, outbox, pricing, promotion, issue, use, wallet, inDays }
    }

    test('whoever registers gets a code of every promotion that is for it, once, and can be told of it', async () => {
      const { outbox, promotion, issue, inDays } = await shop()
      const welcome = await promotion()
      await promotion({ issue: 'birthday' })
      await promotion({ issue: null })
      const free = await promotion({ rule: { kind: 'percent_off', percent: 100, target: 'shipping' }, issueDays: null })
      const issued = await issue()
      expect(issued.map(({ promotionId, expiresAt }) => [promotionId, expiresAt])).toEqual([
        [welcome.id, inDays(30)],
        [free.id, null],
      ])
      expect(await issue()).toEqual(issued)
      expect(outbox.events.filter((event) => event.name === 'pricing.coupon_issued')).toEqual(
        issued.map((coupon) => ({ name: 'pricing.coupon_issued', payload: { ...coupon, buyer: 'Sky@Example.com' } })),
      )
    })

    test('every birthday brings a code of its own', async () => {
      const { promotion, issue } = await shop()
      await promotion({ issue: 'birthday' })
      const [first] = await issue('birthday:cus_1:2026', 'birthday')
      const [second] = await issue('birthday:cus_1:2027', 'birthday')
      expect(second?.code).not.toBe(first?.code)
      expect(await issue('birthday:cus_1:2027', 'birthday')).toEqual([second])
    })

    test('a promotion that is off, is over or has not begun issues nothing', async () => {
      const { promotion, issue, inDays } = await shop()
      await promotion({ active: false })
      await promotion({ endsAt: inDays(-1) })
      await promotion({ startsAt: inDays(1) })
      expect(await issue()).toEqual([])
    })

    test('a code does not outlive its promotion', async () => {
      const { db, pricing, promotion, issue, inDays } = await shop()
      const { id } = await promotion({ endsAt: inDays(3) })
      expect(await issue()).toMatchObject([{ expiresAt: inDays(3) }])
      await promotion({ id, endsAt: inDays(2) })
      expect(await pricing.walletOf(db, sky)).toMatchObject([{ expiresAt: inDays(2) }])
    })

    test('ten who hear of one registration at once issue one code', async () => {
      const { outbox, promotion, issue } = await shop()
      await promotion()
      const all = await Promise.all(Array.from({ length: 10 }, () => issue()))
      expect(new Set(all.flat().map(({ code }) => code)).size).toBe(1)
      expect(outbox.events.filter((event) => event.name === 'pricing.coupon_issued').length).toBe(1)
    })

    test('a wallet holds what its buyer may still use, first what expires first', async () => {
      const { db, clock, pricing, promotion, issue, use, wallet, inDays } = await shop()
      const { id } = await promotion({ issueDays: 30 })
      await promotion({ issueDays: null })
      await promotion({ issueDays: 7, rule: { kind: 'amount_off', amount: usd(500) } })
      const [long = '', forever = '', short = ''] = (await issue()).map(({ code }) => code)
      expect(await wallet()).toEqual([short, long, forever])
      expect(await pricing.walletOf(db, sky)).toMatchObject([
        { expiresAt: inDays(7) },
        { expiresAt: inDays(30), promotion: { id } },
        { expiresAt: null },
      ])
      expect(await wallet('sky+shop@example.com')).toEqual([short, long, forever])
      expect(await wallet('sea@example.com')).toEqual([])
      expect(await wallet(' ')).toEqual([])
      await use('ord_1', forever)
      expect(await wallet()).toEqual([short, long])
      await atomic(db, (tx) => pricing.release(tx, 'ord_1'))
      expect(await wallet()).toEqual([short, long, forever])
      clock.advance(7 * day)
      expect(await wallet()).toEqual([long, forever])
    })

    test.each([
      ['the promotion is off', { active: false }],
      ['the promotion is over', { endsAt: '2026-01-01T00:00:00.000Z' }],
      ['all its uses are taken', { limits: { uses: 1 } }],
      ['its budget is spent', { limits: { budget: won(1_000) } }],
      ['the buyer has used the promotion as often as anybody may', { limits: { usesPerBuyer: 1 } }],
      [
        'the buyer has used its amounts as often as anybody may',
        { limits: { usesPerBuyer: 1 }, rule: { kind: 'amount_off' as const, amount: won(500) } },
      ],
    ])('a wallet does not hold a code that cannot be used because %s', async (_, change) => {
      const { promotion, issue, use, wallet } = await shop()
      const { id } = await promotion()
      const [first, second] = [await issue('a'), await issue('b')].flat()
      await use('ord_1', first?.code ?? '')
      expect(await wallet()).toEqual([second?.code])
      await promotion({ id, ...change })
      expect(await wallet()).toEqual([])
    })

    test('a wallet holds what may be used only later', async () => {
      const { promotion, issue, wallet, inDays } = await shop()
      const { id } = await promotion()
      const [coupon] = await issue()
      await promotion({ id, startsAt: inDays(1) })
      expect(await wallet()).toEqual([coupon?.code])
    })

    test.each([
      ['issue', { needsCode: false }],
      ['issueDays', { issueDays: 0 }],
      ['issue', { issue: 'easter' }],
    ])('a promotion with a wrong %s is refused by name', async (field, change) => {
      const { promotion } = await shop()
      await expect(promotion(change as Partial<PromotionInput>)).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [expect.objectContaining({ field })] },
      })
    })
  })
})
