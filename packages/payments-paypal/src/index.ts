export { fromPayPal, type PayPalAmount, toPayPal } from './amounts.ts'
export { paypalErrors } from './errors.ts'
