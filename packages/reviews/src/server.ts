export { reviewInvariants } from './invariants.ts'
export { reviewMigrations } from './migrations.ts'
export type { PurchasePort } from './ports.ts'
export { createReviews, type Reviews, type ReviewsOptions } from './service/index.ts'
