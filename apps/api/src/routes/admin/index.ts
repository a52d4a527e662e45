import { createHttp } from '../../http.ts'
import { importRoutes } from './imports.ts'
import { adminOrderRoutes } from './orders.ts'
import { adminProductRoutes } from './products.ts'
import { promotionRoutes } from './promotions.ts'
import { adminReviewRoutes } from './reviews.ts'
import { staffRoutes } from './staff.ts'

/** Everything that only staff may do. A route that names no role is refused. */
export const adminRoutes = createHttp()
  .route('/', staffRoutes)
  .route('/', adminOrderRoutes)
  .route('/', adminProductRoutes)
  .route('/', importRoutes)
  .route('/', promotionRoutes)
  .route('/', adminReviewRoutes)
