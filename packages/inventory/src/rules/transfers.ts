import type { Incoming, Quantities, Sku, Transfer } from '../contract/index.ts'

/** How many pieces of a line are still on their way. */
export const inTransit = ({ quantity, received, lost }: Transfer['lines'][number]): number => quantity - received - lost

/** The first line of which more arrives, or is lost, than is on its way; null when all of it can be. */
export function tooMuch(
  { lines }: Pick<Transfer, 'lines'>,
  step: Quantities,
): { sku: Sku; wanted: number; inTransit: number } | null {
  for (const { sku, quantity } of step) {
    const line = lines.find((one) => one.sku === sku)
    const left = line ? inTransit(line) : 0
    if (left < quantity) return { sku, wanted: quantity, inTransit: left }
  }
  return null
}

/** By sku, the first to come first; what has no date comes last. */
export const soonestFirst = (incoming: readonly Incoming[]): Incoming[] => {
  const key = ({ sku, expectedAt }: Incoming) => `${sku}\n${expectedAt ?? '~'}`
  return incoming.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))))
}
