import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

/** What must always hold of risk. */
export const riskInvariants: readonly Invariant[] = [
  {
    name: 'payments.risk_scored',
    says: 'A score is the sum of the points, held within 0 and 100',
    breaches: sql<Breach>`
      select id as subject, score, points from payments_risk
      where score <> case when points < 0 then 0 when points > 100 then 100 else points end order by id`,
  },
  {
    name: 'payments.risk_waits',
    says: 'What the rules were in doubt about waits for a person or was decided by one, and so does an appeal',
    breaches: sql<Breach>`
      select id as subject, decision, status from payments_risk
      where status = 'automatic' and (decision = 'review' or appealed_at is not null)
        or status <> 'automatic' and decision <> 'review' and appealed_at is null
      order by id`,
  },
  {
    name: 'payments.risk_decided',
    says: 'What a person has decided has a verdict, and says whose it is; nothing else has one',
    breaches: sql<Breach>`
      select id as subject, status, verdict, decided_by from payments_risk
      where (status = 'decided') <> (verdict is not null and decided_by is not null and decided_at is not null)
      order by id`,
  },
]
