import { createHttp } from '../../http.ts'
import { bankRoutes } from './bank.ts'
import { codeRoutes } from './codes.ts'
import { importRoutes } from './imports.ts'
import { moneyTaskRoutes } from './money-tasks.ts'
import { adminOrderRoutes } from './orders.ts'
import { priceRoutes } from './prices.ts'
import { adminProductRoutes } from './products.ts'
import { promotionRoutes } from './promotions.ts'
import { refundRoutes } from './refunds.ts'
import { adminReviewRoutes } from './reviews.ts'
import { riskRoutes } from './risk.ts'
import { settlementRoutes } from './settlements.ts'
import { shareRoutes } from './shares.ts'
import { soundnessRoutes } from './soundness.ts'
import { staffRoutes } from './staff.ts'
import { trialRoutes } from './trials.ts'

/** Everything that only staff may do. A route that names no role is refused. */
export const adminRoutes = createHttp()
  .route('/', staffRoutes)
  .route('/', adminOrderRoutes)
  .route('/', adminProductRoutes)
  .route('/', importRoutes)
  .route('/', priceRoutes)
  .route('/', promotionRoutes)
  .route('/', trialRoutes)
  .route('/', codeRoutes)
  .route('/', shareRoutes)
  .route('/', refundRoutes)
  .route('/', adminReviewRoutes)
  .route('/', soundnessRoutes)
  .route('/', moneyTaskRoutes)
  .route('/', riskRoutes)
  .route('/', bankRoutes)
  .route('/', settlementRoutes)
