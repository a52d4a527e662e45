import { Instant, instant, instantAfter, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  type BatchId,
  CodeBatch,
  Coupon,
  couponIssued,
  CouponIssue,
  type IssuedCoupon,
  Occasion,
  pricingErrors,
  type Promotion,
  type PromotionId,
  type StoredBatch,
  type UsedCoupon,
} from '../contract/index.ts'
import { codeDigits, codeFrom, fairBytes } from '../rules/codes.ts'
import { isUsable } from '../rules/openings.ts'
import { runsAt } from '../rules/prices.ts'
import * as batchStore from '../store/batches.ts'
import * as store from '../store/coupons.ts'
import { promotionOf, promotionsIssuedOn } from '../store/promotions.ts'
import { buyerOf, type Dependencies } from './dependencies.ts'

/** Told after every thousand codes how many there are. It may be awaited, so that others get their turn. */
export interface BatchOptions {
  readonly onProgress?: (made: number) => unknown
  /** How many codes are made at most before the rest is left to another call; all of them unless given. */
  readonly most?: number
}

/** Rows that one transaction writes, or one page reads, at most. */
const codesAtOnce = 1000
const batchesAtOnce = 20
const walletSize = 100
const day = 86_400_000

/** Whom a code is issued to, and what for: `registration:cus_…`, `birthday:cus_…:2026`. */
const IssueRequest = CouponIssue.pick({ buyer: true }).extend({
  /** Now unless given. */
  at: Instant.optional(),
  reference: z.string().min(1).max(160),
})

/** A code that one buyer may still use, until when, and the promotion that it opens. */
export interface WalletCoupon {
  readonly code: string
  readonly expiresAt: string | null
  readonly promotion: Promotion
}

/** Coupon codes: made by hand, in batches, or for one buyer. */
export function createCoupons({ outbox, now, newId }: Pick<Dependencies, 'outbox' | 'now' | 'newId'>) {
  /**
   * Stores a coupon, or changes its limits. Throws `pricing.promotion_not_found`; `pricing.code_taken` for a code of another
   * promotion, of a batch or of a single buyer.
   */
  async function saveCoupon(db: Db, input: z.input<typeof Coupon>): Promise<Coupon> {
    const coupon = parse(Coupon, input)
    await mustExist(db, coupon.promotionId)
    if (!(await atomic(db, (tx) => store.saveCoupon(tx, coupon)))) throw pricingErrors.code_taken({ code: coupon.code })
    return coupon
  }

  async function mustExist(db: Db, promotionId: PromotionId): Promise<void> {
    if (!(await promotionOf(db, promotionId))) throw pricingErrors.promotion_not_found({ promotionId })
  }

  /**
   * Makes so many codes that nobody has, each good for one use, a thousand in a transaction. A run that is interrupted is
   * finished by `continueCodes`. Throws `pricing.promotion_not_found`.
   */
  async function createCodes(
    db: Db,
    input: z.input<typeof CodeBatch>,
    options: BatchOptions = {},
  ): Promise<StoredBatch> {
    return continueCodes(db, (await addBatch(db, input)).id, options)
  }

  /** Asks for codes that `continueCodes` makes later, as in the background. Throws `pricing.promotion_not_found`. */
  async function addBatch(db: Db, input: z.input<typeof CodeBatch>): Promise<StoredBatch> {
    const wanted = parse(CodeBatch, input)
    await mustExist(db, wanted.promotionId)
    const batch = { id: newId('bat'), ...wanted, made: 0, createdAt: instant(now()) }
    await batchStore.addBatch(db, batch)
    return batch
  }

  /** Makes the codes of a batch that are still missing, if any. Throws `pricing.batch_not_found`. */
  async function continueCodes(
    db: Db,
    batchId: BatchId,
    { onProgress, most = Infinity }: BatchOptions = {},
  ): Promise<StoredBatch> {
    for (let left = most; ;) {
      const batch = await existing(db, batchId)
      const missing = Math.min(codesAtOnce, batch.count - batch.made, left)
      if (missing <= 0) return batch
      if (!(await atomic(db, (tx) => makeCodes(tx, batch, missing)))) continue
      left -= missing
      await onProgress?.(batch.made + missing)
    }
  }

  /** Counts them first, so that two who continue one batch do not make too many; a code that is there already is made again. */
  async function makeCodes(tx: Tx, batch: StoredBatch, count: number): Promise<boolean> {
    if (!(await batchStore.countMade(tx, batch.id, count))) return false
    for (let missing = count; missing > 0;)
      missing -= await batchStore.addCodes(tx, batch, newCodes(batch.prefix, missing))
    return true
  }

  /** The codes of a batch in order, with how often each is in use; read a thousand at a time. Throws `pricing.batch_not_found`. */
  async function* codesOf(db: Db, batchId: BatchId): AsyncGenerator<UsedCoupon, void, undefined> {
    await existing(db, batchId)
    for (let after = ''; ;) {
      const page = await batchStore.codesAfter(db, batchId, after, codesAtOnce)
      yield* page
      if (page.length < codesAtOnce) return
      after = page.at(-1)?.code ?? ''
    }
  }

  /** The batch, with how many of its codes there are. Throws `pricing.batch_not_found`. */
  async function existing(db: Db, batchId: BatchId): Promise<StoredBatch> {
    const batch = await batchStore.batchOf(db, batchId)
    if (!batch) throw pricingErrors.batch_not_found({ batchId })
    return batch
  }

  /**
   * A code that one buyer may use once, as for a birthday. Asked again with the same reference it answers with the same code.
   * Throws `pricing.promotion_not_found`.
   */
  async function issueCoupon(tx: Tx, input: z.input<typeof CouponIssue>): Promise<IssuedCoupon> {
    const issue = parse(CouponIssue, input)
    await mustExist(tx, issue.promotionId)
    for (;;) {
      const known = await store.issuedFor(tx, issue.reference)
      if (known) return known
      const [code = ''] = newCodes('', 1)
      if (!(await store.addIssued(tx, code, issue, buyerOf(issue.buyer.email) ?? ''))) continue
      const coupon = { code, promotionId: issue.promotionId, expiresAt: issue.expiresAt }
      await outbox.append(tx, couponIssued, { ...coupon, buyer: issue.buyer.email })
      return coupon
    }
  }

  /**
   * Issues a code of every promotion that runs and is issued on this occasion, as when somebody has registered. Asked again
   * with the same reference it answers with the same codes, and makes none but those of promotions that are new.
   */
  async function issueFor(tx: Tx, occasion: Occasion, input: z.input<typeof IssueRequest>): Promise<IssuedCoupon[]> {
    const { buyer, at = instant(now()), reference } = parse(IssueRequest, input)
    const issued: IssuedCoupon[] = []
    for (const promotion of await promotionsIssuedOn(tx, parse(Occasion, occasion))) {
      if (!runsAt(promotion, at)) continue
      const expiresAt = earlier(promotion.endsAt, daysAfter(at, promotion.issueDays))
      const one = { promotionId: promotion.id, buyer, expiresAt, reference: `${reference}:${promotion.id}` }
      issued.push(await issueCoupon(tx, one))
    }
    return issued
  }

  /** The codes that were issued to a buyer and that they may still use, those that expire first before the others. */
  async function walletOf(db: Db, { email }: { readonly email: string }): Promise<WalletCoupon[]> {
    const [buyer, at] = [buyerOf(email), instant(now())]
    if (buyer === null) return []
    const opened = await store.issuedTo(db, buyer, at, walletSize)
    return opened
      .filter((opening) => isUsable(opening, { buyer, at }))
      .map(({ coupon: { code }, promotion, expiresAt }) => ({
        code,
        expiresAt: earlier(promotion.endsAt, expiresAt),
        promotion,
      }))
  }

  return {
    saveCoupon,
    addBatch,
    createCodes,
    continueCodes,
    codesOf,
    issueCoupon,
    issueFor,
    walletOf,
    batchOf: existing,
    batches: batchStore.batchesOf,
    /** The oldest of the batches that are not finished, to be continued. */
    unfinishedBatches: (db: Db) => batchStore.unfinishedBatches(db, batchesAtOnce),
  }
}

const daysAfter = (at: string, days: number | null) => (days === null ? null : instantAfter(new Date(at), days * day))

const earlier = (a: string | null, b: string | null) => (a !== null && (b === null || a < b) ? a : b)

/** Codes that differ from each other, and by all chances from all others. */
function newCodes(prefix: string, count: number): string[] {
  const codes = new Set<string>()
  while (codes.size < count) {
    const fair = crypto.getRandomValues(new Uint8Array(count * codeDigits)).filter((byte) => byte < fairBytes)
    for (let from = 0; from + codeDigits <= fair.length && codes.size < count; from += codeDigits)
      codes.add(codeFrom(prefix, fair.subarray(from, from + codeDigits)))
  }
  return [...codes]
}
