import { createNewId, type NewId, type Now } from '@sangdo/core'
import { type Announce, silent } from '@sangdo/core/server'
import { createAddresses } from './addresses.ts'
import { createConsents } from './consents.ts'
import { createCustomers } from './customers.ts'
import { createOrderHistory } from './orders.ts'

/** What `createCrm` may be given; all of it has a default, so that the package stands alone. */
export interface CrmOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
}

export type Crm = ReturnType<typeof createCrm>

/** The people a shop knows: who they are, where they live, what they agreed to and what they bought. */
export function createCrm({ outbox = silent, now = () => new Date(), newId = createNewId(now) }: CrmOptions = {}) {
  const consents = createConsents({ outbox, now, newId })
  const { withdrawAll: _, ...ofConsent } = consents
  return {
    ...createCustomers({ outbox, now, newId, consents }),
    ...createAddresses({ newId }),
    ...ofConsent,
    ...createOrderHistory({ now }),
  }
}
