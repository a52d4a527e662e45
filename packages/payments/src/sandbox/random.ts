/** Whole numbers and chances from a seed: the same seed gives the same ones in the same order. */
export interface Random {
  /** Whether something with this chance (0 to 1) happens now. */
  readonly happens: (chance: number) => boolean
  /** A whole number from 0 to `most`, both included. */
  readonly upTo: (most: number) => number
}

/** Mulberry32, by Tommy Ettinger: 32 bits of state, good enough for accidents and for nothing that must not be guessed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    happens: (chance) => next() < chance,
    upTo: (most) => Math.floor(next() * (most + 1)),
  }
}
