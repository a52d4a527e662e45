import { type Money } from '@sangdo/core/money'
import { type CartQuote, priceCart } from '@sangdo/pricing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cart, carts } from './carts.ts'
import { oracleQuote } from './oracle/index.ts'
import { costsWhatTheLawSays, forCarts, others, runs, timeout } from './properties.ts'

const sum = (amounts: readonly Money[]) => amounts.reduce((total, amount) => total + amount.minor, 0)
const quoteOf = ({ lines, options }: Cart) => priceCart(lines, options)

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

function linesAddUp(quote: CartQuote): void {
  for (const line of quote.lines) {
    const taken = quote.adjustments.flatMap((one) => one.lines.filter((part) => part.id === line.id))
    expect(line.subtotal.minor).toBe(line.unitPrice.minor * line.quantity)
    expect(line.discount.minor).toBe(sum(taken.map((part) => part.amount)))
    expect(line.total.minor).toBe(line.subtotal.minor - line.discount.minor)
    if (line.taxes) expect(sum(line.taxes.map((part) => part.amount))).toBe(line.tax.minor)
  }
  expect(quote.subtotal.minor).toBe(sum(quote.lines.map((line) => line.subtotal)))
}

function sumsAddUp(quote: CartQuote, tenders: readonly Money[]): void {
  const { lines, shipping, fees, taxAdded, taxIncluded, total, due } = quote
  const taxes = sum([...lines, shipping, ...fees].map((taxed) => taxed.tax))
  const goods = sum(lines.map((line) => line.total))
  expect(shipping.total.minor).toBe(shipping.amount.minor - shipping.discount.minor)
  expect(taxAdded.minor + taxIncluded.minor).toBe(taxes)
  expect(total.minor).toBe(goods + shipping.total.minor + sum(fees.map((fee) => fee.amount)) + taxAdded.minor)
  expect(due.minor).toBe(total.minor - sum(tenders))
}

function adjustmentsAddUp(quote: CartQuote): void {
  const onShipping = quote.adjustments.filter((one) => one.target === 'shipping')
  expect(quote.shipping.discount.minor).toBe(sum(onShipping.map((one) => one.amount)))
  for (const one of quote.adjustments) {
    if (one.target !== 'shipping') expect(one.amount.minor).toBe(sum(one.lines.map((line) => line.amount)))
    expect(one.amount.minor).toBeLessThanOrEqual(one.wanted.minor)
  }
}

/** Every amount in an answer, however deep. */
function amountsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return []
  if ('minor' in value) return [Number(value.minor)]
  return Object.values(value).flatMap(amountsIn)
}

/** The answer in an order of lines that says nothing about that in which they were added. */
const byId = (quote: CartQuote): CartQuote => ({
  ...quote,
  lines: quote.lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
})

describe('any cart', () => {
  test(
    'costs exactly what the law of calculation says, in exact fractions',
    () => forCarts(Math.ceil(runs / 2), costsWhatTheLawSays),
    timeout,
  )

  test(
    'adds up to the last minor unit',
    () =>
      forCarts(others, (cart) => {
        const quote = quoteOf(cart)
        linesAddUp(quote)
        adjustmentsAddUp(quote)
        sumsAddUp(
          quote,
          (cart.options.tenders ?? []).map((tender) => tender.amount),
        )
      }),
    timeout,
  )

  test(
    'has no amount below zero and none with a fraction',
    () =>
      forCarts(others, (cart) => {
        const odd = amountsIn(quoteOf(cart)).filter((amount) => amount < 0 || !Number.isSafeInteger(amount))
        expect(odd).toEqual([])
      }),
    timeout,
  )

  test(
    'brings in the floor of every line, unless the line began below it',
    () =>
      forCarts(others, ({ lines, options: { tax: _tax, tenders: _tenders, ...options } }) => {
        const quote = priceCart(lines, options)
        quote.lines.forEach((line, index) => {
          const floor = (lines[index]?.floor?.minor ?? 0) * line.quantity
          expect(line.total.minor).toBeGreaterThanOrEqual(Math.min(floor, line.subtotal.minor))
        })
      }),
    timeout,
  )

  test(
    'costs the same in whatever order its lines were added',
    () =>
      forCarts(others, (cart) => {
        const quote = byId(quoteOf(cart))
        const [first, ...rest] = cart.lines
        for (const lines of [cart.lines.toReversed(), first ? [...rest, first] : []]) {
          const options = { ...cart.options, currency: quote.currency }
          expect(byId(priceCart(lines, options))).toEqual(quote)
        }
      }),
    timeout,
  )

  test(
    'costs the same when asked again, and asking changes nothing of it',
    () =>
      forCarts(others, (cart) => {
        const asked = frozen(structuredClone(cart))
        expect(JSON.stringify(quoteOf(asked))).toBe(JSON.stringify(quoteOf(cart)))
        expect(quoteOf(asked)).toEqual(quoteOf(asked))
      }),
    timeout,
  )
})

const reasons = [
  'used_up',
  'not_here',
  'not_now',
  'not_for_you',
  'wrong_payment',
  'nothing_eligible',
  'below_minimum',
  'nothing_left',
  'exclusive',
  'not_stackable',
  'not_best',
]
const kinds = ['percent_off', 'amount_off', 'fixed_price', 'buy_x_get_y', 'set_price', 'spend_tiers']

/** What happens in a cart, in a few words each. */
function seenIn({ lines, options }: Cart): Set<string> {
  const quote = oracleQuote(lines, options)
  const known = new Map(
    (options.promotions ?? []).map((one, index) => [
      `${one.id ?? one.code ?? `promotion-${index + 1}`} ${one.code}`,
      one,
    ]),
  )
  const counted = quote.adjustments.map((one) => known.get(`${one.promotionId} ${one.code ?? undefined}`)?.kind ?? '')
  const refused = quote.refused.map((one) => one.split(': ')[1] ?? '')
  return new Set([...counted, ...refused, quote.gifts.length > 0 ? 'gift' : '', quote.shares.length > 0 ? 'share' : ''])
}

describe('the random carts', () => {
  const seen = fc.sample(carts, { numRuns: 2_000, seed: 1 }).map(seenIn)
  const share = (what: string) => seen.filter((one) => one.has(what)).length / seen.length

  test.each([...kinds, 'gift', 'share'])('see promotions such as %s count in at least one of thirty', (kind) => {
    expect(share(kind)).toBeGreaterThan(1 / 30)
  })

  test.each(reasons)('see promotions refused as %s in at least one of a hundred', (reason) => {
    expect(share(reason)).toBeGreaterThan(1 / 100)
  })
})
