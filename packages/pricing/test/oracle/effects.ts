import type { CartPromotion } from '../../src/rules/model.ts'
import { type Line, room, type State, worth } from './lines.ts'
import { least, most, nothing, percentage, plus, type Rational, ratio, round, times, total } from './rational.ts'
import { allocate, splitAtMost } from './split.ts'

/** What a promotion takes from a line, for how many of its pieces. */
export interface Taking {
  readonly line: Line
  readonly pieces: bigint
  readonly amount: bigint
}

/** What a promotion takes from the lines and from the charge for shipping. */
export interface Effect {
  readonly takings: readonly Taking[]
  readonly shipping: bigint
}

/** Some pieces of a line. */
export interface Pieces {
  readonly line: Line
  readonly pieces: bigint
}

export type Target = 'line' | 'order' | 'shipping'
export const noEffect: Effect = { takings: [], shipping: 0n }

export const isTaken = (effect: Effect): bigint =>
  effect.shipping + total(effect.takings.map((taking) => taking.amount))

/** Each line discounted by itself, capped at its room. */
export const onLines = (chosen: readonly Pieces[], discount: (of: Pieces) => bigint): Effect => ({
  takings: chosen.map((of) => ({ ...of, amount: least(discount(of), room(of.line)) })),
  shipping: 0n,
})

/** One amount, split over the lines in proportion to what is left of each, within their rooms. */
export function onOrder(lines: readonly Line[], amount: bigint): Effect {
  const shares = lines.map((line) => ({ weight: ratio(line.left), cap: room(line) }))
  const parts = splitAtMost(amount, shares)
  return {
    takings: lines.map((line, index) => ({ line, pieces: line.quantity, amount: parts[index] ?? 0n })),
    shipping: 0n,
  }
}

export const onShipping = (state: State, amount: bigint): Effect => ({
  takings: [],
  shipping: least(amount, state.shipping),
})

/** The pieces of each line that a promotion on lines may act on. */
export function piecesOf(lines: readonly Line[], promotion: CartPromotion): Pieces[] {
  const maximum = 'maximumUnits' in promotion ? promotion.maximumUnits : undefined
  let remaining = promotion.remaining?.units
  return lines.map((line) => {
    const wanted = maximum === undefined ? line.quantity : least(line.quantity, BigInt(maximum))
    if (remaining === undefined) return { line, pieces: wanted }
    const granted = least(wanted, BigInt(remaining))
    remaining -= Number(granted)
    return { line, pieces: granted }
  })
}

/** `p` percent of k of q pieces of a line. */
export const percentOfPieces =
  (percent: number | string) =>
  ({ line, pieces }: Pieces): bigint =>
    round(times(worth(line, pieces), percentage(percent)))

/** The same effect with its amount limited; over lines the limit is split by what each was to get. */
function atMost(effect: Effect, maximum: bigint): Effect {
  const amounts = effect.takings.map((taking) => taking.amount)
  if (total(amounts) <= maximum) return effect
  const parts = allocate(
    maximum,
    amounts.map((amount) => ratio(amount)),
  )
  return {
    takings: effect.takings.map((taking, index) => ({ ...taking, amount: parts[index] ?? 0n })),
    shipping: 0n,
  }
}

export function percentOff(
  state: State,
  lines: readonly Line[],
  promotion: CartPromotion,
  { percent, target, maximum }: { percent: number | string; target: Target; maximum?: bigint | undefined },
): Effect {
  const limited = (amount: bigint) => (maximum === undefined ? amount : least(amount, maximum))
  const ofAmount = (amount: bigint): Rational => times(ratio(amount), percentage(percent))
  switch (target) {
    case 'line': {
      const effect = onLines(piecesOf(lines, promotion), percentOfPieces(percent))
      return maximum === undefined ? effect : atMost(effect, maximum)
    }
    case 'order':
      return onOrder(lines, limited(round(lines.map((line) => ofAmount(line.left)).reduce(plus, nothing))))
    case 'shipping':
      return onShipping(state, limited(round(ofAmount(state.shipping))))
  }
}

export function amountOff(
  state: State,
  lines: readonly Line[],
  promotion: CartPromotion,
  { amount, target }: { amount: bigint; target: Target },
): Effect {
  switch (target) {
    case 'line':
      return onLines(piecesOf(lines, promotion), ({ pieces }) => amount * pieces)
    case 'order':
      return onOrder(lines, amount)
    case 'shipping':
      return onShipping(state, amount)
  }
}

/** Each piece costs `price`, unless it costs less already. */
export const fixedPrice = (lines: readonly Line[], promotion: CartPromotion, price: bigint): Effect =>
  onLines(piecesOf(lines, promotion), ({ line, pieces }) => most(0n, round(worth(line, pieces)) - price * pieces))
