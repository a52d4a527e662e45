/** Pieces of a lot, and from when on they must not be sold. */
export interface LotPieces {
  readonly lot: string
  readonly expiresAt: string | null
  readonly quantity: number
}

/** So many pieces of a lot; without one where it is null. */
export interface LotShare {
  readonly lot: string | null
  readonly quantity: number
}

/** Which lots so many pieces are of: first expired, first out; then lots without a date, then pieces without a lot. */
export function firstExpired(quantity: number, lots: readonly LotPieces[]): LotShare[] {
  const key = ({ lot, expiresAt }: LotPieces) => `${expiresAt ?? '~'}\n${lot}`
  const shares: LotShare[] = []
  let missing = quantity
  for (const { lot, quantity: there } of lots.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))) {
    const taken = Math.min(missing, there)
    if (taken > 0) shares.push({ lot, quantity: taken })
    missing -= taken
  }
  return missing > 0 ? [...shares, { lot: null, quantity: missing }] : shares
}
