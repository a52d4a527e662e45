import type { CategoryInput, PriceFact, ProductInput, StockFact } from './contract/index.ts'

/** A sample product in two colours, on sale; what is given replaces what it says. */
export function sampleProduct(fields: Partial<ProductInput> = {}): ProductInput {
  return {
    name: { ko: '백자 찻잔', en: 'White Porcelain Tea Cup' },
    summary: { ko: '손에 감기는 작은 잔', en: 'A small cup that fits the hand' },
    status: 'active',
    options: [
      {
        code: 'colour',
        name: { ko: '색상', en: 'Colour' },
        values: [
          { code: 'white', name: { ko: '백색', en: 'White' }, swatch: '#f8f8f4' },
          { code: 'celadon', name: { ko: '청자색', en: 'Celadon' }, swatch: '#9fb8a4' },
        ],
      },
    ],
    variants: [
      { sku: 'CUP-WHITE', weightGrams: 180, options: { colour: 'white' } },
      { sku: 'CUP-CELADON', weightGrams: 180, options: { colour: 'celadon' } },
    ],
    media: [{ url: '/media/cup.avif', alt: { ko: '백자 찻잔', en: 'A white tea cup' } }],
    ...fields,
  }
}

/** A sample product without options: one name, one sku. */
export const simpleProduct = (name: string, sku: string, fields: Partial<ProductInput> = {}): ProductInput => ({
  name: { ko: name },
  status: 'active',
  variants: [{ sku }],
  ...fields,
})

/** A sample category. */
export const sampleCategory = (fields: Partial<CategoryInput> = {}): CategoryInput => ({
  name: { ko: '찻잔', en: 'Tea cups' },
  ...fields,
})

/** What the sample product costs, in won. */
export const samplePrices: PriceFact[] = [
  { sku: 'CUP-WHITE', currency: 'KRW', minor: 28_000, compareAtMinor: 32_000 },
  { sku: 'CUP-CELADON', currency: 'KRW', minor: 31_000 },
]

/** How many of the sample product there are. */
export const sampleStock: StockFact[] = [
  { sku: 'CUP-WHITE', available: 5 },
  { sku: 'CUP-CELADON', available: 0 },
]
