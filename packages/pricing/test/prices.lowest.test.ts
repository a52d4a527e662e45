import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Money } from '@sangdo/core'
import { type PriceList, unitPrice } from '@sangdo/pricing'
import { type ListChange, lowestBefore, presentSince, type PriceChange } from '@sangdo/pricing/why'
import { day, here, listOf, priceOf, won } from './listed.ts'

const change = (minor: number | null, recordedAt: string, more: Partial<PriceChange> = {}): PriceChange => ({
  sku: 'MUG',
  currency: 'KRW',
  compareAt: null,
  priceListId: null,
  minQuantity: 1,
  startsAt: null,
  amount: minor === null ? null : won(minor),
  recordedAt,
  ...more,
})

describe('the lowest price of the 30 days before a reduction', () => {
  const { at: _, ...context } = here

  test('is the least that was asked, and not what was asked longer ago', () => {
    const prices = [change(8_000, day(1)), change(12_000, day(5)), change(11_000, day(20)), change(9_000, day(36))]
    expect(lowestBefore({ prices, lists: [] }, context, day(36))).toEqual(won(11_000))
    expect(lowestBefore({ prices, lists: [] }, context, day(34))).toEqual(won(8_000))
  })

  test('counts the price that held when the 30 days began, up to the very instant', () => {
    const prices = [change(8_000, day(1)), change(12_000, day(5))]
    expect(lowestBefore({ prices, lists: [] }, context, day(35))).toEqual(won(12_000))
    const justBefore = new Date(Date.parse(day(35)) - 1).toISOString()
    expect(lowestBefore({ prices, lists: [] }, context, justBefore)).toEqual(won(8_000))
  })

  test('sees sales that came and went in between, by price list and by schedule', () => {
    const sale: ListChange = { ...listOf({ startsAt: day(10), endsAt: day(12) }), recordedAt: day(2) }
    const listed = [change(10_000, day(1)), change(7_000, day(3), { priceListId: 'lst_a' })]
    expect(lowestBefore({ prices: listed, lists: [sale] }, context, day(30))).toEqual(won(7_000))
    expect(lowestBefore({ prices: listed, lists: [sale] }, context, day(10))).toEqual(won(10_000))
    const scheduled = [change(10_000, day(1)), change(6_000, day(2), { startsAt: day(9) })]
    expect(lowestBefore({ prices: scheduled, lists: [] }, context, day(9))).toEqual(won(10_000))
    expect(lowestBefore({ prices: scheduled, lists: [] }, context, day(11))).toEqual(won(6_000))
  })

  test('does not take a price back in time: what was recorded later did not hold before', () => {
    const late = [change(10_000, day(1)), change(5_000, day(20), { startsAt: day(5) })]
    expect(lowestBefore({ prices: late, lists: [] }, context, day(20))).toEqual(won(10_000))
  })

  test('knows nothing of a price that was taken away, or of a time before all records', () => {
    const prices = [change(5_000, day(1)), change(null, day(2)), change(9_000, day(40))]
    expect(lowestBefore({ prices, lists: [] }, context, day(40))).toBeNull()
    expect(lowestBefore({ prices: [], lists: [] }, context, day(40))).toBeNull()
  })

  test('is what a look at every single day of the window finds', () => {
    const when = fc.integer({ min: 1, max: 60 })
    const anyChange = fc.record({
      minor: fc.option(fc.integer({ min: 1, max: 50 }), { freq: 4 }),
      recorded: when,
      starts: fc.option(when.map(day), { freq: 2 }),
      listed: fc.boolean(),
    })
    const anyHistory = fc.record({
      changes: fc.array(anyChange, { minLength: 1, maxLength: 8 }),
      list: fc.record({ recorded: when, startsAt: fc.option(when.map(day)), endsAt: fc.option(when.map(day)) }),
    })
    fc.assert(
      fc.property(anyHistory, when, ({ changes, list }, until) => {
        const sorted = changes.toSorted((a, b) => a.recorded - b.recorded)
        const prices = sorted.map(({ minor, recorded, starts, listed }) =>
          change(minor, day(recorded), { startsAt: starts, priceListId: listed ? 'lst_a' : null }),
        )
        const listed = listOf({ startsAt: list.startsAt, endsAt: list.endsAt })
        const history = { prices, lists: [{ ...listed, recordedAt: day(list.recorded) }] }
        const seen = Array.from({ length: 30 }, (__, back) => priceOn(until - 1 - back, prices, listed, list.recorded))
        const least = Math.min(...seen.flatMap((amount) => amount?.minor ?? []))
        expect(lowestBefore(history, context, day(until))?.minor ?? Infinity).toBe(least)
      }),
      { numRuns: 1_000 },
    )
  })

  /** The price of one day, from the rows that a table would hold on it. */
  function priceOn(number: number, changes: PriceChange[], list: PriceList, listedOn: number): Money | undefined {
    const at = day(number)
    const rows = new Map<string, PriceChange>()
    for (const one of changes.filter(({ recordedAt }) => recordedAt <= at)) {
      const isSameKind = (row: PriceChange) => row.priceListId === one.priceListId
      if (one.startsAt === null && one.amount)
        for (const [key, row] of rows)
          if (isSameKind(row) && row.startsAt !== null && row.startsAt <= one.recordedAt) rows.delete(key)
      const key = `${one.priceListId} ${one.startsAt}`
      if (one.amount) rows.set(key, one)
      else rows.delete(key)
    }
    const prices = [...rows.values()]
      .filter((row) => row.priceListId === null || day(listedOn) <= at)
      .map((row) => priceOf(row.amount?.minor ?? 0, { startsAt: row.startsAt, list: row.priceListId ? list : null }))
    return unitPrice(prices, { ...here, at })?.amount
  }

  test('begins where the present price began, without a break', () => {
    const prices = [change(10_000, day(1)), change(9_000, day(3)), change(10_000, day(5)), change(9_000, day(7))]
    const since = (at: string) => presentSince({ prices, lists: [] }, context, at)
    expect([since(day(8)), since(day(7)), since(day(6)), since(day(4))]).toEqual([day(7), day(7), day(5), day(3)])
    expect(
      presentSince({ prices: [...prices, change(9_000, day(9), { compareAt: won(1) })], lists: [] }, context, day(9)),
    ).toBe(day(7))
    expect(presentSince({ prices: [], lists: [] }, context, day(9))).toBeNull()
  })

  test('is not looked up for an instant or a quantity that is none', () => {
    const nothing = { prices: [], lists: [] }
    const refused = (field: string) =>
      expect.objectContaining({ code: 'pricing.invalid_context', details: expect.objectContaining({ field }) })
    expect(() => lowestBefore(nothing, here, '2026-01-10')).toThrow(refused('before'))
    expect(() => lowestBefore(nothing, { ...here, quantity: 0 }, day(10))).toThrow(refused('quantity'))
    expect(() => presentSince(nothing, here, '2026-01-10')).toThrow(refused('at'))
  })
})
