import type { CartPromotion } from '../../src/rules/model.ts'
import type { Line, State } from './lines.ts'
import { total } from './rational.ts'

interface Goods {
  readonly skus?: readonly string[] | undefined
  readonly categoryIds?: readonly string[] | undefined
}

/** Whether a line is among the goods that are named. */
export const matches = (line: Line, { skus, categoryIds }: Goods): boolean =>
  (!skus || skus.includes(line.sku)) && (!categoryIds || categoryIds.some((id) => line.categoryIds.includes(id)))

const discounted = (line: Line) =>
  (line.compareAt !== null && line.compareAt > line.unitPrice) || line.left < line.amount

/** The lines among `goods` that a promotion may look at. */
export const among = (state: State, promotion: CartPromotion, goods: Goods): Line[] =>
  state.lines.filter((line) => matches(line, goods) && !(promotion.notDiscounted && discounted(line)))

export const eligible = (state: State, promotion: CartPromotion): Line[] => among(state, promotion, promotion)

/** What the lines come to, for minimum and tiers. */
export const comeTo = (lines: readonly Line[], promotion: CartPromotion): bigint =>
  total(lines.map((line) => (promotion.minimumOf === 'before' ? line.amount : line.left)))

export const pieces = (lines: readonly Line[]): bigint => total(lines.map((line) => line.quantity))
