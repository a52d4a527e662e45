import { products } from './products/index.ts'
import type { DemoReview } from './types.ts'

/** A review together with the handle of the product it is about. */
export interface PlacedReview extends DemoReview {
  readonly product: string
}

/** Every review of the shop, newest first. */
export const reviews: readonly PlacedReview[] = products
  .flatMap((product) => product.reviews.map((review) => ({ ...review, product: product.handle })))
  .toSorted((a, b) => a.daysAgo - b.daysAgo)
