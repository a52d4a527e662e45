/** Microseconds for one call, over a good half second. */
export function cost(work: () => unknown): number {
  for (const end = performance.now() + 200; performance.now() < end;) work()
  const began = performance.now()
  let calls = 0
  for (; performance.now() - began < 500; calls += 1) work()
  return ((performance.now() - began) / calls) * 1000
}

/** The one in the middle. */
export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
