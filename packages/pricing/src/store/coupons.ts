import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import type { Coupon, CouponIssue, IssuedCoupon, Promotion, PromotionId, Spent, UsedCoupon } from '../contract/index.ts'
import { type PricingTables, tables } from '../tables.ts'
import { promotionFrom, promotionRows, spentFrom } from './promotions.ts'

/** Stores a coupon, or changes its limits; false when the code belongs to another promotion, to a batch or to one buyer. */
export async function saveCoupon(tx: Tx, coupon: Coupon): Promise<boolean> {
  const limits = { use_limit: coupon.limit, buyer_limit: coupon.limitPerBuyer }
  const row = await tables(tx)
    .insertInto('pricing_coupon')
    .values({ code: coupon.code, promotion_id: coupon.promotionId, uses: 0, ...limits })
    .onConflict((conflict) =>
      conflict
        .column('code')
        .doUpdateSet(limits)
        .where('pricing_coupon.promotion_id', '=', coupon.promotionId)
        .where('pricing_coupon.batch_id', 'is', null)
        .where('pricing_coupon.issued_for', 'is', null),
    )
    .returning('code')
    .executeTakeFirst()
  return row !== undefined
}

type CouponRow = Pick<
  Selectable<PricingTables['pricing_coupon']>,
  'code' | 'promotion_id' | 'use_limit' | 'buyer_limit' | 'uses'
>

/** The coupon of a row. */
export const couponFrom = (row: CouponRow): UsedCoupon => ({
  code: row.code,
  promotionId: row.promotion_id,
  limit: row.use_limit,
  limitPerBuyer: row.buyer_limit,
  uses: row.uses,
})

/** The coupons of the given promotions, without those of batches and those for one buyer. */
export async function couponsOf(db: Db, promotionIds: readonly PromotionId[]): Promise<UsedCoupon[]> {
  if (promotionIds.length === 0) return []
  const rows = await tables(db)
    .selectFrom('pricing_coupon')
    .select(['code', 'promotion_id', 'use_limit', 'buyer_limit', 'uses'])
    .where('promotion_id', 'in', promotionIds)
    .where('batch_id', 'is', null)
    .where('issued_for', 'is', null)
    .orderBy('promotion_id')
    .orderBy('code')
    .execute()
  return rows.map(couponFrom)
}

/** A coupon with the promotion it opens, for whom and until when, and how often this buyer uses both. */
export interface OpenedCoupon {
  readonly coupon: UsedCoupon
  readonly buyer: string | null
  readonly expiresAt: string | null
  readonly usedByBuyer: number
  readonly promotion: Promotion
  readonly spent: Spent & { readonly usedByBuyer: number }
}

/** The coupons with the given codes, in one statement. */
export async function openCoupons(db: Db, codes: readonly string[], buyer: string | null): Promise<OpenedCoupon[]> {
  if (codes.length === 0) return []
  return openedFrom(await openings(db, buyer).where('coupon.code', 'in', codes).execute(), buyer)
}

/** The codes that were issued to a buyer and not used, of promotions that are active; the first to expire come first. */
export async function issuedTo(db: Db, buyer: string, at: string, limit: number): Promise<OpenedCoupon[]> {
  const rows = await openings(db, buyer)
    .where('coupon.buyer', '=', buyer)
    .where('promotion.active', '=', 1)
    .whereRef('coupon.uses', '<', 'coupon.use_limit')
    .where((eb) => eb.or([eb('coupon.expires_at', 'is', null), eb('coupon.expires_at', '>', at)]))
    .orderBy((eb) => eb.fn.coalesce('coupon.expires_at', eb.val('~')))
    .orderBy('coupon.code')
    .limit(limit)
    .execute()
  return openedFrom(rows, buyer)
}

/** Coupons beside their promotions, with how often this buyer uses both. */
const openings = (db: Db, buyer: string | null) =>
  promotionRows(db)
    .innerJoin('pricing_coupon as coupon', 'coupon.promotion_id', 'promotion.id')
    .leftJoin('pricing_coupon_buyer as own', (join) =>
      join.onRef('own.code', '=', 'coupon.code').on('own.buyer', '=', buyer ?? ''),
    )
    .leftJoin('pricing_promotion_buyer as each', (join) =>
      join.onRef('each.promotion_id', '=', 'promotion.id').on('each.buyer', '=', buyer ?? ''),
    )
    .select(['coupon.code', 'coupon.promotion_id', 'coupon.use_limit', 'coupon.buyer_limit', 'coupon.uses'])
    .select(['coupon.buyer', 'coupon.expires_at', 'own.uses as own_uses', 'each.uses as each_uses'])

type OpeningRow = Awaited<ReturnType<ReturnType<typeof openings>['execute']>>[number]

function openedFrom(rows: readonly OpeningRow[], buyer: string | null): OpenedCoupon[] {
  const known = (uses: number | null) => (buyer === null ? 0 : (uses ?? 0))
  return rows.map((row) => ({
    coupon: couponFrom(row),
    buyer: row.buyer,
    expiresAt: row.expires_at,
    usedByBuyer: known(row.own_uses),
    promotion: promotionFrom(row),
    spent: { ...spentFrom(row), usedByBuyer: known(row.each_uses) },
  }))
}

/** Stores a code for one buyer; false when the code or the reference is known already. */
export async function addIssued(tx: Tx, code: string, issue: CouponIssue, buyer: string): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('pricing_coupon')
    .values({
      code,
      promotion_id: issue.promotionId,
      use_limit: 1,
      uses: 0,
      buyer,
      expires_at: issue.expiresAt,
      issued_for: issue.reference,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst()
  return row !== undefined
}

/** The code that was issued for a reference, if there is one. */
export async function issuedFor(db: Db, reference: string): Promise<IssuedCoupon | undefined> {
  return tables(db)
    .selectFrom('pricing_coupon')
    .select(['code', 'promotion_id as promotionId', 'expires_at as expiresAt'])
    .where('issued_for', '=', reference)
    .executeTakeFirst()
}
