import { instant, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db } from '@sangdo/core/server'
import { z } from 'zod'
import { type Rating, Review, reviewErrors, type ReviewId, ReviewQuery } from '../contract.ts'
import { emptyHistogram, ratingFrom } from '../rules.ts'
import * as ratings from '../store/ratings.ts'
import * as store from '../store/reviews.ts'

const Voter = z.object({ voter: z.string().min(1).max(200) })

/** Those who read. */
export function createReaders({ now }: { now: Now }) {
  /** Approved reviews of a product in pages, the newest first unless the reader asks otherwise; with `stars`, those of so many. */
  async function list(db: Db, productId: string, query: Partial<ReviewQuery & PageQuery> = {}): Promise<Page<Review>> {
    const { items, next } = await store.list(db, productId, parse(ReviewQuery, query), parse(PageQuery, query))
    return { items: items.map(forEverybody), next }
  }

  /** What is thought of each of these products; nothing, of one without reviews. */
  async function ratingsOf(db: Db, productIds: readonly string[]): Promise<Record<string, Rating>> {
    const histograms = await ratings.histogramsOf(db, productIds)
    return Object.fromEntries(productIds.map((id) => [id, ratingFrom(histograms.get(id) ?? emptyHistogram)]))
  }

  /**
   * Says that a review helped, once for each voter, and answers how many it has helped. Throws `reviews.own_review` for its
   * author, `reviews.review_not_found` unless everybody can read it.
   */
  async function voteHelpful(db: Db, reviewId: ReviewId, voterKey: string): Promise<number> {
    const { voter } = parse(Voter, { voter: voterKey })
    return atomic(db, async (tx) => {
      const review = await store.reviewOf(tx, reviewId)
      if (review?.status !== 'approved') throw reviewErrors.review_not_found({ reviewId })
      if (review.customerId === voter) throw reviewErrors.own_review({ reviewId })
      const added = await ratings.addVote(tx, reviewId, voter, instant(now()))
      const helpful = await ratings.countVote(tx, reviewId, added ? 1 : 0)
      if (helpful === undefined) throw reviewErrors.review_not_found({ reviewId })
      return helpful
    })
  }

  /** Takes a vote back, and answers how many are left. Throws `reviews.review_not_found` unless everybody can read the review. */
  async function withdrawVote(db: Db, reviewId: ReviewId, voterKey: string): Promise<number> {
    return atomic(db, async (tx) => {
      const removed = await ratings.removeVote(tx, reviewId, voterKey)
      const helpful = await ratings.countVote(tx, reviewId, removed ? -1 : 0)
      if (helpful === undefined) throw reviewErrors.review_not_found({ reviewId })
      return helpful
    })
  }

  return { list, ratingsOf, voteHelpful, withdrawVote, drift: ratings.drift }
}

/** Nobody but its author and the shop learns who bought what. */
const forEverybody = (review: store.StoredReview): Review => Review.parse(review)
