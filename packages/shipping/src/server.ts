export { shippingInvariants } from './invariants.ts'
export { shippingMigrations } from './migrations.ts'
export { createShipping, type Shipping, type ShippingOptions } from './service/index.ts'
