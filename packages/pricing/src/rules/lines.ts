import { pricingErrors } from '../contract/errors.ts'
import type { CartLine } from './model.ts'
import type { Restate } from './rates.ts'

/** A line while it is being priced, all amounts in minor units. */
export interface OpenLine {
  readonly id: string
  /** Its place among the lines as they came. */
  readonly place: number
  readonly line: CartLine
  readonly quantity: number
  readonly unit: number
  readonly compareAt: number | null
  readonly taxClass: string
  readonly subtotal: number
  /** What the whole line must at least bring in. */
  readonly floor: number
}

/** The lines in canonical order, by id, with their amounts. Throws `pricing.invalid_cart` where these leave the safe range. */
export function openLines(lines: readonly CartLine[], restate: Restate): OpenLine[] {
  const ids = idsOf(lines)
  const opened = lines.map((line, place) => openLine(line, place, ids[place] ?? line.sku, restate))
  const whole = opened.reduce((sum, { subtotal }) => sum + subtotal, 0)
  if (!Number.isSafeInteger(whole))
    throw pricingErrors.invalid_cart({ field: 'lines', reason: 'together they come to more than 2^53 − 1' })
  return opened.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function openLine(line: CartLine, place: number, id: string, restate: Restate): OpenLine {
  const taxClass = line.taxClass ?? 'standard'
  const unit = restate(line.unitPrice.minor, taxClass)
  const subtotal = unit * line.quantity
  const floor = line.floor ? restate(line.floor.minor, taxClass) * line.quantity : 0
  if (!Number.isSafeInteger(subtotal) || !Number.isSafeInteger(floor))
    throw pricingErrors.invalid_cart({
      field: `lines.${place}.quantity`,
      reason: 'price times quantity is more than 2^53 − 1',
    })
  const compareAt = line.compareAt ? restate(line.compareAt.minor, taxClass) : null
  return { id, place, line, quantity: line.quantity, unit, compareAt, taxClass, subtotal, floor }
}

/** Lines of one sku get a number by what they are and not by when they were added, so that each has an id of its own. */
function idsOf(lines: readonly CartLine[]): string[] {
  const ids = lines.map(({ id, sku }) => id ?? sku)
  if (new Set(ids).size === ids.length) return ids
  const unnamed = Map.groupBy(
    lines.flatMap((line, place) => (line.id === undefined ? [{ line, place }] : [])),
    ({ line }) => line.sku,
  )
  for (const same of unnamed.values())
    for (const [index, { line, place }] of same.sort((a, b) => compareLines(a.line, b.line)).entries())
      ids[place] = index === 0 ? line.sku : `${line.sku}#${index + 1}`
  const seen = new Set<string>()
  for (const [place, id] of ids.entries()) {
    if (seen.has(id)) throw pricingErrors.invalid_cart({ field: `lines.${place}.id`, reason: `${id} is there twice` })
    seen.add(id)
  }
  return ids
}

const orNone = (amount: CartLine['floor']) => amount?.minor ?? -1
const compareLines = (a: CartLine, b: CartLine) =>
  a.unitPrice.minor - b.unitPrice.minor ||
  a.quantity - b.quantity ||
  orNone(a.compareAt) - orNone(b.compareAt) ||
  compareTexts(a.taxClass ?? 'standard', b.taxClass ?? 'standard') ||
  orNone(a.floor) - orNone(b.floor) ||
  // Equal in all that has a price; categories may still decide which promotions reach which of them.
  compareTexts([...(a.categoryIds ?? [])].sort().join('\n'), [...(b.categoryIds ?? [])].sort().join('\n'))

/** Texts by their code units, as `Array.sort` wants it. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
