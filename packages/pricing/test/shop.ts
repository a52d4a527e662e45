import { money } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type CartQuote, priceCart, type PromotionId } from '@sangdo/pricing'

export const won = (minor: number) => money(minor, 'KRW')
export const usd = (minor: number) => money(minor, 'USD')

/** A handle that counts the statements it sends. */
export function counting(db: Db) {
  const sent: number[] = []
  const counted: Db = db.withPlugin({
    transformQuery: ({ node }) => node,
    // Counted by their answers, as some statements are composed once and for all.
    transformResult: async ({ result }) => {
      sent.push(result.rows.length)
      return result
    },
  })
  return { db: counted, sent }
}

/** A use of a promotion in a quote. */
export interface Counted {
  readonly promotionId: PromotionId
  readonly code?: string
  readonly amount?: number
  readonly units?: number
}

/** A quote in won in which just these promotions count. */
export const quoteWith = (...counted: readonly Counted[]): CartQuote => ({
  ...priceCart([], { currency: 'KRW' }),
  adjustments: counted.map(({ promotionId, code = null, amount = 0, units = 0 }) => {
    const figures = { base: won(amount), rate: null, wanted: won(amount), amount: won(amount), units }
    return { promotionId, name: {}, code, kind: 'amount_off', target: 'order', ...figures, lines: [] }
  }),
})
