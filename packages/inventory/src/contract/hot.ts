import { z } from 'zod'
import { Sku } from './stock.ts'

/**
 * Whether many buyers want a sku at the same moment. On PostgreSQL its free pieces then lie in several buckets, so that buyers do
 * not queue for one row; SQLite has one writer anyway, so there it changes nothing. The answers are the same.
 */
export const Heat = z
  .strictObject({
    sku: Sku,
    hot: z.boolean(),
    buckets: z.int().min(2).max(64).default(16).describe('Over how many rows the free pieces are spread'),
  })
  .meta({ id: 'StockHeat' })
export type Heat = z.input<typeof Heat>

/** A sku that many buyers want at the same moment. */
export const HotSku = Heat.omit({ hot: true }).meta({ id: 'HotSku' })
export type HotSku = z.infer<typeof HotSku>
