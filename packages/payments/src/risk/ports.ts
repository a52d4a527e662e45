import type { RiskFacts } from './contract.ts'

/**
 * Another service that judges orders, such as a provider's own. It is asked outside of any transaction; what it says is a reason like
 * any other, from −100 (for the buyer) to 100 points. One that rejects, or is late, is down.
 */
export interface RiskPort {
  judge(facts: RiskFacts): Promise<{ readonly points: number; readonly code: string }>
}
