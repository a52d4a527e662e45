import { Hono } from 'hono'
import type { ShopEnv } from '../visitor.ts'
import { accountRoutes } from './account.tsx'
import { cartRoutes } from './cart.tsx'
import { checkoutRoutes } from './checkout.tsx'
import { homeRoutes } from './home.tsx'
import { listRoutes } from './list.tsx'
import { orderRoutes } from './order.tsx'
import { policyRoutes } from './policy.tsx'
import { productRoutes } from './product.tsx'
import { reviewRoutes } from './review.tsx'
import { signRoutes } from './sign.tsx'

/** Every page of the shop below its language. */
export const storeRoutes = new Hono<ShopEnv>()
  .route('/', homeRoutes)
  .route('/', listRoutes)
  .route('/', productRoutes)
  .route('/', cartRoutes)
  .route('/', checkoutRoutes)
  .route('/', orderRoutes)
  .route('/', signRoutes)
  .route('/', accountRoutes)
  .route('/', reviewRoutes)
  .route('/', policyRoutes)
