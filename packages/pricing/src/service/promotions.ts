import { type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db } from '@sangdo/core/server'
import { pricingErrors, Promotion, type PromotionId, PromotionInput, type UsedCoupon } from '../contract/index.ts'
import { countsUnits } from '../rules/openings.ts'
import { couponsOf } from '../store/coupons.ts'
import * as store from '../store/promotions.ts'
import { recount as recountUses } from '../store/recount.ts'
import { checkPeriod, type Dependencies, refused } from './dependencies.ts'

/** A promotion with what has been spent of its limits, and with its coupons but those of batches and for single buyers. */
export type ListedPromotion = store.SpentPromotion & { readonly coupons: UsedCoupon[] }

/** Promotions and what has been spent of them. */
export function createPromotions({ newId, cache }: Pick<Dependencies, 'newId' | 'cache'>) {
  /**
   * Stores a new promotion, or changes one; what has been spent of its limits stays. Throws `core.invalid_input` for a limit in
   * pieces where it does not discount lines one by one, for codes that are issued of a promotion that needs none, and for an
   * end that is not after the start.
   */
  async function savePromotion(db: Db, input: PromotionInput): Promise<Promotion> {
    const given = parse(PromotionInput, input)
    const promotion = parse(Promotion, { ...given, id: given.id ?? newId('prm') })
    checkPeriod(promotion)
    if (promotion.limits.units !== null && !countsUnits(promotion.rule))
      throw refused('limits.units', 'Only a discount on each line by itself is limited in pieces')
    if (promotion.issue !== null && !promotion.needsCode)
      throw refused('issue', 'Codes are issued only of a promotion that needs one')
    await atomic(db, async (tx) => {
      await cache.beginChange(tx)
      const before = await store.promotionOf(tx, promotion.id)
      await store.savePromotion(tx, promotion)
      // What has been spent is in the currency of the budget, so another currency is counted anew.
      if (before && currencyOf(before) !== currencyOf(promotion)) await recountUses(tx, promotion.id)
    })
    return promotion
  }

  /** Promotions, newest first, each with its coupons and with what has been spent of it. */
  async function promotions(db: Db, page: Partial<PageQuery> = {}): Promise<Page<ListedPromotion>> {
    const { items, next } = await store.listPromotions(db, parse(PageQuery, page))
    const ids = items.map((promotion) => promotion.id)
    const coupons = Map.groupBy(await couponsOf(db, ids), (coupon) => coupon.promotionId)
    return { items: items.map((item) => ({ ...item, coupons: coupons.get(item.id) ?? [] })), next }
  }

  /** The promotion. Throws `pricing.promotion_not_found`. */
  async function promotionOf(db: Db, promotionId: PromotionId): Promise<Promotion> {
    const promotion = await store.promotionOf(db, promotionId)
    if (!promotion) throw pricingErrors.promotion_not_found({ promotionId })
    return promotion
  }

  /** The promotion with its coupons and with what has been spent of it. Throws `pricing.promotion_not_found`. */
  async function listedPromotionOf(db: Db, promotionId: PromotionId): Promise<ListedPromotion> {
    const promotion = await store.spentPromotionOf(db, promotionId)
    if (!promotion) throw pricingErrors.promotion_not_found({ promotionId })
    return { ...promotion, coupons: await couponsOf(db, [promotionId]) }
  }

  /** Sets all counters of a promotion and of its codes to what its uses come to: after an import or a repair by hand. */
  async function recount(db: Db, promotionId: PromotionId): Promise<void> {
    await atomic(db, (tx) => recountUses(tx, promotionId))
  }

  return { savePromotion, promotions, promotionOf, listedPromotionOf, recount }
}

const currencyOf = ({ limits }: Promotion) => limits.budget?.currency
