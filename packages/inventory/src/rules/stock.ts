import type { LocationId, Quantities, Sku, Stock, StockLevel } from '../contract/index.ts'

/** What may be sold at one location: the pieces there, less those promised and those kept back; never below zero. */
export const availableAt = (level: Omit<StockLevel, 'sku' | 'locationId'>): number =>
  Math.max(0, level.onHand - level.reserved - level.safety)

/** The pieces of one sku over all its locations. */
export function totalOf(levels: readonly StockLevel[]): Stock {
  const total = (pick: (level: StockLevel) => number) => levels.reduce((count, level) => count + pick(level), 0)
  return {
    onHand: total((level) => level.onHand),
    reserved: total((level) => level.reserved),
    available: total(availableAt),
  }
}

/** One line per sku, quantities added up, in the order of the skus: the order in which rows are locked everywhere. */
export function merged(lines: Quantities): Quantities {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([sku, quantity]) => ({ sku, quantity }))
}

/** What may be worth saying of a change of the available pieces. */
export type Announcement = 'ran_low' | 'back_in_stock' | 'recovered'

/**
 * What a change from `before` to `after` available pieces is worth saying: it ran low or sold out, came back from nothing, rose above
 * the threshold again, or nothing.
 */
export function announcement(before: number, after: number, lowAt: number): Announcement | null {
  if (before <= 0 && after > 0) return 'back_in_stock'
  const fellTo = (threshold: number) => before > threshold && after <= threshold
  if (fellTo(lowAt) || fellTo(0)) return 'ran_low'
  return before <= lowAt && after > lowAt ? 'recovered' : null
}

interface Shelf {
  readonly sku: Sku
  readonly locationId: LocationId
}

/** The name of the place where a sku lies at a location. */
export const shelfOf = ({ sku, locationId }: Shelf): string => `${sku}\n${locationId}`

/** Of several lines for the same sku and location the last, in the order of the skus: the order in which rows are locked everywhere. */
export function lastOfEachShelf<Line extends Shelf>(lines: readonly Line[]): Line[] {
  const last = new Map(lines.map((line) => [shelfOf(line), line]))
  return [...last].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}
