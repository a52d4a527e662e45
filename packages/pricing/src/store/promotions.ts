import { decodeCursor, integer, money, type Page, pageOf, type PageQuery } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import { type Occasion, Promotion, type PromotionId, type Spent } from '../contract/index.ts'
import { type PricingTables, tables } from '../tables.ts'
import { orNull } from './prices.ts'

/** Stores a promotion, or changes it; its limits beside it, with what has been spent left as it is. */
export async function savePromotion(tx: Tx, promotion: Promotion): Promise<void> {
  const row = {
    name: JSON.stringify(promotion.name),
    rule: JSON.stringify(promotion.rule),
    priority: promotion.priority,
    exclusive: promotion.exclusive ? 1 : 0,
    needs_code: promotion.needsCode ? 1 : 0,
    active: promotion.active ? 1 : 0,
    starts_at: promotion.startsAt,
    ends_at: promotion.endsAt,
    stack_group: promotion.group,
    stacks_with: promotion.stacksWith && JSON.stringify(promotion.stacksWith),
    best: promotion.best ? 1 : 0,
    issue: promotion.issue,
    issue_days: promotion.issueDays,
  } as const
  await tables(tx)
    .insertInto('pricing_promotion')
    .values({ id: promotion.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveLimits(tx, promotion)
}

async function saveLimits(tx: Tx, { id, limits }: Promotion): Promise<void> {
  const row = {
    use_limit: limits.uses,
    buyer_limit: limits.usesPerBuyer,
    budget: limits.budget?.minor ?? null,
    budget_currency: limits.budget?.currency ?? null,
    unit_limit: limits.units,
  }
  await tables(tx)
    .insertInto('pricing_promotion_limit')
    .values({ promotion_id: id, uses: 0, spent: 0, units: 0, ...row })
    .onConflict((conflict) => conflict.column('promotion_id').doUpdateSet(row))
    .execute()
}

/** A promotion's columns and those of its limits, side by side. */
export interface PromotionRow extends Selectable<PricingTables['pricing_promotion']> {
  readonly total_limit: number | null
  readonly each_limit: number | null
  readonly budget: number | null
  readonly budget_currency: string | null
  readonly unit_limit: number | null
  readonly total_uses: number | null
  readonly spent: number | null
  readonly total_units: number | null
}

/** The promotion of a row. */
export const promotionFrom = (row: PromotionRow): Promotion =>
  Promotion.parse({
    id: row.id,
    name: JSON.parse(row.name),
    rule: JSON.parse(row.rule),
    priority: row.priority,
    exclusive: row.exclusive === 1,
    group: row.stack_group,
    stacksWith: row.stacks_with === null ? null : JSON.parse(row.stacks_with),
    best: row.best === 1,
    limits: {
      uses: row.total_limit,
      usesPerBuyer: row.each_limit,
      budget: row.budget_currency === null ? null : orNull(row.budget, row.budget_currency),
      units: row.unit_limit === null ? null : integer(row.unit_limit),
    },
    needsCode: row.needs_code === 1,
    issue: row.issue,
    issueDays: row.issue_days,
    active: row.active === 1,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  })

/** What has been spent of the promotion of a row. */
export const spentFrom = (
  row: Pick<PromotionRow, 'total_uses' | 'spent' | 'total_units' | 'budget_currency'>,
): Spent => ({
  uses: row.total_uses ?? 0,
  amount: row.budget_currency === null ? null : money(integer(row.spent), row.budget_currency),
  units: integer(row.total_units),
})

/** Promotions with their limits. */
export const promotionRows = (db: Db) =>
  tables(db)
    .selectFrom('pricing_promotion as promotion')
    .leftJoin('pricing_promotion_limit as total', 'total.promotion_id', 'promotion.id')
    .select(['promotion.id', 'promotion.name', 'promotion.rule', 'promotion.priority', 'promotion.exclusive'])
    .select(['promotion.needs_code', 'promotion.active', 'promotion.starts_at', 'promotion.ends_at'])
    .select(['promotion.stack_group', 'promotion.stacks_with', 'promotion.best'])
    .select(['promotion.issue', 'promotion.issue_days'])
    .select(['total.use_limit as total_limit', 'total.buyer_limit as each_limit', 'total.budget'])
    .select(['total.budget_currency', 'total.unit_limit', 'total.uses as total_uses', 'total.spent'])
    .select('total.units as total_units')

/** A promotion and what has been spent of it. */
export type SpentPromotion = Promotion & { readonly spent: Spent }

/** Promotions, newest first. */
export async function listPromotions(db: Db, { after, limit }: PageQuery): Promise<Page<SpentPromotion>> {
  let query = promotionRows(db)
    .orderBy('promotion.id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where('promotion.id', '<', decodeCursor(after, 's')[0] as PromotionId)
  const items = (await query.execute()).map((row) => ({ ...promotionFrom(row), spent: spentFrom(row) }))
  return pageOf(items, limit, (promotion) => [promotion.id])
}

/** The promotion with this id and what has been spent of it, if there is one. */
export async function spentPromotionOf(db: Db, id: PromotionId): Promise<SpentPromotion | undefined> {
  const row = await promotionRows(db).where('promotion.id', '=', id).executeTakeFirst()
  return row && { ...promotionFrom(row), spent: spentFrom(row) }
}

/** The promotion with this id, if there is one. */
export async function promotionOf(db: Db, id: PromotionId): Promise<Promotion | undefined> {
  const row = await promotionRows(db).where('promotion.id', '=', id).executeTakeFirst()
  return row && promotionFrom(row)
}

/** The active promotions that need no code. */
export async function automaticPromotions(db: Db): Promise<Promotion[]> {
  const rows = await promotionRows(db)
    .where('promotion.active', '=', 1)
    .where('promotion.needs_code', '=', 0)
    .orderBy('promotion.id')
    .execute()
  return rows.map(promotionFrom)
}

/** The active promotions of which codes are issued on an occasion, in the order in which they are. */
export async function promotionsIssuedOn(db: Db, occasion: Occasion): Promise<Promotion[]> {
  const rows = await promotionRows(db)
    .where('promotion.active', '=', 1)
    .where('promotion.issue', '=', occasion)
    .orderBy('promotion.id')
    .execute()
  return rows.map(promotionFrom)
}

/** What has been spent of promotions in all, and how often a buyer uses each; one statement. */
export async function spentOf(
  db: Db,
  ids: readonly PromotionId[],
  buyer: string | null,
): Promise<Map<PromotionId, Spent & { readonly usedByBuyer: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('pricing_promotion_limit as total')
    .leftJoin('pricing_promotion_buyer as own', (join) =>
      join.onRef('own.promotion_id', '=', 'total.promotion_id').on('own.buyer', '=', buyer ?? ''),
    )
    .select(['total.promotion_id as id', 'total.uses as total_uses', 'total.spent', 'total.units as total_units'])
    .select(['total.budget_currency', 'own.uses as own_uses'])
    .where('total.promotion_id', 'in', ids)
    .execute()
  return new Map(
    rows.map((row) => [row.id, { ...spentFrom(row), usedByBuyer: buyer === null ? 0 : (row.own_uses ?? 0) }]),
  )
}
