import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

/** What must always hold of settlements. */
export const settlementInvariants: readonly Invariant[] = [
  {
    name: 'payments.settlement_booked',
    says: 'A fee or a payout that was settled is in the ledger once, of its amount',
    breaches: sql<Breach>`
      select settlement.id as subject, settlement.kind, settlement.amount, sum(credit) - sum(debit) as booked
      from payments_settlement as settlement
      left join payments_entry as entry
        on entry.journal = settlement.kind || ':' || settlement.id and entry.account = 'provider:' || settlement.provider
        and entry.currency = settlement.currency
      where settlement.kind in ('fee', 'payout')
      group by settlement.id, settlement.kind, settlement.amount
      having coalesce(sum(credit) - sum(debit), 0) <> settlement.amount
      order by settlement.id`,
  },
  {
    name: 'payments.settlement_told',
    says: 'The ledger has no fee and no payout that no settlement tells of',
    breaches: sql<Breach>`
      select distinct entry.journal as subject from payments_entry as entry
      left join payments_settlement as settlement on entry.journal = settlement.kind || ':' || settlement.id
      where (entry.journal like 'fee:%' or entry.journal like 'payout:%') and settlement.id is null
      order by entry.journal`,
  },
  {
    name: 'payments.exception_resolved',
    says: 'An exception is about figures that differ, and one that is resolved says how',
    breaches: sql<Breach>`
      select id as subject, here, there, resolution from payments_exception
      where here = there or (resolved_at is null) <> (resolution is null) order by id`,
  },
]
