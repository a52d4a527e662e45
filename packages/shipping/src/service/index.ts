import { createNewId, type NewId, type Now } from '@sangdo/core'
import { type Announce, silent } from '@sangdo/core/server'
import { createMethods } from './methods.ts'
import { createShipments } from './shipments.ts'

/** What `createShipping` may be given; all of it has a default, so that the package stands alone. */
export interface ShippingOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
}

export type Shipping = ReturnType<typeof createShipping>

/** Where a shop delivers, for how much and how soon; and the parcels that are on their way. */
export function createShipping({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
}: ShippingOptions = {}) {
  return { ...createMethods({ newId }), ...createShipments({ outbox, now, newId }) }
}
