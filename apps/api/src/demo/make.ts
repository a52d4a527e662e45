import type { DemoFact, DemoOption, DemoOptionValue, DemoReview, DemoVariant, Text } from './types.ts'

/** The texts a maker's workshop repeats on everything it makes. */
export interface Workshop {
  readonly maker: Text
  readonly care: Text
}

const warranty: Text = {
  ko: '공정거래위원회 고시 소비자분쟁해결기준에 따릅니다. 받은 날부터 1년 안에 만듦새 문제가 생기면 고치거나 바꿔 드립니다.',
  en: 'Covered by the Korean consumer dispute standards; we repair or replace faults in workmanship for one year.',
}
const country: Text = { ko: '대한민국', en: 'Republic of Korea' }
const fact = (ko: string, en: string, value: Text): DemoFact => ({ label: { ko, en }, value })

/** The facts of a household good: material, size, origin, maker, care and warranty. */
export const goods = (from: Workshop, material: Text, size: Text): DemoFact[] => [
  fact('소재', 'Material', material),
  fact('크기', 'Size', size),
  fact('제조국', 'Made in', country),
  fact('제조자', 'Maker', from.maker),
  fact('취급 시 주의사항', 'Care', from.care),
  fact('품질보증기준', 'Warranty', warranty),
]

/** The facts of a food: type, contents, ingredients, best-before, storage and maker. */
export const food = (maker: Text, type: Text, net: Text, ingredients: Text, keeps: Text, storage: Text): DemoFact[] => [
  fact('식품의 유형', 'Food type', type),
  fact('내용량', 'Net contents', net),
  fact('원재료명 및 원산지', 'Ingredients and origin', ingredients),
  fact('소비기한', 'Use by', keeps),
  fact('보관 방법', 'Storage', storage),
  fact('제조국', 'Made in', country),
  fact('제조원', 'Maker', maker),
]

/** The facts of a soap, salt or scent: contents, ingredients, period of use, maker and cautions. */
export const bath = (maker: Text, net: Text, ingredients: Text, keeps: Text, caution: Text): DemoFact[] => [
  fact('용량 또는 중량', 'Contents', net),
  fact('전성분', 'Ingredients', ingredients),
  fact('사용기한', 'Period of use', keeps),
  fact('제조국', 'Made in', country),
  fact('제조자', 'Maker', maker),
  fact('취급 시 주의사항', 'Caution', caution),
  fact('품질보증기준', 'Warranty', warranty),
]

/** A variant from its code, option value indexes, weight, won, cents and stock, with an earlier price if there was one. */
export const variant = (
  sku: string,
  options: readonly number[],
  weightGrams: number,
  won: number,
  cents: number,
  stock: number,
  was?: readonly [won: number, cents: number],
): DemoVariant => ({
  sku,
  options,
  weightGrams,
  prices: { KRW: won, USD: cents },
  ...(was ? { compareAt: { KRW: was[0], USD: was[1] } } : {}),
  stock,
})

/** The colour option with the given values. */
export const colour = (...values: readonly DemoOptionValue[]): DemoOption => ({
  name: { ko: '색', en: 'Color' },
  values,
})

/** The size option with the given values. */
export const size = (...values: readonly DemoOptionValue[]): DemoOption => ({
  name: { ko: '크기', en: 'Size' },
  values,
})

const review =
  (locale: DemoReview['locale']) =>
  (author: string, stars: DemoReview['stars'], daysAgo: number, text: string, title?: string): DemoReview => ({
    author,
    stars,
    ...(title ? { title } : {}),
    text,
    locale,
    daysAgo,
  })

/** A review written in Korean. */
export const ko = review('ko')

/** A review written in English. */
export const en = review('en')

/** Paragraphs joined by blank lines. */
export const prose = (...paragraphs: readonly string[]): string => paragraphs.join('\n\n')
