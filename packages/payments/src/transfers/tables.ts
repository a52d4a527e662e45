import type { AttemptId, RefundId } from '../contract.ts'
import type { DepositId, DepositStatus, MatchedBy } from './contract.ts'

/** What the shop knows of its own bank account, as a provider knows of its. */
export interface TransferTables {
  /** A transfer that a buyer was asked for. */
  payments_transfer: {
    attempt_id: AttemptId
    provider: string
    /** What the buyer writes on it. */
    reference: string
    /** The payer's name, without spaces and case; null when it is not known. */
    payer: string | null
    amount: number
    currency: string
    /** What has come in. */
    received: number
    /** What has gone back or is to go back: never more than `received`. */
    refunded: number
    cancelled: number
    due_at: string
    created_at: string
  }
  payments_deposit: {
    id: DepositId
    provider: string
    row_id: string
    date: string
    amount: number
    currency: string
    payer: string
    text: string
    status: DepositStatus
    attempt_id: AttemptId | null
    matched_by: MatchedBy | null
    received_at: string
  }
  /** A refund that a person sends by hand. */
  payments_pay_out: {
    refund_id: RefundId
    attempt_id: AttemptId
    status: 'pending' | 'succeeded' | 'failed'
    amount: number
    currency: string
    reason: string
    /** JSON; forgotten when it has ended. */ account: string | null
    /** Why it failed. */ code: string | null
  }
}
