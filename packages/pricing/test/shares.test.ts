import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { Share } from '@sangdo/pricing'
import { createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { expecting, owing, refunding, reversing, type ShareMove, standingOf } from '../src/rules/shares.ts'
import { usd, won } from './shop.ts'

const name = { ko: '하나의 코드', en: 'Hana’s code' }
const commission: Share = { to: 'hana@example.com', purpose: 'commission', percent: 5 }
const donation: Share = { to: 'forest', purpose: 'donation', percent: '0.5' }

describe('a share', () => {
  const paid = fc.integer({ min: 1, max: 1e9 })
  const parts = fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 1, maxLength: 8 })
  const afterRefunds = (whole: number, of: number, refunds: readonly number[], first: ShareMove[]) =>
    refunds.reduce<ShareMove[]>((moves, amount, index) => {
      const move = refunding(standingOf(moves), { refund: `ref_${index}`, amount, of })
      return move ? [...moves, move] : moves
    }, first)
  const owed = (amount: number) => {
    const expected = expecting(amount)
    return [expected, owing(standingOf([expected])) ?? expected]
  }

  test('is, after any refunds, what one refund of them all would have left of it', () => {
    fc.assert(
      fc.property(paid, paid, parts, (whole, of, refunds) => {
        const all = refunds.reduce((sum, amount) => sum + amount, 0)
        const one = standingOf(afterRefunds(whole, of, [all], owed(whole)))
        expect(standingOf(afterRefunds(whole, of, refunds, owed(whole)))).toEqual(one)
        expect(one.owed).toBe(
          whole - Number((2n * BigInt(whole) * BigInt(Math.min(all, of)) + BigInt(of)) / (2n * BigInt(of))),
        )
      }),
    )
  })

  test('is never less than nothing, and nothing once all of the money is back or the order is off', () => {
    fc.assert(
      fc.property(paid, paid, parts, fc.boolean(), (whole, of, refunds, isOwed) => {
        const first = isOwed ? owed(whole) : [expecting(whole)]
        const moves = afterRefunds(whole, of, refunds, first)
        const { expected, owed: left } = standingOf(moves)
        expect([Math.min(expected, left), expected + left <= whole]).toEqual([0, true])
        const end = reversing(standingOf(moves))
        const over = standingOf(end ? [...moves, end] : [])
        expect(over).toMatchObject({ stage: 'reversed', expected: 0, owed: 0 })
        expect(refunding(over, { refund: 'ref_late', amount: 1, of })).toBeNull()
        expect(standingOf(afterRefunds(whole, of, [of], first))).toMatchObject({ expected: 0, owed: 0 })
      }),
    )
  })
})

describe('the ledger of shares', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async (shares: Share[] = [commission, donation]) => {
      const { db } = database()
      const outbox = recorder()
      const pricing = createPricing({ outbox, now: stillClock().now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax' })
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: won(10_000) },
        { sku: 'MUG', amount: usd(999) },
      ])
      const { id: promotionId } = await pricing.savePromotion(db, {
        name,
        rule: { kind: 'percent_off', percent: 10, shares },
        needsCode: true,
      })
      await pricing.saveCoupon(db, { code: 'HANA', promotionId })
      const hold = async (reference: string, email = 'sky@example.com', quantity = 1, currency = 'KRW') => {
        const lines = [{ id: 'lin_1', sku: 'MUG', quantity }]
        const quote = await pricing.quote(db, { currency, market: 'kr', email, codes: ['hana'], lines })
        await atomic(db, (tx) => pricing.hold(tx, reference, quote, { email }))
      }
      const redeem = (reference: string) => atomic(db, (tx) => pricing.redeem(tx, reference))
      const release = (reference: string) => atomic(db, (tx) => pricing.release(tx, reference))
      const refund = (reference: string, refundId: string, minor: number, of = 9_000) =>
        atomic(db, (tx) => pricing.reverseShares(tx, reference, { refund: refundId, amount: won(minor), of: won(of) }))
      const totals = async (question: object = {}) =>
        (await pricing.shareTotals(db, question)).map(({ to, expected, owed }) => [to, expected.minor, owed.minor])
      const told = () => outbox.events.filter((event) => event.name.startsWith('pricing.share_'))
      return { db, pricing, promotionId, hold, redeem, release, refund, totals, told }
    }

    test('an order’s shares are expected with it, owed once it is paid, and reversed when it is off; each once', async () => {
      const { db, pricing, promotionId, hold, redeem, release, totals, told } = await shop()
      for (let times = 0; times < 2; times++) await hold('ord_1')
      expect(await totals()).toEqual([
        ['forest', 45, 0],
        ['hana@example.com', 450, 0],
      ])
      expect(told()).toEqual([])
      for (let times = 0; times < 2; times++) await redeem('ord_1')
      expect(await totals()).toEqual([
        ['forest', 0, 45],
        ['hana@example.com', 0, 450],
      ])
      for (let times = 0; times < 2; times++) await release('ord_1')
      expect(await totals()).toEqual([
        ['forest', 0, 0],
        ['hana@example.com', 0, 0],
      ])
      const hers = { promotionId, code: 'HANA', reference: 'ord_1', to: 'hana@example.com', purpose: 'commission' }
      expect(told().filter(({ payload }) => (payload as { to: string }).to === hers.to)).toEqual([
        { name: 'pricing.share_owed', payload: { ...hers, amount: won(450) } },
        { name: 'pricing.share_reversed', payload: { ...hers, amount: won(450) } },
      ])
      expect((await pricing.sharesOf(db, { to: 'hana@example.com' })).items).toMatchObject([
        { ...hers, step: 'reversed', expected: won(0), owed: won(-450) },
        { ...hers, step: 'owed', expected: won(-450), owed: won(450) },
        { ...hers, step: 'expected', expected: won(450), owed: won(0) },
      ])
    })

    test('an order that was never paid owes nobody anything, and none of it is told', async () => {
      const { hold, release, redeem, totals, told } = await shop([commission])
      await hold('ord_1')
      await release('ord_1')
      await redeem('ord_1')
      expect(await totals()).toEqual([['hana@example.com', 0, 0]])
      expect(told()).toEqual([])
    })

    test('an order that comes back to life is expected again', async () => {
      const { hold, release, redeem, totals } = await shop([commission])
      await hold('ord_1')
      await release('ord_1')
      await hold('ord_1', 'sky@example.com', 2)
      await redeem('ord_1')
      expect(await totals()).toEqual([['hana@example.com', 0, 900]])
    })

    test('partial refunds take back their part to the last won, each once, and the rest goes with the order', async () => {
      const { hold, redeem, release, refund, totals, told } = await shop([commission])
      await hold('ord_1')
      await redeem('ord_1')
      const left = []
      for (const refundId of ['rfd_1', 'rfd_1', 'rfd_2', 'rfd_3']) {
        await refund('ord_1', refundId, 1_111)
        left.push((await totals())[0]?.[2])
      }
      // 450 less round(450 × 1111 / 9000), … 2222 …, … 3333 …
      expect(left).toEqual([394, 394, 339, 283])
      await release('ord_1')
      await refund('ord_1', 'rfd_4', 5_667)
      expect(await totals()).toEqual([['hana@example.com', 0, 0]])
      const reversed = told().flatMap(({ name: event, payload }) =>
        event === 'pricing.share_reversed' ? [(payload as { amount: { minor: number } }).amount.minor] : [],
      )
      expect(reversed).toEqual([56, 55, 56, 283])
    })

    test('a refund that is heard of before the payment counts all the same', async () => {
      const { hold, redeem, refund, totals } = await shop([commission])
      await hold('ord_1')
      await refund('ord_1', 'rfd_1', 4_500)
      await redeem('ord_1')
      expect(await totals()).toEqual([['hana@example.com', 0, 225]])
    })

    test('a creator who buys by their own code earns nothing, a cause still does', async () => {
      const { hold, redeem, totals } = await shop([
        { ...commission, to: 'Hana+shop@Example.com' },
        { ...donation, to: 'hana@example.com' },
      ])
      await hold('ord_1', 'hana+me@example.com')
      await redeem('ord_1')
      expect(await totals()).toEqual([['hana@example.com', 0, 45]])
    })

    test('an order that is refused leaves no share behind', async () => {
      const { db, pricing, promotionId, hold, totals } = await shop([commission])
      await pricing.saveCoupon(db, { code: 'HANA', promotionId, limit: 1 })
      const lines = [{ id: 'lin_1', sku: 'MUG', quantity: 1 }]
      const quote = await pricing.quote(db, { currency: 'KRW', market: 'kr', codes: ['hana'], lines })
      await hold('ord_1')
      const second = atomic(db, async (tx) => {
        await pricing.hold(tx, 'ord_2', quote, { email: 'sea@example.com' }).catch(() => {})
      })
      await second
      expect(await totals()).toEqual([['hana@example.com', 450, 0]])
    })

    test('ten who pay, refund and cancel one order at once move each share once', async () => {
      const { hold, redeem, release, refund, totals } = await shop()
      await hold('ord_1')
      const many = <Result>(work: () => Promise<Result>) => Promise.all(Array.from({ length: 10 }, work))
      await many(() => redeem('ord_1'))
      await many(() => refund('ord_1', 'rfd_1', 3_000))
      expect(await totals()).toEqual([
        ['forest', 0, 30],
        ['hana@example.com', 0, 300],
      ])
      await Promise.all([many(() => release('ord_1')), many(() => refund('ord_1', 'rfd_2', 3_000))])
      expect(await totals()).toEqual([
        ['forest', 0, 0],
        ['hana@example.com', 0, 0],
      ])
    })

    test('entries come in pages, and sums by receiver, purpose, campaign and currency', async () => {
      const { db, pricing, promotionId, hold, totals } = await shop()
      for (let order = 0; order < 3; order++) await hold(`ord_${order}`)
      await hold('ord_usd', 'sky@example.com', 1, 'USD')
      const first = await pricing.sharesOf(db, { purpose: 'donation', limit: 3 })
      const second = await pricing.sharesOf(db, { purpose: 'donation', limit: 3, after: first.next ?? '' })
      expect([...first.items, ...second.items].map((entry) => entry.reference)).toEqual([
        'ord_usd',
        'ord_2',
        'ord_1',
        'ord_0',
      ])
      expect(second.next).toBeNull()
      expect(await pricing.shareTotals(db, { purpose: 'donation', promotionId })).toEqual([
        { to: 'forest', purpose: 'donation', expected: won(135), owed: won(0) },
        { to: 'forest', purpose: 'donation', expected: usd(4), owed: usd(0) },
      ])
      expect(await totals({ promotionId: 'prm_other' })).toEqual([])
    })

    test.each([
      ['amount.minor', { refund: 'r', amount: won(-1), of: won(9_000) }],
      ['of', { refund: 'r', amount: won(1), of: usd(9_000) }],
      ['of', { refund: 'r', amount: won(0), of: won(0) }],
    ])('a refund with a wrong %s is refused by name', async (field, refund) => {
      const { db, pricing } = await shop()
      await expect(atomic(db, (tx) => pricing.reverseShares(tx, 'ord_1', refund))).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [expect.objectContaining({ field })] },
      })
    })
  })
})
