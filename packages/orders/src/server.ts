export { orderInvariants } from './invariants.ts'
export { orderMigrations } from './migrations.ts'
export type {
  CatalogPort,
  OrderPorts,
  PaymentPort,
  PricePort,
  PriceRequest,
  ShippingPort,
  StartedPayment,
  StockPort,
  VariantFacts,
} from './ports.ts'
export type { Expected } from './service/carts.ts'
export { createOrders, type Orders, type OrdersOptions } from './service/index.ts'
export { holdSeconds } from './service/orders.ts'
export type { OrderFilter } from './store/orders.ts'
