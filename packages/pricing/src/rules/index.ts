export { type CartLine, type CartOptions, type CartPromotion, priceCart } from './cart.ts'
export { explain } from './explain.ts'
export { type ListedPrice, type PriceContext, runsAt, unitPrice } from './prices.ts'
export { type TaxOptions, taxOf } from './tax.ts'
