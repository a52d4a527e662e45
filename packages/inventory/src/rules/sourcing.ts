import type { LocationId, Position, Quantities, Sku, SourcingStrategy, StockLevel } from '../contract/index.ts'
import { availableAt } from './stock.ts'

/** How many pieces to take from which location. */
export interface Pick {
  readonly locationId: LocationId
  readonly quantity: number
}

/**
 * Where to take `quantity` pieces from. One location that has them all is chosen before several, so that one parcel does;
 * otherwise the locations in the given order, each emptied before the next. Null when all of them together have too few.
 */
export function source(quantity: number, levels: readonly StockLevel[]): Pick[] | null {
  const whole = levels.find((level) => availableAt(level) >= quantity)
  if (whole) return [{ locationId: whole.locationId, quantity }]
  const picks: Pick[] = []
  let missing = quantity
  for (const level of levels) {
    const taken = Math.min(missing, availableAt(level))
    if (taken > 0) picks.push({ locationId: level.locationId, quantity: taken })
    missing -= taken
  }
  return missing === 0 ? picks : null
}

/** Pieces of a sku and where they are taken from. */
export interface Taken extends Pick {
  readonly sku: Sku
}

/** A location and where it is, if that is known. */
export interface Place {
  readonly id: LocationId
  readonly position: Position | null
}

/** How locations are chosen. `nearest` needs the places and a destination; without them the order of the levels decides. */
export interface Sourcing {
  readonly strategy: SourcingStrategy
  readonly places?: readonly Place[] | undefined
  readonly destination?: Position | undefined
}

/**
 * Where to take all lines from: every piece of every line, or null when a sku has too few everywhere. Each sku is on one line;
 * levels come in the order of preference, and where a strategy sees two locations as equal that order decides.
 */
export function sourceAll(lines: Quantities, levels: readonly StockLevel[], sourcing: Sourcing): Taken[] | null {
  const ranked = ranking(lines, levels, sourcing)
  const taken: Taken[] = []
  for (const { sku, quantity } of lines) {
    const picks = source(
      quantity,
      ranked.filter((level) => level.sku === sku),
    )
    if (!picks) return null
    taken.push(...picks.map((pick) => ({ sku, ...pick })))
  }
  return taken
}

/** The levels that a strategy takes from, the best first. */
function ranking(lines: Quantities, levels: readonly StockLevel[], sourcing: Sourcing): StockLevel[] {
  switch (sourcing.strategy) {
    case 'priority':
      return [...levels]
    case 'most_stock':
      return levels.toSorted((a, b) => availableAt(b) - availableAt(a))
    case 'nearest':
      return byDistance(levels, sourcing)
    case 'fewest_parcels': {
      const chosen = fewestLocations(lines, levels)
      return chosen ? levels.filter((level) => chosen.includes(level.locationId)) : []
    }
  }
}

function byDistance(levels: readonly StockLevel[], { places = [], destination }: Sourcing): StockLevel[] {
  const far = new Map(
    places.map(({ id, position }) => [id, position && destination && distance(position, destination)]),
  )
  const of = ({ locationId }: StockLevel) => far.get(locationId) ?? Infinity
  return levels.toSorted((a, b) => (of(a) < of(b) ? -1 : Number(of(a) > of(b))))
}

/** The mean radius of the Earth in metres: (2a + b) / 3 of the GRS 80 ellipsoid, as the IUGG defines it. */
const earthRadius = 6_371_009

/**
 * The distance of two places over a round Earth, in whole metres, at most half a percent off. Formula: haversine, R. W.
 * Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), p. 159.
 */
export function distance(from: Position, to: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2
  const [north, south] = [radians(from.latitude), radians(to.latitude)]
  const chord =
    haversine(south - north) + Math.cos(north) * Math.cos(south) * haversine(radians(to.longitude - from.longitude))
  return Math.round(2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord))))
}

/** How many choices are looked at before a good answer will do instead of the best: some milliseconds of work. */
const searchLimit = 20_000

/** What each location has of each line, as far as the line needs it. */
interface Candidate {
  readonly id: LocationId
  readonly has: readonly number[]
}

/**
 * The fewest locations that have all lines between them; of several such choices the one whose locations come first. Null when
 * all locations together have too few. Exact up to twenty thousand looked-at choices, which is every choice of up to eleven
 * locations; beyond that it falls back to taking, again and again, the location that has most of what is still missing.
 */
export function fewestLocations(lines: Quantities, levels: readonly StockLevel[]): LocationId[] | null {
  const candidates = candidatesOf(lines, levels)
  const wanted = lines.map((line) => line.quantity)
  const greedy = greedyChoice(wanted, candidates)
  return greedy && (exactChoice(wanted, candidates, greedy.length) ?? greedy)
}

function candidatesOf(lines: Quantities, levels: readonly StockLevel[]): Candidate[] {
  const found = new Map<LocationId, Map<Sku, number>>()
  for (const level of levels) {
    const has = found.get(level.locationId) ?? new Map<Sku, number>()
    found.set(level.locationId, has.set(level.sku, availableAt(level)))
  }
  return [...found]
    .map(([id, has]) => ({ id, has: lines.map(({ sku, quantity }) => Math.min(quantity, has.get(sku) ?? 0)) }))
    .filter(({ has }) => has.some((pieces) => pieces > 0))
}

const less = (missing: readonly number[], { has }: Candidate): number[] =>
  missing.map((pieces, line) => Math.max(0, pieces - (has[line] ?? 0)))
const total = (pieces: readonly number[]): number => pieces.reduce((sum, some) => sum + some, 0)

function greedyChoice(wanted: readonly number[], candidates: readonly Candidate[]): LocationId[] | null {
  const chosen: LocationId[] = []
  let missing = [...wanted]
  while (total(missing) > 0) {
    const before = missing
    const left = (candidate: Candidate) => (chosen.includes(candidate.id) ? Infinity : total(less(before, candidate)))
    const best = candidates
      .map((candidate) => ({ candidate, left: left(candidate) }))
      .reduce<Ranked>((one, other) => (other.left < one.left ? other : one), noneLeft)
    if (!best.candidate || best.left >= total(missing)) return null
    chosen.push(best.candidate.id)
    missing = less(missing, best.candidate)
  }
  return chosen
}

interface Ranked {
  readonly candidate: Candidate | null
  readonly left: number
}
const noneLeft: Ranked = { candidate: null, left: Infinity }

/** The first choice of the smallest size, at most `most`; null when the limit of the search is reached. */
function exactChoice(wanted: readonly number[], candidates: readonly Candidate[], most: number): LocationId[] | null {
  const best = bestOfRest(wanted.length, candidates)
  let looked = 0
  const search = (missing: readonly number[], from: number, size: number): LocationId[] | null => {
    if (total(missing) === 0) return []
    if (size === 0) return null
    for (let at = from; at < candidates.length && looked < searchLimit; at++) {
      const candidate = candidates[at]
      const possible = missing.every((pieces, line) => pieces <= size * (best[at]?.[line] ?? 0))
      if (!candidate || !possible) return null
      looked++
      const rest = search(less(missing, candidate), at + 1, size - 1)
      if (rest) return [candidate.id, ...rest]
    }
    return null
  }
  for (let size = 1; size <= most; size++) {
    const found = search(wanted, 0, size)
    if (found) return found
  }
  return null
}

/** For each candidate the most that it or any after it has of each line. */
function bestOfRest(lines: number, candidates: readonly Candidate[]): number[][] {
  const best: number[][] = []
  let after = Array.from({ length: lines }, () => 0)
  for (const { has } of candidates.toReversed()) {
    after = after.map((pieces, line) => Math.max(pieces, has[line] ?? 0))
    best.unshift(after)
  }
  return best
}
