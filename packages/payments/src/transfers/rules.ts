import type { MatchedBy } from './contract.ts'

// Crockford's base 32 (crockford.com/base32.html): no letter of it is taken for a digit, or for another letter.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 6

/** Luhn's check digit in base 32: one wrong letter is always noticed, two that changed places nearly always. */
function checkOf(code: string): string {
  const total = [...code].toReversed().reduce((sum, letter, index) => {
    const product = alphabet.indexOf(letter) * (index % 2 === 0 ? 2 : 1)
    return sum + Math.floor(product / 32) + (product % 32)
  }, 0)
  return alphabet[(32 - (total % 32)) % 32] ?? ''
}

/** The reference that a buyer writes on a transfer, from six random bytes: seven letters and digits, the last of them a check. */
export function transferReference(random: readonly number[]): string {
  const code = Array.from({ length }, (_, index) => alphabet[(random[index] ?? 0) % 32]).join('')
  return code + checkOf(code)
}

/** Everything in a text that can be a reference, however it is written: `k7m-2p9 z` has `K7M2P9Z`. */
export function referencesIn(text: string): string[] {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')
  const windows = [...letters].map((_, index) => letters.slice(index, index + length + 1))
  return [
    ...new Set(windows.filter((one) => one.length === length + 1 && checkOf(one.slice(0, length)) === one.at(-1))),
  ]
}

/** A payer's name as banks of all kinds print it: without spaces and case. */
export const payerOf = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

/** A transfer that money may be for. */
export interface Candidate<Id> {
  readonly id: Id
  readonly by: Exclude<MatchedBy, 'person'>
}

/**
 * Which transfer a deposit is for: the one whose reference it names, or else the only one of its amount and payer. Null when there
 * is none, or more than one, as then nobody but a person can say.
 */
export function matchOf<Id>(candidates: readonly Candidate<Id>[]): Candidate<Id> | null {
  const named = candidates.filter((one) => one.by === 'reference')
  const likely = named.length > 0 ? named : candidates
  const [only] = likely
  return only && likely.length === 1 ? only : null
}
