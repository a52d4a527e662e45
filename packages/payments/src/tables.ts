import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type {
  AttemptId,
  AttemptStatus,
  CaptureId,
  CaptureStatus,
  DisputeId,
  DisputeStatus,
  PaymentId,
  PaymentMethod,
  RefundId,
  RefundStatus,
  TaskId,
  TaskKind,
} from './contract.ts'
import type { RiskTables } from './risk/tables.ts'
import type { SettlementTables } from './settlements/tables.ts'
import type { TransferTables } from './transfers/tables.ts'

/** The rows of this package. Money is in minor units of the row's currency; instants are ISO text in UTC. */
export interface PaymentTables extends RiskTables, SettlementTables, TransferTables {
  payments_payment: { id: PaymentId; order_id: string; captured_attempt_id: AttemptId | null; created_at: string }
  payments_attempt: {
    id: AttemptId
    payment_id: PaymentId
    provider: string
    method: PaymentMethod
    status: AttemptStatus
    amount: number
    currency: string
    /** What the provider has taken, in `captured_currency`, which is another only in a mismatch. */
    captured: number
    captured_currency: string
    /** What has gone back or is reserved to go back: never more than `captured`. */
    refunded: number
    /** What of `captured` the bank has taken back. */
    reversed: number
    /** What of `captured` is in dispute, or was lost in one. */
    disputed: number
    /** What of `captured` is nobody's and not on its way back. */
    suspended: number
    /** Whether the money is only promised at first. */
    capture_later: number
    /** What was asked to be taken of it: never more than `amount`. */
    claimed: number
    redirect_url: string | null
    /** JSON */ deposit: string | null
    /** JSON */ card: string | null
    /** JSON */ evidence: string | null
    /** JSON */ failure: string | null
    cancel_wanted: number
    expires_at: string
    checks: number
    check_at: string | null
    created_at: string
  }
  payments_report: {
    id: string
    attempt_id: AttemptId
    status: AttemptStatus
    /** Where the attempt stood when it was said. */
    previous: AttemptStatus | null
    applied: number
    at: string
  }
  payments_refund: {
    id: RefundId
    payment_id: PaymentId
    attempt_id: AttemptId
    refund_key: string
    status: RefundStatus
    amount: number
    currency: string
    reason: string
    for_order: number
    task_id: TaskId | null
    /** JSON */ account: string | null
    /** JSON */ failure: string | null
    checks: number
    check_at: string | null
    created_at: string
  }
  payments_capture: {
    id: CaptureId
    attempt_id: AttemptId
    capture_key: string
    status: CaptureStatus
    amount: number
    currency: string
    /** JSON */ failure: string | null
    checks: number
    check_at: string | null
    created_at: string
  }
  payments_dispute: {
    id: DisputeId
    attempt_id: AttemptId
    /** The provider's own id of it. */
    reference: string
    status: DisputeStatus
    amount: number
    currency: string
    reason: string
    due_at: string | null
    opened_at: string
    closed_at: string | null
  }
  payments_task: {
    id: TaskId
    kind: TaskKind
    subject: string
    order_id: string | null
    attempt_id: AttemptId | null
    amount: number | null
    currency: string | null
    since: string
    resolved_at: string | null
    resolution: string | null
  }
  payments_inbox: {
    id: string
    provider: string
    event_id: string
    reference: string
    status: 'received' | 'done' | 'unmatched'
    received_at: string
    checks: number
    check_at: string | null
  }
  payments_entry: {
    id: string
    journal: string
    account: string
    debit: number
    credit: number
    currency: string
    /** Empty where the money is of no order, as a deposit in suspense. */
    order_id: string
    attempt_id: AttemptId | ''
    at: string
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<PaymentTables>
