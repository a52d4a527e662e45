export { priceCart } from './cart.ts'
export { describePromotion, type Described, type DescribeOptions } from './describe/index.ts'
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
export {
  type DiscountPolicy,
  type PlacedOrder,
  type RefundOptions,
  refundPlan,
  type RefundPlan,
  type ReturnedLine,
} from './refund.ts'
export { createSimulation, type PastOrder, type Simulation, type SimulationOptions } from './simulation.ts'
export { splitRefund, splitTax, type TaxSplit, type VatFormula } from './vat.ts'
