import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { CartId, CustomerId, LineId, OrderId, OrderStatus } from './contract.ts'

/** The rows of this package. Money is in minor units of the row's currency; what is JSON says so. */
export interface OrdersTables {
  orders_cart: {
    id: CartId
    version: number
    status: 'open' | 'ordered'
    currency: string
    market: string
    locale: string
    customer_id: CustomerId | null
    email: string | null
    /** JSON */ address: string | null
    shipping_method: string | null
    /** JSON */ codes: string
    created_at: string
    updated_at: string
  }
  orders_cart_line: { id: LineId; cart_id: CartId; sku: string; quantity: number }
  orders_order: {
    id: OrderId
    number: string
    cart_id: CartId
    status: OrderStatus
    version: number
    currency: string
    market: string
    locale: string
    customer_id: CustomerId | null
    email: string
    name: string
    /** JSON */ address: string
    shipping_method: string
    /** JSON */ shipping_name: string
    /** JSON */ quote: string
    total: number
    pieces: number
    stock_reference: string
    placed_at: string
    paid_at: string | null
    expires_at: string | null
    cancel_reason: string | null
  }
  orders_line: {
    id: LineId
    order_id: OrderId
    position: number
    sku: string
    product_id: string
    /** JSON */ name: string
    /** JSON */ options: string
    /** JSON */ image: string | null
    quantity: number
    shipped: number
    delivered: number
    unit_price: number
    subtotal: number
    discount: number
    total: number
    tax: number
    tax_rate: string
  }
  orders_history: {
    id: string
    order_id: OrderId
    /** The version of the order that the step led to. */
    version: number
    from_status: OrderStatus | null
    to_status: OrderStatus
    at: string
    actor: string
    note: string | null
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<OrdersTables>
