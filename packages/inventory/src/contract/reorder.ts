import { z } from 'zod'
import { Sku } from './stock.ts'

const Pieces = z.int().min(0).max(1_000_000)

/** When a sku is to be ordered again, and up to how many pieces. */
export const ReorderPoint = z
  .strictObject({
    sku: Sku,
    point: Pieces.describe('It is time when no more than these are free or on their way'),
    target: Pieces.describe('How many are to be free when what is ordered has come in'),
    multiple: Pieces.min(1).default(1).describe('Sold by the supplier in so many at a time, such as a carton'),
    lowAt: Pieces.optional().describe(
      'At how many available pieces it is said to run low; the reorder point unless given',
    ),
  })
  .refine(({ point, target }) => target > point, {
    path: ['target'],
    message: 'The target lies above the reorder point',
  })
  .meta({ id: 'ReorderPoint' })
export type ReorderPoint = z.input<typeof ReorderPoint>

/** A sku that is to be ordered, and how many pieces of it. */
export const Reorder = z
  .strictObject({
    sku: Sku,
    free: z.int().describe('On hand, less promised and kept back; below zero where less is there than is kept back'),
    incoming: z.int().describe('On their way from suppliers and between locations'),
    waiting: z.int().describe('Promised to buyers who wait for them'),
    point: z.int(),
    target: z.int(),
    multiple: z.int(),
    quantity: z.int().describe('How many to order'),
  })
  .meta({ id: 'Reorder' })
export type Reorder = z.infer<typeof Reorder>
