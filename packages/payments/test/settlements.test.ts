import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkInvariants } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { differenceIn, feeEntries, type Figures, type SettlementRow } from '@sangdo/payments'
import { paymentInvariants, paymentMigrations, rowsOf } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

describe('how figures differ', () => {
  const figures = (here: number, there: number, change: Partial<Figures> = {}): Figures => ({
    here,
    until: here,
    within: here,
    there,
    ...change,
  })

  test.each([
    [figures(5, 5), null],
    [figures(0, 5), 'missing_here'],
    [figures(5, 0), 'missing_there'],
    [figures(5, 4), 'other_amount'],
    // Booked after the end of what was settled, wholly or in part.
    [figures(5, 0, { until: 0, within: 0 }), null],
    [figures(5, 3, { until: 3, within: 3 }), null],
    [figures(5, 2, { until: 3, within: 3 }), 'other_amount'],
    // Booked before its beginning.
    [figures(5, 0, { within: 0 }), null],
    [figures(5, 3, { within: 3 }), null],
  ])('%j: %s', (one, expected) => {
    expect(differenceIn(one)).toBe(expected)
  })

  test('a fee that is given back is a fee the other way round', () => {
    const [first, second] = feeEntries('fake', won(-300))
    expect([first, second]).toEqual([
      { account: 'provider:fake', debit: won(300), credit: won(0) },
      { account: 'fees', debit: won(0), credit: won(300) },
    ])
  })
})

describe('a file', () => {
  // What a CSV reader gives: texts by the names of the columns.
  const Line = z
    .object({ id: z.string(), order: z.string(), sort: z.enum(['sale', 'back']), won: z.string(), at: z.string() })
    .transform(({ id, order, sort, won: text, at }): SettlementRow => ({
      rowId: id,
      kind: sort === 'sale' ? 'capture' : 'refund',
      reference: order,
      amount: won(Number(text.replaceAll(',', ''))),
      at,
    }))
  const line = { id: '1', order: 'att_1', sort: 'sale', won: '27,000', at: '2026-01-02T00:00:00.000Z' }

  test('is read record by record, in the words of its maker', async () => {
    let read = 0
    async function* records() {
      for (; read < 1_000_000; read++) yield { ...line, id: String(read) }
    }
    const rows = rowsOf(Line, records())
    const first = await rows.next()
    expect(first.value).toEqual({
      rowId: '0',
      kind: 'capture',
      reference: 'att_1',
      amount: won(27_000),
      at: line.at,
    })
    await rows.return(undefined)
    expect(read).toBeLessThan(2)
  })

  test('with a bad record names it and its field', async () => {
    const rows = async () => {
      for await (const _ of rowsOf(Line, [line, { ...line, sort: 'gift' }]));
    }
    await expect(rows()).rejects.toMatchObject({
      code: 'core.invalid_input',
      details: { issues: [{ field: '2.sort' }] },
    })
  })
})

describe('a settlement', () => {
  describeDatabases([paymentMigrations], (database) => {
    /** A shop with three paid orders, one of them partly given back and one of them in dispute. */
    const busy = async () => {
      const shop = openShop(database().db)
      const references: string[] = []
      for (const orderId of ['ord_1', 'ord_2', 'ord_3']) {
        const { id, reference } = await shop.start({ orderId })
        shop.provider.approve(reference)
        await shop.payments.sync(shop.db, id)
        references.push(reference)
      }
      const [first = '', second = '', third = ''] = references
      await shop.refund(7_000, 'return-1')
      shop.provider.dispute(second, won(5_000))
      await shop.payments.sync(shop.db, second as `att_${string}`)
      shop.clock.advance(1000)
      let count = 0
      const row = (kind: SettlementRow['kind'], reference: string, minor: number, rowId = `row-${++count}`) => ({
        rowId,
        kind,
        reference,
        amount: won(minor),
        at: '2026-01-02T03:04:05.678Z',
      })
      const rows: SettlementRow[] = [
        ...references.map((reference) => row('capture', reference, 27_000)),
        row('refund', first, 7_000),
        row('chargeback', second, 5_000),
        row('fee', first, 800),
        row('fee', '', 500),
        row('payout', '', 60_000),
      ]
      const reconcile = (told: SettlementRow[], period = {}) => shop.payments.reconcile(shop.db, 'fake', told, period)
      const open = async () => (await shop.payments.exceptions(shop.db)).items
      const balances = async () =>
        Object.fromEntries((await shop.payments.balances(shop.db)).map(({ account, balance }) => [account, balance]))
      return { ...shop, first, second, third, row, rows, reconcile, open, balances }
    }

    test('that agrees has no exceptions, and its fees and payouts are booked', async () => {
      const { reconcile, rows, open, balances, sound } = await busy()
      expect(await reconcile(rows)).toEqual({
        added: 8,
        known: 0,
        changed: [],
        open: 0,
        totals: [{ currency: 'KRW', here: 7_700, there: 7_700, difference: 0, open: 0, explained: 0, outside: 0 }],
      })
      expect([await open(), await balances()]).toEqual([
        [],
        { 'provider:fake': 7_700, orders: -74_000, disputes: 5_000, fees: 1_300, bank: 60_000 },
      ])
      await sound()
    })

    test('read again changes nothing, and two at once count once', async () => {
      const { reconcile, rows, row, balances, sound } = await busy()
      const results = await Promise.all([reconcile(rows), reconcile(rows), reconcile(rows)])
      expect(results.reduce((total, { added }) => total + added, 0)).toBe(8)
      const again = await reconcile([...rows, row('fee', '', 501, 'row-7')])
      expect(again).toMatchObject({ added: 0, known: 9, changed: ['row-7'], open: 0 })
      expect(await balances()).toMatchObject({ fees: 1_300, bank: 60_000 })
      await sound()
    })

    test('is held against the ledger both ways', async () => {
      const { reconcile, rows, row, first, third, open, sound } = await busy()
      const told = rows.filter(({ reference, kind }) => reference !== third && kind !== 'refund')
      const result = await reconcile([...told, row('refund', first, 6_000), row('capture', 'att_stranger', 9_000)])
      expect(await open()).toMatchObject([
        { kind: 'refund', reference: first, found: 'other_amount', here: won(7_000), there: won(6_000) },
        { kind: 'capture', reference: 'att_stranger', found: 'missing_here', here: won(0), there: won(9_000) },
        { kind: 'capture', reference: third, found: 'missing_there', here: won(27_000), there: won(0) },
      ])
      const difference = 27_000 - 9_000 - 1_000
      expect(result.totals).toMatchObject([{ difference, open: difference, explained: 0, outside: 0 }])
      await sound()
    })

    test('what comes with the next file resolves itself, and what went wrong again is open again', async () => {
      const { reconcile, rows, row, third, open, payments, db, sound } = await busy()
      await reconcile(rows.filter(({ reference }) => reference !== third))
      expect(await open()).toHaveLength(1)
      expect((await reconcile([row('capture', third, 27_000)])).open).toBe(0)
      expect((await payments.exceptions(db, { resolved: true })).items).toMatchObject([
        { reference: third, found: 'missing_there', resolution: 'matched' },
      ])
      await reconcile([row('capture', third, 27_000)])
      expect(await open()).toMatchObject([{ reference: third, found: 'other_amount', there: won(54_000) }])
      await sound()
    })

    test('what a file of later days does not name stays open until its money comes', async () => {
      const { reconcile, rows, row, third, open, clock, sound } = await busy()
      await reconcile(rows.filter(({ reference }) => reference !== third))
      const later = { from: clock.now().toISOString(), to: new Date(clock.now().getTime() + 86_400_000).toISOString() }
      const result = await reconcile([row('payout', '', 1_000)], later)
      expect([result.open, result.totals[0]?.open, result.totals[0]?.outside]).toEqual([1, 27_000, 0])
      expect(await open()).toMatchObject([{ reference: third, found: 'missing_there' }])
      await reconcile([row('capture', third, 27_000)], later)
      expect(await open()).toEqual([])
      await sound()
    })

    test('a difference that a person has explained stays so, until the figures are others', async () => {
      const { reconcile, rows, row, third, open, payments, db, sound } = await busy()
      await reconcile(rows.filter(({ reference }) => reference !== third))
      const [exception] = await open()
      const resolution = {
        exceptionId: exception?.id ?? 'exc_none',
        resolution: 'The provider pays it in March',
      } as const
      const results = await Promise.allSettled([1, 2].map(() => payments.resolveException(db, resolution)))
      expect(results.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const again = await reconcile(rows.filter(({ reference }) => reference !== third))
      expect(again).toMatchObject({ open: 0, totals: [{ difference: 27_000, explained: 27_000, open: 0 }] })
      await reconcile([row('capture', third, 1_000)])
      expect(await open()).toMatchObject([{ found: 'other_amount', there: won(1_000) }])
      expect((await payments.exceptions(db, { resolved: true })).items).toMatchObject([
        { resolution: 'The provider pays it in March' },
      ])
      await sound()
    })

    test('what was booked after it ended, or before it began, is outside and no exception', async () => {
      const { reconcile, open, sound } = await busy()
      const early = await reconcile([], { to: '2026-01-02T03:04:05.678Z' })
      expect(early).toMatchObject({ open: 0, totals: [{ difference: 69_000, outside: 69_000, open: 0 }] })
      const late = await reconcile([], { from: '2026-01-02T03:04:05.679Z' })
      expect(late).toMatchObject({ open: 0, totals: [{ outside: 69_000 }] })
      expect((await reconcile([])).open).toBe(5)
      expect(await open()).toHaveLength(5)
      await sound()
    })

    test('a chargeback that was won comes back', async () => {
      const { reconcile, rows, row, second, provider, payments, db, clock, sound } = await busy()
      await reconcile(rows)
      const [dispute] = (await provider.find(second))?.disputes ?? []
      provider.closeDispute(second, dispute?.disputeId ?? '', 'won')
      await payments.sync(db, second as `att_${string}`)
      clock.advance(1)
      expect((await reconcile([])).open).toBe(1)
      expect((await reconcile([row('chargeback', second, -5_000)])).open).toBe(0)
      await sound()
    })

    test('the same difference about another dispute is open again', async () => {
      const { reconcile, rows, row, second, provider, payments, db, clock, open, sound } = await busy()
      await reconcile(rows.filter(({ kind }) => kind !== 'chargeback'))
      expect(await open()).toMatchObject([{ kind: 'chargeback', here: won(5_000), there: won(0) }])
      const [dispute] = (await provider.find(second))?.disputes ?? []
      provider.closeDispute(second, dispute?.disputeId ?? '', 'won')
      await payments.sync(db, second as `att_${string}`)
      clock.advance(1)
      expect((await reconcile([])).open).toBe(0)
      provider.dispute(second, won(5_000))
      await payments.sync(db, second as `att_${string}`)
      clock.advance(1)
      expect((await reconcile([])).open).toBe(1)
      expect(await open()).toMatchObject([{ kind: 'chargeback', here: won(5_000), there: won(0) }])
      const exceptionId = (await open())[0]?.id ?? 'exc_none'
      await expect(payments.resolveException(db, { exceptionId, resolution: 'matched' })).rejects.toMatchObject({
        details: { issues: [{ field: 'resolution' }] },
      })
      expect((await reconcile([row('chargeback', second, 5_000)])).open).toBe(0)
      await sound()
    })

    test('other money is another matter', async () => {
      const { reconcile, rows, first, open } = await busy()
      const dollars = rows.map((one) =>
        one.kind === 'capture' && one.reference === first
          ? { ...one, amount: { minor: 27_000, currency: 'USD' } }
          : one,
      )
      const { totals } = await reconcile(dollars)
      expect((await open()).map(({ found, here }) => `${found} ${here.currency}`).toSorted()).toEqual([
        'missing_here USD',
        'missing_there KRW',
      ])
      expect(totals.map(({ difference, open: left }) => difference - left)).toEqual([0, 0])
    })

    test('exceptions come in pages, newest first, of one provider if need be; a wrong one is named', async () => {
      const { reconcile, payments, db, row } = await busy()
      await reconcile([])
      const first = await payments.exceptions(db, { limit: 3, provider: 'fake' })
      const rest = await payments.exceptions(db, { limit: 3, after: first.next ?? '' })
      const ids = [...first.items, ...rest.items].map(({ id }) => id)
      expect([ids.length, rest.next, ids.toSorted().toReversed()]).toEqual([5, null, ids])
      expect((await payments.exceptions(db, { provider: 'other' })).items).toEqual([])
      await expect(payments.resolveException(db, { exceptionId: 'exc_none', resolution: 'x' })).rejects.toMatchObject({
        code: 'payments.exception_not_found',
      })
      for (const bad of [row('capture', '', 1), row('capture', 'att_1', 0)])
        await expect(reconcile([bad])).rejects.toMatchObject({ code: 'core.invalid_input' })
    })

    test.each([
      ['payments.settlement_booked', `update payments_settlement set amount = amount + 1 where kind = 'fee'`],
      ['payments.settlement_told', `delete from payments_settlement where kind = 'payout'`],
      ['payments.exception_resolved', `update payments_exception set resolved_at = '2026-01-02'`],
    ])('%s: %s is found', async (name, corruption) => {
      const { db, reconcile, rows, sound } = await busy()
      await reconcile(rows.slice(1))
      await sound()
      await sql.raw(corruption).execute(db)
      expect((await checkInvariants(db, paymentInvariants)).map((one) => one.name)).toEqual([name])
    })
  })
})
