import type { CartLine } from '@sangdo/pricing'

/**
 * What a developer writes who needs these ten promotions and no others: whole numbers, no trace, no other kinds, no
 * checks. It comes to the same amounts as the engine, and is what the engine is measured against.
 */
export function priceByHand(cart: readonly CartLine[], shippingCharge: number) {
  const lines = cart.map(({ sku, quantity, unitPrice, compareAt, taxClass, categoryIds }) => ({
    sku,
    quantity,
    left: unitPrice.minor * quantity,
    reduced: taxClass === 'reduced',
    shelf: categoryIds?.[0],
    fresh: !compareAt || compareAt.minor <= unitPrice.minor,
  }))
  type Line = (typeof lines)[number]
  const take = (line: Line, amount: number) => {
    if (amount <= 0) return
    line.left -= Math.min(amount, line.left)
    line.fresh = false
  }
  const on = (shelf: string) => lines.filter((line) => line.shelf === shelf)

  for (const line of on('cups')) take(line, rounded(line.left * 10, 100))
  for (const line of on('tea')) take(line, 500 * line.quantity)
  freeThird(on('plates'), take)
  pairFor(on('cloth'), 12_000, take)
  for (const line of lines) if (line.sku === 'SKU-4') take(line, Math.max(0, rounded(line.left, line.quantity) - 8_900))
  for (const line of lines) if (line.fresh) take(line, rounded(line.left * 35, 1_000))
  const tier = total(lines) >= 60_000 ? 5 : total(lines) >= 30_000 ? 3 : 0
  spread(lines, rounded(total(lines) * tier, 100))
  spread(lines, Math.min(7_000, rounded(total(lines) * 7, 100)))
  spread(lines, Math.min(2_500, total(lines)))
  const shipping = total(lines) >= 30_000 ? 0 : shippingCharge

  let tax = rounded(shipping * 19, 119)
  for (const line of lines) tax += line.reduced ? rounded(line.left * 7, 107) : rounded(line.left * 19, 119)
  return { lines: lines.map((line) => line.left), total: total(lines) + shipping, tax }
}

interface Priced {
  quantity: number
  left: number
}

function total(lines: readonly Priced[]): number {
  let sum = 0
  for (const line of lines) sum += line.left
  return sum
}

function rounded(n: number, d: number): number {
  const rest = n % d
  return (n - rest) / d + (rest >= d - rest ? 1 : 0)
}

const cheapestFirst = (a: Priced, b: Priced) => a.left * b.quantity - b.left * a.quantity

function freeThird<Line extends Priced>(lines: Line[], take: (line: Line, amount: number) => void): void {
  let pieces = 0
  for (const line of lines) pieces += line.quantity
  let free = Math.floor(pieces / 3)
  for (const line of lines.sort(cheapestFirst)) {
    const count = Math.min(free, line.quantity)
    free -= count
    if (count > 0) take(line, rounded(line.left * count, line.quantity))
  }
}

function pairFor<Line extends Priced>(lines: Line[], price: number, take: (line: Line, amount: number) => void): void {
  const chosen: { line: Line; worth: number }[] = []
  let missing = 2
  for (const line of lines.sort((a, b) => cheapestFirst(b, a))) {
    const count = Math.min(missing, line.quantity)
    missing -= count
    if (count > 0) chosen.push({ line, worth: rounded(line.left * count, line.quantity) })
  }
  let worth = 0
  for (const one of chosen) worth += one.worth
  if (missing > 0 || worth <= price) return
  const off = share(
    worth - price,
    chosen.map((one) => one.worth),
  )
  for (const [index, { line }] of chosen.entries()) take(line, off[index] ?? 0)
}

function spread(lines: readonly Priced[], amount: number): void {
  const off = share(
    amount,
    lines.map((line) => line.left),
  )
  for (const [index, line] of lines.entries()) line.left -= off[index] ?? 0
}

/** By largest remainder, ties to the earlier line. */
function share(amount: number, weights: readonly number[]): number[] {
  let [whole, missing] = [0, amount]
  for (const weight of weights) whole += weight
  const parts = weights.map((weight) => {
    const rest = (amount * weight) % whole
    const part = (amount * weight - rest) / whole
    missing -= part
    return { part, rest }
  })
  const ranked = parts.toSorted((a, b) => b.rest - a.rest)
  for (let index = 0; index < missing; index += 1) (ranked[index] as { part: number }).part += 1
  return parts.map(({ part }) => part)
}
