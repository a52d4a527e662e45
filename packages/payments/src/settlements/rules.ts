import { type Money, negate } from '@sangdo/core'
import { type EntryLine, moved } from '../rules.ts'
import type { ComparedKind, ExceptionFound } from './contract.ts'

/** What the provider keeps for its work: the shop's cost, out of what it holds. Negative, the provider gives it back. */
export const feeEntries = (provider: string, amount: Money): EntryLine[] => turned('fees', provider, amount)

/** What the provider pays out: it holds less, the shop's bank more. Negative, the provider takes it from there. */
export const payoutEntries = (provider: string, amount: Money): EntryLine[] => turned('bank', provider, amount)

const turned = (account: string, provider: string, amount: Money): EntryLine[] =>
  amount.minor > 0
    ? moved(account, `provider:${provider}`, amount)
    : moved(`provider:${provider}`, account, negate(amount))

/** What ledger and settlements say of one kind for one attempt, in minor units. */
export interface Figures {
  /** All that is in the ledger. */
  readonly here: number
  /** What of it is older than the end of what was settled. */
  readonly until: number
  /** What of that is not older than its beginning. */
  readonly within: number
  /** All that was ever settled. */
  readonly there: number
}

/** How the figures differ. Null when they agree, or would but for what is too new or too old to have been settled. */
export function differenceIn({ here, until, within, there }: Figures): ExceptionFound | null {
  if (there === here || there === until || there === within) return null
  if (here === 0) return 'missing_here'
  return there === 0 ? 'missing_there' : 'other_amount'
}

/** What a difference means for what the provider holds: captures add to it, the others take from it. */
export const effectOf = (kind: ComparedKind, { here, there }: Pick<Figures, 'here' | 'there'>): number =>
  kind === 'capture' ? here - there : there - here
