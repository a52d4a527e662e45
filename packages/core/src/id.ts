import { z } from 'zod'

/** An id that says what it names: `ord_01kb…`. Mixing kinds is a type error. */
export type Id<Prefix extends string> = `${Prefix}_${string}`

/** The schema of an id with this prefix. */
export const idSchema = <const Prefix extends string>(prefix: Prefix) =>
  z.templateLiteral([z.literal(`${prefix}_`), z.string().regex(/[0-9a-z]{1,60}/)])

/** Makes a new id with the given prefix. */
export type NewId = <const Prefix extends string>(prefix: Prefix) => Id<Prefix>

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const timeDigits = 10
const randomDigits = 16

/** Ids of 26 digits, as in ULID: 48 bits of time, 80 of chance. They sort by age, also within one millisecond of one maker. */
export function createNewId(now: () => Date): NewId {
  let last = 0
  let tail: number[] = []
  return (prefix) => {
    const time = now().getTime()
    // A clock that stands still or jumps back must not break the order, so the last time is kept and the tail counts on.
    tail = time > last ? randomTail() : successor(tail)
    last = Math.max(time, last)
    return `${prefix}_${timePart(last)}${tail.map((digit) => alphabet[digit]).join('')}`
  }
}

/** A secret of `bytes` random bytes in lower-case base 32: for tokens that must not be guessed. */
export function createSecret(bytes = 20): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes * 2))]
    .map((byte) => alphabet[byte % 32])
    .join('')
    .slice(0, Math.ceil((bytes * 8) / 5))
}

function timePart(time: number): string {
  let digits = ''
  for (let rest = time, place = 0; place < timeDigits; place++, rest = Math.floor(rest / 32))
    digits = alphabet[rest % 32] + digits
  return digits
}

const randomTail = () => [...crypto.getRandomValues(new Uint8Array(randomDigits))].map((byte) => byte % 32)

function successor(tail: readonly number[]): number[] {
  const next = [...tail]
  for (let place = next.length - 1; place >= 0; place--) {
    const digit = next[place] ?? 0
    next[place] = (digit + 1) % 32
    if (digit < 31) break
  }
  return next
}
