import { instant, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type CustomerId,
  NewReview,
  ReviewEdit,
  reviewErrors,
  type ReviewId,
  type ReviewRecord,
  reviewSubmitted,
  VerifiedReview,
} from '../contract.ts'
import type { PurchasePort } from '../ports.ts'
import { editableUntil } from '../rules.ts'
import * as store from '../store/reviews.ts'
import { type Moderation, shown } from './moderation.ts'

interface Dependencies {
  readonly outbox: Announce
  readonly now: Now
  readonly newId: NewId
  readonly purchases: PurchasePort
  readonly autoApprove: boolean
  readonly moderation: Moderation
}

/** Those who write. */
export function createAuthors({ outbox, now, newId, purchases, autoApprove, moderation }: Dependencies) {
  /**
   * Takes a review of what a customer has received, one for each order line. It waits for a decision, unless reviews are
   * approved at once. Throws `reviews.not_purchased`, `reviews.already_reviewed`.
   */
  async function submit(db: Db, input: NewReview): Promise<ReviewRecord> {
    const written = parse(NewReview, input)
    const { lineId, customerId } = written
    const purchase = await purchases.purchaseOf(db, lineId, customerId)
    if (!purchase) throw reviewErrors.not_purchased({ lineId })
    const { productId, orderId } = purchase
    return atomic(db, async (tx) => {
      const review = await add(tx, { ...written, productId, orderId, createdAt: instant(now()) }, 'author')
      return shown(await announce(tx, review))
    })
  }

  async function add(
    tx: Tx,
    written: Omit<ReviewRecord, 'id' | 'status' | 'helpful' | 'editedAt' | 'reply'>,
    actor: string,
  ): Promise<store.StoredReview> {
    const fresh = { status: 'pending', version: 0, helpful: 0, editedAt: null, reply: null } as const
    const review: store.StoredReview = { id: newId('rev'), ...written, ...fresh }
    if (!(await store.addReview(tx, review))) throw reviewErrors.already_reviewed({ lineId: review.lineId })
    await moderation.log(tx, review, null, 'pending', { actor })
    return review
  }

  async function announce(tx: Tx, review: store.StoredReview): Promise<store.StoredReview> {
    const { id: reviewId, productId, stars } = review
    await outbox.append(tx, reviewSubmitted, { reviewId, productId, stars })
    return autoApprove ? moderation.decide(tx, review, 'approved', { actor: 'auto' }) : review
  }

  /**
   * Changes what an author wrote, within thirty days; it waits for a decision again. Throws `reviews.review_not_found`,
   * `reviews.not_author`, `reviews.edit_closed`.
   */
  async function edit(db: Db, reviewId: ReviewId, customerId: CustomerId, input: ReviewEdit): Promise<ReviewRecord> {
    const change = parse(ReviewEdit, input)
    return atomic(db, async (tx) => {
      const review = await moderation.existing(tx, reviewId)
      if (review.customerId !== customerId) throw reviewErrors.not_author({ reviewId })
      const until = editableUntil(review.createdAt)
      if (instant(now()) > until) throw reviewErrors.edit_closed({ reviewId, until })
      const editedAt = instant(now())
      const edited = await moderation.decide(tx, review, 'pending', { actor: 'author' }, { ...change, editedAt })
      return shown(await announce(tx, edited))
    })
  }

  /**
   * Takes over a review whose purchase is known already, with its own day, and approves it. Throws
   * `reviews.already_reviewed`.
   */
  async function addVerified(db: Db, input: VerifiedReview): Promise<ReviewRecord> {
    const written = parse(VerifiedReview, input)
    return atomic(db, async (tx) => {
      const review = await add(tx, written, 'import')
      return shown(await moderation.decide(tx, review, 'approved', { actor: 'import' }))
    })
  }

  /** Forgets who wrote the reviews of a customer, as when they leave: what is said of the products stays, without a name. */
  const forgetAuthor = (tx: Tx, customerId: CustomerId): Promise<void> => store.forgetAuthor(tx, customerId)

  /** What a customer has written in pages, newest first, whatever became of it. */
  async function reviewsBy(db: Db, customerId: CustomerId, page: Partial<PageQuery> = {}): Promise<Page<ReviewRecord>> {
    const { items, next } = await store.byCustomer(db, customerId, parse(PageQuery, page))
    return { items: items.map(shown), next }
  }

  /** Which of these order lines have been reviewed, and the review of each. */
  async function reviewedLines(db: Db, lineIds: readonly string[]): Promise<Record<string, ReviewId>> {
    return Object.fromEntries((await store.reviewedLines(db, lineIds)).map(({ lineId, id }) => [lineId, id]))
  }

  return { submit, edit, addVerified, forgetAuthor, reviewsBy, reviewedLines }
}
