import type { CartLine, CartOptions } from '../../src/rules/model.ts'
import { most, ratio, type Rational } from './rational.ts'
import { restating } from './rates.ts'

/** A line as it is while promotions run: `left` is what is left of its amount. */
export interface Line {
  readonly id: string
  readonly sku: string
  readonly quantity: bigint
  readonly unitPrice: bigint
  readonly compareAt: bigint | null
  readonly taxClass: string
  readonly categoryIds: readonly string[]
  readonly amount: bigint
  /** The floor of all pieces together. */
  readonly floor: bigint
  readonly left: bigint
}

/** What promotions see: the lines in canonical order and the charge for shipping. */
export interface State {
  readonly lines: readonly Line[]
  readonly shipping: bigint
}

/** What no discount exceeds. */
export const room = (line: Line): bigint => most(0n, line.left - line.floor)

/** What k pieces of a line are worth, exactly. */
export const worth = (line: Line, pieces: bigint): Rational => ratio(line.left * pieces, line.quantity)

export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const noneFirst = (amount: { minor: number } | null | undefined) => amount?.minor ?? -1

const joined = (categoryIds: readonly string[] = []) => categoryIds.toSorted(byCodeUnits).join('\n')

function sameSkuOrder(a: CartLine, b: CartLine): number {
  return (
    a.unitPrice.minor - b.unitPrice.minor ||
    a.quantity - b.quantity ||
    noneFirst(a.compareAt) - noneFirst(b.compareAt) ||
    byCodeUnits(a.taxClass ?? 'standard', b.taxClass ?? 'standard') ||
    noneFirst(a.floor) - noneFirst(b.floor) ||
    byCodeUnits(joined(a.categoryIds), joined(b.categoryIds))
  )
}

/** Section 1: the id of each line, in the order in which the lines came. */
export function lineIds(lines: readonly CartLine[]): string[] {
  return lines.map((line) => {
    if (line.id !== undefined) return line.id
    const alike = lines.filter((other) => other.id === undefined && other.sku === line.sku)
    const number = alike.toSorted(sameSkuOrder).indexOf(line) + 1
    return number === 1 ? line.sku : `${line.sku}#${number}`
  })
}

/** The lines in canonical order before any promotion, their prices restated where the tax options ask for it. */
export function untouched(cart: readonly CartLine[], options: CartOptions): State {
  const ids = lineIds(cart)
  const restated = restating(options.tax)
  const lines = cart.map((line, index): Line => {
    const taxClass = line.taxClass ?? 'standard'
    const quantity = BigInt(line.quantity)
    const unitPrice = restated(line.unitPrice, taxClass)
    const amount = unitPrice * quantity
    return {
      id: ids[index] ?? '',
      sku: line.sku,
      quantity,
      unitPrice,
      compareAt: line.compareAt ? restated(line.compareAt, taxClass) : null,
      taxClass,
      categoryIds: line.categoryIds ?? [],
      amount,
      floor: line.floor ? restated(line.floor, taxClass) * quantity : 0n,
      left: amount,
    }
  })
  return {
    lines: lines.toSorted((a, b) => byCodeUnits(a.id, b.id)),
    shipping: options.shipping ? restated(options.shipping, 'shipping') : 0n,
  }
}
