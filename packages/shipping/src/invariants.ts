import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

/** What must always hold of shipments. */
export const shippingInvariants: readonly Invariant[] = [
  {
    name: 'shipping.events',
    says: 'A shipment is no further than its carrier has said',
    breaches: sql<Breach>`
      select id as subject, status from shipping_shipment
      where status <> 'shipped' and not exists (
        select 1 from shipping_event where shipment_id = id and shipping_event.status = shipping_shipment.status
      )
      order by id`,
  },
]
