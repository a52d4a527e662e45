import type { Db } from '@sangdo/core/server'
import type { AttemptId, PaymentId } from '../contract.ts'
import { tables } from '../tables.ts'

/** A payment as it is stored: which order it is of, and which attempt has paid it. */
export interface StoredPayment {
  readonly id: PaymentId
  readonly orderId: string
  readonly paidBy: AttemptId | null
}

const selectPayment = (db: Db) =>
  tables(db).selectFrom('payments_payment').select(['id', 'order_id as orderId', 'captured_attempt_id as paidBy'])

/** The payments of the given orders. */
export async function paymentsOfOrders(db: Db, orderIds: readonly string[]): Promise<StoredPayment[]> {
  return orderIds.length === 0 ? [] : selectPayment(db).where('order_id', 'in', orderIds).execute()
}

/** The payment with this id, or the one of which the attempt with this id is. */
export async function paymentOf(db: Db, id: PaymentId | AttemptId): Promise<StoredPayment | undefined> {
  return selectPayment(db)
    .where((eb) =>
      eb.or([
        eb('id', '=', id as PaymentId),
        eb(
          'id',
          'in',
          eb
            .selectFrom('payments_attempt')
            .select('payment_id')
            .where('payments_attempt.id', '=', id as AttemptId),
        ),
      ]),
    )
    .executeTakeFirst()
}
