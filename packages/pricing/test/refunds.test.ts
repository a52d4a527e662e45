import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import {
  type CartLine,
  type CartOptions,
  priceCart,
  type RefundOptions,
  refundPlan,
  type RefundPlan,
} from '@sangdo/pricing'

const won = (minor: number) => money(minor, 'KRW')
const mug: CartLine = { id: 'mug', sku: 'MUG', quantity: 3, unitPrice: won(10_000) }
const tea: CartLine = { id: 'tea', sku: 'TEA', quantity: 1, unitPrice: won(5_000) }
const tax = { pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } } as const

function order(options: CartOptions) {
  const cart = { lines: [mug, tea], options: { tax, shipping: won(3_000), ...options } }
  const quote = priceCart(cart.lines, cart.options)
  const earlier: RefundPlan[] = []
  const giveBack = (id: string, quantity: number, wish: RefundOptions = {}) => {
    const plan = refundPlan({ quote, cart }, [{ id, quantity }], { earlier: [...earlier], ...wish })
    earlier.push(plan)
    return plan
  }
  return { quote, giveBack }
}

describe('a refund', () => {
  test('of one piece after the other sums up to what was paid for the line', () => {
    const { quote, giveBack } = order({ promotions: [{ kind: 'amount_off', amount: won(1_000) }] })
    const refunds = [1, 1, 1].map((quantity) => giveBack('mug', quantity).total.minor)
    expect(refunds).toEqual([9_714, 9_715, 9_714])
    expect(refunds.reduce((sum, one) => sum + one, 0)).toBe(quote.lines[0]?.total.minor)
  })

  test('gives tax that was added back with the price', () => {
    const { quote, giveBack } = order({ tax: { pricesInclude: 'no_tax', rates: { standard: '8.875' } } })
    const refunds = [giveBack('mug', 2), giveBack('mug', 1), giveBack('tea', 1, { charges: 'with_last' })]
    expect(refunds.reduce((sum, { total }) => sum + total.minor, 0)).toBe(quote.total.minor)
  })

  test('includes shipping when the shop is at fault, or with the last piece, and never twice', () => {
    const { giveBack } = order({})
    expect(giveBack('tea', 1, { charges: 'now' }).charges).toEqual([
      { id: 'shipping', amount: won(3_000), tax: won(273) },
    ])
    expect(giveBack('mug', 3, { charges: 'with_last' }).charges).toEqual([])
  })

  test('is less by what sending back costs, and never less than nothing', () => {
    const { giveBack } = order({})
    expect(giveBack('tea', 1, { returnFee: won(3_000) }).total).toEqual(won(2_000))
    expect(() => giveBack('mug', 1, { returnFee: won(10_001) })).toThrow(
      expect.objectContaining({
        code: 'pricing.invalid_refund',
        details: expect.objectContaining({ field: 'returnFee' }),
      }),
    )
  })

  test.each([
    ['soap', 1],
    ['mug', 4],
    ['mug', 0],
    ['mug', 1.5],
  ])('of %s × %d, which is not there, is refused by name', (id, quantity) => {
    expect(() => order({}).giveBack(id, quantity)).toThrow(expect.objectContaining({ code: 'pricing.invalid_refund' }))
  })
})

test('refunds under different policies together never give back more than was paid', () => {
  const { quote, giveBack } = order({ promotions: [{ id: 'big', kind: 'amount_off', amount: won(7_000) }] })
  const first = giveBack('mug', 3, { policy: 'reevaluate' })
  const second = giveBack('tea', 1)
  expect(first.goods.minor + second.goods.minor).toBe(quote.total.minor - 3_000)
})

test('of what a tax service said, only the part of the pieces that come back goes back', () => {
  const external = { source: 'service', lines: { mug: won(3_000), tea: won(500) }, shipping: won(0) }
  const { giveBack } = order({ tax: { pricesInclude: 'no_tax', rates: {}, external } })
  expect(giveBack('mug', 1, { policy: 'reevaluate' })).toMatchObject({ goods: won(10_000), tax: won(1_000) })
})

test('a cart that is not the one that was priced is refused by line', () => {
  const quote = priceCart([mug, tea])
  expect(() =>
    refundPlan({ quote, cart: { lines: [tea, mug], options: {} } }, [{ id: 'mug', quantity: 1 }], {
      policy: 'reclaim',
    }),
  ).toThrow(expect.objectContaining({ details: expect.objectContaining({ field: 'cart.lines.0' }) }))
})

describe('a discount whose condition fails after a return', () => {
  const half = {
    promotions: [
      {
        id: 'tier',
        kind: 'spend_tiers',
        tiers: [
          { from: won(20_000), percent: 10 },
          { from: won(35_000), percent: 20 },
        ],
      },
    ],
  } satisfies CartOptions

  test('is kept unless the shop says otherwise', () => {
    expect(order(half).giveBack('tea', 1)).toMatchObject({ goods: won(4_000), reclaimed: won(0), withdrawn: [] })
  })

  test('may be found anew for the pieces that stay', () => {
    // Three mugs alone reach ten percent: 27,000 of the 28,000 that were paid are kept.
    expect(order(half).giveBack('tea', 1, { policy: 'reevaluate' })).toMatchObject({
      goods: won(1_000),
      reclaimed: won(3_000),
    })
  })

  test('may be taken back, and is told to the buyer before', () => {
    const { quote, giveBack } = order({
      promotions: [{ id: 'big', kind: 'amount_off', amount: won(7_000), minimum: won(35_000) }],
    })
    const first = giveBack('mug', 1, { policy: 'reclaim' })
    // 28,000 was paid; two mugs and the tea without a discount are 25,000.
    expect(first).toMatchObject({ goods: won(3_000), withdrawn: [{ promotionId: 'big', reason: 'below_minimum' }] })
    const rest = [giveBack('mug', 2, { policy: 'reclaim' }), giveBack('tea', 1, { policy: 'reclaim' })]
    expect([first, ...rest].reduce((sum, { goods }) => sum + goods.minor, 0)).toBe(quote.total.minor - 3_000)
  })

  test('also takes back free shipping', () => {
    const { giveBack } = order({
      promotions: [{ id: 'free', kind: 'percent_off', percent: 100, target: 'shipping', minimum: won(35_000) }],
    })
    expect(giveBack('tea', 1, { policy: 'reclaim' })).toMatchObject({ goods: won(2_000), reclaimed: won(3_000) })
  })

  test('needs the cart to be looked at again', () => {
    const quote = priceCart([mug])
    expect(() => refundPlan({ quote }, [{ id: 'mug', quantity: 1 }], { policy: 'reclaim' })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field: 'cart' }) }),
    )
  })
})
