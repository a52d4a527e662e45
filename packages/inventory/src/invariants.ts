import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

const shelf = sql`sku || ' at ' || location_id`
const parcel = sql`reference || ', ' || sku || ' at ' || location_id`

/** The lines of sold reservations beside what the ledger says left the house for them, and in the same way what came back. */
const sold = sql`
  select head.reference, sku, location_id, quantity as owed, 0 as moved
  from inventory_reservation_line join inventory_reservation as head on head.id = reservation_id
  where head.status = 'converted'`
const moved = sql`select coalesce(reference, 'nobody') as reference, sku, location_id, 0 as owed`

/** The pieces in each state on each shelf, beside a figure to compare them with. */
const there = sql`
  select sku, location_id, 'sellable' as state, on_hand as there, 0 as compared from inventory_stock union all
  select sku, location_id, state, quantity, 0 from inventory_aside`

/** What must always hold of stock. */
export const inventoryInvariants: readonly Invariant[] = [
  {
    name: 'inventory.on_hand',
    says: 'What lies at a location is the sum of what has moved there',
    breaches: sql<Breach>`
      select ${shelf} as subject, sum(kept) as on_hand, sum(moved) as moved from (
        select sku, location_id, on_hand as kept, 0 as moved from inventory_stock union all
        select sku, location_id, 0, quantity from inventory_movement where state = 'sellable'
      ) as shelf
      group by sku, location_id having sum(kept) <> sum(moved) order by sku, location_id`,
  },
  {
    name: 'inventory.reserved',
    says: 'What is reserved at a location is the sum of what open reservations hold there',
    breaches: sql<Breach>`
      select ${shelf} as subject, sum(kept) as reserved, sum(held) as held from (
        select sku, location_id, reserved as kept, 0 as held from inventory_stock union all
        select sku, location_id, -free, 0 from inventory_bucket union all
        select sku, location_id, 0, quantity
        from inventory_reservation_line join inventory_reservation as head on head.id = reservation_id
        where head.status = 'open'
      ) as shelf
      group by sku, location_id having sum(kept) <> sum(held) order by sku, location_id`,
  },
  {
    name: 'inventory.covered',
    says: 'No more is promised than is there, and no count is below zero',
    breaches: sql<Breach>`
      select ${shelf} as subject, on_hand, reserved, safety from inventory_stock
      where on_hand < reserved or reserved < 0 or safety < 0 order by sku, location_id`,
  },
  {
    name: 'inventory.buckets',
    says: 'The buckets of a hot sku have together what may be sold of it, and its row has none of that',
    breaches: sql<Breach>`
      select ${shelf} as subject, max(on_hand - reserved - safety) as left_in_row, sum(free) as in_buckets
      from (
        select stock.sku, stock.location_id, on_hand, reserved, safety, free
        from inventory_stock as stock join inventory_bucket as bucket
          on bucket.sku = stock.sku and bucket.location_id = stock.location_id
      ) as shelf
      group by sku, location_id
      having max(on_hand - reserved - safety) > 0 or (max(on_hand - reserved - safety) < 0 and sum(free) > 0)
      order by sku, location_id`,
  },
  {
    name: 'inventory.ended_once',
    says: 'A reservation is open, or has ended in one of three ways at one time; only sold goods come back',
    breaches: sql<Breach>`
      select reference as subject, status, closed_at, restocked_at from inventory_reservation
      where status not in ('open', 'converted', 'released', 'expired')
        or (status = 'open' and closed_at is not null) or (status <> 'open' and closed_at is null)
        or (status <> 'converted' and restocked_at is not null)
      order by reference`,
  },
  {
    name: 'inventory.sold_once',
    says: 'What a sold reservation held has left the house once, and nothing was sold without one',
    breaches: sql<Breach>`
      select ${parcel} as subject, sum(owed) as owed, sum(moved) as moved from (
        ${sold} union all ${moved}, -quantity as moved from inventory_movement where reason = 'sold'
      ) as parcel
      group by reference, sku, location_id having sum(owed) <> sum(moved) order by reference, sku, location_id`,
  },
  {
    name: 'inventory.restocked_once',
    says: 'What was put back on the shelf is what was sold, once',
    breaches: sql<Breach>`
      select ${parcel} as subject, sum(owed) as owed, sum(moved) as moved from (
        ${sold} and head.restocked_at is not null
        union all ${moved}, quantity as moved from inventory_movement where reason = 'restocked'
      ) as parcel
      group by reference, sku, location_id having sum(owed) <> sum(moved) order by reference, sku, location_id`,
  },
  {
    name: 'inventory.backordered',
    says: 'What is promised beyond the stock is the sum of what buyers wait for',
    breaches: sql<Breach>`
      select ${shelf} as subject, sum(promised) as promised, sum(waiting) as waiting from (
        select sku, location_id, promised, 0 as waiting from inventory_allowance union all
        select sku, location_id, 0, quantity - filled from inventory_backorder where status = 'waiting'
      ) as shelf
      group by sku, location_id having sum(promised) <> sum(waiting) order by sku, location_id`,
  },
  {
    name: 'inventory.waits_for_something',
    says: 'A backorder waits while pieces are missing and somebody wants them',
    breaches: sql<Breach>`
      select inventory_backorder.id as subject, quantity, filled, inventory_backorder.status, head.status as reservation
      from inventory_backorder join inventory_reservation as head on head.id = reservation_id
      where (inventory_backorder.status = 'waiting' and (filled >= quantity or head.status in ('released', 'expired')
          or head.restocked_at is not null))
        or (inventory_backorder.status = 'filled' and filled <> quantity)
        or inventory_backorder.status not in ('waiting', 'filled', 'cancelled')
      order by inventory_backorder.id`,
  },
  {
    name: 'inventory.transferred_once',
    says: 'Of a transfer no more has arrived or is lost than was sent, and the ledger says the same; it is closed when none is under way',
    breaches: sql<Breach>`
      select transfer_id || ', ' || sku as subject, sum(quantity) as sent, sum(received) as received, sum(lost) as lost,
        sum(left_by) as left_by, sum(arrived) as arrived, sum(gone) as gone, max(closed) as closed
      from (
        select transfer_id, sku, quantity, received, lost, 0 as left_by, 0 as arrived, 0 as gone,
          case when status = 'closed' then 1 else 0 end as closed
        from inventory_transfer_line join inventory_transfer on id = transfer_id
        union all
        select coalesce(reference, 'nobody'), sku, 0, 0, 0, case when reason = 'dispatched' then -quantity else 0 end,
          case when reason = 'arrived' then quantity else 0 end, case when reason = 'lost' then -quantity else 0 end, 0
        from inventory_movement where reason in ('dispatched', 'arrived', 'lost')
      ) as step
      group by transfer_id, sku
      having sum(quantity) <> sum(left_by) or sum(received) + sum(lost) <> sum(arrived) or sum(lost) <> sum(gone)
        or sum(received) + sum(lost) > sum(quantity)
        or (max(closed) = 1 and sum(received) + sum(lost) < sum(quantity))
      order by transfer_id, sku`,
  },
  {
    name: 'inventory.aside',
    says: 'What is damaged or quarantined is the sum of what was set aside and has not been put back or written off',
    breaches: sql<Breach>`
      select ${shelf} || ', ' || state as subject, sum(kept) as quantity, sum(moved) as moved from (
        select sku, location_id, state, quantity as kept, 0 as moved from inventory_aside union all
        select sku, location_id, state, 0, quantity from inventory_movement where state <> 'sellable'
      ) as shelf
      group by sku, location_id, state having sum(kept) <> sum(moved) order by sku, location_id, state`,
  },
  {
    name: 'inventory.lots',
    says: 'What is there of a lot is the sum of what has moved of it',
    breaches: sql<Breach>`
      select ${shelf} || ', lot ' || lot || ', ' || state as subject, sum(kept) as quantity, sum(moved) as moved from (
        select sku, lot, location_id, state, quantity as kept, 0 as moved from inventory_lot_stock union all
        select sku, lot, location_id, state, 0, quantity from inventory_movement where lot is not null
      ) as shelf
      group by sku, lot, location_id, state having sum(kept) <> sum(moved) order by sku, lot, location_id, state`,
  },
  {
    name: 'inventory.lots_fit',
    says: 'No more is there of all lots than is there',
    breaches: sql<Breach>`
      select ${shelf} || ', ' || state as subject, sum(there) as there, sum(compared) as of_lots from (${there} union all
        select sku, location_id, state, 0, quantity from inventory_lot_stock
      ) as shelf
      group by sku, location_id, state having sum(compared) > sum(there) order by sku, location_id, state`,
  },
  {
    name: 'inventory.sold_in_time',
    says: 'Nothing was sold at or after its date',
    breaches: sql<Breach>`
      select movement.sku || ', lot ' || movement.lot as subject, movement.id as movement, at, expires_at
      from inventory_movement as movement
      join inventory_lot as lot on lot.sku = movement.sku and lot.lot = movement.lot
      where reason = 'sold' and at >= expires_at order by movement.id`,
  },
  {
    name: 'inventory.serials',
    says: 'A piece with a number is in the house with the pieces of its lot, or out by the ledger: no more of them than there are pieces',
    breaches: sql<Breach>`
      select ${shelf} || ', ' || state as subject, sum(there) as there, sum(compared) as numbered from (
        ${there} union all
        select sku, location_id, state, 0, 1 from inventory_serial where state is not null union all
        select sku, location_id, state || ' of lot ' || lot, quantity, 0 from inventory_lot_stock union all
        select sku, location_id, state || ' of lot ' || lot, 0, 1 from inventory_serial
        where state is not null and lot is not null union all
        select sku, location_id, 'sold to ' || coalesce(reference, 'nobody'), -quantity, 0 from inventory_movement
        where reason in ('sold', 'restocked') union all
        select sku, location_id, 'sold to ' || coalesce(reference, 'nobody'), 0, 1 from inventory_serial
        where state is null and reason = 'sold'
      ) as shelf
      group by sku, location_id, state having sum(compared) > sum(there) order by sku, location_id, state`,
  },
  {
    name: 'inventory.expected',
    says: 'A delivery is open while some of it is to come',
    breaches: sql<Breach>`
      select id as subject, quantity, received, status from inventory_delivery
      where received > quantity or (received = quantity and status <> 'closed')
        or (received < quantity and status not in ('open', 'cancelled'))
      order by id`,
  },
]
