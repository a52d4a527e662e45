import { Currency, defineErrors, idSchema, Instant, Money } from '@sangdo/core'
import { z } from 'zod'
import { AttemptId, BankAccount, RefundId } from '../contract.ts'

export const DepositId = idSchema('dep')
export type DepositId = z.infer<typeof DepositId>

/** A row of a bank statement: money that came in. `rowId` is the bank's own id of it, by which reading it twice is reading it once. */
export const StatementRow = z
  .strictObject({
    rowId: z.string().trim().min(1).max(200),
    date: z.iso.date(),
    amount: z.strictObject({ minor: z.int().min(1), currency: Currency }),
    payer: z.string().trim().max(200),
    text: z.string().trim().max(500),
  })
  .meta({ id: 'StatementRow' })
export type StatementRow = z.infer<typeof StatementRow>

/** `matched`: it is a payment. `suspended`: it is nobody's yet. `returned`: it was sent back. */
export const DepositStatus = z.enum(['matched', 'suspended', 'returned'])
export type DepositStatus = z.infer<typeof DepositStatus>

/** How a deposit came to its payment: by the reference in its text, by amount and payer, or by a person. */
export const MatchedBy = z.enum(['reference', 'payer', 'person'])
export type MatchedBy = z.infer<typeof MatchedBy>

/** Money that came in at the shop's bank, and what it is. */
export const ReceivedDeposit = z
  .object({
    id: DepositId,
    provider: z.string(),
    ...StatementRow.shape,
    status: DepositStatus,
    attemptId: AttemptId.nullable(),
    matchedBy: MatchedBy.nullable(),
    receivedAt: Instant,
  })
  .meta({ id: 'ReceivedDeposit' })
export type ReceivedDeposit = z.infer<typeof ReceivedDeposit>

/** What became of a statement: how many rows were new, which payments they are, and which are nobody's or not what they were. */
export const MatchedDeposits = z.object({
  added: z.int(),
  /** Rows that were read before. */
  known: z.int(),
  matched: z.array(ReceivedDeposit),
  suspended: z.array(ReceivedDeposit),
  /** Ids of rows that were read before with another amount: nothing is done about them. */
  changed: z.array(z.string()),
})
export type MatchedDeposits = z.infer<typeof MatchedDeposits>

/** Money in suspense that a person knows the payment of. */
export const DepositAssignment = z.strictObject({ depositId: DepositId, attemptId: AttemptId })
export type DepositAssignment = z.infer<typeof DepositAssignment>

/** Money in suspense that a person has sent back; `note` says how. */
export const DepositReturn = z.strictObject({ depositId: DepositId, note: z.string().trim().min(1).max(200) })
export type DepositReturn = z.infer<typeof DepositReturn>

/** A refund that a person has to send to the buyer's account. */
export const PayOut = z
  .object({ refundId: RefundId, attemptId: AttemptId, amount: Money, reason: z.string(), account: BankAccount })
  .meta({ id: 'PayOut' })
export type PayOut = z.infer<typeof PayOut>

/** What became of it: the money was sent, or the account does not take it. */
export const PayOutResult = z.strictObject({ refundId: RefundId, outcome: z.enum(['sent', 'impossible']) })
export type PayOutResult = z.infer<typeof PayOutResult>

export const transferErrors = defineErrors('payments', {
  deposit_not_found: ['not_found', (d: { depositId: string }) => `There is no deposit ${d.depositId}`],
  deposit_not_suspended: [
    'conflict',
    (d: { depositId: string; status: DepositStatus }) => `${d.depositId} is not in suspense: it is ${d.status}`,
  ],
  deposit_not_assignable: [
    'conflict',
    (d: { depositId: string; attemptId: string }) =>
      `${d.depositId} cannot pay ${d.attemptId}: it is no transfer to this account in this currency`,
  ],
  pay_out_not_found: ['not_found', (d: { refundId: string }) => `There is nothing to be paid out for ${d.refundId}`],
})
