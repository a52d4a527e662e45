import type { Now } from '@sangdo/core'
import type { Card } from '../contract.ts'

/** What a practice card does. `challenge` asks for a code first, as 3-D Secure does. */
export type CardOutcome = 'approved' | 'declined' | 'challenge'

/** The only numbers that are taken. Anything else may be somebody's real card and is refused unread. */
export const testCards = [
  { number: '4242424242424242', brand: 'visa', outcome: 'approved' },
  { number: '5555555555554444', brand: 'mastercard', outcome: 'approved' },
  { number: '4000000000003220', brand: 'visa', outcome: 'challenge' },
  { number: '4000000000000002', brand: 'visa', outcome: 'declined' },
] as const satisfies { number: string; brand: string; outcome: CardOutcome }[]

/** The code that a challenge waits for. */
export const challengeCode = '000000'

/** A number in groups of four, as it stands on a card. */
export const grouped = (number: string): string => number.match(/.{1,4}/g)?.join(' ') ?? number

export type CardField = 'number' | 'expiry' | 'cvc'

/** What a card form says: a card and what it does, or the fields that are wrong. */
export type ReadCard = { card: Card; outcome: CardOutcome } | { wrong: CardField[] }

/** Reads a card form, or the one practice card that was picked from the list. */
export function readCard(form: URLSearchParams, now: Now): ReadCard {
  const picked = form.get('practice')
  const digits = (picked ?? form.get('number') ?? '').replaceAll(/[\s-]/g, '')
  const known = testCards.find((card) => card.number === digits)
  const wrong: CardField[] = []
  if (!known) wrong.push('number')
  if (picked === null && !isAhead(form.get('expiry') ?? '', now())) wrong.push('expiry')
  if (picked === null && !/^\d{3,4}$/.test(form.get('cvc')?.trim() ?? '')) wrong.push('cvc')
  if (!known || wrong.length > 0) return { wrong }
  return { card: { brand: known.brand, last4: known.number.slice(-4) }, outcome: known.outcome }
}

/** Whether a card that ends in this month (`04/29`) is still good. */
function isAhead(expiry: string, now: Date): boolean {
  const [, month = '', year = ''] = /^\s*(\d{2})\s*\/?\s*(?:20)?(\d{2})\s*$/.exec(expiry) ?? []
  if (Number(month) < 1 || Number(month) > 12) return false
  return (2000 + Number(year)) * 12 + Number(month) > now.getUTCFullYear() * 12 + now.getUTCMonth()
}
