import type { Desk } from '../desk.ts'
import type { OrderStatus, ProductStatus } from '../types.ts'
import { Badge, type Tone } from './list.tsx'

const orderTones = {
  pending_payment: 'quiet',
  payment_review: 'wait',
  paid: 'wait',
  partly_shipped: 'wait',
  shipped: 'go',
  delivered: 'go',
  cancelled: 'quiet',
  expired: 'quiet',
} as const satisfies Record<OrderStatus, Tone>

/** Where an order stands. */
export const OrderBadge = ({ status, desk }: { status: OrderStatus; desk: Desk }) => (
  <Badge tone={orderTones[status]}>{desk.text.orders.statuses[status]}</Badge>
)

const productTones = { draft: 'wait', active: 'go', archived: 'quiet' } as const satisfies Record<ProductStatus, Tone>

/** Whether a product is on sale. */
export const ProductBadge = ({ status, desk }: { status: ProductStatus; desk: Desk }) => (
  <Badge tone={productTones[status]}>{desk.text.products.statuses[status]}</Badge>
)
