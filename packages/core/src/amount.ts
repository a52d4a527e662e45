import { z } from 'zod'

/** An ISO 4217 code in capitals, such as KRW. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'A currency is three capital letters')
export type Currency = z.infer<typeof Currency>

/** An amount of money: a whole number of minor units (won, cents, fils) and its currency. */
export const Money = z
  .strictObject({ minor: z.int().describe('Whole minor units: won, cents, fils'), currency: Currency })
  .readonly()
  .meta({ id: 'Money' })
export type Money = z.infer<typeof Money>
