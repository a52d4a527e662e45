import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { priceCart, refundPlan, splitRefund, splitTax, type TaxOptions } from '@sangdo/pricing'

const cents = (minor: number) => money(minor, 'EUR')
const won = (minor: number) => money(minor, 'KRW')
const taxed = (minor: number, tax: TaxOptions, quantity = 1) =>
  priceCart([{ sku: 'MUG', quantity, unitPrice: cents(minor) }], { tax })

describe('tax', () => {
  test('is rounded in the mode that the market names', () => {
    const of = (rounding: TaxOptions['rounding']) =>
      taxed(250, { pricesInclude: 'no_tax', rates: { standard: 5 }, rounding }).taxAdded.minor
    expect((['half_up', 'half_even', 'down', 'up'] as const).map(of)).toEqual([13, 12, 12, 13])
  })

  test('is rounded by the piece, by the line or by the order', () => {
    const lines = [1, 2].map((id) => ({ id: `l${id}`, sku: 'PIN', quantity: 3, unitPrice: cents(5) }))
    const of = (level: TaxOptions['level']) =>
      priceCart(lines, { tax: { pricesInclude: 'no_tax', rates: { standard: 10 }, level } }).lines.map(
        (line) => line.tax.minor,
      )
    expect([of('unit'), of('line'), of('order')]).toEqual([
      [3, 3],
      [2, 2],
      [2, 1],
    ])
  })

  test('by the piece is never more than the amount that contains it', () => {
    const promotions = [{ kind: 'percent_off', percent: '99.9' }] as const
    const tax: TaxOptions = { pricesInclude: 'tax', rates: { standard: 10 }, level: 'unit', rounding: 'up' }
    const quote = priceCart([{ sku: 'PIN', quantity: 1_000, unitPrice: cents(1) }], { promotions, tax })
    expect([quote.total, quote.taxIncluded]).toEqual([cents(1), cents(1)])
  })

  test('may be several, one on top of the other', () => {
    const quebec: TaxOptions = {
      pricesInclude: 'no_tax',
      rates: {
        standard: [
          { name: 'GST', percent: 5 },
          { name: 'QST', percent: '9.5', compound: true },
        ],
      },
    }
    const [line] = taxed(10_000, quebec).lines
    expect(line).toMatchObject({ taxRate: '14.975', tax: cents(1_498) })
    expect(line?.taxes).toEqual([
      { name: 'GST', rate: '5', amount: cents(500) },
      { name: 'QST', rate: '9.5', amount: cents(998) },
    ])
  })

  test('a class without a rate is free of tax, a rate of zero is not', () => {
    const lines = ['standard', 'zero', 'free'].map((taxClass) => ({
      sku: taxClass,
      quantity: 1,
      unitPrice: cents(100),
      taxClass,
    }))
    const quote = priceCart(lines, { tax: { pricesInclude: 'tax', rates: { standard: 20, zero: 0 } } })
    expect(quote.lines.map((line) => [line.taxRate, line.taxFree])).toEqual([
      ['20', false],
      ['0', false],
      ['0', true],
    ])
  })

  test("across the border either the price stays or the shop's share of it", () => {
    const abroad: TaxOptions = { pricesInclude: 'tax', rates: { standard: 25 }, homeRates: { standard: 19 } }
    expect(taxed(11_900, abroad)).toMatchObject({ total: cents(11_900), taxIncluded: cents(2_380) })
    const net = taxed(11_900, { ...abroad, constant: 'net' })
    expect(net).toMatchObject({ total: cents(12_500), taxIncluded: cents(2_500) })
    expect(net.lines[0]?.restatedFrom).toEqual(cents(11_900))
  })

  test('is not paid by an exempt buyer, whose certificate the quote keeps', () => {
    const exemption = { certificate: 'DE123456789' }
    const gross = taxed(11_900, { pricesInclude: 'tax', rates: { standard: 19 }, exemption })
    expect(gross).toMatchObject({ total: cents(10_000), taxIncluded: cents(0), taxation: { exemption: 'DE123456789' } })
    expect(taxed(10_000, { pricesInclude: 'no_tax', rates: { standard: 19 }, exemption }).total).toEqual(cents(10_000))
  })

  test('of a tax service is kept as it was given, and missing figures are refused', () => {
    const external = { source: 'service', lines: { MUG: cents(7) }, shipping: cents(1) }
    const tax: TaxOptions = { pricesInclude: 'no_tax', rates: { standard: 19 }, external }
    const quote = priceCart([{ sku: 'MUG', quantity: 1, unitPrice: cents(100) }], { tax, shipping: cents(10) })
    expect([quote.taxAdded, quote.total, quote.taxation?.source]).toEqual([cents(8), cents(118), 'service'])
    expect(() => taxed(100, { ...tax, external: { source: 'service', lines: {} } })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field: 'tax.external.lines.MUG' }) }),
    )
  })
})

describe('what a Korean payment provider is told', () => {
  const tax: TaxOptions = { pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } }
  const rice = { id: 'rice', sku: 'RICE', quantity: 3, unitPrice: won(7_000), taxClass: 'free' }
  const bowl = { id: 'bowl', sku: 'BOWL', quantity: 2, unitPrice: won(19_500) }

  test('is supply, VAT and tax-free by the formula that was chosen; two of them differ by a won', () => {
    const quote = priceCart([rice, bowl], { tax })
    const split = (['lines', 'eleventh', 'supply_first'] as const).map((formula) => splitTax(quote, formula))
    expect(split.map(({ supply, vat, taxFree }) => [supply.minor, vat.minor, taxFree.minor])).toEqual([
      [35_455, 3_545, 21_000],
      [35_455, 3_545, 21_000],
      [35_454, 3_546, 21_000],
    ])
  })

  test('of a refund is the money that goes back: points get their part, and a return fee is kept', () => {
    const quote = priceCart([bowl], { tax, tenders: [{ id: 'points', amount: won(9_000) }] })
    const plan = refundPlan({ quote }, [{ id: 'bowl', quantity: 1 }], { returnFee: won(3_000) })
    expect(splitRefund(quote, plan, { formula: 'eleventh' })).toMatchObject({ amount: won(12_000), vat: won(1_091) })
  })

  test('is of what is paid in money where points pay a part', () => {
    const quote = priceCart([rice, bowl], { tax, tenders: [{ id: 'points', amount: won(6_000) }] })
    expect(splitTax(quote, 'eleventh')).toEqual({
      amount: won(54_000),
      supply: won(31_909),
      vat: won(3_191),
      taxFree: won(18_900),
    })
  })

  test.each(['lines', 'eleventh', 'supply_first'] as const)('sums up over partial cancels by %s', (formula) => {
    const quote = priceCart([rice, bowl], {
      tax,
      shipping: won(3_000),
      promotions: [{ kind: 'amount_off', amount: won(10_001) }],
    })
    const whole = splitTax(quote, formula)
    const returns = [
      ['bowl', 1],
      ['rice', 2],
      ['bowl', 1],
      ['rice', 1],
    ] as const
    const plans: ReturnType<typeof refundPlan>[] = []
    const splits = returns.map(([id, quantity]) => {
      const plan = refundPlan({ quote }, [{ id, quantity }], { earlier: plans, charges: 'with_last' })
      const split = splitRefund(quote, plan, { formula, earlier: plans })
      plans.push(plan)
      expect(split.supply.minor + split.vat.minor + split.taxFree.minor).toBe(plan.total.minor)
      return split
    })
    for (const part of ['amount', 'supply', 'vat', 'taxFree'] as const)
      expect(splits.reduce((sum, split) => sum + split[part].minor, 0)).toBe(whole[part].minor)
  })
})
