import { compareRatios } from './exact.ts'
import { compareTexts } from './lines.ts'

/** A line of which some pieces may be taken; a piece is worth left / quantity, exactly. */
export interface PieceLine {
  /** Its place in canonical order. */
  readonly index: number
  readonly left: number
  readonly quantity: number
}

/** So many pieces of a line. */
export interface Taken {
  readonly index: number
  readonly count: number
}

const byWorth = (a: PieceLine, b: PieceLine) => compareRatios(a.left, a.quantity, b.left, b.quantity)
const countOf = (lines: readonly PieceLine[]) => lines.reduce((count, line) => count + line.quantity, 0)

interface BuyAndGet {
  readonly buy: number
  readonly get: number
  readonly per?: 'cart' | 'sku' | undefined
  readonly times?: number | undefined
}

interface Choice {
  /** Indices of lines that can be got, and of those that must be bought; a line may be both. */
  readonly getting: readonly number[]
  readonly buying: readonly number[]
  readonly lineAt: (index: number) => PieceLine & { readonly sku: string }
}

/** The pieces that are discounted when so many are bought: the cheapest of those that can be got. */
export function cheapestPieces(rule: BuyAndGet, { getting, buying, lineAt }: Choice): Taken[] {
  const bought = new Set(buying)
  const got = new Set(getting)
  const lines = [...new Set([...getting, ...buying])].sort((a, b) => a - b).map(lineAt)
  const pools = rule.per === 'sku' ? bySku(lines) : [lines]
  let times = rule.times ?? Number.MAX_SAFE_INTEGER
  return pools.flatMap((pool) => {
    const sets = setsIn(rule, pool, { bought, got }, times)
    times -= sets
    return takeCheapest(rule, pool, { bought, got }, sets)
  })
}

const bySku = (lines: readonly (PieceLine & { sku: string })[]) =>
  [...Map.groupBy(lines, (line) => line.sku)].sort(([a], [b]) => compareTexts(a, b)).map(([, pool]) => pool)

interface Sides {
  readonly bought: ReadonlySet<number>
  readonly got: ReadonlySet<number>
}

/** No piece is bought and got at once, so both sides together need buy + get pieces for each set. */
function setsIn({ buy, get }: BuyAndGet, pool: readonly PieceLine[], { bought, got }: Sides, times: number): number {
  const buyable = countOf(pool.filter((line) => bought.has(line.index)))
  const gettable = countOf(pool.filter((line) => got.has(line.index)))
  return Math.min(times, Math.floor(buyable / buy), Math.floor(gettable / get), Math.floor(countOf(pool) / (buy + get)))
}

function takeCheapest(
  { buy, get }: BuyAndGet,
  pool: readonly PieceLine[],
  { bought, got }: Sides,
  sets: number,
): Taken[] {
  let missing = sets * get
  // What is needed to buy with must not be given away.
  let spare = countOf(pool.filter((line) => bought.has(line.index))) - sets * buy
  const taken: Taken[] = []
  for (const line of pool.filter((one) => got.has(one.index)).sort(byWorth)) {
    const both = bought.has(line.index)
    const count = Math.min(line.quantity, missing, both ? spare : missing)
    if (count === 0) continue
    missing -= count
    if (both) spare -= count
    taken.push({ index: line.index, count })
  }
  return taken.sort((a, b) => a.index - b.index)
}

interface SetRule {
  readonly quantity: number
  readonly price: { readonly minor: number }
  readonly times?: number | undefined
}

/** The sets of pieces that are worth more than the price of a set: dearest pieces first. */
export function dearestSets(rule: SetRule, lines: readonly PieceLine[]): { sets: number; taken: Taken[] } {
  const ranked = lines.toSorted((a, b) => byWorth(b, a) || a.index - b.index)
  const most = Math.min(rule.times ?? Number.MAX_SAFE_INTEGER, Math.floor(countOf(lines) / rule.quantity))
  // Each set is worth at most what the one before it is, so the last worthwhile one can be found by halving.
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isWorthwhile(rule, ranked, middle)) low = middle
    else high = middle - 1
  }
  const taken = take(ranked, 0, low * rule.quantity).map(({ line, count }) => ({ index: line.index, count }))
  return { sets: low, taken: taken.sort((a, b) => a.index - b.index) }
}

function isWorthwhile({ quantity, price }: SetRule, ranked: readonly PieceLine[], set: number): boolean {
  let [n, d] = [-BigInt(price.minor), 1n]
  for (const { line, count } of take(ranked, (set - 1) * quantity, quantity)) {
    const whole = BigInt(line.quantity)
    n = n * whole + BigInt(line.left) * BigInt(count) * d
    d *= whole
  }
  return n > 0n
}

/** So many pieces in the order of the lines, after the first `skip` ones. */
function take(lines: readonly PieceLine[], skip: number, count: number): { line: PieceLine; count: number }[] {
  let [before, missing] = [skip, count]
  return lines.flatMap((line) => {
    const skipped = Math.min(before, line.quantity)
    const taken = Math.min(line.quantity - skipped, missing)
    before -= skipped
    missing -= taken
    return taken > 0 ? [{ line, count: taken }] : []
  })
}
