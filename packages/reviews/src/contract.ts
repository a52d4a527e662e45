import { defineErrors, defineEvent, idSchema, Instant, Locale } from '@sangdo/core'
import { z } from 'zod'

export const ReviewId = idSchema('rev')
export type ReviewId = z.infer<typeof ReviewId>
export const CustomerId = idSchema('cus')
export type CustomerId = z.infer<typeof CustomerId>

const Reference = z.string().min(1).max(100)
const bidirectional = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const control = /[^\P{Cc}\n]/gu

/** Text as it is kept: composed, with plain line breaks, without control characters or marks that turn writing round. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(control, '')
    .replaceAll(bidirectional, '')
    .trim()

const oneLine = (text: string) => cleanText(text).replaceAll(/\s+/g, ' ')

export const Stars = z.int().min(1).max(5)
/** A text of ten to 4,000 characters. */
export const ReviewText = z.string().overwrite(cleanText).min(10).max(4000)
const Title = z.string().overwrite(oneLine).min(1).max(100).nullable()
/** The name under a review, as everybody reads it: see `maskName`. */
export const DisplayName = z.string().overwrite(oneLine).min(1).max(50)

const writing = { stars: Stars, title: Title.default(null), text: ReviewText }

/** A review of what was bought on one order line. `rewarded` says that something was given for it, which shoppers are told. */
export const NewReview = z
  .strictObject({
    lineId: Reference,
    customerId: CustomerId,
    ...writing,
    locale: Locale,
    author: DisplayName,
    rewarded: z.boolean().default(false),
  })
  .meta({ id: 'NewReview' })
export type NewReview = z.input<typeof NewReview>

/** What an author may change. */
export const ReviewEdit = z.strictObject(writing)
export type ReviewEdit = z.input<typeof ReviewEdit>

/** A review whose purchase is known already, as from another shop system: it keeps its day, and is approved. */
export const VerifiedReview = z.strictObject({
  productId: Reference,
  orderId: Reference,
  lineId: Reference,
  customerId: CustomerId.nullable().default(null),
  ...writing,
  locale: Locale,
  author: DisplayName,
  rewarded: z.boolean().default(false),
  createdAt: Instant,
})
export type VerifiedReview = z.input<typeof VerifiedReview>

export const ReviewStatus = z.enum(['pending', 'approved', 'rejected'])
export type ReviewStatus = z.infer<typeof ReviewStatus>

/**
 * Why a review may be refused. There is no other reason, and few stars are none: to hide or push down what is unwelcome is
 * a deception under the E-Commerce Act, article 21 (1) 1.
 */
export const RejectionReason = z
  .enum([
    'advertising',
    'personal_data',
    'abusive',
    'illegal',
    'copyright',
    'off_topic',
    'not_about_product',
    'duplicate',
  ])
  .meta({ id: 'RejectionReason' })
export type RejectionReason = z.infer<typeof RejectionReason>

/** What the shop answers. */
export const Reply = z.object({ text: z.string(), at: Instant })
export const NewReply = z.strictObject({ text: z.string().overwrite(cleanText).min(1).max(2000) })
export type NewReply = z.input<typeof NewReply>

/** A review as everybody reads it. Each one is of somebody who bought the product. */
export const Review = z
  .object({
    id: ReviewId,
    productId: z.string(),
    stars: Stars,
    title: z.string().nullable(),
    text: z.string(),
    locale: Locale,
    author: z.string(),
    rewarded: z.boolean(),
    helpful: z.int(),
    createdAt: Instant,
    editedAt: Instant.nullable(),
    reply: Reply.nullable(),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof Review>

/** A review as its author and the back office see it: with its status, and the purchase it is of. */
export const ReviewRecord = Review.extend({
  status: ReviewStatus,
  lineId: z.string(),
  orderId: z.string(),
  customerId: CustomerId.nullable(),
}).meta({ id: 'ReviewRecord' })
export type ReviewRecord = z.infer<typeof ReviewRecord>

/** Who decides, and what they note down. */
export const Approval = z.strictObject({ actor: Reference, note: z.string().max(500).nullable().default(null) })
export type Approval = z.input<typeof Approval>
export const Rejection = Approval.extend({ reason: RejectionReason })
export type Rejection = z.input<typeof Rejection>

/** One line of the log of a review; none is ever changed or deleted. */
export const Decision = z
  .object({
    id: idSchema('dec'),
    reviewId: ReviewId,
    from: ReviewStatus.nullable(),
    to: ReviewStatus,
    actor: z.string(),
    reason: RejectionReason.nullable(),
    note: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'ReviewDecision' })
export type Decision = z.infer<typeof Decision>

/** How many approved reviews gave one star, two, and so on to five. */
export const Histogram = z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()])
export type Histogram = z.infer<typeof Histogram>

/** What is thought of a product. The average is in hundredths of a star (467 is 4.67), and 0 where there is no review. */
export const Rating = z.object({ count: z.int(), average: z.int(), histogram: Histogram }).meta({ id: 'Rating' })
export type Rating = z.infer<typeof Rating>

/** The order of a list. Every reader may choose; nothing is hidden by its stars in any of them. */
export const ReviewSort = z.enum(['newest', 'helpful', 'highest', 'lowest'])
export type ReviewSort = z.infer<typeof ReviewSort>

/** Which reviews of a product are read, and in which order: the newest first, unless the reader asks otherwise. */
export const ReviewQuery = z.object({
  sort: ReviewSort.default('newest'),
  stars: z.coerce.number().pipe(Stars).optional(),
})
export type ReviewQuery = z.infer<typeof ReviewQuery>

/** A counter that differs from what it counts: of a product's stars, or of a review's helpful votes. */
export interface Drift {
  readonly subject: string
  readonly kept: readonly number[]
  readonly counted: readonly number[]
}

export const reviewErrors = defineErrors('reviews', {
  not_purchased: ['forbidden', (d: { lineId: string }) => `${d.lineId} is nothing that this customer has received`],
  already_reviewed: ['conflict', (d: { lineId: string }) => `${d.lineId} has a review already`],
  review_not_found: ['not_found', (d: { reviewId: string }) => `There is no review ${d.reviewId}`],
  not_author: ['forbidden', (d: { reviewId: string }) => `${d.reviewId} is by somebody else`],
  own_review: ['forbidden', (d: { reviewId: string }) => `Nobody votes for a review of their own: ${d.reviewId}`],
  edit_closed: [
    'conflict',
    (d: { reviewId: string; until: string }) => `${d.reviewId} could be edited until ${d.until}`,
  ],
  wrong_status: [
    'conflict',
    (d: { reviewId: string; status: ReviewStatus; wanted: ReviewStatus }) =>
      `${d.reviewId} is ${d.status} and cannot become ${d.wanted}`,
  ],
})

const Of = z.object({ reviewId: ReviewId, productId: z.string() })

/** Somebody has written, or changed what they wrote; it waits for a decision. */
export const reviewSubmitted = defineEvent('reviews.submitted', Of.extend({ stars: Stars }))
/** A review can be read by everybody. */
export const reviewApproved = defineEvent('reviews.approved', Of)
/** A review is refused, for one of the reasons; its author is told which. */
export const reviewRejected = defineEvent(
  'reviews.rejected',
  Of.extend({ customerId: CustomerId.nullable(), reason: RejectionReason }),
)
/** What is thought of a product has changed. The average is in hundredths of a star. */
export const ratingChanged = defineEvent(
  'reviews.rating_changed',
  z.object({ productId: z.string(), average: z.int(), count: z.int() }),
)
