import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { priceCart } from '@sangdo/pricing'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Cart, carts } from './carts.ts'
import { oracleQuote } from './oracle/index.ts'
import { answerOf } from './oracle/read.ts'

/** Random carts in all: `RUNS` says how many. */
export const runs = Number(process.env['RUNS'] ?? 10_000)
/** For sentences besides the oracle: as many carts in an ordinary run, a tenth in a long one. */
export const others = Math.max(Math.ceil(runs / 10), Math.min(runs, 10_000))
/** `SEED` says which. */
const seed = process.env['SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['SEED'])
/** Only the number of carts decides how long a test may take. */
export const timeout = Math.max(60_000, runs * 20)

const chunk = 1_000

/**
 * Holds a sentence against random carts, a thousand at a time so that a long run still answers. A failure names its
 * seed: given as `SEED` it is where the next run begins. Sentences see the same carts, other parts of a run see others.
 */
export async function forCarts(count: number, sentence: (cart: Cart) => void, part = 0): Promise<void> {
  for (let done = 0; done < count; done += chunk) {
    const numRuns = Math.min(chunk, count - done)
    fc.assert(fc.property(carts, sentence), { numRuns, seed: (seed + part * 1_000_000 + done / chunk) | 0 })
    await setImmediate()
  }
}

/** The engine and the oracle agree about every figure of a cart. */
export function costsWhatTheLawSays({ lines, options }: Cart): void {
  const answer = answerOf(priceCart(lines, options))
  const law = oracleQuote(lines, options)
  // Vitest says where two answers differ, but it is slow to find that they do not.
  if (!isDeepStrictEqual(answer, law)) expect(answer).toEqual(law)
}
