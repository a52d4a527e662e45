import { money } from '@sangdo/core'
import type { CartLine, CartOptions, CartPromotion } from '@sangdo/pricing'

const won = (minor: number) => money(minor, 'KRW')
const categories = ['cups', 'plates', 'tea', 'cloth', 'gifts']

/** So many lines of a shop with five shelves and two tax rates. */
export const linesOf = (count: number): CartLine[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `line-${String(index).padStart(3, '0')}`,
    sku: `SKU-${index}`,
    quantity: 1 + (index % 3),
    unitPrice: won(4_000 + index * 1_370),
    compareAt: index % 5 === 4 ? won(90_000 + index * 1_370) : null,
    taxClass: index % 3 === 0 ? 'reduced' : 'standard',
    categoryIds: [categories[index % categories.length] ?? ''],
  }))

/** Ten promotions that all count, of every sort that a shop runs at once. */
const ten: CartPromotion[] = [
  { id: 'p0', priority: 9, kind: 'percent_off', percent: 10, target: 'line', categoryIds: ['cups'] },
  { id: 'p1', priority: 8, kind: 'amount_off', amount: won(500), target: 'line', categoryIds: ['tea'] },
  { id: 'p2', priority: 7, kind: 'buy_x_get_y', buy: 2, get: 1, categoryIds: ['plates'] },
  { id: 'p3', priority: 6, kind: 'set_price', quantity: 2, price: won(12_000), categoryIds: ['cloth'], times: 1 },
  { id: 'p4', priority: 5, kind: 'fixed_price', price: won(8_900), skus: ['SKU-4'], maximumUnits: 1 },
  { id: 'p5', priority: 4, kind: 'percent_off', percent: '3.5', target: 'line', notDiscounted: true },
  {
    id: 'p6',
    priority: 3,
    kind: 'spend_tiers',
    tiers: [
      { from: won(30_000), percent: 3 },
      { from: won(60_000), percent: 5 },
    ],
  },
  { id: 'p7', priority: 2, kind: 'percent_off', percent: 7, maximum: won(7_000) },
  { id: 'p8', priority: 1, kind: 'amount_off', amount: won(2_500) },
  { id: 'p9', kind: 'percent_off', percent: 100, target: 'shipping', minimum: won(30_000) },
]

/** So many promotions: the ten, over and over. */
export const promotionsOf = (count: number): CartPromotion[] =>
  Array.from({ length: count }, (_, index) => ({ ...(ten[index % ten.length] as CartPromotion), id: `p${index}` }))

/** The ten, for the skus of another shop instead of its shelves; each counts for a cart of ten such lines. */
export function promotionsFor(skus: readonly string[]): CartPromotion[] {
  return ten.map(({ categoryIds, skus: named, ...promotion }, index) => ({
    ...promotion,
    ...(categoryIds ? { skus: skus.slice((index * 2) % 8, ((index * 2) % 8) + 2) } : {}),
    ...(named ? { skus: skus.slice(9) } : {}),
    ...(promotion.kind === 'fixed_price' ? { price: won(1_000) } : {}),
  }))
}

export const optionsOf = (promotions: readonly CartPromotion[]): CartOptions => ({
  promotions,
  shipping: won(3_000),
  tax: { pricesInclude: 'tax', rates: { standard: 19, reduced: 7, shipping: 19 } },
})
