import type { NewReview, VerifiedReview } from './contract.ts'
import type { PurchasePort } from './ports.ts'

/** What was bought, by order line: the product, and who received it. */
export type SamplePurchases = Readonly<Record<string, { productId: string; customerId: string }>>

/** One mug, received by one customer. */
export const samplePurchases: SamplePurchases = { lin_1: { productId: 'prd_mug', customerId: 'cus_1' } }

/** Purchases that live in memory, each line in an order of its own. */
export const fakePurchases = (purchases: SamplePurchases = samplePurchases): PurchasePort => ({
  purchaseOf: async (_db, lineId, customerId) => {
    const bought = purchases[lineId]
    return bought?.customerId === customerId
      ? { productId: bought.productId, orderId: lineId.replace('lin', 'ord') }
      : undefined
  },
})

/** A review of the mug. */
export const sampleReview: NewReview = {
  lineId: 'lin_1',
  customerId: 'cus_1',
  stars: 5,
  title: '손에 꼭 맞아요',
  text: '아침마다 이 잔에 차를 마십니다.',
  locale: 'ko',
  author: '김*늘',
}

/** A review that was written in another shop system. */
export const sampleVerified: VerifiedReview = {
  productId: 'prd_mug',
  orderId: 'ord_old',
  lineId: 'lin_old',
  stars: 3,
  text: 'Smaller than I thought, but well made.',
  locale: 'en',
  author: 'Ada L.',
  createdAt: '2025-11-01T00:00:00.000Z',
}
