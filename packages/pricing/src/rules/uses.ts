import type { CartQuote } from '../contract/quote.ts'
import { compareTexts } from './lines.ts'

/** What a cart uses of one promotion: an amount in minor units, and pieces. The code is empty for a promotion without one. */
export interface PromotionUse {
  readonly promotionId: string
  readonly code: string
  readonly amount: number
  readonly units: number
}

/**
 * What a quote uses of each promotion that counts in it, whether it took something off, gave something or shared something;
 * in the one order in which all buyers take them: by promotion, then code.
 */
export function usesOf({
  adjustments,
  gifts,
  shares,
}: Pick<CartQuote, 'adjustments' | 'gifts' | 'shares'>): PromotionUse[] {
  const uses = new Map<string, PromotionUse>()
  const nothing = [...gifts, ...shares].map(({ promotionId, code }) => ({ promotionId, code, minor: 0, units: 0 }))
  const taken = adjustments.map(({ amount, ...rest }) => ({ ...rest, minor: amount.minor }))
  for (const { promotionId, code, minor, units } of [...taken, ...nothing]) {
    const key = JSON.stringify([promotionId, code])
    const known = uses.get(key) ?? { promotionId, code: code ?? '', amount: 0, units: 0 }
    uses.set(key, { ...known, amount: known.amount + minor, units: known.units + units })
  }
  return [...uses.values()].toSorted(compareUses)
}

/** The order in which uses are taken and given back, so that no two buyers wait for each other. */
export const compareUses = (
  a: { readonly promotionId: string; readonly code: string },
  b: { readonly promotionId: string; readonly code: string },
): number => compareTexts(a.promotionId, b.promotionId) || compareTexts(a.code, b.code)
