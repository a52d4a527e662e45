import type { NewId, Now } from '@sangdo/core'
import type { Announce } from '@sangdo/core/server'
import type { LocationId, SourcingStrategy } from '../contract/index.ts'
import type { BundlePort } from '../ports.ts'

/** What the services of this package are made with. */
export interface Dependencies {
  readonly outbox: Announce
  readonly now: Now
  readonly newId: NewId
  readonly lowAt: number
  readonly sourcing: SourcingStrategy
  readonly bundles: BundlePort
  /** A number from 0 to 1, 1 excluded: at which bucket a buyer begins. */
  readonly random: () => number
}

/** Where goods are when nobody says where. */
export const mainLocation = 'loc_main' satisfies LocationId
