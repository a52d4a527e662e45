import { type Money, money, sum, times } from '@sangdo/core'
import { type Address, orderErrors, type Quote } from './contract.ts'
import type { OrderPorts, PriceRequest, StartedPayment } from './ports.ts'

/** An address in Seoul. */
export const sampleAddress: Address = {
  name: '김하늘',
  phone: '010-0000-0000',
  country: 'KR',
  postcode: '04524',
  city: '서울특별시 중구',
  line1: '세종대로 110',
}

/** A gift for every cart, or a tenth off for one way to pay. */
export interface SampleOffer {
  readonly gift?: { readonly sku: string; readonly quantity: number }
  readonly paymentMethod?: string
}

/** What a fake shop sells: unit price in won and pieces in stock of each sku. */
export type SampleGoods = Readonly<Record<string, { price: number; stock: number }>>

/** A mug for 12,000 won, five of them, and a plate for 9,000, of which there are two. */
export const sampleGoods: SampleGoods = { MUG: { price: 12_000, stock: 5 }, PLATE: { price: 9_000, stock: 2 } }

/** Neighbours that live in memory: a small shop in won. `calls` says what was asked of stock, coupons and payments, in order. */
export function fakePorts(goods: SampleGoods = sampleGoods): OrderPorts & {
  calls: string[]
  setPrice: (sku: string, price: number) => void
  /** From now on every cart comes with this, or costs less when it is paid so. */
  offer: (offer: SampleOffer) => void
} {
  const calls: string[] = []
  const offer: SampleOffer = {}
  const prices = new Map(Object.entries(goods).map(([sku, { price }]) => [sku, price]))
  return {
    calls,
    setPrice: (sku, price) => void prices.set(sku, price),
    offer: (made) => void Object.assign(offer, made),
    catalog: fakeCatalog(goods),
    prices: fakePrices(prices, offer, calls),
    stock: fakeStock(goods, calls),
    shipping: {
      optionsOf: async (_db, { currency }) => [
        {
          method: 'parcel',
          name: { ko: '택배', en: 'Parcel' },
          price: money(3_000, currency),
          days: { from: 1, to: 2 },
        },
      ],
    },
    payments: fakePayments(calls),
  }
}

function fakeCatalog(goods: SampleGoods): OrderPorts['catalog'] {
  const facts = (sku: string) => ({
    productId: `prd_${sku}`,
    name: { ko: sku, en: sku },
    options: {},
    image: null,
    taxClass: 'standard',
    categoryIds: [],
    weightGrams: 300,
    sellable: true,
  })
  return {
    variantsOf: async (_db, skus) =>
      Object.fromEntries(skus.filter((sku) => sku in goods).map((sku) => [sku, facts(sku)])),
  }
}

function fakePrices(prices: Map<string, number>, offer: SampleOffer, calls: string[]): OrderPorts['prices'] {
  const say = (call: string) => async (_tx: unknown, reference: string) =>
    void calls.push(`prices.${call} ${kind(reference)}`)
  return {
    quote: async (_db, request) => quoteOf(request, prices, offer),
    hold: say('hold'),
    redeem: say('redeem'),
    release: say('release'),
  }
}

function quoteOf(
  { currency, lines, shipping, paymentMethod }: PriceRequest,
  prices: Map<string, number>,
  offer: SampleOffer,
): Quote {
  const cheaper = offer.paymentMethod !== undefined && offer.paymentMethod === paymentMethod
  const none = money(0, currency)
  const priced = lines.flatMap(({ id, sku, quantity }) => {
    const listed = prices.get(sku)
    if (listed === undefined) return []
    const price = cheaper ? (listed * 9) / 10 : listed
    const total = times(money(price, currency), quantity)
    return [
      {
        id,
        sku,
        quantity,
        unitPrice: money(price, currency),
        compareAt: null,
        subtotal: total,
        discount: none,
        total,
        tax: none,
        taxRate: '0',
      },
    ]
  })
  const subtotal = sum(
    priced.map((line) => line.total),
    currency,
  )
  const amount: Money = shipping ?? none
  return {
    lines: priced,
    adjustments: [],
    refused: [],
    gifts: offer.gift ? [offer.gift] : [],
    payableBy: cheaper ? [offer.paymentMethod ?? ''] : null,
    subtotal,
    discount: none,
    taxAdded: none,
    taxIncluded: none,
    shipping: { amount, discount: none, total: amount, tax: none },
    total: sum([subtotal, amount], currency),
  }
}

function fakeStock(goods: SampleGoods, calls: string[]): OrderPorts['stock'] {
  const left = new Map(Object.entries(goods).map(([sku, { stock }]) => [sku, stock]))
  const held = new Map<string, { sku: string; quantity: number }[]>()
  const move = (lines: readonly { sku: string; quantity: number }[], sign: 1 | -1) => {
    for (const { sku, quantity } of lines) left.set(sku, (left.get(sku) ?? 0) + sign * quantity)
  }
  const giveBack = (call: string) => async (_tx: unknown, reference: string) => {
    calls.push(`stock.${call} ${kind(reference)}`)
    move(held.get(reference) ?? [], 1)
    held.delete(reference)
  }
  const say = (call: string) => async (_tx: unknown, reference: string) =>
    void calls.push(`stock.${call} ${kind(reference)}`)
  return {
    reserve: async (_tx, reference, lines) => {
      calls.push(`stock.reserve ${kind(reference)}`)
      const short = lines.find(({ sku, quantity }) => (left.get(sku) ?? 0) < quantity)
      if (short)
        throw orderErrors.cart_not_ready({
          problems: [{ kind: 'out_of_stock', sku: short.sku, available: left.get(short.sku) ?? 0 }],
        })
      move(lines, -1)
      held.set(reference, lines)
    },
    extend: say('extend'),
    convert: say('convert'),
    release: giveBack('release'),
    restock: giveBack('restock'),
    stockOf: async (_db, skus) => Object.fromEntries(skus.map((sku) => [sku, { available: left.get(sku) ?? 0 }])),
  }
}

function fakePayments(calls: string[]): OrderPorts['payments'] {
  return {
    start: async (_db, { amount, method }): Promise<StartedPayment> => {
      calls.push(`payments.start ${amount.minor} by ${method}`)
      return { id: 'pay_1', status: 'requires_action', redirectUrl: 'http://127.0.0.1/pay' }
    },
  }
}

/** An id without its chance part, so that calls can be compared. */
const kind = (reference: string) => reference.replace(/_[0-9a-z]+/, '')
