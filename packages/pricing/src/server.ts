export { pricingMigrations } from './migrations.ts'
export { createPricing, type Pricing, type PricingOptions, type QuoteRequest } from './service.ts'
