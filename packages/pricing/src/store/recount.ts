import type { Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { PromotionId } from '../contract/index.ts'
import { tables } from '../tables.ts'

/**
 * Sets all counters of a promotion, of its buyers and of its codes to what its uses come to. Whoever takes or gives back a use
 * changes the promotion's own row first, so that row is held until the end.
 */
export async function recount(tx: Tx, id: PromotionId): Promise<void> {
  await tables(tx)
    .updateTable('pricing_promotion_limit')
    .set((eb) => ({ uses: eb.ref('uses') }))
    .where('promotion_id', '=', id)
    .execute()
  await recountTotals(tx, id)
  await recountBuyers(tx, id)
  await recountCodes(tx, id)
}

const live = sql`status <> 'released'`

async function recountTotals(tx: Tx, id: PromotionId): Promise<void> {
  const uses = sql`from pricing_redemption where promotion_id = ${id} and ${live}`
  await sql`update pricing_promotion_limit set
    uses = (select count(*) ${uses}),
    units = (select coalesce(sum(units), 0) ${uses}),
    spent = (select coalesce(sum(amount), 0) ${uses} and currency = budget_currency)
    where promotion_id = ${id}`.execute(tx)
}

async function recountBuyers(tx: Tx, id: PromotionId): Promise<void> {
  await sql`insert into pricing_promotion_buyer (promotion_id, buyer, uses)
    select promotion_id, buyer, sum(case when ${live} then 1 else 0 end) from pricing_redemption
    where promotion_id = ${id} group by promotion_id, buyer
    on conflict (promotion_id, buyer) do update set uses = excluded.uses`.execute(tx)
}

async function recountCodes(tx: Tx, id: PromotionId): Promise<void> {
  await sql`insert into pricing_coupon_buyer (code, buyer, uses)
    select code, buyer, sum(case when ${live} then 1 else 0 end) from pricing_redemption
    where promotion_id = ${id} and code <> '' group by code, buyer
    on conflict (code, buyer) do update set uses = excluded.uses`.execute(tx)
  await sql`update pricing_coupon set uses = (
      select count(*) from pricing_redemption
      where promotion_id = ${id} and pricing_redemption.code = pricing_coupon.code and ${live})
    where code in (select code from pricing_redemption where promotion_id = ${id} and code <> '')`.execute(tx)
}
