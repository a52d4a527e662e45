import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { createPricing, type PriceProposal, pricingMigrations } from '@sangdo/pricing/server'
import type { z } from 'zod'
import { usd, won } from './shop.ts'

const by = { by: 'stf_1' }

describe('proposals', () => {
  describeDatabases([pricingMigrations], (database) => {
    const shop = async () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const pricing = createPricing({ outbox, now: clock.now })
      await pricing.saveMarket(db, { id: 'kr', pricesInclude: 'tax', rates: { standard: 10 } })
      await pricing.setPrices(db, [
        { sku: 'MUG', amount: won(10_000), compareAt: won(12_000) },
        { sku: 'TEA', amount: won(9_000) },
      ])
      const propose = async (change: Partial<z.input<typeof PriceProposal>> = {}) => {
        const about = {
          source: 'demand model 3',
          reason: 'Sold out twice this week',
          sku: 'MUG',
          proposed: won(11_000),
        }
        return (await pricing.proposePrices(db, [{ ...about, ...change }]))[0]
      }
      const proposed = async (change: Partial<z.input<typeof PriceProposal>> = {}) => {
        const proposal = await propose(change)
        if (!proposal) throw new Error('Nothing was proposed')
        return proposal
      }
      type Ids = Parameters<typeof pricing.approveProposals>[1]
      const approve = (...ids: Ids) => atomic(db, (tx) => pricing.approveProposals(tx, ids, by))
      const reject = (...ids: Ids) => atomic(db, (tx) => pricing.rejectProposals(tx, ids, by))
      const rollback = (id: Ids[number]) => atomic(db, (tx) => pricing.rollbackProposal(tx, id, by))
      const price = async (sku = 'MUG') => {
        const { amount, compareAt } = (await pricing.pricesOf(db, [sku], { currency: 'KRW', market: 'kr' }))[sku] ?? {}
        return [amount?.minor, compareAt?.minor]
      }
      const stale = { code: 'pricing.proposal_stale', kind: 'conflict' }
      return { db, clock, outbox, pricing, propose, proposed, approve, reject, rollback, price, stale }
    }

    test('a proposal changes no price until it is approved, and then once, as any change of prices', async () => {
      const { db, outbox, pricing, proposed, approve, price } = await shop()
      const { id } = await proposed()
      expect(await price()).toEqual([10_000, 12_000])
      outbox.events.length = 0
      for (let times = 0; times < 2; times++) await approve(id)
      expect(await price()).toEqual([11_000, 12_000])
      expect(outbox.events).toEqual([{ name: 'pricing.prices_changed', payload: { skus: ['MUG'] } }])
      expect((await pricing.proposals(db)).items).toMatchObject([
        {
          id,
          source: 'demand model 3',
          reason: 'Sold out twice this week',
          current: won(10_000),
          proposed: won(11_000),
          bounded: won(11_000),
          limitedBy: null,
          status: 'approved',
          decidedBy: 'stf_1',
        },
      ])
    })

    test('the former price comes back, with what it was compared with', async () => {
      const { proposed, approve, rollback, price, stale } = await shop()
      const { id } = await proposed({ proposed: won(12_500) })
      await expect(rollback(id)).rejects.toMatchObject(stale)
      await approve(id)
      expect(await price()).toEqual([12_500, undefined])
      for (let times = 0; times < 2; times++) await rollback(id)
      expect(await price()).toEqual([10_000, 12_000])
      await expect(approve(id)).rejects.toMatchObject(stale)
    })

    test('a proposal for a price that has changed since is stale, and none that came with it is set', async () => {
      const { db, pricing, proposed, approve, rollback, price, stale } = await shop()
      const [tea, mug] = [await proposed({ sku: 'TEA', proposed: won(9_500) }), await proposed()]
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(10_500) }])
      await expect(approve(tea.id, mug.id)).rejects.toMatchObject({ ...stale, details: { proposalId: mug.id } })
      expect([await price('TEA'), await price()]).toEqual([
        [9_000, undefined],
        [10_500, undefined],
      ])
      const again = await proposed()
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(10_500), compareAt: won(13_000) }])
      await expect(approve(again.id)).rejects.toMatchObject(stale)
      await approve(tea.id)
      await pricing.setPrices(db, [{ sku: 'TEA', amount: won(9_900) }])
      await expect(rollback(tea.id)).rejects.toMatchObject(stale)
      expect(await price('TEA')).toEqual([9_900, undefined])
    })

    test('a scheduled price that has started is the price that a proposal is for', async () => {
      const { db, clock, pricing, proposed, approve, price, stale } = await shop()
      const before = await proposed()
      await pricing.setPrices(db, [{ sku: 'MUG', amount: won(8_000), startsAt: '2026-01-03T00:00:00.000Z' }])
      expect(await proposed({ source: 'early' })).toMatchObject({ current: won(10_000) })
      clock.advance(86_400_000)
      await expect(approve(before.id)).rejects.toMatchObject(stale)
      const { id, current } = await proposed()
      expect(current).toEqual(won(8_000))
      await approve(id)
      expect(await price()).toEqual([11_000, undefined])
    })

    test('bounds hold: its own, and what the sku must bring in with the tax of its market', async () => {
      const { db, pricing, propose, proposed, approve, stale } = await shop()
      expect(await proposed({ ceiling: won(10_800), maximumStep: 20 })).toMatchObject({
        proposed: won(11_000),
        bounded: won(10_800),
        limitedBy: 'ceiling',
      })
      await pricing.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', cost: won(6_000), minimumMargin: 25 }])
      const low = { proposed: won(5_000), floor: won(7_000) }
      // 6000 / 0.75 = 8000, and 10 % tax on it.
      expect(await proposed({ ...low, market: 'kr' })).toMatchObject({ bounded: won(8_800), limitedBy: 'floor' })
      const { id } = await proposed(low)
      expect(await proposed({ ...low, floor: won(9_400) })).toMatchObject({ bounded: won(9_400) })
      await expect(approve(id)).rejects.toMatchObject(stale)
      await expect(propose({ market: 'mars' })).rejects.toMatchObject({ code: 'pricing.market_not_found' })
    })

    test('a proposal is stale when its sku must bring in more than when it was made', async () => {
      const { db, pricing, proposed, approve, price, stale } = await shop()
      const { id } = await proposed({ proposed: won(9_000) })
      await pricing.saveGuards(db, [{ sku: 'MUG', currency: 'KRW', floor: won(9_500) }])
      await expect(approve(id)).rejects.toMatchObject(stale)
      expect(await price()).toEqual([10_000, 12_000])
    })

    test('a source says one thing of a price at a time, and nothing that changes nothing', async () => {
      const { db, pricing, propose, proposed } = await shop()
      const first = await proposed()
      const other = await proposed({ source: 'rule: clearance', proposed: won(8_000) })
      const second = await proposed({ proposed: won(11_500) })
      const statuses = async () => (await pricing.proposals(db)).items.map(({ id, status }) => [id, status])
      expect(await statuses()).toEqual([
        [second.id, 'open'],
        [other.id, 'open'],
        [first.id, 'replaced'],
      ])
      expect(await propose({ proposed: won(15_000), ceiling: won(10_000) })).toBeUndefined()
      expect((await pricing.proposals(db, { status: 'open' })).items.map(({ id }) => id)).toEqual([other.id])
    })

    test('two proposals for one price are not approved together', async () => {
      const { proposed, approve, price, stale } = await shop()
      const [first, second] = [await proposed(), await proposed({ source: 'rule: clearance', proposed: won(8_000) })]
      await expect(approve(first.id, second.id)).rejects.toMatchObject(stale)
      await approve(second.id)
      await expect(approve(first.id)).rejects.toMatchObject(stale)
      expect(await price()).toEqual([8_000, 12_000])
    })

    test('of ten who decide at once, each about one of two proposals, one is right', async () => {
      const { proposed, approve, reject, price } = await shop()
      const [up, down] = [await proposed(), await proposed({ source: 'rule: clearance', proposed: won(8_000) })]
      const answers = await Promise.allSettled([
        ...Array.from({ length: 5 }, () => approve(up.id)),
        ...Array.from({ length: 5 }, () => approve(down.id)),
      ])
      expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(5)
      expect([8_000, 11_000]).toContain((await price())[0])
      const next = await proposed({ sku: 'TEA', proposed: won(8_500) })
      const [yes, no] = await Promise.allSettled([approve(next.id), reject(next.id)])
      expect(await price('TEA')).toEqual([yes.status === 'fulfilled' ? 8_500 : 9_000, undefined])
      expect(yes.status).not.toBe(no.status)
    })

    test('a rejected proposal stays rejected', async () => {
      const { proposed, approve, reject, price, stale } = await shop()
      const { id } = await proposed()
      for (let times = 0; times < 2; times++) await reject(id)
      await expect(approve(id)).rejects.toMatchObject(stale)
      expect(await price()).toEqual([10_000, 12_000])
    })

    test('prices of a list and from a quantity on are proposed as well', async () => {
      const { db, pricing, proposed, approve, rollback } = await shop()
      const list = await pricing.savePriceList(db, { name: 'Gold', currency: 'KRW', customerGroup: 'gold' })
      const key = { sku: 'MUG', priceListId: list.id, minQuantity: 10 }
      await pricing.setPrices(db, [
        { ...key, amount: won(8_000) },
        { ...key, minQuantity: 1, amount: won(9_000) },
      ])
      expect(await proposed({ ...key, minQuantity: 1 })).toMatchObject({ current: won(9_000) })
      const { id } = await proposed({ ...key, proposed: won(7_500) })
      await approve(id)
      const amount = async () => {
        const question = { currency: 'KRW', market: 'kr', customerGroups: ['gold'], quantity: 10 }
        return (await pricing.pricesOf(db, ['MUG'], question))['MUG']?.amount.minor
      }
      expect(await amount()).toBe(7_500)
      await rollback(id)
      expect(await amount()).toBe(8_000)
    })

    test('proposals come in pages', async () => {
      const { db, pricing, proposed } = await shop()
      for (const source of ['a', 'b', 'c']) await proposed({ source })
      const first = await pricing.proposals(db, { limit: 2 })
      const second = await pricing.proposals(db, { limit: 2, after: first.next ?? '' })
      expect([...first.items, ...second.items].map(({ source }) => source)).toEqual(['c', 'b', 'a'])
      expect(second.next).toBeNull()
    })

    test('what cannot be proposed or decided is refused by name', async () => {
      const { db, pricing, propose, proposed, approve } = await shop()
      const field = (name: string) => ({
        code: 'core.invalid_input',
        details: { issues: [expect.objectContaining({ field: name })] },
      })
      await expect(propose({ sku: 'NONE' })).rejects.toMatchObject(field('proposals.0.sku'))
      await expect(propose({ proposed: usd(100) })).rejects.toMatchObject(field('proposals.0.sku'))
      await expect(propose({ floor: usd(100) })).rejects.toMatchObject(field('proposals.0.proposed'))
      await expect(propose({ proposed: won(-1) })).rejects.toMatchObject(field('proposals.0.proposed.minor'))
      await expect(approve('ppl_none')).rejects.toMatchObject({ code: 'pricing.proposal_not_found' })
      const { id } = await proposed()
      const nobody = atomic(db, (tx) => pricing.approveProposals(tx, [id], { by: '' }))
      await expect(nobody).rejects.toMatchObject(field('by'))
    })
  })
})
