import type { Db, Tx } from '@sangdo/core/server'
import { type Expression, type ExpressionBuilder, type Selectable, sql, type SqlBool } from 'kysely'
import type { PromotionId } from '../contract/index.ts'
import { type PricingTables, tables } from '../tables.ts'

export type Redemption = Selectable<PricingTables['pricing_redemption']>

/** Which of these promotions are limited in some way. */
export async function limitedOf(db: Db, ids: readonly PromotionId[]): Promise<Set<PromotionId>> {
  if (ids.length === 0) return new Set()
  const rows = await tables(db)
    .selectFrom('pricing_promotion_limit')
    .select('promotion_id')
    .where('promotion_id', 'in', ids)
    .where((eb) =>
      eb.or([
        eb('use_limit', 'is not', null),
        eb('buyer_limit', 'is not', null),
        eb('budget', 'is not', null),
        eb('unit_limit', 'is not', null),
      ]),
    )
    .execute()
  return new Set(rows.map((row) => row.promotion_id))
}

/** Writes uses down as held; answers with those that were not held or redeemed already. */
export async function addRedemptions(tx: Tx, uses: readonly Redemption[]): Promise<Redemption[]> {
  if (uses.length === 0) return []
  return tables(tx)
    .insertInto('pricing_redemption')
    .values(uses)
    .onConflict((conflict) =>
      conflict
        .columns(['reference', 'promotion_id', 'code'])
        .doUpdateSet((eb) => ({
          buyer: eb.ref('excluded.buyer'),
          amount: eb.ref('excluded.amount'),
          currency: eb.ref('excluded.currency'),
          units: eb.ref('excluded.units'),
          status: eb.ref('excluded.status'),
          held_at: eb.ref('excluded.held_at'),
          closed_at: null,
        }))
        .where('pricing_redemption.status', '=', 'released'),
    )
    .returningAll()
    .execute()
}

/** What a reference holds or has redeemed. */
export async function liveRedemptions(db: Db, reference: string): Promise<Redemption[]> {
  return tables(db)
    .selectFrom('pricing_redemption')
    .selectAll()
    .where('reference', '=', reference)
    .where('status', 'in', ['held', 'redeemed'])
    .execute()
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

/** Moves one held use to released. */
export async function releaseRedemption(tx: Tx, use: Redemption, at: string): Promise<void> {
  await tables(tx)
    .updateTable('pricing_redemption')
    .set({ status: 'released', closed_at: at })
    .where('reference', '=', use.reference)
    .where('promotion_id', '=', use.promotion_id)
    .where('code', '=', use.code)
    .execute()
}

/** What a use takes from the money budget: nothing where that is in another currency, or where there is none. */
const counted = ({ amount, currency }: Redemption) =>
  sql<number>`case when budget_currency = ${currency} then cast(${amount} as bigint) else 0 end`

/**
 * Takes one use, its amount and its units from a promotion if each of its limits allows it; one guarded statement. Answers with
 * how often a buyer may use it (null is without limit), or undefined when it may not be used.
 */
export async function takeUse(tx: Tx, use: Redemption): Promise<{ buyer_limit: number | null } | undefined> {
  return tables(tx)
    .updateTable('pricing_promotion_limit')
    .set((eb) => ({
      uses: eb('uses', '+', 1),
      spent: eb('spent', '+', counted(use)),
      units: eb('units', '+', use.units),
    }))
    .where('promotion_id', '=', use.promotion_id)
    .where((eb) => eb.or([eb('use_limit', 'is', null), eb('use_limit', '>', eb.ref('uses'))]))
    .where((eb) => eb.or([eb('budget', 'is', null), isAffordable(eb, use)]))
    .where((eb) => eb.or([eb('unit_limit', 'is', null), eb('unit_limit', '>=', eb('units', '+', use.units))]))
    .returning('buyer_limit')
    .executeTakeFirst()
}

const isAffordable = (
  eb: ExpressionBuilder<PricingTables, 'pricing_promotion_limit'>,
  { amount, currency }: Redemption,
): Expression<SqlBool> => eb.and([eb('budget_currency', '=', currency), eb('budget', '>=', eb('spent', '+', amount))])

/** Counts one use of a promotion by a buyer if they may use it once more; says whether they may. */
export async function takeUseOf(tx: Tx, id: PromotionId, buyer: string, limit: number | null): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('pricing_promotion_buyer')
    .values({ promotion_id: id, buyer, uses: 1 })
    .onConflict((conflict) => {
      const more = conflict
        .columns(['promotion_id', 'buyer'])
        .doUpdateSet((eb) => ({ uses: eb('pricing_promotion_buyer.uses', '+', 1) }))
      return limit === null ? more : more.where('pricing_promotion_buyer.uses', '<', limit)
    })
    .returning('buyer')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes one use of a code if its limit allows one more and it is not another buyer's; as `takeUse`. */
export async function takeCode(
  tx: Tx,
  { code, promotion_id, buyer }: Redemption,
): Promise<{ buyer_limit: number | null } | undefined> {
  return tables(tx)
    .updateTable('pricing_coupon')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('code', '=', code)
    .where('promotion_id', '=', promotion_id)
    .where((eb) => eb.or([eb('use_limit', 'is', null), eb('use_limit', '>', eb.ref('uses'))]))
    .where((eb) => eb.or([eb('buyer', 'is', null), eb('buyer', '=', buyer)]))
    .returning('buyer_limit')
    .executeTakeFirst()
}

/** Counts one use of a code by a buyer if they may use it once more; says whether they may. */
export async function takeCodeOf(tx: Tx, code: string, buyer: string, limit: number | null): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('pricing_coupon_buyer')
    .values({ code, buyer, uses: 1 })
    .onConflict((conflict) => {
      const more = conflict
        .columns(['code', 'buyer'])
        .doUpdateSet((eb) => ({ uses: eb('pricing_coupon_buyer.uses', '+', 1) }))
      return limit === null ? more : more.where('pricing_coupon_buyer.uses', '<', limit)
    })
    .returning('buyer')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives back what a use took from its promotion. */
export async function returnUse(tx: Tx, use: Redemption): Promise<void> {
  await tables(tx)
    .updateTable('pricing_promotion_limit')
    .set((eb) => ({
      uses: eb('uses', '-', 1),
      spent: eb('spent', '-', counted(use)),
      units: eb('units', '-', use.units),
    }))
    .where('promotion_id', '=', use.promotion_id)
    .execute()
}

/** Gives a buyer's use of a promotion back. */
export async function returnUseOf(tx: Tx, id: PromotionId, buyer: string): Promise<void> {
  await tables(tx)
    .updateTable('pricing_promotion_buyer')
    .set((eb) => ({ uses: eb('uses', '-', 1) }))
    .where('promotion_id', '=', id)
    .where('buyer', '=', buyer)
    .execute()
}

/** Gives a use of a code back. */
export async function returnCode(tx: Tx, code: string): Promise<void> {
  await tables(tx)
    .updateTable('pricing_coupon')
    .set((eb) => ({ uses: eb('uses', '-', 1) }))
    .where('code', '=', code)
    .execute()
}

/** Gives a buyer's use of a code back. */
export async function returnCodeOf(tx: Tx, code: string, buyer: string): Promise<void> {
  await tables(tx)
    .updateTable('pricing_coupon_buyer')
    .set((eb) => ({ uses: eb('uses', '-', 1) }))
    .where('code', '=', code)
    .where('buyer', '=', buyer)
    .execute()
}
