/** Digits and capitals without those that look like others (0, 1, I, L, O). */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const base = alphabet.length
const randomCharacters = 10

/** A prime above the 36 characters that a code may have, so that each has a value of its own and the check finds every swap. */
const prime = 37

/** How many random numbers from 0 to 30 a code takes. */
export const codeDigits = randomCharacters

/** The largest byte that `codeFrom` may be given chances of: above it some characters would come up more often. */
export const fairBytes = Math.floor(256 / base) * base

/**
 * A code: prefix, ten characters by chance, and one that checks them all. Each byte stands for one character; the last of
 * them for the next one after it where its own would need a check that looks like others.
 */
export function codeFrom(prefix: string, bytes: ArrayLike<number>): string {
  let code = prefix
  for (let index = 0; index < randomCharacters - 1; index++) code += characterOf(bytes[index])
  for (let last = bytes[randomCharacters - 1] ?? 0; ; last++) {
    const whole = code + characterOf(last)
    const check = checkOf(whole)
    if (check !== '') return whole + check
  }
}

const characterOf = (byte = 0) => alphabet.charAt(byte % base)

/** A code as it is typed, in one form: no spaces or hyphens, full-width letters made narrow, capitals. */
export const plainCode = (code: string): string =>
  code
    .normalize('NFKC')
    .replaceAll(/[\s\-_‐-―]/gu, '')
    .toUpperCase()

/** Whether a code of a batch can have been typed right: one wrong character, or two swapped, and it cannot. Says nothing of other codes. */
export function isWellFormedCode(code: string): boolean {
  const plain = plainCode(code)
  const body = plain.slice(-randomCharacters - 1)
  const known = body.length > randomCharacters && [...body].every((character) => alphabet.includes(character))
  return known && checkOf(plain.slice(0, -1)) === plain.at(-1)
}

/** The sum of the values of all characters, each times its place, to the prime; empty where no character of a code stands for it. */
function checkOf(text: string): string {
  const sum = [...text].reduce((total, character, index) => total + Number.parseInt(character, 36) * (index + 1), 0)
  const check = (sum % prime).toString(36).toUpperCase()
  return alphabet.includes(check) ? check : ''
}
