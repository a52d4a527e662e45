import { instant, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  Approval,
  type Decision,
  NewReply,
  ratingChanged,
  Rejection,
  type RejectionReason,
  reviewApproved,
  reviewErrors,
  type ReviewId,
  type ReviewRecord,
  reviewRejected,
  type ReviewStatus,
} from '../contract.ts'
import { canMove, emptyHistogram, ratingFrom } from '../rules.ts'
import { addDecision, decisionsOf as logsOf } from '../store/decisions.ts'
import * as ratings from '../store/ratings.ts'
import * as store from '../store/reviews.ts'

export type Moderation = ReturnType<typeof createModeration>

interface Because {
  readonly actor: string
  readonly reason?: RejectionReason
  readonly note?: string | null
}

/** A review without what only the store needs. */
export const shown = ({ version: _, ...review }: store.StoredReview): ReviewRecord => review

/** Those who decide. */
export function createModeration({ outbox, now, newId }: { outbox: Announce; now: Now; newId: NewId }) {
  /** Lets everybody read a review. Throws `reviews.review_not_found`, `reviews.wrong_status` when everybody can. */
  async function approve(db: Db, reviewId: ReviewId, input: Approval): Promise<ReviewRecord> {
    const because = parse(Approval, input)
    return atomic(db, async (tx) => shown(await decide(tx, await existing(tx, reviewId), 'approved', because)))
  }

  /** Refuses a review for one of the reasons. Throws `reviews.review_not_found`, `reviews.wrong_status` when it is refused already. */
  async function reject(db: Db, reviewId: ReviewId, input: Rejection): Promise<ReviewRecord> {
    const because = parse(Rejection, input)
    return atomic(db, async (tx) => shown(await decide(tx, await existing(tx, reviewId), 'rejected', because)))
  }

  /** Moves a review along one edge of the graph, by compare-and-set; counts it, writes it down and tells of it. */
  async function decide(
    tx: Tx,
    review: store.StoredReview,
    to: ReviewStatus,
    because: Because,
    change: store.ReviewChange = {},
  ): Promise<store.StoredReview> {
    const edited = change.editedAt !== undefined && review.status === to
    const allowed = edited || canMove(review.status, to)
    if (!allowed || !(await store.moveReview(tx, review, to, change)))
      throw reviewErrors.wrong_status({ reviewId: review.id, status: review.status, wanted: to })
    const moved = { ...review, ...change, status: to, version: review.version + 1 }
    await log(tx, moved, review.status, to, because)
    await recount(tx, review, moved)
    await tell(tx, moved, because)
    return moved
  }

  /** Writes a line of the log of a review. */
  async function log(
    tx: Tx,
    { id: reviewId, version }: Pick<store.StoredReview, 'id' | 'version'>,
    from: ReviewStatus | null,
    to: ReviewStatus,
    { actor, reason, note = null }: Because,
  ): Promise<void> {
    const at = instant(now())
    await addDecision(tx, { id: newId('dec'), reviewId, from, to, actor, reason: reason ?? null, note, at }, version)
  }

  async function recount(tx: Tx, before: store.StoredReview, after: store.StoredReview): Promise<void> {
    const { productId } = before
    if (before.status === 'approved') await ratings.countOut(tx, productId, before.stars)
    if (after.status === 'approved') await ratings.countIn(tx, productId, after.stars)
    if (before.status === 'approved' || after.status === 'approved') await tellRating(tx, productId)
  }

  async function tellRating(tx: Tx, productId: string): Promise<void> {
    const { average, count } = await ratingOf(tx, productId)
    await outbox.append(tx, ratingChanged, { productId, average, count })
  }

  const ratingOf = async (tx: Tx, productId: string) =>
    ratingFrom((await ratings.histogramsOf(tx, [productId])).get(productId) ?? emptyHistogram)

  async function tell(
    tx: Tx,
    { id: reviewId, productId, customerId, status }: store.StoredReview,
    { reason }: Because,
  ) {
    if (status === 'approved') await outbox.append(tx, reviewApproved, { reviewId, productId })
    if (status === 'rejected' && reason)
      await outbox.append(tx, reviewRejected, { reviewId, productId, customerId, reason })
  }

  async function existing(db: Db, reviewId: ReviewId): Promise<store.StoredReview> {
    const review = await store.reviewOf(db, reviewId)
    if (!review) throw reviewErrors.review_not_found({ reviewId })
    return review
  }

  /** The review, whatever its status. Throws `reviews.review_not_found`. */
  const reviewOf = async (db: Db, reviewId: ReviewId): Promise<ReviewRecord> => shown(await existing(db, reviewId))

  /** Answers a review in the name of the shop, in place of a former answer; null takes it away. Throws `reviews.review_not_found`. */
  async function reply(db: Db, reviewId: ReviewId, input: NewReply | null): Promise<ReviewRecord> {
    const answer = input && { ...parse(NewReply, input), at: instant(now()) }
    if (!(await store.setReply(db, reviewId, answer))) throw reviewErrors.review_not_found({ reviewId })
    return reviewOf(db, reviewId)
  }

  /** Reviews of a status in pages, those that have waited longest first. */
  async function byStatus(db: Db, status: ReviewStatus, page: Partial<PageQuery> = {}): Promise<Page<ReviewRecord>> {
    const { items, next } = await store.byStatus(db, status, parse(PageQuery, page))
    return { items: items.map(shown), next }
  }

  /** Reviews that wait for a decision, in pages, those that have waited longest first. */
  const pending = (db: Db, page: Partial<PageQuery> = {}): Promise<Page<ReviewRecord>> => byStatus(db, 'pending', page)

  /** Every decision on each of these reviews, the first one first. */
  async function decisionsOf(db: Db, ids: readonly ReviewId[]): Promise<Record<ReviewId, Decision[]>> {
    const decisions = Object.groupBy(await logsOf(db, ids), ({ reviewId }) => reviewId)
    return Object.fromEntries(ids.map((id) => [id, decisions[id] ?? []]))
  }

  /** Counts the stars of a product anew, from its approved reviews, and says so if that changes anything. Answers whether it did. */
  async function rebuild(db: Db, productId: string): Promise<boolean> {
    return atomic(db, async (tx) => {
      const counted = await ratings.recount(tx, productId)
      const kept = (await ratings.histogramsOf(tx, [productId])).get(productId) ?? emptyHistogram
      if (counted.every((count, index) => count === kept[index])) return false
      await ratings.setHistogram(tx, productId, counted)
      await tellRating(tx, productId)
      return true
    })
  }

  return { approve, reject, reply, reviewOf, byStatus, pending, decisionsOf, rebuild, decide, log, existing }
}
