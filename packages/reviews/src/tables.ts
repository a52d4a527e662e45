import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { CustomerId, Decision, RejectionReason, ReviewId, ReviewStatus } from './contract.ts'

/** The rows of this package. Instants are ISO text in UTC. */
export interface ReviewTables {
  reviews_review: {
    id: ReviewId
    product_id: string
    line_id: string
    order_id: string
    customer_id: CustomerId | null
    status: ReviewStatus
    version: number
    stars: number
    title: string | null
    text: string
    locale: string
    author: string
    rewarded: number
    helpful: number
    created_at: string
    edited_at: string | null
    reply_text: string | null
    reply_at: string | null
  }
  reviews_decision: {
    id: Decision['id']
    review_id: ReviewId
    from_status: ReviewStatus | null
    to_status: ReviewStatus
    actor: string
    reason: RejectionReason | null
    note: string | null
    at: string
    version: number
  }
  reviews_vote: { review_id: ReviewId; voter: string; at: string }
  reviews_rating: {
    product_id: string
    stars_1: number
    stars_2: number
    stars_3: number
    stars_4: number
    stars_5: number
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<ReviewTables>
