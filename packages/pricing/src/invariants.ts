import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

/** What was taken and not given back. */
const live = sql`status <> 'released'`

/** What must always hold of promotions, coupons and shares. A limit may be below what was used: somebody may have lowered it. */
export const pricingInvariants: readonly Invariant[] = [
  {
    name: 'pricing.promotion_uses',
    says: 'What a promotion counts is what its redemptions come to',
    breaches: sql<Breach>`
      select promotion_id as subject, counted.uses, found.uses as found_uses, counted.units, found.units as found_units,
        counted.spent, found.spent as found_spent
      from pricing_promotion_limit as counted
      left join (
        select one.promotion_id as promotion, count(*) as uses, sum(one.units) as units,
          sum(case when one.currency = its.budget_currency then one.amount else 0 end) as spent
        from pricing_redemption as one join pricing_promotion_limit as its on its.promotion_id = one.promotion_id
        where one.status <> 'released' group by one.promotion_id
      ) as found on found.promotion = promotion_id
      where counted.uses <> coalesce(found.uses, 0) or counted.units <> coalesce(found.units, 0)
        or counted.spent <> coalesce(found.spent, 0)
      order by promotion_id`,
  },
  {
    name: 'pricing.promotion_buyers',
    says: 'What a promotion counts of a buyer is what they used of it',
    breaches: sql<Breach>`
      select counted.promotion_id as subject, counted.buyer, counted.uses, found.uses as found
      from pricing_promotion_buyer as counted
      left join (
        select promotion_id, buyer, count(*) as uses from pricing_redemption where ${live} group by promotion_id, buyer
      ) as found on found.promotion_id = counted.promotion_id and found.buyer = counted.buyer
      where counted.uses <> coalesce(found.uses, 0) order by counted.promotion_id, counted.buyer`,
  },
  {
    name: 'pricing.coupon_uses',
    says: 'What a code counts is what its redemptions come to',
    breaches: sql<Breach>`
      select pricing_coupon.code as subject, pricing_coupon.uses, count(pricing_redemption.code) as found
      from pricing_coupon
      left join pricing_redemption on pricing_redemption.code = pricing_coupon.code and ${live}
      where pricing_coupon.uses > 0 or pricing_redemption.code is not null
      group by pricing_coupon.code, pricing_coupon.uses
      having pricing_coupon.uses <> count(pricing_redemption.code)
      order by pricing_coupon.code`,
  },
  {
    name: 'pricing.shares',
    says: 'Nobody is owed less than nothing, nor is that expected',
    breaches: sql<Breach>`
      select reference as subject, promotion_id, recipient, currency, sum(expected) as expected, sum(owed) as owed
      from pricing_share_entry group by reference, promotion_id, code, recipient, purpose, currency
      having sum(expected) < 0 or sum(owed) < 0 order by reference, promotion_id, recipient`,
  },
]
