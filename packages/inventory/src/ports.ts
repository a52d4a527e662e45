import type { Db } from '@sangdo/core/server'
import type { Quantities, Sku } from './contract/index.ts'

/** Knows which skus are sold as bundles of others. */
export interface BundlePort {
  /** What one piece of each bundle among the skus is made of; skus that are no bundle are left out. May be asked in a transaction. */
  componentsOf(db: Db, skus: readonly Sku[]): Promise<Readonly<Record<Sku, Quantities>>>
}

/** Nothing is a bundle. */
export const noBundles: BundlePort = { componentsOf: async () => ({}) }
