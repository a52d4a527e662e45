import type { CartPromotion } from '../../src/rules/model.ts'
import { type Effect, noEffect, onLines, percentOfPieces, type Pieces } from './effects.ts'
import { among, pieces } from './eligible.ts'
import { byCodeUnits, type Line, room, type State, worth } from './lines.ts'
import { compare, least, minus, most, nothing, plus, type Rational, ratio, round, total } from './rational.ts'
import { splitAtMost } from './split.ts'

type BuyGet = Extract<CartPromotion, { kind: 'buy_x_get_y' }>
type SetPrice = Extract<CartPromotion, { kind: 'set_price' }>

/** The lines from the cheapest piece to the dearest; alike in canonical order, in which they come. */
const cheapestFirst = (lines: readonly Line[]) => lines.toSorted((a, b) => compare(worth(a, 1n), worth(b, 1n)))
const dearestFirst = (lines: readonly Line[]) => lines.toSorted((a, b) => compare(worth(b, 1n), worth(a, 1n)))

/** The lines of one pool that can be bought, and those that can be got; some are both. */
interface Pool {
  readonly buy: readonly Line[]
  readonly get: readonly Line[]
}

function poolsOf(state: State, promotion: BuyGet, get: readonly Line[]): Pool[] {
  const buy = promotion.buys ? among(state, promotion, promotion.buys) : get
  if (promotion.per !== 'sku') return [{ buy, get }]
  const skus = [...new Set(state.lines.map((line) => line.sku))].sort(byCodeUnits)
  return skus.map((sku) => ({
    buy: buy.filter((line) => line.sku === sku),
    get: get.filter((line) => line.sku === sku),
  }))
}

/** The `s` of the law: how many sets a pool gives. */
function setsIn(pool: Pool, { buy, get }: BuyGet): bigint {
  const all = pieces([...new Set([...pool.buy, ...pool.get])])
  const [x, y] = [BigInt(buy), BigInt(get)]
  return least(pieces(pool.buy) / x, pieces(pool.get) / y, all / (x + y))
}

/** Which pieces are got: the cheapest, leaving enough of the lines that are both to be bought. */
function gotPieces(pool: Pool, { buy, get }: BuyGet, sets: bigint): Pieces[] {
  let wanted = sets * BigInt(get)
  let ofBoth = pieces(pool.buy) - sets * BigInt(buy)
  return cheapestFirst(pool.get).map((line) => {
    const both = pool.buy.includes(line)
    const granted = least(line.quantity, wanted, both ? ofBoth : wanted)
    wanted -= granted
    if (both) ofBoth -= granted
    return { line, pieces: granted }
  })
}

export function buyGet(state: State, lines: readonly Line[], promotion: BuyGet): Effect | 'below_minimum' {
  let times = promotion.times === undefined ? null : BigInt(promotion.times)
  const got: Pieces[] = []
  let formed = 0n
  for (const pool of poolsOf(state, promotion, lines)) {
    const possible = setsIn(pool, promotion)
    const sets = times === null ? possible : least(possible, times)
    got.push(...gotPieces(pool, promotion, sets))
    formed += sets
    if (times !== null) times -= sets
  }
  return formed === 0n ? 'below_minimum' : onLines(got, percentOfPieces(promotion.percent ?? 100))
}

/** The first `count` pieces of lines in their order. */
function firstPieces(lines: readonly Line[], count: bigint): Pieces[] {
  let wanted = count
  return lines.map((line) => {
    const granted = least(line.quantity, wanted)
    wanted -= granted
    return { line, pieces: granted }
  })
}

const worthOf = (chosen: readonly Pieces[]): Rational =>
  chosen.map((of) => worth(of.line, of.pieces)).reduce(plus, nothing)

/** How many sets are formed. Pieces come dearest first, so that no set is worth more than the one before it. */
function worthwhileSets(lines: readonly Line[], size: bigint, price: bigint, possible: bigint): bigint {
  const worthwhile = (set: bigint) => {
    const upTo = (sets: bigint) => worthOf(firstPieces(lines, sets * size))
    return compare(minus(upTo(set), upTo(set - 1n)), ratio(price)) > 0
  }
  let [formed, refused] = [0n, possible + 1n]
  while (refused - formed > 1n) {
    const middle = (formed + refused) / 2n
    if (worthwhile(middle)) formed = middle
    else refused = middle
  }
  return formed
}

export function setPrice(lines: readonly Line[], promotion: SetPrice): Effect | 'below_minimum' {
  const size = BigInt(promotion.quantity)
  const price = BigInt(promotion.price.minor)
  const whole = pieces(lines) / size
  if (whole === 0n) return 'below_minimum'
  const possible = promotion.times === undefined ? whole : least(whole, BigInt(promotion.times))
  const ordered = dearestFirst(lines)
  const sets = worthwhileSets(ordered, size, price, possible)
  if (sets === 0n) return noEffect
  // Back in canonical order, which decides about ties in the split.
  const chosen = firstPieces(ordered, sets * size)
    .filter((of) => of.pieces > 0n)
    .toSorted((a, b) => byCodeUnits(a.line.id, b.line.id))
  const parts = chosen.map((of) => round(worth(of.line, of.pieces)))
  const wanted = most(0n, total(parts) - sets * price)
  const shares = chosen.map((of, index) => {
    const part = parts[index] ?? 0n
    return { weight: ratio(part), cap: least(part, room(of.line)) }
  })
  const amounts = splitAtMost(wanted, shares)
  return { takings: chosen.map((of, index) => ({ ...of, amount: amounts[index] ?? 0n })), shipping: 0n }
}
