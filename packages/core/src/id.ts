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

/**
 * Ids of 26 digits, as in ULID: 48 bits of time, 80 of chance. They sort by age, also within one millisecond of one maker,
 * and nobody who has seen some can guess the next: within a millisecond each is ahead of the last by 64 bits of chance.
 */
export function createNewId(now: () => Date): NewId {
  let last = 0
  let tail = 0n
  return (prefix) => {
    const time = now().getTime()
    // A clock that stands still or jumps back must not break the order, so the last time is kept and the tail goes on.
    tail = time > last ? chance(9) : tail + chance(8) + 1n
    last = Math.max(time, last)
    if (tail >= tails) [last, tail] = [last + 1, chance(9)]
    return `${prefix}_${digitsOfTime(last)}${digitsOfTail(tail)}`
  }
}

/** A secret of `bytes` random bytes in lower-case base 32: for tokens that must not be guessed. */
export function createSecret(bytes = 20): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes * 2))]
    .map((byte) => alphabet[byte % 32])
    .join('')
    .slice(0, Math.ceil((bytes * 8) / 5))
}

const tails = 1n << 80n

// Drawn from the system many at a time, as a checkout makes some forty ids.
const drawn = new DataView(new ArrayBuffer(4608))
let next = drawn.byteLength

/** A whole number of eight or nine random bytes, none of which is used again. */
function chance(bytes: 8 | 9): bigint {
  if (next + bytes > drawn.byteLength) {
    crypto.getRandomValues(new Uint8Array(drawn.buffer))
    next = 0
  }
  const low = drawn.getBigUint64(next)
  const high = bytes === 9 ? BigInt(drawn.getUint8(next + 8)) << 64n : 0n
  next += bytes
  return high | low
}

const half = 40n
const digitsOfTime = (time: number): string => digits(time, timeDigits)
const digitsOfTail = (tail: bigint): string =>
  digits(Number(tail >> half), randomDigits / 2) + digits(Number(BigInt.asUintN(Number(half), tail)), randomDigits / 2)

function digits(number: number, places: number): string {
  let text = ''
  for (let rest = number, place = 0; place < places; place++, rest = Math.floor(rest / 32))
    text = alphabet[rest % 32] + text
  return text
}
