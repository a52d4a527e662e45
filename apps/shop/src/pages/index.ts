import { Hono } from 'hono'
import type { ShopEnv } from '../visitor.ts'
import { cartRoutes } from './cart.tsx'
import { checkoutRoutes } from './checkout.tsx'
import { homeRoutes } from './home.tsx'
import { listRoutes } from './list.tsx'
import { orderRoutes } from './order.tsx'
import { productRoutes } from './product.tsx'

/** Every page of the shop below its language. */
export const storeRoutes = new Hono<ShopEnv>().route('/', homeRoutes).route('/', listRoutes).route('/', productRoutes)
  .route('/', cartRoutes).route('/', checkoutRoutes).route('/', orderRoutes)
