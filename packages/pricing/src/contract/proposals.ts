import { idSchema, Instant, Money } from '@sangdo/core'
import { z } from 'zod'
import { Amount, Percent, PriceListId, Quantity, Sku } from './amounts.ts'
import { PriceEnding } from './prices.ts'

export const ProposalId = idSchema('ppl')
export type ProposalId = z.infer<typeof ProposalId>

const isLike = (a: Money, b: Money) => a.currency === b.currency

/** A price that a rule or a model proposes in place of one that there is, and within which bounds. */
export const PriceProposal = z
  .strictObject({
    /** The rule or model that proposes. A new proposal of it for the same price takes the place of the one before. */
    source: z.string().min(1).max(100),
    reason: z.string().min(1).max(500),
    sku: Sku,
    proposed: Amount,
    priceListId: PriceListId.nullable().default(null),
    minQuantity: Quantity.default(1),
    /** Where the price holds: its tax counts towards the margin that the sku must bring in. None unless given. */
    market: z.string().min(1).max(40).nullable().default(null),
    /** Never below it, and never below what the sku must bring in. */
    floor: Amount.nullable().default(null),
    ceiling: Amount.nullable().default(null),
    /** By how many percent the price may change at once. */
    maximumStep: Percent.nullable().default(null),
    ending: PriceEnding.nullable().default(null),
  })
  .refine(({ proposed, floor, ceiling }) => [floor, ceiling].every((bound) => !bound || isLike(bound, proposed)), {
    message: 'All amounts have one currency',
    path: ['proposed'],
  })
  .meta({ id: 'PriceProposal' })
export type PriceProposal = z.output<typeof PriceProposal>

export const PriceLimit = z.enum(['floor', 'ceiling', 'maximum_step'])
export type PriceLimit = z.infer<typeof PriceLimit>

export const ProposalStatus = z.enum(['open', 'approved', 'rejected', 'replaced', 'rolled_back'])
export type ProposalStatus = z.infer<typeof ProposalStatus>

/** A proposal as it is kept: the price that it was made for, what was proposed, and what its bounds left of that. */
export const StoredProposal = z
  .object({
    id: ProposalId,
    source: z.string(),
    reason: z.string(),
    sku: Sku,
    priceListId: PriceListId.nullable(),
    minQuantity: z.int(),
    market: z.string().nullable(),
    current: Money,
    compareAt: Money.nullable(),
    proposed: Money,
    bounded: Money,
    limitedBy: PriceLimit.nullable(),
    status: ProposalStatus,
    createdAt: Instant,
    decidedAt: Instant.nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'StoredProposal' })
export type StoredProposal = z.infer<typeof StoredProposal>

/** Who decides about proposals. */
export const Decision = z.strictObject({ by: z.string().min(1).max(200) })
export type Decision = z.infer<typeof Decision>
