import { defineEvent, idSchema, Instant, Money } from '@sangdo/core'
import { z } from 'zod'
import { OwedShare } from './quote.ts'

export const ShareEntryId = idSchema('shr')
export type ShareEntryId = z.infer<typeof ShareEntryId>

export const SharePurpose = OwedShare.shape.purpose
export type SharePurpose = z.infer<typeof SharePurpose>

/**
 * How a share moves: expected with the order, owed once it is paid, less with every refund, reversed when the order is off.
 */
export const ShareStep = z.enum(['expected', 'owed', 'refunded', 'reversed'])
export type ShareStep = z.infer<typeof ShareStep>

const Whose = {
  /** What the share is of, such as an order. */
  reference: z.string(),
  promotionId: z.string(),
  code: z.string().nullable(),
  to: z.string(),
  purpose: SharePurpose,
}

/** A line of the ledger of shares, never changed. The lines of a share sum to what is expected and what is owed of it. */
export const ShareEntry = z
  .object({
    id: ShareEntryId,
    ...Whose,
    step: ShareStep,
    /** By how much what is expected changed; below zero it became less. */
    expected: Money,
    /** By how much what is owed changed. */
    owed: Money,
    recordedAt: Instant,
  })
  .meta({ id: 'ShareEntry' })
export type ShareEntry = z.infer<typeof ShareEntry>

/** What somebody is owed in one currency, and what may still come. */
export const ShareTotal = z
  .object({ to: z.string(), purpose: SharePurpose, expected: Money, owed: Money })
  .meta({ id: 'ShareTotal' })
export type ShareTotal = z.infer<typeof ShareTotal>

const Amount = Money.refine((amount) => amount.minor >= 0, { message: 'An amount is not negative', path: ['minor'] })

/** A refund of so much, of what was paid in all; `refund` names it, so that one that is told twice counts once. */
export const ShareRefund = z
  .strictObject({ refund: z.string().min(1).max(200), amount: Amount, of: Amount })
  .refine(({ amount, of }) => amount.currency === of.currency, { message: 'Both have one currency', path: ['of'] })
  .refine(({ of }) => of.minor > 0, { message: 'Nothing was paid', path: ['of'] })
export type ShareRefund = z.infer<typeof ShareRefund>

const Told = z.object({ ...Whose, amount: Money })
/** A commission or donation is owed now: what it is of has been paid. */
export const shareOwed = defineEvent('pricing.share_owed', Told)
/** So much of what was owed is owed no longer: money went back, or the order is off. */
export const shareReversed = defineEvent('pricing.share_reversed', Told)
