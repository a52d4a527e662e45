import { decodeCursor, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import { type Coupon, Promotion, type PromotionId, type UsedCoupon } from '../contract.ts'
import { type PricingTables, tables } from '../tables.ts'

/** Stores a promotion, or changes it. */
export async function savePromotion(db: Db, promotion: Promotion): Promise<void> {
  const row = {
    name: JSON.stringify(promotion.name),
    rule: JSON.stringify(promotion.rule),
    priority: promotion.priority,
    exclusive: promotion.exclusive ? 1 : 0,
    needs_code: promotion.needsCode ? 1 : 0,
    active: promotion.active ? 1 : 0,
    starts_at: promotion.startsAt,
    ends_at: promotion.endsAt,
  } as const
  await tables(db)
    .insertInto('pricing_promotion')
    .values({ id: promotion.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

const promotionFrom = (row: Selectable<PricingTables['pricing_promotion']>): Promotion =>
  Promotion.parse({
    id: row.id,
    name: JSON.parse(row.name),
    rule: JSON.parse(row.rule),
    priority: row.priority,
    exclusive: row.exclusive === 1,
    needsCode: row.needs_code === 1,
    active: row.active === 1,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  })

/** Promotions, newest first. */
export async function listPromotions(db: Db, { after, limit }: PageQuery): Promise<Page<Promotion>> {
  let query = tables(db)
    .selectFrom('pricing_promotion')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('id', '<', decodeCursor(after, 's')[0] as PromotionId)
  return pageOf((await query.execute()).map(promotionFrom), limit, (promotion) => [promotion.id])
}

/** The promotion with this id, if there is one. */
export async function promotionOf(db: Db, id: PromotionId): Promise<Promotion | undefined> {
  const row = await tables(db).selectFrom('pricing_promotion').selectAll().where('id', '=', id).executeTakeFirst()
  return row && promotionFrom(row)
}

/** The active promotions that need no code. */
export async function automaticPromotions(db: Db): Promise<Promotion[]> {
  const rows = await tables(db)
    .selectFrom('pricing_promotion')
    .selectAll()
    .where('active', '=', 1)
    .where('needs_code', '=', 0)
    .orderBy('id')
    .execute()
  return rows.map(promotionFrom)
}

/** Stores a coupon, or changes its limits; false when the code belongs to another promotion. */
export async function saveCoupon(db: Db, coupon: Coupon): Promise<boolean> {
  const limits = { use_limit: coupon.limit, buyer_limit: coupon.limitPerBuyer }
  const row = await tables(db)
    .insertInto('pricing_coupon')
    .values({ code: coupon.code, promotion_id: coupon.promotionId, uses: 0, ...limits })
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet(limits).where('pricing_coupon.promotion_id', '=', coupon.promotionId),
    )
    .returning('code')
    .executeTakeFirst()
  return row !== undefined
}

const couponFrom = (row: Selectable<PricingTables['pricing_coupon']>): UsedCoupon => ({
  code: row.code,
  promotionId: row.promotion_id,
  limit: row.use_limit,
  limitPerBuyer: row.buyer_limit,
  uses: row.uses,
})

/** The coupons of the given promotions. */
export async function couponsOf(db: Db, promotionIds: readonly PromotionId[]): Promise<UsedCoupon[]> {
  if (promotionIds.length === 0) return []
  const rows = await tables(db)
    .selectFrom('pricing_coupon')
    .selectAll()
    .where('promotion_id', 'in', promotionIds)
    .orderBy('code')
    .execute()
  return rows.map(couponFrom)
}

/** A coupon with the promotion it opens, and how often this buyer uses it. */
export interface OpenedCoupon {
  readonly coupon: UsedCoupon
  readonly promotion: Promotion
  readonly usedByBuyer: number
}

/** The coupons with the given codes. */
export async function openCoupons(db: Db, codes: readonly string[], buyer: string | null): Promise<OpenedCoupon[]> {
  if (codes.length === 0) return []
  const coupons = await tables(db).selectFrom('pricing_coupon').selectAll().where('code', 'in', codes).execute()
  const promotions = await tables(db)
    .selectFrom('pricing_promotion')
    .selectAll()
    .where(
      'id',
      'in',
      coupons.map((row) => row.promotion_id),
    )
    .execute()
  const uses =
    buyer === null
      ? []
      : await tables(db)
          .selectFrom('pricing_coupon_buyer')
          .selectAll()
          .where('code', 'in', codes)
          .where('buyer', '=', buyer)
          .execute()
  return coupons.flatMap((row) => {
    const promotion = promotions.find((one) => one.id === row.promotion_id)
    const usedByBuyer = uses.find((one) => one.code === row.code)?.uses ?? 0
    return promotion ? [{ coupon: couponFrom(row), promotion: promotionFrom(promotion), usedByBuyer }] : []
  })
}

/** Counts one use of a coupon if its limit allows one more; one guarded statement. Says whether it did. */
export async function takeUse(tx: Tx, code: string): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('pricing_coupon')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('code', '=', code)
    .where((eb) => eb.or([eb('use_limit', 'is', null), eb('uses', '<', eb.ref('use_limit'))]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts one use of a coupon by a buyer if they may use it once more; says whether they may. */
export async function takeBuyerUse(tx: Tx, code: string, buyer: string): Promise<boolean> {
  await tables(tx)
    .insertInto('pricing_coupon_buyer')
    .values({ code, buyer, uses: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const result = await tables(tx)
    .updateTable('pricing_coupon_buyer')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('code', '=', code)
    .where('buyer', '=', buyer)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('pricing_coupon')
          .select('code')
          .where('code', '=', code)
          .where((inner) =>
            inner.or([
              inner('buyer_limit', 'is', null),
              inner('buyer_limit', '>', inner.ref('pricing_coupon_buyer.uses')),
            ]),
          ),
      ),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Gives one use back to the coupon and to the buyer. */
export async function giveUseBack(tx: Tx, code: string, buyer: string): Promise<void> {
  await tables(tx)
    .updateTable('pricing_coupon_buyer')
    .set((eb) => ({ uses: eb('uses', '-', 1) }))
    .where('code', '=', code)
    .where('buyer', '=', buyer)
    .execute()
  await tables(tx)
    .updateTable('pricing_coupon')
    .set((eb) => ({ uses: eb('uses', '-', 1) }))
    .where('code', '=', code)
    .execute()
}

type Redemption = Selectable<PricingTables['pricing_redemption']>

/** Writes down that a reference holds a coupon; false when it does already. */
export async function addRedemption(tx: Tx, redemption: Redemption): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('pricing_redemption')
    .values(redemption)
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst()
  return row !== undefined
}

/** Moves the redemptions of a reference that are in one of `from` to another status; answers with those that moved. */
export async function moveRedemptions(
  tx: Tx,
  reference: string,
  from: readonly Redemption['status'][],
  to: Redemption['status'],
  at: string,
): Promise<Redemption[]> {
  return tables(tx)
    .updateTable('pricing_redemption')
    .set({ status: to, closed_at: at })
    .where('reference', '=', reference)
    .where('status', 'in', from)
    .returningAll()
    .execute()
}
