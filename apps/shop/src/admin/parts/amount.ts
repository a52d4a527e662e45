import { fromMajor, toMajor } from '@sangdo/core'
import type { Money } from '../types.ts'

/** An amount as it was typed, `28,000` or `24.50`; null for anything that is none in this currency. */
export function amountIn(typed: string | undefined, currency: string): Money | null {
  try {
    return fromMajor((typed ?? '').replaceAll(/[,\s₩$]/g, ''), currency)
  } catch {
    return null
  }
}

/** An amount as it stands in a field: plain digits. */
export const amountText = (amount: Money): string => toMajor(amount)
