import type { RiskAssessmentId, RiskDecision, RiskStatus, RiskVerdict } from './contract.ts'
import type { RiskKey } from './keys.ts'

/** The rows of risk. Whom they are about is said by keyed hashes alone. */
export interface RiskTables {
  payments_risk: {
    id: RiskAssessmentId
    subject: string
    decision: RiskDecision
    status: RiskStatus
    score: number
    points: number
    /** JSON */ reasons: string
    /** JSON; null once it is forgotten. */ inputs: string | null
    amount: number
    currency: string
    at: string
    appeal: string | null
    appealed_at: string | null
    verdict: RiskVerdict | null
    decided_by: string | null
    note: string | null
    decided_at: string | null
  }
  /** Only added to, until it is forgotten. */
  payments_sighting: {
    id: string
    what: 'order' | 'attempt' | 'decline'
    subject: string
    known_by: RiskKey
    hash: string
    /** The hash of the card, whatever it is known by. */
    card: string | null
    at: string
  }
  /** One row for each hash: whoever counts it holds it, so that those who count at once count one after the other. */
  payments_sighting_key: { hash: string; seen_at: string }
}
