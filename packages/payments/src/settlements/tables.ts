import type { ComparedKind, ExceptionFound, ExceptionId, SettlementId, SettlementKind } from './contract.ts'

/** What providers have settled, and what does not agree. */
export interface SettlementTables {
  /** Only added to. */
  payments_settlement: {
    id: SettlementId
    provider: string
    row_id: string
    kind: SettlementKind
    reference: string
    amount: number
    currency: string
    at: string
    read_at: string
  }
  payments_exception: {
    id: ExceptionId
    provider: string
    kind: ComparedKind
    reference: string
    currency: string
    found: ExceptionFound
    here: number
    there: number
    since: string
    resolved_at: string | null
    resolution: string | null
  }
}
