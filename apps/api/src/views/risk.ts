import { z } from '@hono/zod-openapi'
import { Text } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { OrderSummary } from '@sangdo/orders'
import { describeRisk, RiskAssessment } from '@sangdo/payments'
import type { Shop } from '../shop.ts'

/** How an order was judged: the order, every reason in words, and what it was judged by. */
export const RiskView = RiskAssessment.extend({
  reasons: z.array(z.object({ rule: z.string(), points: z.int(), why: Text })),
  order: OrderSummary.nullable(),
}).openapi('RiskView')
export type RiskView = z.infer<typeof RiskView>

/** Puts assessments together with their orders, and says their reasons in words. */
export async function riskViews(shop: Shop, db: Db, assessments: readonly RiskAssessment[]): Promise<RiskView[]> {
  const orders = await shop.orders.summariesOf(
    db,
    assessments.map(({ subject }) => subject),
  )
  return assessments.map((assessment) => ({
    ...assessment,
    order: orders[assessment.subject] ?? null,
    reasons: assessment.reasons.map((reason) => ({
      rule: reason.rule,
      points: reason.points,
      why: { ko: describeRisk(reason, 'ko'), en: describeRisk(reason, 'en') },
    })),
  }))
}
