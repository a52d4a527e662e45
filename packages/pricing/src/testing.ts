import { money } from '@sangdo/core'
import type { CartLine, CartPromotion, TaxOptions } from './rules/index.ts'

/** A sample cart in euros: three mugs at 3.33 and a plate at 12.50. */
export const sampleCart: CartLine[] = [
  { sku: 'MUG', quantity: 3, unitPrice: money(333, 'EUR') },
  { sku: 'PLATE', quantity: 1, unitPrice: money(1_250, 'EUR'), taxClass: 'reduced' },
]

/** A sample promotion: ten percent off everything. */
export const samplePromotion: CartPromotion = { kind: 'percent_off', code: 'TEN', percent: 10 }

/** Sample taxes: 19 % contained in the prices, 7 % for the reduced class. */
export const sampleTax: TaxOptions = { pricesInclude: 'tax', rates: { standard: 19, reduced: 7, shipping: 19 } }

export { describeTaxService, fakeTaxService, sampleTaxRequest } from './testing-tax.ts'
