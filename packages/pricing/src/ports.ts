import type { Db } from '@sangdo/core/server'
import type { TaxRequest } from './rules/external.ts'
import type { Buyer, ExternalTax } from './rules/model.ts'

export type { TaxRequest }

/** What a shop knows of a buyer. What is left out is not known, and fulfils no condition. */
export interface BuyerFacts extends Buyer {
  readonly companyId?: string | null
}

/** Knows buyers. Asked only when a price list or a promotion has a condition about them, and only of somebody. */
export interface BuyerPort {
  buyerOf(db: Db, who: { customerId: string | null; email: string | null }): Promise<BuyerFacts>
}

/**
 * A service that calculates taxes. It answers with an amount for every line, for shipping and for every fee, in the request's
 * currency; it is asked outside of any transaction, and what it throws becomes `pricing.tax_unavailable`.
 */
export interface TaxPort {
  taxOf(request: TaxRequest): Promise<ExternalTax>
}
