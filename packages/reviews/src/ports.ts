import type { Db } from '@sangdo/core/server'
import type { CustomerId } from './contract.ts'

/** Says whether a customer has received what is on an order line, and what it was. */
export interface PurchasePort {
  purchaseOf(
    db: Db,
    lineId: string,
    customerId: CustomerId,
  ): Promise<{ productId: string; orderId: string } | undefined>
}
