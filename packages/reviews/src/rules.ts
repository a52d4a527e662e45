import type { Text } from '@sangdo/core'
import type { Histogram, Rating, RejectionReason, ReviewStatus } from './contract.ts'

/** The published graph: which status a review can move to from each. An edit leads back to `pending`. */
export const nextStatus = {
  pending: ['approved', 'rejected'],
  approved: ['pending', 'rejected'],
  rejected: ['pending', 'approved'],
} as const satisfies Record<ReviewStatus, readonly ReviewStatus[]>

/** Whether a review may move from one status to another. */
export const canMove = (from: ReviewStatus, to: ReviewStatus): boolean =>
  (nextStatus[from] as readonly ReviewStatus[]).includes(to)

/** The reasons for a refusal, as the author of the review reads them. */
export const rejectionReasons: Readonly<Record<RejectionReason, Text>> = {
  advertising: { ko: '광고나 홍보가 담겨 있습니다', en: 'It advertises something' },
  personal_data: { ko: '개인정보가 담겨 있습니다', en: 'It contains personal data' },
  abusive: { ko: '욕설이나 비방이 담겨 있습니다', en: 'It insults somebody' },
  illegal: { ko: '법에 어긋나는 내용이 담겨 있습니다', en: 'It breaks the law' },
  copyright: { ko: '다른 사람의 저작물이 담겨 있습니다', en: 'It uses the work of somebody else' },
  off_topic: { ko: '구매와 관계없는 내용입니다', en: 'It is not about the purchase' },
  not_about_product: { ko: '다른 상품에 관한 내용입니다', en: 'It is about another product' },
  duplicate: { ko: '같은 내용이 이미 올라와 있습니다', en: 'It has been posted before' },
}

const day = 86_400_000
/** For how many days an author may change what they wrote. */
export const editDays = 30

/** Until when a review of this instant may be edited. */
export const editableUntil = (createdAt: string): string =>
  new Date(Date.parse(createdAt) + editDays * day).toISOString()

/** A rating of no review at all. */
export const emptyHistogram: Histogram = [0, 0, 0, 0, 0]

/** How many reviews a histogram counts. */
export const countOf = (histogram: Histogram): number => histogram.reduce((total, count) => total + count, 0)

const starsIn = (histogram: Histogram) => histogram.reduce((total, count, index) => total + count * (index + 1), 0)

/** The mean of all stars in hundredths, a half rounded up: 467 is 4.67. None is 0. */
export function averageOf(histogram: Histogram): number {
  const count = countOf(histogram)
  return count === 0 ? 0 : Math.floor((200 * starsIn(histogram) + count) / (2 * count))
}

/** Count, average and histogram of a product. */
export const ratingFrom = (histogram: Histogram): Rating => ({
  count: countOf(histogram),
  average: averageOf(histogram),
  histogram,
})

/**
 * The average in hundredths as if a product had `weight` more reviews of the `prior` average (hundredths): few reviews say
 * little. For sorting products, never for showing. (C × m + Σ stars) / (C + n), a Bayesian average with a fixed prior.
 */
export const bayesianAverage = (histogram: Histogram, prior = 350, weight = 10): number =>
  Math.round((weight * prior + 100 * starsIn(histogram)) / (weight + countOf(histogram)))

/**
 * The lower end of the interval in which the true share of `positive` among `total` lies, with 95 % confidence at z = 1.96:
 * from 0 to 1. E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the
 * American Statistical Association 22 (1927), pages 209–212.
 */
export function wilsonLowerBound(positive: number, total: number, z = 1.96): number {
  if (total === 0) return 0
  const share = positive / total
  const centre = share + (z * z) / (2 * total)
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  // The last digit of a floating point sum must not lift it above the share itself.
  return Math.min(share, Math.max(0, (centre - spread) / (1 + (z * z) / total)))
}

const hidden = (count: number) => '*'.repeat(count)
const eastAsian = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u

/**
 * A name that does not give away who wrote: 김하늘 is 김*늘, 김별 is 김*, Ada Lovelace is Ada L., and one word keeps its first
 * letter. At least one letter is hidden, and every character counts as one.
 */
export function maskName(name: string): string {
  const words = name.normalize('NFC').trim().split(/\s+/)
  const [first = '', ...others] = words
  if (eastAsian.test(words.join(''))) return maskedMiddle([...words.join('')])
  const [initial] = others.at(-1) ?? ''
  return initial ? `${first} ${initial.toUpperCase()}.` : maskedEnd([...first])
}

function maskedMiddle(letters: readonly string[]): string {
  const [first = '', ...others] = letters
  if (others.length < 2) return `${others.length === 0 ? '' : first}*`
  return `${first}${hidden(others.length - 1)}${others.at(-1)}`
}

const maskedEnd = ([first = '', ...others]: readonly string[]) =>
  others.length === 0 ? '*' : `${first}${hidden(Math.min(others.length, 5))}`
