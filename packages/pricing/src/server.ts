export { pricingMigrations } from './migrations/index.ts'
export type { BuyerFacts, BuyerPort, TaxPort, TaxRequest } from './ports.ts'
export {
  type BatchOptions,
  createPricing,
  type ListedPromotion,
  type PriceQuestion,
  type Pricing,
  type PricingOptions,
  type QuoteRequest,
} from './service/index.ts'
