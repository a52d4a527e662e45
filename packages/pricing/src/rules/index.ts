export { priceCart } from './cart.ts'
export { explain } from './explain.ts'
export { type ListedPrice, type PriceContext, runsAt, unitPrice } from './prices.ts'
export { traceOf } from './trace.ts'
export type {
  Buyer,
  CartContext,
  CartLine,
  CartOptions,
  CartPromotion,
  ExternalTax,
  Fee,
  TaxComponent,
  TaxOptions,
  TaxRate,
  Tender,
} from './model.ts'
export { mostCandidates } from './combination.ts'
export { pricingErrors } from '../contract/errors.ts'
