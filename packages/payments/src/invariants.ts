import { instantAfter } from '@sangdo/core'
import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'
import { riskInvariants } from './risk/invariants.ts'
import { nextStatus, openStatuses } from './rules.ts'
import { settlementInvariants } from './settlements/invariants.ts'
import { transferInvariants } from './transfers/invariants.ts'

const open = sql`(${sql.join(openStatuses)})`
/** Every edge of the published graph, as `from>to`. */
const edges = sql`(${sql.join(Object.entries(nextStatus).flatMap(([from, next]) => next.map((to) => `${from}>${to}`)))})`

/** What the provider's account of the ledger says of each attempt, in the journals of one kind. */
const booked = (kind: string) => sql`
  select attempt_id, sum(debit) - sum(credit) as amount from payments_entry
  where journal like ${`${kind}:%`} and account like 'provider:%' group by attempt_id`

/** What must always hold of the ledger: it balances, and it says what attempts and refunds count. */
const ledger: readonly Invariant[] = [
  {
    name: 'payments.balanced',
    says: 'Each journal of the ledger debits as much as it credits, in each currency',
    breaches: sql<Breach>`
      select journal as subject, currency, sum(debit) as debit, sum(credit) as credit from payments_entry
      group by journal, currency having sum(debit) <> sum(credit) order by journal`,
  },
  {
    name: 'payments.currency',
    says: 'The ledger books the money of an attempt in the currency it came in',
    breaches: sql<Breach>`
      select entry.id as subject, entry.currency, attempt.captured_currency from payments_entry as entry
      left join payments_attempt as attempt on attempt.id = entry.attempt_id
      where entry.attempt_id <> '' and coalesce(attempt.captured_currency, '') <> entry.currency order by entry.id`,
  },
  {
    name: 'payments.captured',
    says: 'What an attempt counts as taken is what the ledger says came in',
    breaches: sql<Breach>`
      select id as subject, captured, amount_booked as booked from payments_attempt
      left join (select attempt_id, amount as amount_booked from (${booked('capture')}) as one) as found on attempt_id = id
      where captured <> coalesce(amount_booked, 0) order by id`,
  },
  {
    name: 'payments.refund_booked',
    says: 'A refund that has gone back is in the ledger once, of its amount, and no other is',
    breaches: sql<Breach>`
      select refund.id as subject, refund.status, refund.amount, sum(entry.credit) as booked from payments_refund as refund
      left join payments_entry as entry
        on entry.journal = 'refund:' || refund.id and entry.account like 'provider:%' and entry.currency = refund.currency
      group by refund.id, refund.status, refund.amount
      having coalesce(sum(entry.credit), 0) <> case when refund.status = 'succeeded' then refund.amount else 0 end
      order by refund.id`,
  },
  {
    name: 'payments.owner',
    says: 'Only the attempt that has paid an order brought the order money that was not taken back',
    breaches: sql<Breach>`
      select entry.attempt_id as subject, entry.order_id, sum(credit) - sum(debit) as amount from payments_entry as entry
      left join payments_payment as payment on payment.captured_attempt_id = entry.attempt_id
      where account = 'orders' and (journal like 'capture:%' or journal like 'reverse:%') and payment.id is null
      group by entry.attempt_id, entry.order_id having sum(credit) <> sum(debit) order by entry.attempt_id`,
  },
  {
    name: 'payments.reversed_booked',
    says: 'What an attempt counts as taken back is in the ledger',
    breaches: sql<Breach>`
      select id as subject, captured, reversed, amount_booked as booked from payments_attempt
      left join (select attempt_id, amount as amount_booked from (${booked('reverse')}) as one) as found on attempt_id = id
      where reversed <> -coalesce(amount_booked, 0) or reversed > captured order by id`,
  },
  {
    name: 'payments.dispute_booked',
    says: 'The ledger withholds the money of an open dispute, and of no other',
    breaches: sql<Breach>`
      select dispute.id as subject, dispute.status, dispute.amount, sum(debit) - sum(credit) as booked
      from payments_dispute as dispute
      left join payments_entry as entry on entry.account = 'disputes'
        and entry.journal in ('dispute:' || dispute.id, 'dispute_won:' || dispute.id, 'dispute_lost:' || dispute.id)
      group by dispute.id, dispute.status, dispute.amount
      having coalesce(sum(debit) - sum(credit), 0) <> case when dispute.status = 'open' then dispute.amount else 0 end
      order by dispute.id`,
  },
]

/** What must always hold of attempts and refunds: counters, statuses, and that somebody will ask again. */
const progress: readonly Invariant[] = [
  {
    name: 'payments.refunded',
    says: 'What an attempt counts as refunded is the sum of its refunds that have not failed, and never more than came in',
    breaches: sql<Breach>`
      select attempt.id as subject, attempt.captured, attempt.refunded, sum(refund.amount) as refunds
      from payments_attempt as attempt
      left join payments_refund as refund on refund.attempt_id = attempt.id and refund.status <> 'failed'
      group by attempt.id, attempt.captured, attempt.refunded
      having attempt.refunded <> coalesce(sum(refund.amount), 0) or attempt.refunded > attempt.captured
      order by attempt.id`,
  },
  {
    name: 'payments.disputed',
    says: 'What an attempt counts as disputed is the sum of its disputes that were not won',
    breaches: sql<Breach>`
      select attempt.id as subject, attempt.disputed, sum(dispute.amount) as disputes from payments_attempt as attempt
      left join payments_dispute as dispute on dispute.attempt_id = attempt.id and dispute.status <> 'won'
      group by attempt.id, attempt.disputed having attempt.disputed <> coalesce(sum(dispute.amount), 0)
      order by attempt.id`,
  },
  {
    name: 'payments.claimed',
    says: 'What was asked to be taken of promised money is the sum of its captures, and never more than was promised',
    breaches: sql<Breach>`
      select attempt.id as subject, attempt.amount, claimed, captured, sum(capture.amount) as captures
      from payments_attempt as attempt
      left join payments_capture as capture on capture.attempt_id = attempt.id and capture.status <> 'failed'
      group by attempt.id, attempt.amount, claimed, captured, attempt.status
      having claimed <> coalesce(sum(capture.amount), 0) or claimed > attempt.amount
        or coalesce(sum(case when capture.status = 'succeeded' then capture.amount else 0 end), 0) > captured
      order by attempt.id`,
  },
  {
    name: 'payments.suspense',
    says: "Money that is nobody's is on its way back, or someone has a task to send it back",
    breaches: sql<Breach>`
      select attempt.id as subject, attempt.suspended, sum(task.amount) as tasks from payments_attempt as attempt
      left join payments_task as task on task.attempt_id = attempt.id and task.resolved_at is null
        and task.kind in ('wrong_amount', 'paid_twice', 'surplus') and not exists (
          select 1 from payments_refund as refund where refund.task_id = task.id and refund.status <> 'failed')
      group by attempt.id, attempt.suspended having attempt.suspended <> coalesce(sum(task.amount), 0)
      order by attempt.id`,
  },
  {
    name: 'payments.paid_by',
    says: 'What has paid an order is one of its own attempts, captured, over what was asked or a part of what was promised',
    breaches: sql<Breach>`
      select payment.id as subject, payment.order_id, captured_attempt_id, attempt.status from payments_payment as payment
      left join payments_attempt as attempt on attempt.id = captured_attempt_id and payment_id = payment.id
      where captured_attempt_id is not null
        and not coalesce(attempt.status = 'captured' and attempt.captured - attempt.reversed >= attempt.amount
          or capture_later = 1 and attempt.status in ('captured', 'authorized') and attempt.captured > 0, 1 = 0)
      order by payment.id`,
  },
  {
    name: 'payments.edges',
    says: 'A status is only reached over an edge of the published graph',
    breaches: sql<Breach>`
      select attempt_id as subject, previous, status, at from payments_report
      where applied = 1 and previous is not null and previous || '>' || status not in ${edges} order by id`,
  },
  {
    name: 'payments.reported',
    says: 'An attempt stands where the last applied news has brought it',
    breaches: sql<Breach>`
      select id as subject, status from payments_attempt as attempt
      where status <> 'requesting' and not exists (
          select 1 from payments_report as report
          where report.attempt_id = attempt.id and report.applied = 1 and report.status = attempt.status)
        or exists (
          select 1 from payments_report as report
          where report.attempt_id = attempt.id and report.applied = 1 and report.previous = attempt.status)
      order by id`,
  },
  {
    name: 'payments.followed',
    says: 'Whatever has no end yet will be asked about again: open attempts, captures and refunds without an outcome, messages',
    breaches: sql<Breach>`
      select id as subject, status from payments_attempt where status in ${open} and check_at is null
      union all
      select id, status from payments_refund where status in ('requested', 'unknown', 'pending') and check_at is null
      union all
      select id, status from payments_capture where status in ('requested', 'unknown') and check_at is null
      union all
      select id, status from payments_inbox where status = 'received' and check_at is null`,
  },
]

/** What must always hold of payments, at every commit and after every crash. */
export const paymentInvariants: readonly Invariant[] = [
  ...ledger,
  ...progress,
  ...riskInvariants,
  ...transferInvariants,
  ...settlementInvariants,
]

const lateMs = 3_600_000

/** That whatever has no end was asked about in time: nothing is overdue by more than an hour. Holds while the sweep runs. */
export function punctual(now: Date): Invariant {
  const before = instantAfter(now, -lateMs)
  return {
    name: 'payments.punctual',
    says: 'Nothing without an end is overdue for a question to its provider by more than an hour',
    breaches: sql<Breach>`
      select id as subject, status, check_at from payments_attempt where check_at < ${before}
      union all
      select id, status, check_at from payments_refund where check_at < ${before}
      union all
      select id, status, check_at from payments_capture where check_at < ${before}
      union all
      select id, status, check_at from payments_inbox where check_at < ${before}`,
  }
}
