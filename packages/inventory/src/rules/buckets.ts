/** A bucket of a shelf and how many free pieces are in it. */
export interface Bucket {
  readonly bucket: number
  readonly free: number
}

/** So many pieces over so many buckets, as evenly as whole pieces allow. */
export const shares = (pieces: number, buckets: number): number[] =>
  Array.from({ length: buckets }, (_, index) => Math.floor(pieces / buckets) + Number(index < pieces % buckets))

/** How many pieces to take from which bucket, the fullest first, so that few are touched. All there are, where that is too few. */
export function fromSeveral(quantity: number, buckets: readonly Bucket[]): Bucket[] {
  let missing = quantity
  return buckets
    .toSorted((a, b) => b.free - a.free || a.bucket - b.bucket)
    .map(({ bucket, free }) => {
      const taken = Math.min(missing, free)
      missing -= taken
      return { bucket, free: taken }
    })
    .filter(({ free }) => free > 0)
}
