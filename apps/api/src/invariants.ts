import { type Breach, coreInvariants, type Invariant } from '@sangdo/core/server'
import { inventoryInvariants } from '@sangdo/inventory/server'
import { orderInvariants } from '@sangdo/orders/server'
import { paymentInvariants, punctual } from '@sangdo/payments/server'
import { pricingInvariants } from '@sangdo/pricing/server'
import { reviewInvariants } from '@sangdo/reviews/server'
import { shippingInvariants } from '@sangdo/shipping/server'
import { sql } from 'kysely'

/** Statuses of an order that has its money and goes on, and of one that is off. */
const [going, off] = [
  ['paid', 'partly_shipped', 'shipped', 'delivered'],
  ['cancelled', 'expired'],
].map((statuses) => sql`(${sql.join(statuses)})`)
/** An order that is held has its money and its goods as one that is paid; without its money it waits for it. */
const waiting = sql`(orders_order.status = 'pending_payment' or (orders_order.status = 'payment_review' and paid_at is null))`
const sold = sql`(orders_order.status in ${going} or (orders_order.status = 'payment_review' and paid_at is not null))`

/**
 * What must hold between the packages, once every event has been delivered and every provider asked. Each package knows its own
 * part only; the shop that joins them answers for the whole.
 */
const acrossPackages: readonly Invariant[] = [
  {
    name: 'shop.paid_for',
    says: 'An order that is paid has taken in exactly its total, in its currency',
    breaches: sql<Breach>`
      select orders_order.id as subject, orders_order.total, captured, reversed, captured_currency from orders_order
      left join payments_payment on payments_payment.order_id = orders_order.id
      left join payments_attempt on payments_attempt.id = captured_attempt_id
      left join (
        select order_id as booked_for, sum(credit) - sum(debit) as own from payments_entry
        where account = 'orders' and (journal like 'capture:%' or journal like 'reverse:%') group by order_id
      ) as booked on booked_for = orders_order.id
      where paid_at is not null and total > 0
        and (captured is null or captured - reversed < total or own <> total or captured_currency <> orders_order.currency)
      order by orders_order.id`,
  },
  {
    name: 'shop.no_orphan_money',
    says: 'Money that was taken in has paid for an order that stands, goes back, or is somebody’s task',
    breaches: sql<Breach>`
      select payments_attempt.id as subject, order_id, orders_order.status, captured, reversed, disputed, suspended, refunded
      from payments_attempt
      join payments_payment on payments_payment.id = payment_id
      left join orders_order on orders_order.id = order_id
      where captured - reversed - disputed - suspended > refunded and not (
        captured_attempt_id = payments_attempt.id and orders_order.paid_at is not null
        and coalesce(orders_order.status, '') not in ${off})
      order by payments_attempt.id`,
  },
  {
    name: 'shop.goods',
    says: 'Goods are held for an order that waits, sold to one that is paid, and free again when it is off',
    breaches: sql<Breach>`
      select orders_order.id as subject, orders_order.status, inventory_reservation.status as goods, restocked_at
      from orders_order left join inventory_reservation on reference = stock_reference
      where not coalesce(
        (${waiting} and inventory_reservation.status = 'open')
        or (${sold} and inventory_reservation.status = 'converted' and restocked_at is null)
        or (orders_order.status in ${off} and (inventory_reservation.status in ('released', 'expired')
          or restocked_at is not null)), 1 = 0)
      order by orders_order.id`,
  },
  {
    name: 'shop.no_orphan_goods',
    says: 'Goods are held for orders only, and by each once',
    breaches: sql<Breach>`
      select reference as subject, inventory_reservation.status from inventory_reservation
      left join orders_order on stock_reference = reference
      where inventory_reservation.status in ('open', 'converted') and restocked_at is null and orders_order.id is null
      order by reference`,
  },
  {
    name: 'shop.coupons',
    says: 'A discount is held for an order that waits, used by one that is paid, and free again when it is off',
    breaches: sql<Breach>`
      select reference as subject, promotion_id, pricing_redemption.status, orders_order.status as order_status
      from pricing_redemption left join orders_order on orders_order.id = reference
      where not coalesce(
        (${waiting} and pricing_redemption.status = 'held')
        or (${sold} and pricing_redemption.status = 'redeemed')
        or (orders_order.status in ${off} and pricing_redemption.status = 'released'), 1 = 0)
      order by reference`,
  },
  {
    name: 'shop.reviewed',
    says: 'Of an order that somebody has to decide about nothing ships, and none that is decided is held',
    breaches: sql<Breach>`
      select orders_order.id as subject, orders_order.status, payments_risk.status as review from orders_order
      left join payments_risk on payments_risk.subject = orders_order.id
      where (orders_order.status in ${going} and coalesce(payments_risk.status, '') = 'waiting')
        or (orders_order.status = 'payment_review' and paid_at is not null
          and coalesce(payments_risk.status, '') <> 'waiting')
      order by orders_order.id`,
  },
]

/** All that must hold of a shop at an instant: what always must, and that nothing is overdue then. */
export const invariantsAt = (now: Date): readonly Invariant[] => [...invariants, punctual(now)]

/** All that must always hold of a shop. */
export const invariants: readonly Invariant[] = [
  ...coreInvariants,
  ...pricingInvariants,
  ...inventoryInvariants,
  ...orderInvariants,
  ...paymentInvariants,
  ...shippingInvariants,
  ...reviewInvariants,
  ...acrossPackages,
]
