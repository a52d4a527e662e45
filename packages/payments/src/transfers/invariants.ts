import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

/** What must always hold of the shop's own bank account. */
export const transferInvariants: readonly Invariant[] = [
  {
    name: 'payments.transfer_received',
    says: 'What a transfer counts as received is the sum of its deposits',
    breaches: sql<Breach>`
      select transfer.attempt_id as subject, received, sum(deposit.amount) as deposits from payments_transfer as transfer
      left join payments_deposit as deposit
        on deposit.attempt_id = transfer.attempt_id and deposit.status = 'matched' and deposit.currency = transfer.currency
      group by transfer.attempt_id, received having received <> coalesce(sum(deposit.amount), 0)
      order by transfer.attempt_id`,
  },
  {
    name: 'payments.transfer_refunded',
    says: 'What a transfer counts as refunded is the sum of what was sent or is to be sent by hand',
    breaches: sql<Breach>`
      select transfer.attempt_id as subject, refunded, sum(pay_out.amount) as pay_outs from payments_transfer as transfer
      left join payments_pay_out as pay_out
        on pay_out.attempt_id = transfer.attempt_id and pay_out.status <> 'failed'
      group by transfer.attempt_id, refunded having refunded <> coalesce(sum(pay_out.amount), 0)
      order by transfer.attempt_id`,
  },
  {
    name: 'payments.deposit_booked',
    says: "The ledger's suspense holds a deposit that is nobody's, and no other",
    breaches: sql<Breach>`
      select deposit.id as subject, deposit.status, deposit.amount, sum(credit) - sum(debit) as booked
      from payments_deposit as deposit
      left join payments_entry as entry
        on entry.account = 'suspense' and entry.journal in ('deposit:' || deposit.id, 'deposit_out:' || deposit.id)
      group by deposit.id, deposit.status, deposit.amount
      having coalesce(sum(credit) - sum(debit), 0) <> case when deposit.status = 'suspended' then deposit.amount else 0 end
      order by deposit.id`,
  },
  {
    name: 'payments.deposit_task',
    says: "Somebody has a task for each deposit that is nobody's, and for each refund that is to be sent by hand",
    breaches: sql<Breach>`
      select deposit.id as subject, deposit.status from payments_deposit as deposit
      left join payments_task as task
        on task.kind = 'unmatched_deposit' and task.subject = deposit.id and task.resolved_at is null
      where (deposit.status = 'suspended') <> (task.id is not null)
      union all
      select pay_out.refund_id, pay_out.status from payments_pay_out as pay_out
      left join payments_task as task
        on task.kind = 'pay_out' and task.subject = pay_out.refund_id and task.resolved_at is null
      where (pay_out.status = 'pending') <> (task.id is not null)`,
  },
]
