/** Digits and capitals without those that look like others (0, 1, I, L, O); as many as a prime, so that the check finds every swap. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const base = alphabet.length
const randomCharacters = 10

/** How many random numbers from 0 to 30 a code takes. */
export const codeDigits = randomCharacters

/** The largest byte that `codeFrom` may be given chances of: above it some characters would come up more often. */
export const fairBytes = Math.floor(256 / base) * base

/** A code: prefix, ten characters by chance, and one that checks them all. Each byte stands for one character. */
export function codeFrom(prefix: string, bytes: ArrayLike<number>): string {
  let code = prefix
  for (let index = 0; index < randomCharacters; index++) code += alphabet.charAt((bytes[index] ?? 0) % base)
  return code + checkOf(code)
}

/** Whether a code of a batch can have been typed right: one wrong character, or two swapped, and it cannot. Says nothing of other codes. */
export function isWellFormedCode(code: string): boolean {
  const body = code.slice(-randomCharacters - 1)
  const known = body.length > randomCharacters && [...body].every((character) => alphabet.includes(character))
  return known && checkOf(code.slice(0, -1)) === code.at(-1)
}

/** The sum of all characters, each times its place, to the prime. */
function checkOf(text: string): string {
  const sum = [...text].reduce((total, character, index) => total + valueOf(character) * (index + 1), 0)
  return alphabet.charAt(sum % base)
}

/** A prefix may have characters that the alphabet has not; any number does for them. */
const valueOf = (character: string) => {
  const place = alphabet.indexOf(character)
  return place >= 0 ? place : character.charCodeAt(0)
}
