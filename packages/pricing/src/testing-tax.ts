import { money, percent, includedTax, type Money } from '@sangdo/core'
import { describe, expect, test } from 'vitest'
import type { TaxPort, TaxRequest } from './ports.ts'
import { priceCart } from './rules/index.ts'

/** A tax service in memory: one rate for everything. `requests` is what it was asked; `fail` makes it answer no more. */
export function fakeTaxService({ source = 'fake', rate = 8.875 }: { source?: string; rate?: number | string } = {}) {
  const requests: TaxRequest[] = []
  let failing = false
  const taxOf: TaxPort['taxOf'] = async (request) => {
    requests.push(request)
    if (failing) throw new Error('The tax service is down')
    const formula = request.pricesInclude === 'tax' ? includedTax : percent
    const tax = (amount: Money) => formula(amount, request.exemption === null ? rate : 0)
    return {
      source,
      lines: Object.fromEntries(request.lines.map(({ id, amount }) => [id, tax(amount)])),
      shipping: tax(request.shipping),
      fees: Object.fromEntries(request.fees.map(({ id, amount }) => [id, tax(amount)])),
    }
  }
  return { taxOf, requests, fail: () => void (failing = true) }
}

/** A sample of what a tax service is asked: two lines, shipping and a fee, to California, taxes to be added. */
export const sampleTaxRequest: TaxRequest = {
  currency: 'USD',
  market: 'us',
  region: 'US-CA',
  at: '2026-01-02T03:04:05.678Z',
  pricesInclude: 'no_tax',
  lines: [
    { id: 'lin_1', sku: 'MUG', quantity: 3, amount: money(2_997, 'USD'), taxClass: 'standard' },
    { id: 'lin_2', sku: 'TEA', quantity: 1, amount: money(1_250, 'USD'), taxClass: 'food' },
  ],
  shipping: money(500, 'USD'),
  fees: [{ id: 'wrapping', amount: money(300, 'USD'), taxClass: 'standard' }],
  exemption: null,
}

/** What every tax service must keep to, whoever runs it: a suite of vitest tests for an adapter. */
export function describeTaxService(create: () => TaxPort, sample: TaxRequest = sampleTaxRequest): void {
  describe('a tax service', () => {
    const figuresOf = (answer: Awaited<ReturnType<TaxPort['taxOf']>>) => [
      ...Object.values(answer.lines),
      ...Object.values(answer.fees ?? {}),
      ...(answer.shipping ? [answer.shipping] : []),
    ]

    test('gives a figure for every line, for shipping and for every fee, and says who it is', async () => {
      const answer = await create().taxOf(sample)
      expect(answer.source).not.toBe('')
      expect(Object.keys(answer.lines).toSorted()).toEqual(sample.lines.map(({ id }) => id).toSorted())
      expect(Object.keys(answer.fees ?? {}).toSorted()).toEqual(sample.fees.map(({ id }) => id).toSorted())
      expect(answer.shipping).toBeDefined()
    })

    test('gives whole minor units of the currency that it was asked in, and none below zero', async () => {
      for (const figure of figuresOf(await create().taxOf(sample))) {
        expect(figure.currency).toBe(sample.currency)
        expect(Number.isSafeInteger(figure.minor) && figure.minor >= 0).toBe(true)
      }
    })

    test('answers the same question with the same figures', async () => {
      const service = create()
      expect(await service.taxOf(sample)).toEqual(await service.taxOf(sample))
    })

    test('taxes nothing at nothing', async () => {
      const nothing = money(0, sample.currency)
      const free = { ...sample, shipping: nothing, lines: sample.lines.map((line) => ({ ...line, amount: nothing })) }
      const { lines, shipping } = await create().taxOf(free)
      expect([...Object.values(lines), shipping].map((figure) => figure?.minor)).toEqual([
        ...sample.lines.map(() => 0),
        0,
      ])
    })

    test('gives figures that a cart is priced with, to the last minor unit', async () => {
      const external = await create().taxOf(sample)
      const lines = sample.lines.map(({ id, sku, amount }) => ({ id, sku, quantity: 1, unitPrice: amount }))
      const fees = sample.fees.map(({ id, amount }) => ({ id, amount }))
      const tax = { pricesInclude: sample.pricesInclude, rates: {}, external }
      const quote = priceCart(lines, { shipping: sample.shipping, fees, tax })
      const sum = figuresOf(external).reduce((all, figure) => all + figure.minor, 0)
      expect(quote.taxAdded.minor + quote.taxIncluded.minor).toBe(sum)
    })
  })
}
