export { format, type Money, money, type Rounding } from '@sangdo/core/money'
export { priceCart } from './cart.ts'
export { isWellFormedCode } from './codes.ts'
export { type Content, type ContentUnit, pricePer } from './content.ts'
export { type Exchanged, exchanged, priceWith } from './exchange.ts'
export { externalTaxOf, type TaxRequest } from './external.ts'
export { floorFrom, type Guard, type Margin, marginOf } from './margin.ts'
export { ratesFor } from './markets.ts'
export { type ListedPrice, type PriceCondition, type PriceContext, runsAt, unitPrice } from './prices.ts'
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
export {
  type DiscountPolicy,
  type PlacedOrder,
  type RefundOptions,
  refundPlan,
  type RefundPlan,
  type ReturnedLine,
} from './refund.ts'
export { splitRefund, splitTax, type TaxSplit, type VatFormula } from './vat.ts'
