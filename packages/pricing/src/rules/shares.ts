import type { CartQuote } from '../contract/quote.ts'
import type { ShareStep } from '../contract/shares.ts'
import { share } from './exact.ts'
import { compareTexts } from './lines.ts'

/** Which share of a reference: of one promotion and code, for one receiver and purpose, in one currency. */
export interface ShareKey {
  readonly promotionId: string
  /** Empty without a code. */
  readonly code: string
  readonly to: string
  readonly purpose: 'commission' | 'donation'
  readonly currency: string
}

/** One step of a share, in minor units: by how much what is expected and what is owed change. */
export interface ShareMove {
  readonly step: ShareStep
  readonly expected: number
  readonly owed: number
  /** What went back to the buyer, and the refund's name; empty where it is none. */
  readonly refunded: number
  readonly refund: string
}

/** Where a share stands after its moves. */
export interface ShareStanding {
  readonly stage: 'none' | 'expected' | 'owed' | 'reversed'
  /** What it was before any refund. */
  readonly whole: number
  readonly expected: number
  readonly owed: number
  readonly refunded: number
}

/** The shares of a quote that come to something, each once, in the one order in which they are written. */
export function sharesIn({ shares }: Pick<CartQuote, 'shares'>): (ShareKey & { readonly amount: number })[] {
  const found = new Map<string, ShareKey & { readonly amount: number }>()
  for (const { promotionId, code, to, purpose, amount } of shares) {
    const key: ShareKey = { promotionId, code: code ?? '', to, purpose, currency: amount.currency }
    const name = nameOf(key)
    found.set(name, { ...key, amount: amount.minor + (found.get(name)?.amount ?? 0) })
  }
  return [...found.values()].filter(({ amount }) => amount > 0).toSorted(compareShares)
}

/** A share among those of one reference, as one text. */
export const nameOf = ({ promotionId, code, to, purpose, currency }: ShareKey): string =>
  JSON.stringify([promotionId, code, to, purpose, currency])

/** The order in which shares are written, so that no two transactions wait for each other. */
export const compareShares = (a: ShareKey, b: ShareKey): number => compareTexts(nameOf(a), nameOf(b))

/** What the moves of a share come to, in the order in which they were made. */
export const standingOf = (moves: readonly ShareMove[]): ShareStanding => moves.reduce(after, untouched)

const untouched: ShareStanding = { stage: 'none', whole: 0, expected: 0, owed: 0, refunded: 0 }

function after(standing: ShareStanding, { step, expected, owed, refunded }: ShareMove): ShareStanding {
  if (step === 'expected') return { stage: 'expected', whole: expected, expected, owed, refunded }
  return {
    stage: step === 'refunded' ? standing.stage : step,
    whole: standing.whole,
    expected: standing.expected + expected,
    owed: standing.owed + owed,
    refunded: standing.refunded + refunded,
  }
}

/** Whether anything may still become of a share. */
export const isOpen = ({ stage }: ShareStanding): boolean => stage === 'expected' || stage === 'owed'
const noRefund = { refunded: 0, refund: '' }

/** A share is expected. */
export const expecting = (amount: number): ShareMove => ({ step: 'expected', expected: amount, owed: 0, ...noRefund })

/** What is expected is owed now. */
export const owing = ({ stage, expected }: ShareStanding): ShareMove | null =>
  stage === 'expected' ? { step: 'owed', expected: minus(expected), owed: expected, ...noRefund } : null

/** Nothing is expected or owed any longer. */
export const reversing = (standing: ShareStanding): ShareMove | null =>
  isOpen(standing)
    ? { step: 'reversed', expected: minus(standing.expected), owed: minus(standing.owed), ...noRefund }
    : null

/**
 * Of a share goes back what went back of the money: with all refunds so far, round(share × refunded / paid). So refunds in
 * any grouping end at the same figure, and those of everything at nothing.
 */
export function refunding(
  standing: ShareStanding,
  { refund, amount, of }: { readonly refund: string; readonly amount: number; readonly of: number },
): ShareMove | null {
  if (!isOpen(standing)) return null
  const refunded = Math.min(of, standing.refunded + amount)
  const gone = standing.whole - standing.expected - standing.owed
  const now = Math.max(0, share(standing.whole, refunded, of) - gone)
  const [expected, owed] = standing.stage === 'owed' ? [0, minus(now)] : [minus(now), 0]
  return { step: 'refunded', expected, owed, refunded: Math.max(0, refunded - standing.refunded), refund }
}

const minus = (amount: number) => (amount === 0 ? 0 : -amount)
