import type { RefusalReason } from '../contract/quote.ts'
import { type Setting, unmetCondition } from './conditions.ts'
import { compareTexts, type OpenLine } from './lines.ts'
import type { CartPromotion } from './model.ts'
import { type Offer, offerOf, type Reach, type State } from './offers.ts'

/** A promotion in its place: with its id, and with all that does not change while others run. */
export interface Runner {
  readonly promotion: CartPromotion
  readonly id: string
  readonly code: string | null
  readonly reach: Reach
  /** Why it cannot count whatever the lines are. */
  readonly barred: RefusalReason | null
}

/** What became of a promotion. */
export type Verdict = { readonly runner: Runner } & ({ readonly offer: Offer } | { readonly refused: RefusalReason })

/** What the promotions left, and what became of each, in the order in which they ran. */
export interface Outcome {
  readonly state: State
  readonly verdicts: readonly Verdict[]
}

/** The promotions in the order in which they run: descending priority, then id, then code. */
export function lineUp(promotions: readonly CartPromotion[], lines: readonly OpenLine[], setting: Setting): Runner[] {
  const runners = promotions.map((promotion, index): Runner => ({
    promotion,
    id: promotion.id ?? promotion.code ?? `promotion-${index + 1}`,
    code: promotion.code ?? null,
    reach: reachOf(promotion, lines),
    barred: barOf(promotion, setting),
  }))
  return runners.sort(
    (a, b) =>
      (b.promotion.priority ?? 0) - (a.promotion.priority ?? 0) ||
      compareTexts(a.id, b.id) ||
      compareTexts(a.code ?? '', b.code ?? ''),
  )
}

function reachOf(promotion: CartPromotion, lines: readonly OpenLine[]): Reach {
  const buys = promotion.kind === 'buy_x_get_y' ? promotion.buys : undefined
  return { lines, matching: matching(promotion, lines), buying: buys ? matching(buys, lines) : [] }
}

type Scope = Pick<CartPromotion, 'skus' | 'categoryIds'>

function matching({ skus, categoryIds }: Scope, lines: readonly OpenLine[]): number[] {
  const named = skus && skus.length > 8 ? new Set(skus) : null
  const shelves = categoryIds && categoryIds.length > 8 ? new Set(categoryIds) : null
  const found: number[] = []
  for (const [index, { line }] of lines.entries()) {
    if (skus && !(named ? named.has(line.sku) : skus.includes(line.sku))) continue
    const isOn = (category: string) => (shelves ? shelves.has(category) : categoryIds?.includes(category))
    if (categoryIds && !line.categoryIds?.some(isOn)) continue
    found.push(index)
  }
  return found
}

function barOf({ remaining, when }: CartPromotion, setting: Setting): RefusalReason | null {
  if (remaining && ((remaining.uses ?? 1) < 1 || (remaining.units ?? 1) < 1)) return 'used_up'
  return when ? unmetCondition(when, setting) : null
}

const offered = (runner: Runner, state: State) => runner.barred ?? offerOf(runner.promotion, runner.reach, state)

/** Whether a promotion would count if it were the only one. */
export const countsAlone = (runner: Runner, untouched: State): boolean => typeof offered(runner, untouched) !== 'string'

/** A cart of which nothing has been taken off yet. */
export const untouchedState = (lines: readonly OpenLine[], shipping: number): State => ({
  left: lines.map((line) => line.subtotal),
  touched: lines.map(() => false),
  shipping,
})

/** Runs the promotions, each on what the former left. */
export function run(runners: readonly Runner[], lines: readonly OpenLine[], shipping: number): Outcome {
  const state = untouchedState(lines, shipping)
  const counted: Runner[] = []
  const alone = runners.find((runner) => runner.promotion.exclusive && countsAlone(runner, state))
  const verdicts = runners.map((runner): Verdict => {
    if (alone && runner !== alone) return { runner, refused: whyNotAlone(runner, lines, shipping) }
    const offer = offered(runner, state)
    if (typeof offer === 'string') return { runner, refused: offer }
    if (!counted.every((other) => stack(runner, other))) return { runner, refused: 'not_stackable' }
    counted.push(runner)
    apply(offer, state)
    return { runner, offer }
  })
  return { state, verdicts }
}

function whyNotAlone(runner: Runner, lines: readonly OpenLine[], shipping: number): RefusalReason {
  const offer = offered(runner, untouchedState(lines, shipping))
  return typeof offer === 'string' ? offer : 'exclusive'
}

function apply({ target, amount, parts }: Offer, state: State): void {
  if (target === 'shipping') state.shipping -= amount
  for (const part of parts) {
    state.left[part.index] = (state.left[part.index] ?? 0) - part.amount
    state.touched[part.index] = true
  }
}

function stack(a: Runner, b: Runner): boolean {
  const [left, right] = [a.promotion.group ?? null, b.promotion.group ?? null]
  if (a.id === b.id || (left !== null && left === right)) return false
  return allows(a.promotion, right) && allows(b.promotion, left)
}

const allows = ({ stacksWith }: CartPromotion, group: string | null) =>
  !stacksWith || (group !== null && stacksWith.includes(group))
