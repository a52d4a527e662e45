import type { Money } from '@sangdo/core/money'
import type { CartQuote } from '../contract/quote.ts'
import type { ExternalTax, Fee } from './model.ts'

/** What a tax service is asked about: amounts after all discounts. */
export interface TaxRequest {
  readonly currency: string
  readonly market: string
  /** Where the goods go, such as `US-CA`; null is not known. */
  readonly region: string | null
  readonly at: string
  readonly pricesInclude: 'tax' | 'no_tax'
  readonly lines: readonly {
    readonly id: string
    readonly sku: string
    readonly quantity: number
    readonly amount: Money
    readonly taxClass: string
  }[]
  readonly shipping: Money
  readonly fees: readonly { readonly id: string; readonly amount: Money; readonly taxClass: string | null }[]
  /** The certificate of an exempt buyer. */
  readonly exemption: string | null
}

/** Where and when a quote holds; and its fees, which alone know their tax classes. */
type Place = Pick<TaxRequest, 'market' | 'region' | 'at' | 'exemption'> & { readonly fees: readonly Fee[] }

/** What a tax service is to be asked about a quote. */
export function taxRequestOf(quote: CartQuote, { fees, ...place }: Place): TaxRequest {
  const classes = new Map(fees.map((fee) => [fee.id, fee.taxClass]))
  return {
    ...place,
    currency: quote.currency,
    pricesInclude: quote.taxation?.pricesInclude ?? 'no_tax',
    lines: quote.lines.map(({ id, sku, quantity, total, taxClass }) => ({
      id,
      sku,
      quantity,
      amount: total,
      taxClass,
    })),
    shipping: quote.shipping.total,
    fees: quote.fees.map(({ id, amount }) => ({ id, amount, taxClass: classes.get(id) ?? null })),
  }
}

/** The figures that a tax service gave for a quote, to price the same cart with again; null where there are none. */
export function externalTaxOf({ taxation, lines, shipping, fees }: CartQuote): ExternalTax | null {
  if (!taxation || taxation.source === null) return null
  return {
    source: taxation.source,
    lines: Object.fromEntries(lines.map(({ id, tax }) => [id, tax])),
    shipping: shipping.tax,
    fees: Object.fromEntries(fees.map(({ id, tax }) => [id, tax])),
  }
}
