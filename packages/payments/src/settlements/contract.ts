import { Currency, defineErrors, idSchema, Instant, Money, PageQuery } from '@sangdo/core'
import { z } from 'zod'

export const SettlementId = idSchema('stl')
export type SettlementId = z.infer<typeof SettlementId>
export const ExceptionId = idSchema('exc')
export type ExceptionId = z.infer<typeof ExceptionId>

/** What is compared with the ledger, and what only the settlement can tell: fees, and what the provider pays out. */
export const ComparedKind = z.enum(['capture', 'refund', 'chargeback'])
export type ComparedKind = z.infer<typeof ComparedKind>
export const SettlementKind = z.enum([...ComparedKind.options, 'fee', 'payout'])
export type SettlementKind = z.infer<typeof SettlementKind>

/**
 * A row of a provider's settlement. `rowId` is the provider's own id of it, by which reading it twice is reading it once; `reference`
 * is our attempt's id, as the provider was given it, and may be empty for a fee or a payout. Amounts are positive; negative is the
 * other way, as a chargeback that was won, or a deposit that was taken back.
 */
export const SettlementRow = z
  .strictObject({
    rowId: z.string().trim().min(1).max(200),
    kind: SettlementKind,
    reference: z.string().trim().max(200),
    amount: z.strictObject({
      minor: z.int().refine((minor) => minor !== 0, 'An amount is not zero'),
      currency: Currency,
    }),
    at: Instant,
  })
  .refine(({ kind, reference }) => kind === 'fee' || kind === 'payout' || reference !== '', {
    path: ['reference'],
    message: 'Only a fee or a payout has no reference',
  })
  .meta({ id: 'SettlementRow' })
export type SettlementRow = z.infer<typeof SettlementRow>

/** Which of our journals a settlement must have: those of a time, half-open. All until now unless given. */
export const SettlementPeriod = z.strictObject({ from: Instant.optional(), to: Instant.optional() })
export type SettlementPeriod = z.infer<typeof SettlementPeriod>

/** How ledger and settlement differ about an attempt: `missing_here`: only the provider knows it; `missing_there`: only we do. */
export const ExceptionFound = z.enum(['missing_here', 'missing_there', 'other_amount'])
export type ExceptionFound = z.infer<typeof ExceptionFound>

/** The resolution of an exception whose figures came to agree. */
export const matched = 'matched'

/** A difference that someone has to look at, until the figures agree or somebody says why they do not. */
export const SettlementException = z
  .object({
    id: ExceptionId,
    provider: z.string(),
    kind: ComparedKind,
    reference: z.string(),
    found: ExceptionFound,
    /** What the ledger says, and what the settlement says. */
    here: Money,
    there: Money,
    since: Instant,
    resolvedAt: Instant.nullable(),
    /** `matched` when the figures came to agree; else what a person has said. */
    resolution: z.string().nullable(),
  })
  .meta({ id: 'SettlementException' })
export type SettlementException = z.infer<typeof SettlementException>

/**
 * What a provider should still hold for the shop by the ledger (`here`) and by its settlements (`there`), in minor units. The
 * `difference` is what is `open` in exceptions, `explained` by people, and `outside` of the time that was settled; nothing is left.
 */
export const SettlementTotal = z.object({
  currency: Currency,
  here: z.int(),
  there: z.int(),
  difference: z.int(),
  open: z.int(),
  explained: z.int(),
  outside: z.int(),
})
export type SettlementTotal = z.infer<typeof SettlementTotal>

/** What came of a settlement: rows that were new, that were read before, or that have changed since; and what does not agree. */
export const Reconciliation = z.object({
  added: z.int(),
  known: z.int(),
  /** Ids of rows that were read before and say something else now: nothing is done about them. */
  changed: z.array(z.string()),
  totals: z.array(SettlementTotal),
  /** How many exceptions of the provider are open. */
  open: z.int(),
})
export type Reconciliation = z.infer<typeof Reconciliation>

/** Which exceptions to list, newest first: the open ones of all providers unless told otherwise. */
export const ExceptionQuery = z.strictObject({
  ...PageQuery.shape,
  provider: z.string().optional(),
  resolved: z.boolean().optional(),
})
export type ExceptionQuery = z.input<typeof ExceptionQuery>

/** Why the figures differ, as somebody has found out. That they are `matched` only the figures can say. */
export const ExceptionResolution = z.strictObject({
  exceptionId: ExceptionId,
  resolution: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => text !== matched, 'Only the figures can say so'),
})
export type ExceptionResolution = z.infer<typeof ExceptionResolution>

export const settlementErrors = defineErrors('payments', {
  exception_not_found: ['not_found', (d: { exceptionId: string }) => `There is no exception ${d.exceptionId}`],
  exception_resolved: ['conflict', (d: { exceptionId: string }) => `${d.exceptionId} was resolved already`],
})
